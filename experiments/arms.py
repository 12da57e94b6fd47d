"""Arms: one question, some policies on the same people, and what each makes of what is measured.

Most experiments of the municipality are of this form: they name their arms and measures, and say
what the literature says. `arms` makes an experiment of it: paired differences from the first arm
with intervals over towns drawn, a table, a figure in English and Dutch, and a reading.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from experiments import figures
from experiments.experiment import Experiment, Setting, Tables
from experiments.measures import MEASURES, Measure
from simulation.comparison import interval
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.run import simulate
from simulation.town import Town
from simulation.world import settle

WIJKTEAM = Policy.preset("wijkteam")
NOTE = {
    "en": "after {years:g} years; dots: means; bars: 95% interval of the difference from the first "
    "arm, on the same people; dotted: the first arm",
    "nl": "na {years:g} jaar; stippen: gemiddelden; balken: 95%-interval van het verschil met de "
    "eerste arm, bij dezelfde mensen; gestippeld: de eerste arm",
}
UNITS_NL = {
    "problems": "problemen",
    "levels": "niveaus",
    "persons": "personen",
    "share": "aandeel",
    "working days": "werkdagen",
    "clients": "cliënten",
    "cases": "zaken",
    "times": "keren",
    "plans": "plannen",
    "0 to 1": "0 tot 1",
    "EUR": "euro",
    "hours": "uren",
}
SHOWN = 6  # measures in the figure and the reading; the table has all
COLUMNS = ("arm", "measure", "unit", "value", "difference", "low", "high")


class Arm(NamedTuple):
    """One policy of a comparison.

    Attributes
    ----------
    en, nl : str
        What it is called, in English and in Dutch.
    policy : Policy
        The policy.
    town : mapping
        What is otherwise so in the town, where the arm is about that.
    """

    en: str
    nl: str
    policy: Policy
    town: Mapping[str, float] = {}


def arm(en: str, nl: str, town: Mapping[str, float] | None = None, **levers: Any) -> Arm:
    """An arm: the neighbourhood team with these levers changed."""
    return Arm(en, nl, WIJKTEAM.replace(**levers), town or {})


class Question(NamedTuple):
    """What an experiment of arms asks, and how.

    Attributes
    ----------
    name, question : str
        Name as on the command line, and the question in one sentence.
    arms : tuple of Arm
        The arms; the first is the one compared with.
    measures : tuple of str
        Names of `MEASURES` (or of ``own``); figure and reading show the first six.
    literature : str
        What the literature says of it, with codes of the evidence and mechanisms.
    town : str
        Name of the town.
    weeks : int
        Weeks lived.
    own : mapping
        Measures that only this experiment has.
    episodes : bool
        Whether a measure reads what happened.
    """

    name: str
    question: str
    arms: tuple[Arm, ...]
    measures: tuple[str, ...]
    literature: str
    town: str = "going_concern"
    weeks: int = 260
    own: Mapping[str, Measure] = {}
    episodes: bool = False

    def measure(self, name: str) -> Measure:
        """A measure by name."""
        return self.own[name] if name in self.own else MEASURES[name]


def measured(ask: Question, setting: Setting, progress: Callable[[int], Any]) -> pd.DataFrame:
    """Every measure of every arm and seed: `arm, seed, measure, value`."""
    parameters = Parameters.preset(setting.parameters)
    base = Town.preset(ask.town, clients=setting.clients)
    rows = []
    for seed in setting.seeds:
        people = settle(base, parameters, seed)
        for one in ask.arms:
            place = settle(base.replace(**one.town), parameters, seed) if one.town else people
            result = simulate(
                place, one.policy, ask.weeks, seed, parameters=parameters, episodes=ask.episodes
            )
            for name in ask.measures:
                rows.append((one.en, seed, name, ask.measure(name).of(result)))
            progress(1)
    return pd.DataFrame(rows, columns=["arm", "seed", "measure", "value"])


def paired(ask: Question, runs: pd.DataFrame) -> pd.DataFrame:
    """Means by arm, and differences from the first arm, seed by seed, with 95% intervals."""
    rows = []
    for name in ask.measures:
        wide = runs[runs["measure"] == name].pivot(index="seed", columns="arm", values="value")
        base = wide[ask.arms[0].en]
        for one in ask.arms:
            difference = (wide[one.en] - base).dropna().to_numpy()
            found = interval(difference) if len(difference) else (np.nan,) * 3
            unit = ask.measure(name).unit
            rows.append((one.en, name, unit, wide[one.en].mean(), *found))
    return pd.DataFrame(rows, columns=COLUMNS)


def panel(ax: plt.Axes, ask: Question, table: pd.DataFrame, name: str, language: str) -> None:
    """One measure: a dot an arm, from the first arm at the top."""
    part = table[table["measure"] == name].set_index("arm").loc[[one.en for one in ask.arms]]
    y = np.arange(len(part))
    errors = np.nan_to_num([part["difference"] - part["low"], part["high"] - part["difference"]])
    ax.axvline(part["value"].iloc[0], color=figures.GREY, linestyle=":", linewidth=1)
    colours = [figures.BLUE] + [figures.VERMILION] * (len(part) - 1)
    for i in range(len(part)):
        bar = errors[:, i : i + 1]
        ax.errorbar(part["value"].iloc[i], y[i], xerr=bar, fmt="o", color=colours[i], capsize=3)
    measure = ask.measure(name)
    words, unit = measure.en, measure.unit
    if language == "nl":
        words, unit = measure.nl, UNITS_NL.get(unit, unit)
    ax.set_title(f"{words}\n({unit})", fontsize=10.5)
    ax.set_yticks(y, [one.en if language == "en" else one.nl for one in ask.arms])
    ax.set_ylim(len(part) - 0.5, -0.5)
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x", color="#E5E5E5")
    ax.locator_params(axis="x", nbins=5)
    if language == "nl":
        ax.xaxis.set_major_formatter(lambda x, _: f"{x:g}".replace(".", ","))
    else:
        ax.xaxis.set_major_formatter(lambda x, _: f"{x:g}")


def chart(ask: Question, table: pd.DataFrame, language: str) -> plt.Figure:
    """A panel for each measure, three beside each other."""
    shown = ask.measures[:SHOWN]
    across = min(3, len(shown))
    down = -(-len(shown) // across)
    height = 0.9 + down * (0.9 + 0.36 * len(ask.arms))
    figure, axes = plt.subplots(
        down, across, figsize=(12, height), sharey=True, squeeze=False, layout="constrained"
    )
    for ax, name in zip(axes.flat, shown, strict=False):
        panel(ax, ask, table, name, language)
    for ax in axes.flat[len(shown) :]:
        ax.set_visible(False)
    note = NOTE[language].format(years=ask.weeks / 52)
    if language == "nl":
        note = note.replace(".", ",", 1) if ask.weeks % 52 else note
    figure.supxlabel(note, fontsize=9, color=figures.GREY)
    return figure


def number(value: float, sign: str = "") -> str:
    """A number with as many decimals as it deserves."""
    decimals = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:{sign}.{decimals}f}"


def lines(ask: Question, table: pd.DataFrame) -> Iterable[str]:
    """For each arm but the first, what it changes; what it may as well not is said."""
    for one in ask.arms[1:]:
        said = []
        part = table[(table["arm"] == one.en) & table["measure"].isin(ask.measures[:SHOWN])]
        for row in part.itertuples():
            base = row.value - row.difference
            span = f"{number(row.low, '+')} to {number(row.high, '+')}"
            unclear = ", could be none" if not (row.low > 0 or row.high < 0) else ""
            said.append(
                f"{ask.measure(row.measure).en} {number(base)} -> {number(row.value)} "
                f"({span}{unclear})"
            )
        yield f"- {one.en}: " + "; ".join(said) + "."


def arms(ask: Question, more: Callable[[pd.DataFrame], str] | None = None) -> Experiment:
    """Make an experiment of a question.

    Parameters
    ----------
    ask : Question
        The question.
    more : callable, optional
        ``more(table)`` adds lines to the reading.
    """

    def compute(setting: Setting, progress: Callable[[int], Any]) -> Tables:
        runs = measured(ask, setting, progress)
        return {"differences": paired(ask, runs), "runs": runs}

    def draw(tables: Tables, folder: Path) -> None:
        figures.in_both_languages(
            lambda language: chart(ask, tables["differences"], language), folder, ask.name
        )

    def reading(tables: Tables) -> str:
        table = tables["differences"]
        first = f"Against '{ask.arms[0].en}', after {ask.weeks / 52:g} years, on the same people:"
        text = [first, *lines(ask, table)]
        if more:
            text.append(more(table))
        return "\n".join([*text, "", f"What the literature says: {ask.literature}"])

    return Experiment(
        name=ask.name,
        question=ask.question,
        compute=compute,
        draw=draw,
        reading=reading,
        town=lambda setting: Town.preset(ask.town, clients=setting.clients),
        policies={one.en: one.policy for one in ask.arms},
        runs=lambda setting: len(ask.arms) * len(setting.seeds),
    )
