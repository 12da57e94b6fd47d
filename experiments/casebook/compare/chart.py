"""The figure of a comparison: its main outcomes week by week."""

from collections.abc import Iterator

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kring.experiments.analyses.base import Tables
from kring.experiments.charts import style
from kring.experiments.charts.panels import DARK, column
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _
from kring.experiments.text.names import policy_names
from kring.simulation.comparison import EVERYBODY
from kring.simulation.spread import spread


def titles() -> dict[str, str]:
    """What stands above each panel, by outcome."""
    return {
        "problems": _("problems per client"),
        "supporters": _("supporters per client"),
        "cost": _("cost per client (EUR)"),
    }


def by_week(table: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """An outcome by policy and week: what it is, and how it differs from the first policy."""
    wide = table.pivot(index=["policy", "seed"], columns="week", values=outcome)
    first = wide.loc[table["policy"].iloc[0]]
    sets, rows = table.drop_duplicates("seed").set_index("seed")["set"], []
    for policy in table["policy"].unique():
        change = wide.loc[policy] - first
        for week in wide:
            base, part = first[week].dropna(), change[week].dropna()
            usual = spread(base.to_numpy(), sets[base.index].to_numpy()).middle
            found = spread(part.to_numpy(), sets[part.index].to_numpy())
            chance = found.chance if found.is_over_sets else float("nan")
            level = usual + found.middle
            rows.append((policy, week, level, found.middle, found.low, found.high, chance))
    names = ["policy", "week", "level", "difference", "low", "high", "chance"]
    return pd.DataFrame(rows, columns=names)


def weekly_chart(plan: Plan, tables: Tables) -> Figure:
    """Three outcomes over the weeks, a line a policy; below each how they differ from the first."""
    weekly = tables["weekly"]
    table = weekly[weekly["entrance"] == EVERYBODY]
    table = table[table["entered"] >= 0.1 * table["entered"].max()]
    runs = tables["runs"].set_index("run")
    table = table.assign(**{key: table["run"].map(runs[key]) for key in ("policy", "seed")})
    table["set"] = table["run"].map(runs["set"]) if plan.is_ensemble else 0
    names = policy_names(plan)
    first = plan.policies[0].name
    figure, axes = column([1.7] * 6, above=1.5 + 0.2 * len(names), sharex=True)
    for (above, below), (outcome, title) in zip(pairs(axes), titles().items(), strict=True):
        part = by_week(table, outcome).sort_values("week")  # towns differ in the first
        levels = part[["policy", "week", "level"]]
        style.lines_with_bands(above, levels, "week", "level", "policy", names)
        style.lines_with_bands(below, part, "week", "difference", "policy", names, {first})
        below.axhline(0, color=DARK, linewidth=0.8)
        above.set_title(title)
        above.set_ylim(bottom=0)
        below.set_title(_("difference from ‘{first}’").format(first=names[first]), fontsize=9.5)
        for ax in (above, below):
            style.number_format(ax)
    axes[-1].set_xlabel(_("week"))
    note = _("bands: the 95% interval of the difference; from the week in which a tenth of the "
             "clients has entered")  # fmt: skip
    if plan.is_ensemble:
        note = _(
            "lines: the middle of the sets; wide bands: 95% of the sets; narrow: what chance alone "
            "may do; from the week in which a tenth of the clients has entered"
        )
    style.under(figure, note)
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside upper left")
    return figure


def pairs(axes: list[Axes]) -> Iterator[tuple[Axes, Axes]]:
    """Panels two by two."""
    return zip(axes[::2], axes[1::2], strict=True)
