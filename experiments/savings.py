"""Savings: what do networks cost, what do they save, for whom, and in which year?"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from experiments import figures
from experiments.arms import WIJKTEAM, number
from experiments.experiment import Experiment, Setting, Tables
from experiments.vignettes import vignette_lines, vignette_table
from simulation.comparison import interval
from simulation.money import KINDS, by_payer, payers
from simulation.parameters import Parameters
from simulation.run import simulate
from simulation.town import Town
from simulation.world import settle

YEARS = 5
YEAR = 52
NOW = "wijkteam"
POLICIES = {
    NOW: WIJKTEAM,
    "outside guidance from 3 problems": WIJKTEAM.replace(
        outside_guidance=1, outside_guidance_from=3, outside_guidance_capacity=60
    ),
    "outside guidance from 6 problems": WIJKTEAM.replace(
        outside_guidance=1, outside_guidance_from=6, outside_guidance_capacity=40
    ),
    "ten hours, no threshold": WIJKTEAM.replace(
        mobilisation_hours=10, multi_problem_threshold=13, network_makes_plan=1
    ),
    "community worker": WIJKTEAM.replace(community_hours=10),
    "outreach": WIJKTEAM.replace(outreach=0.39),
}
NAMES = {
    "en": {name: name for name in POLICIES},
    "nl": {
        NOW: "wijkteam",
        "outside guidance from 3 problems": "begeleiding van buiten vanaf 3 problemen",
        "outside guidance from 6 problems": "begeleiding van buiten vanaf 6 problemen",
        "ten hours, no threshold": "tien uur, geen drempel",
        "community worker": "opbouwwerker",
        "outreach": "outreachend werken",
    },
}
INVESTED = ("conference", "neighbourhood", "schooling", "campaign")
TITLES = {
    "en": ("returns per euro invested", "net saving per person (EUR), five years"),
    "nl": (
        "opbrengst per geïnvesteerde euro",
        "netto besparing per cliënt (euro), alle jaren samen",
    ),
}
NOTES = {
    "en": "by year; against the neighbourhood team as it is, on the same people; bars: 95% over "
    "the towns drawn; 1: what is invested comes back",
    "nl": "per jaar; tegenover het wijkteam zoals het is, bij dezelfde mensen; balken: 95% over de "
    "getrokken steden; 1: wat is geïnvesteerd komt terug",
}


def by_year(books: pd.DataFrame) -> pd.DataFrame:
    """EUR by year (rows) and kind (columns)."""
    spent = books[[f"spent_{kind}" for kind in KINDS]].set_axis(list(KINDS), axis=1)
    return spent.groupby((books["week"] - 1) // YEAR + 1).sum()


def compute(setting: Setting, progress: Callable[[int], Any]) -> Tables:
    """Live five years under each policy, and book what is spent by year and kind."""
    town = town_of(setting)
    parameters = Parameters.preset(setting.parameters)
    rows = []
    for seed in setting.seeds:
        people = settle(town, parameters, seed)
        for name, policy in POLICIES.items():
            result = simulate(
                people, policy, YEARS * YEAR, seed, parameters=parameters, episodes=False
            )
            table = by_year(result.municipality) / (town.clients / YEARS)
            long = table.melt(ignore_index=False, var_name="kind", value_name="eur")
            rows.append(long.rename_axis("year").reset_index().assign(policy=name, seed=seed))
            progress(1)
    spent = pd.concat(rows, ignore_index=True)
    return {
        "spent": spent.groupby(["policy", "year", "kind"], sort=False, as_index=False)[
            "eur"
        ].mean(),
        "payers": payer_table(spent),
        "returns": return_table(spent),
        "vignettes": vignette_table(setting, parameters, progress),
    }


def payer_table(spent: pd.DataFrame) -> pd.DataFrame:
    """EUR per client a year by policy and payer, and the paired difference with its interval."""
    rows = []
    wide = spent.groupby(["policy", "seed", "kind"], sort=False)["eur"].mean().unstack("kind")
    paid = wide.apply(by_payer, axis=1)
    for policy in POLICIES:
        for payer in paid.columns:
            values = paid.loc[policy, payer]
            found = interval((values - paid.loc[NOW, payer]).to_numpy())
            rows.append((policy, payer, values.mean(), *found))
    return pd.DataFrame(rows, columns=["policy", "payer", "eur", "difference", "low", "high"])


def return_table(spent: pd.DataFrame) -> pd.DataFrame:
    """Returns per euro and net saving per client, by policy and year (0: all years), paired."""
    keys = ["policy", "seed", "year", "kind"]
    table = spent.set_index(keys)["eur"].unstack("kind")
    rows = []
    for policy in list(POLICIES)[1:]:
        change = table.loc[policy] - table.loc[NOW]
        invested = change[list(INVESTED)].sum(axis=1)
        saved = -change.drop(columns=list(INVESTED)).sum(axis=1)
        for year in range(YEARS + 1):
            put_in, came_out = (
                (part.groupby("seed").sum() if year == 0 else part.xs(year, level="year"))
                for part in (invested, saved)
            )
            # The quotient of sums: that of a single town has no mean where little is invested.
            returns = jackknife(came_out.to_numpy(), put_in.to_numpy())
            net = interval((came_out - put_in).to_numpy())
            rows.append((policy, year, put_in.mean(), came_out.mean(), *returns, *net))
    columns = ["policy", "year", "invested", "saved", "returns", "returns_low", "returns_high"]
    return pd.DataFrame(rows, columns=[*columns, "net", "net_low", "net_high"])


def jackknife(parts: np.ndarray, wholes: np.ndarray) -> tuple[float, float, float]:
    """Quotient of two sums with its 95% interval, leaving out one town at a time (Quenouille).

    NaN where nothing is invested, or its sign is not the same in all towns.
    """
    if wholes.sum() == 0 or (wholes <= 0).any():
        return (float("nan"),) * 3
    whole = parts.sum() / wholes.sum()
    n = len(parts)
    if n < 2:
        return whole, float("nan"), float("nan")
    without = (parts.sum() - parts) / (wholes.sum() - wholes)
    _, low, high = interval(n * whole - (n - 1) * without)
    return whole, low, high


def draw(tables: Tables, folder: Path) -> None:
    """Returns per euro by year, and net saving over five years."""

    def chart(language: str) -> plt.Figure:
        figure, axes = plt.subplots(1, 2, figsize=(12.5, 5.4))
        table = tables["returns"]
        names = {p: NAMES[language][p] for p in list(POLICIES)[1:]}
        for i, (policy, label) in enumerate(names.items()):
            part = table[(table["policy"] == policy) & (table["year"] > 0)]
            x = part["year"] + (i - 2) * 0.1
            errors = np.nan_to_num(
                [part["returns"] - part["returns_low"], part["returns_high"] - part["returns"]]
            )
            axes[0].errorbar(
                x, part["returns"], yerr=errors, fmt="osD^v"[i], color=figures.COLOURS[i],
                label=label, capsize=2,
            )  # fmt: skip
            whole = table[(table["policy"] == policy) & (table["year"] == 0)].iloc[0]
            error = np.nan_to_num([[whole.net - whole.net_low], [whole.net_high - whole.net]])
            axes[1].errorbar(
                whole.net, i, xerr=error, fmt="osD^v"[i], color=figures.COLOURS[i], capsize=3
            )
        axes[0].axhline(1, color=figures.GREY, linestyle=":")
        axes[0].axhline(0, color="black", linewidth=0.8)
        axes[1].axvline(0, color="black", linewidth=0.8)
        for ax, title in zip(axes, TITLES[language], strict=True):
            ax.set_title(title)
            figures.number_format(ax, language)
        axes[0].set_xticks(range(1, YEARS + 1))
        axes[0].set_xlabel({"en": "year", "nl": "jaar"}[language])
        axes[1].set_yticks(range(len(names)), list(names.values()))
        axes[1].yaxis.set_major_formatter(plt.FixedFormatter(list(names.values())))
        axes[1].set_ylim(len(names) - 0.5, -0.5)
        axes[1].grid(axis="x")
        axes[1].grid(axis="y", visible=False)
        handles, labels = axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper center", ncols=3)
        figure.supxlabel(NOTES[language], fontsize=9, color=figures.GREY)
        return figure

    figures.in_both_languages(chart, folder, "savings")


def reading(tables: Tables) -> str:
    """Returns in all years together, who pays, and the vignettes."""
    table = tables["returns"].set_index(["policy", "year"])
    paid = tables["payers"].set_index(["policy", "payer"])
    lines = ["Per person in need a year, against the team as it is, on the same people:"]
    for policy in list(POLICIES)[1:]:
        whole, first, last = (table.loc[(policy, year)] for year in (0, 1, YEARS))
        if np.isnan(whole.returns):
            returns = "nothing is invested beside the team's own hours"
        else:
            returns = (
                f"each euro invested returns {number(whole.returns)} "
                f"({number(whole.returns_low)} to {number(whole.returns_high)}) in five years; "
                f"in year 1 {number(first.returns)}, in year {YEARS} {number(last.returns)}"
            )
        who = ", ".join(
            f"{payer} {number(paid.loc[(policy, payer)].difference, '+')}"
            for payer in dict.fromkeys(payers()["payer"])
        )
        net = f"net saving {number(whole.net, '+')} EUR per person in need in five years"
        lines.append(
            f"- {policy}: {returns}; {net} ({number(whole.net_low, '+')} to "
            f"{number(whole.net_high, '+')}); a year, by payer (EUR): {who}."
        )
    lines += ["", *vignette_lines(tables["vignettes"])]
    lines += [
        "",
        "What the literature says: the study's three vignettes (E33 to E35) give the least net "
        "saving of a case in which the network's support worked, not of an average case; prices "
        "are those of the evidence (E44, E52), that of foster care is an assumption with a range, "
        "on which E33 rests. What outreach returns rests on the assumption that help can avert "
        "what is still brewing (`brewing`). A saving counts what would otherwise be paid; hours of "
        "workers who are not dismissed are hours for others.",
    ]
    return "\n".join(lines)


def town_of(setting: Setting) -> Town:
    """A town that people come into for five years."""
    return Town.preset("going_concern", clients=setting.clients)


EXPERIMENT = Experiment(
    name="savings",
    question="What do networks cost, what do they save, for whom, and in which year?",
    compute=compute,
    draw=draw,
    reading=reading,
    town=town_of,
    policies=POLICIES,
    runs=lambda setting: (len(POLICIES) + 2) * len(setting.seeds),
)
