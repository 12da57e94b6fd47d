"""The figure of a comparison: its main outcomes week by week."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from experiments.analyses.base import Tables
from experiments.charts import style
from experiments.study.plan import Plan
from experiments.text.language import _
from experiments.text.names import policy_names
from simulation.comparison import EVERYBODY


def titles() -> dict[str, str]:
    """What stands above each panel, by outcome."""
    return {
        "problems": _("problems per client"),
        "supporters": _("supporters per client"),
        "cost": _("cost per client (EUR)"),
    }


def weekly_chart(plan: Plan, tables: Tables) -> Figure:
    """Three outcomes over the weeks, a line a policy, bands of 80% of the towns drawn."""
    weekly = tables["weekly"]
    table = weekly[weekly["entrance"] == EVERYBODY]
    table = table[table["entered"] >= 0.1 * table["entered"].max()]
    table = table.assign(policy=table["run"].map(tables["runs"].set_index("run")["policy"]))
    figure, axes = plt.subplots(1, 3, figsize=(12, 4.4))
    for ax, (outcome, title) in zip(axes, titles().items(), strict=True):
        grouped = table.groupby(["policy", "week"], sort=False)[outcome]
        part = grouped.agg(
            mean="mean", low=lambda v: v.quantile(0.1), high=lambda v: v.quantile(0.9)
        ).reset_index()
        part = part.sort_values("week")  # towns differ in the first
        style.lines_with_bands(ax, part, "week", "mean", "policy", policy_names(plan))
        ax.set_title(title)
        ax.set_xlabel(_("week"))
        ax.set_ylim(bottom=0)
        style.number_format(ax)
    note = _(
        "lines: means over the towns drawn; bands: 80% of the towns; from the week in which a "
        "tenth of the clients has entered"
    )
    figure.supxlabel(note, fontsize=9, color=style.GREY)
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=min(len(plan.policies), 3))
    return figure
