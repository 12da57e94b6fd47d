"""Time for mobilisation: what do hours for the network do, and what keeps them from working?"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt

from experiments import figures
from experiments.experiment import Experiment, Setting, Tables
from experiments.sweep import sweep, sweep_figure, town_of
from simulation.policy import Policy

HOURS = (0, 2.5, 5, 10, 20, 30, 40)
QUICK_HOURS = (0, 2.5, 30)
AS_NOW = 2.5
WIJKTEAM = Policy.preset("wijkteam")
ARMS = {
    "worker decides": WIJKTEAM,
    "no threshold": WIJKTEAM.replace(multi_problem_threshold=13),
    "offered to all": WIJKTEAM.replace(offer=1),
    "offered to all, network makes the plan": WIJKTEAM.replace(
        offer=1, independent_convener=1, network_makes_plan=1
    ),
}
NAMES = {
    "en": {arm: arm for arm in ARMS},
    "nl": {
        "worker decides": "werker beslist",
        "no threshold": "geen drempel",
        "offered to all": "aan allen aangeboden",
        "offered to all, network makes the plan": "aan allen aangeboden, netwerk maakt plan",
    },
}
LABELS = {
    "en": "hours for mapping and bringing together the network, per case",
    "nl": "uren voor in kaart brengen en bijeenbrengen van het netwerk, per zaak",
}


def compute(setting: Setting, progress: Callable[[int], Any]) -> Tables:
    """Sweep the hours under each arm, on the clients of the team."""
    hours = QUICK_HOURS if setting.quick else HOURS
    return {"sweep": sweep(ARMS, "mobilisation_hours", hours, AS_NOW, setting, progress)}


def draw(tables: Tables, folder: Path) -> None:
    """Problems, supporters and cost after two years, by hours."""

    def chart(language: str) -> plt.Figure:
        return sweep_figure(
            tables["sweep"], "mobilisation_hours", LABELS[language], NAMES[language], language
        )

    figures.in_both_languages(chart, folder, "time_for_mobilisation")


def reading(tables: Tables) -> str:
    """The effect of 30 hours against the 2.5 of today under each arm."""
    table = tables["sweep"]
    lines = []
    for arm in ARMS:
        rows = table[(table["arm"] == arm) & (table["mobilisation_hours"] == 30)]
        for outcome in ("problems", "supporters"):
            row = rows[rows["outcome"] == outcome].iloc[0]
            lines.append(
                f"- {arm}: 30 hours instead of 2.5 change {outcome} per client after two years by "
                f"{row['difference']:+.2f} ({row['low']:+.2f} to {row['high']:+.2f})."
            )
    return "\n".join(lines)


EXPERIMENT = Experiment(
    name="time_for_mobilisation",
    question="What do more hours for the network do, from 0 to 40 a case?",
    compute=compute,
    draw=draw,
    reading=reading,
    town=town_of,
    policies=ARMS,
    runs=lambda s: len(ARMS) * len(QUICK_HOURS if s.quick else HOURS) * len(s.seeds),
)
