"""The figure of a comparison: its main outcomes week by week."""

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

from experiments.analyses.base import Tables
from experiments.charts import style
from experiments.study.plan import Plan
from experiments.text.language import _
from experiments.text.names import policy_names
from simulation.comparison import EVERYBODY
from simulation.spread import spread


def titles() -> dict[str, str]:
    """What stands above each panel, by outcome."""
    return {
        "problems": _("problems per client"),
        "supporters": _("supporters per client"),
        "cost": _("cost per client (EUR)"),
    }


def over_towns(table: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """An outcome by policy and week of a single set: the mean, and 80% of the towns."""
    bands = {"low": lambda v: v.quantile(0.1), "high": lambda v: v.quantile(0.9)}
    grouped = table.groupby(["policy", "week"], sort=False)[outcome]
    return grouped.agg(middle="mean", **bands).reset_index()


def over_sets(table: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """An outcome by policy and week over sets, with bands of the difference from the first."""
    wide = table.pivot(index=["policy", "seed"], columns="week", values=outcome)
    first = wide.loc[table["policy"].iloc[0]]
    sets, rows = table.drop_duplicates("seed").set_index("seed")["set"], []
    for policy in table["policy"].unique():
        change = wide.loc[policy] - first
        for week in wide:
            base, part = first[week].dropna(), change[week].dropna()
            middle = spread(base.to_numpy(), sets[base.index].to_numpy()).middle
            found = spread(part.to_numpy(), sets[part.index].to_numpy())
            around = (middle + value for value in found[:3])
            rows.append((policy, week, *around, found.chance))
    return pd.DataFrame(rows, columns=["policy", "week", "middle", "low", "high", "chance"])


def weekly_chart(plan: Plan, tables: Tables) -> Figure:
    """Three outcomes over the weeks, a line a policy, bands over the sets or the towns."""
    weekly = tables["weekly"]
    table = weekly[weekly["entrance"] == EVERYBODY]
    table = table[table["entered"] >= 0.1 * table["entered"].max()]
    runs = tables["runs"].set_index("run")
    table = table.assign(policy=table["run"].map(runs["policy"]))
    if plan.is_ensemble:
        table = table.assign(**{key: table["run"].map(runs[key]) for key in ("set", "seed")})
    figure, axes = plt.subplots(1, 3, figsize=(12, 4.4))
    for ax, (outcome, title) in zip(axes, titles().items(), strict=True):
        make = over_sets if plan.is_ensemble else over_towns
        part = make(table, outcome).sort_values("week")  # towns differ in the first
        style.lines_with_bands(ax, part, "week", "middle", "policy", policy_names(plan))
        ax.set_title(title)
        ax.set_xlabel(_("week"))
        ax.set_ylim(bottom=0)
        style.number_format(ax)
    note = _(
        "lines: means over the towns drawn; bands: 80% of the towns; from the week in which a "
        "tenth of the clients has entered"
    )
    if plan.is_ensemble:
        note = _(
            "lines: the middle of the sets; wide bands: 95% of the sets, of the difference from "
            "the first line on the same people; narrow: what chance alone may do; from the week "
            "in which a tenth of the clients has entered"
        )
    style.under(figure, note)
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=min(len(plan.policies), 3))
    return figure
