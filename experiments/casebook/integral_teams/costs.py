"""Costs of each form of teams against the first, beside what was published."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kring.experiments.analyses.paired import SPREAD, over_sets
from kring.experiments.charts import style
from kring.experiments.charts.panels import half_intervals, labelled, wrapped
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import Word, _, said
from kring.simulation.evidence import figure

PUBLISHED = figure("E41")
INTEGRAL = "broad team, one plan"
COSTS = {
    "cost": Word("all clients", "alle cliënten"),
    "cost_families": Word("families with problems", "gezinnen met problemen"),
}
EVERYBODY, FAMILIES = (who.en for who in COSTS.values())


def relative_costs(plan: Plan, runs: pd.DataFrame) -> pd.DataFrame:
    """Cost of each policy against the first: `who, policy, value`, and how that spreads."""
    first, *others = (policy.name for policy in plan.policies)
    rows = []
    for outcome, who in COSTS.items():
        wide = runs.pivot(index="seed", columns="policy", values=outcome)
        for name in others:
            rows.append((who.en, name, *over_sets(plan, wide[name] / wide[first] - 1)))
    return pd.DataFrame(rows, columns=["who", "policy", "value", *SPREAD])


def cost_chart(plan: Plan, table: pd.DataFrame) -> Figure:
    """Relative costs of all policies but the first, and the published one."""
    labels = wrapped(said(policy.label) for policy in plan.policies[1:])
    drawn, axes = labelled([said(who) for who in COSTS.values()], labels)
    for ax, who in zip(axes, COSTS.values(), strict=True):
        panel(ax, plan, table[table["who"] == who.en])
    families = axes[list(COSTS).index("cost_families")]
    families.plot(
        PUBLISHED, [policy.name for policy in plan.policies[1:]].index(INTEGRAL), "D",
        color="black", fillstyle="none", markersize=9, label=_("published for families (E41)"),
    )  # fmt: skip
    style.under(drawn, _("cost of help per client, against agencies each with a plan"))
    drawn.legend(*families.get_legend_handles_labels(), loc="outside upper left")
    return drawn


def panel(ax: Axes, plan: Plan, part: pd.DataFrame) -> None:
    """Relative costs for some clients, a dot a policy."""
    y = np.arange(len(plan.policies) - 1)
    ax.axvline(0, color=style.GREY, linestyle=":", linewidth=1)
    ax.errorbar(
        part["value"], y, xerr=half_intervals(part), fmt="o", color=style.BLUE, capsize=3,
        label=_("simulated, 95% interval"),
    )  # fmt: skip
    ax.xaxis.set_major_formatter(lambda x, _tick: f"{100 * x:+.0f}%".replace("+0%", "0%"))
