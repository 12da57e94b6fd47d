"""The threshold: up to how many problems do workers propose the network, and what does it do?"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt

from experiments import figures
from experiments.experiment import Experiment, Setting, Tables
from experiments.sweep import sweep, sweep_figure, town_of
from simulation.policy import Policy

THRESHOLDS = tuple(range(14))
QUICK_THRESHOLDS = (0, 4, 13)
WIJKTEAM = Policy.preset("wijkteam")
AS_NOW = WIJKTEAM.multi_problem_threshold
ARMS = {
    "2.5 hours": WIJKTEAM,
    "10 hours": WIJKTEAM.replace(mobilisation_hours=10),
    "30 hours, independent, network makes the plan": WIJKTEAM.replace(
        mobilisation_hours=30, independent_convener=1, network_makes_plan=1
    ),
}
NAMES = {
    "en": {arm: arm for arm in ARMS},
    "nl": {
        "2.5 hours": "2,5 uur",
        "10 hours": "10 uur",
        "30 hours, independent, network makes the plan": "30 uur, onafhankelijk, eigen plan",
    },
}
LABELS = {
    "en": "number of problems up to which workers propose the network",
    "nl": "aantal problemen tot waar werkers het netwerk voorstellen",
}


def compute(setting: Setting, progress: Callable[[int], Any]) -> Tables:
    """Sweep the threshold under each arm, on the clients of the team."""
    values = QUICK_THRESHOLDS if setting.quick else THRESHOLDS
    return {"sweep": sweep(ARMS, "multi_problem_threshold", values, AS_NOW, setting, progress)}


def draw(tables: Tables, folder: Path) -> None:
    """Problems, supporters and cost after two years, by threshold."""

    def chart(language: str) -> plt.Figure:
        return sweep_figure(
            tables["sweep"], "multi_problem_threshold", LABELS[language], NAMES[language], language
        )

    figures.in_both_languages(chart, folder, "multi_problem_threshold")


def reading(tables: Tables) -> str:
    """What it does to drop the threshold altogether."""
    table = tables["sweep"]
    lines = []
    for arm in ARMS:
        rows = table[(table["arm"] == arm) & (table["multi_problem_threshold"] == 13)]
        for outcome in ("problems", "supporters"):
            row = rows[rows["outcome"] == outcome].iloc[0]
            lines.append(
                f"- {arm}: no threshold instead of {AS_NOW:g} changes {outcome} per client after "
                f"two years by {row['difference']:+.2f} ({row['low']:+.2f} to {row['high']:+.2f})."
            )
    return "\n".join(lines)


EXPERIMENT = Experiment(
    name="multi_problem_threshold",
    question="What does the number of problems above which workers avoid the network do, 0 to 13?",
    compute=compute,
    draw=draw,
    reading=reading,
    town=town_of,
    policies=ARMS,
    runs=lambda s: len(ARMS) * len(QUICK_THRESHOLDS if s.quick else THRESHOLDS) * len(s.seeds),
)
