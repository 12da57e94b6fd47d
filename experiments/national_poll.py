"""National poll: a country of 342 municipalities, asked what its teams contribute."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from experiments import figures
from experiments.arms import number
from experiments.experiment import Experiment, Setting, Tables
from experiments.measures import MEASURES
from simulation import episodes
from simulation.comparison import interval
from simulation.country import FORMS, Country, Municipality, municipalities
from simulation.evidence import figure
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.run import simulate
from simulation.town import Town

WEEKS = 156
CLIENTS_A_MUNICIPALITY = 60  # on average: a sample of those it has
MOST_SEEDS = 5
NOW, PRESSED, HARDER, HARDEST, INTEGRAL, OLD_WAY, NO_TEAM = (
    "as in 2017",
    "a fifth less staff",
    "two fifths less staff",
    "three fifths less staff",
    "all integral teams",
    "the old way",
    "entrance by referral only",
)
STAFF = {NOW: 1.0, PRESSED: 0.8, HARDER: 0.6, HARDEST: 0.4}  # against what each municipality has
ARMS: dict[str, dict[str, float]] = {
    **{arm: {} for arm in STAFF},
    INTEGRAL: FORMS["broad"],
    OLD_WAY: {"agencies": 1, "one_plan": 0},
    NO_TEAM: {"referral_only": 1, "low_threshold": 0, "outreach": 0},
}
STAFF_NL = {
    NOW: "als in 2017",
    PRESSED: "een vijfde minder bezetting",
    HARDER: "twee vijfde minder bezetting",
    HARDEST: "drie vijfde minder bezetting",
}
ASKED = ("alone", "without_plan", "found_early", "cases", "problems", "spent", "spent_specialist")
GOALS_NEEDED = 2


class Goal(NamedTuple):
    """A goal of the reform, and when a municipality says that its teams contribute to it.

    The bound is an assumption, from strict to lenient; a poll asks for opinions, not for bounds.
    """

    en: str
    nl: str
    measure: str
    strict: float
    usual: float
    lenient: float

    def is_met(self, table: pd.DataFrame, how: str) -> pd.Series:
        """Which municipalities meet it; for prevention more is better, else less."""
        bound = getattr(self, how)
        values = table[self.measure]
        return values >= bound if self.measure == "found_early" else values <= bound


GOALS = (
    Goal("own strength and network first", "eigen kracht en netwerk eerst", "alone", 0.5, 0.6, 0.7),
    Goal("a fitting plan in time", "een passend plan op tijd", "without_plan", 0.1, 0.2, 0.4),
    Goal("prevention", "preventie", "found_early", 0.4, 0.3, 0.2),
)


def referrals(result: Any) -> float:
    """Referrals to agencies per person in need."""
    kinds = result.episode_rows["kind"]
    return float((kinds == episodes.REFERRAL).sum() / max(result.weekly["entered"].iloc[-1], 1))


def ask(one: Municipality, arm: str, seed: int, parameters: Parameters) -> dict[str, Any]:
    """Live three years in a municipality and read what it would be asked about."""
    staffing = one.policy.staffing * STAFF.get(arm, 1.0)
    policy = one.policy.replace(staffing=staffing, **ARMS[arm])
    identity = seed * 1000 + one.number
    result = simulate(one.town, policy, WEEKS, identity, parameters=parameters, threads=1)
    row = {name: MEASURES[name].of(result) for name in ASKED}
    return {
        "seed": seed,
        "arm": arm,
        "municipality": one.number,
        "form": one.form,
        "clients": one.town.clients,
        "outreach_wanted": policy.outreach,
        "outreach_given": MEASURES["given_outreach"].of(result) * policy.outreach,
        "referrals": referrals(result),
        **row,
    }


def country_of(setting: Setting) -> Country:
    """The country; a quick one has fewer municipalities."""
    country = Country.preset("netherlands")
    return country.replace(municipalities=40) if setting.quick else country


def seeds_of(setting: Setting) -> range:
    """Countries drawn: no more than five, each is large."""
    return setting.seeds[:MOST_SEEDS]


def compute(setting: Setting, progress: Callable[[int], Any]) -> Tables:
    """Every municipality under every arm, on the same people."""
    parameters = Parameters.preset(setting.parameters)
    rows = []
    country = country_of(setting)
    clients = CLIENTS_A_MUNICIPALITY * country.municipalities
    for seed in seeds_of(setting):
        drawn = municipalities(country, clients, seed)
        for arm in ARMS:
            for one in drawn:
                rows.append(ask(one, arm, seed, parameters))
            progress(1)
    asked = pd.DataFrame(rows)
    return {
        "national": national(asked),
        "goals": goals(asked),
        "forms": forms(asked),
        "municipalities": asked,
    }


def national(asked: pd.DataFrame) -> pd.DataFrame:
    """Means over clients by arm, with paired differences from 2017 and intervals."""
    names = [*ASKED, "outreach_wanted", "outreach_given", "referrals"]
    rows = []
    by_seed = {
        key: {name: np.average(part[name], weights=part["clients"]) for name in names}
        for key, part in asked.groupby(["arm", "seed"], sort=False)
    }
    seeds = sorted(asked["seed"].unique())
    for arm in ARMS:
        for name in names:
            values = np.array([by_seed[arm, seed][name] for seed in seeds])
            base = np.array([by_seed[NOW, seed][name] for seed in seeds])
            change = interval(values - base)
            relative = interval(values / base - 1) if (base != 0).all() else (np.nan,) * 3
            rows.append((arm, name, values.mean(), *change, *relative))
    columns = ["arm", "measure", "value", "difference", "low", "high"]
    return pd.DataFrame(rows, columns=[*columns, "relative", "relative_low", "relative_high"])


def goals(asked: pd.DataFrame) -> pd.DataFrame:
    """Share of municipalities that meet each goal, and at least two of three, by arm and bounds."""
    rows = []
    for arm in STAFF:
        part = asked[asked["arm"] == arm]
        for how in ("strict", "usual", "lenient"):
            met = pd.DataFrame({goal.en: goal.is_met(part, how) for goal in GOALS})
            met["contributes"] = met.sum(axis=1) >= GOALS_NEEDED
            by_seed = met.groupby(part["seed"]).mean()
            for name in met.columns:
                rows.append((arm, how, name, *interval(by_seed[name].to_numpy())))
    return pd.DataFrame(rows, columns=["arm", "bounds", "goal", "share", "low", "high"])


def forms(asked: pd.DataFrame) -> pd.DataFrame:
    """Means over clients by form of the teams, as in 2017."""
    part = asked[asked["arm"] == NOW]
    rows = [
        (form, len(group), *(np.average(group[n], weights=group["clients"]) for n in ASKED))
        for form, group in part.groupby("form", sort=False)
    ]
    return pd.DataFrame(rows, columns=["form", "municipalities", *ASKED])


TITLES = {
    "en": ("municipalities whose teams contribute (share)", "outreach given, as pressure grows"),
    "nl": ("gemeenten waar teams bijdragen (aandeel)", "outreach gegeven, bij meer druk"),
}
AXES = {
    "en": ("cases per full-time worker", "share of the wanted outreach that was given"),
    "nl": ("zaken per voltijds werker", "deel van de gewenste outreach dat is gegeven"),
}
NOTES = {
    "en": "left: bars: from strict to lenient bounds; diamond: the poll of 2019 (E40); right: "
    "a dot a municipality",
    "nl": "links: balken: van strenge tot ruime grenzen; ruit: de peiling van 2019 (E40); rechts: "
    "een stip per gemeente",
}


def draw(tables: Tables, folder: Path) -> None:
    """Goals beside the poll, and outreach against pressure."""

    def chart(language: str) -> plt.Figure:
        figure_, axes = plt.subplots(1, 2, figsize=(12.5, 4.8))
        table = tables["goals"].set_index(["arm", "goal", "bounds"])["share"]
        names = [goal.en for goal in GOALS] + ["contributes"]
        words = [goal.en if language == "en" else goal.nl for goal in GOALS]
        words.append({"en": "at least two of three", "nl": "minstens twee van drie"}[language])
        for j, arm in enumerate(STAFF):
            y = np.arange(len(names)) + (j - 1.5) * 0.17
            usual = np.array([table[arm, name, "usual"] for name in names])
            low = np.array([table[arm, name, "strict"] for name in names])
            high = np.array([table[arm, name, "lenient"] for name in names])
            axes[0].errorbar(
                usual, y, xerr=[usual - low, high - usual], fmt="osD^"[j], capsize=3,
                color=figures.COLOURS[j], label=arm if language == "en" else STAFF_NL[arm],
            )  # fmt: skip
            part = tables["municipalities"]
            part = part[(part["arm"] == arm) & (part["outreach_wanted"] > 0)]
            axes[1].plot(
                part["cases"], part["outreach_given"] / part["outreach_wanted"], "osD^"[j],
                color=figures.COLOURS[j], alpha=0.25, markersize=3,
            )  # fmt: skip
        axes[0].plot(figure("E40"), len(names) - 1, "D", color="black", zorder=5)
        axes[0].set_xlim(0, 1)
        axes[0].grid(axis="x")
        axes[0].grid(axis="y", visible=False)
        for ax, title in zip(axes, TITLES[language], strict=True):
            ax.set_title(title)
            figures.number_format(ax, language)
        axes[0].set_yticks(range(len(names)), words)
        axes[0].yaxis.set_major_formatter(plt.FixedFormatter(words))
        axes[0].set_ylim(len(names) - 0.5, -0.5)
        axes[1].set_xlabel(AXES[language][0])
        axes[1].set_ylabel(AXES[language][1])
        handles, labels = axes[0].get_legend_handles_labels()
        figure_.legend(handles, labels, loc="outside upper center", ncols=4)
        figure_.supxlabel(NOTES[language], fontsize=9, color=figures.GREY)
        return figure_

    figures.in_both_languages(chart, folder, "national_poll")


def reading(tables: Tables) -> str:
    """The national questions, one by one, with what was published."""
    share = tables["goals"].set_index(["arm", "bounds", "goal"])
    mean = tables["national"].set_index(["arm", "measure"])

    def contributes(arm: str, how: str) -> float:
        return share.loc[(arm, how, "contributes"), "share"]

    said = [
        f"- Teams contribute (at least two of three goals): {contributes(NOW, 'usual'):.2f} of "
        f"municipalities, {contributes(NOW, 'strict'):.2f} by strict and "
        f"{contributes(NOW, 'lenient'):.2f} by lenient bounds. The poll of 2019 found "
        f"{figure('E40'):.2f} (E40, not fitted). The bounds are assumptions, and the answer hangs "
        "on them."
    ]
    for goal in [*(goal.en for goal in GOALS), "contributes"]:
        by_staff = "; ".join(
            f"{arm} {share.loc[(arm, 'usual', goal), 'share']:.2f}" for arm in STAFF
        )
        said.append(f"    - {goal}: {by_staff}.")
    reached = "; ".join(f"{arm} {mean.loc[(arm, 'outreach_given')].value:.2f}" for arm in STAFF)
    said.append(
        f"- Share of people approached before they asked: {reached}. Published: "
        f"{figure('E38'):.2f} in 2017 and {figure('E39'):.2f} in 2019 (E38, E39)."
    )
    old, new = mean.loc[(OLD_WAY, "spent")], mean.loc[(INTEGRAL, "spent")]
    relative = new.value / old.value - 1
    said.append(
        f"- Cost with all integral teams against the old way: {relative:+.0%}; published for "
        f"families with problems: {figure('E41'):+.0%} (E41, not fitted)."
    )
    open_, closed = (mean.loc[(arm, "referrals")] for arm in (NOW, NO_TEAM))
    said.append(
        f"- Referrals to agencies per person in need: {number(open_.value)} with open teams, "
        f"{number(closed.value)} with entrance by referral only (difference "
        f"{number(closed.low, '+')} to {number(closed.high, '+')}); specialist care costs "
        f"{mean.loc[(NO_TEAM, 'spent_specialist'), 'relative']:+.0%} without open teams."
    )
    for row in tables["forms"].itertuples():
        said.append(
            f"    - {row.form}: spent a year per new client {row.spent:,.0f} EUR, problems "
            f"{row.problems:.2f}, without a plan at six weeks {row.without_plan:.2f}."
        )
    return "\n".join(said)


EXPERIMENT = Experiment(
    name="national_poll",
    question="In a country of 342 municipalities: what do teams contribute, how does outreach fall "
    "as pressure grows, what do integral teams cost, and how far do teams raise referrals?",
    compute=compute,
    draw=draw,
    reading=reading,
    town=lambda setting: Town.preset("going_concern"),
    policies={arm: Policy.preset("wijkteam").replace(**changes) for arm, changes in ARMS.items()},
    runs=lambda setting: len(ARMS) * len(seeds_of(setting)),
)
