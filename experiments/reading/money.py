"""Which measure of money a study speaks of: cash, time freed, cost to others, or none of these."""

from collections.abc import Iterable

from kring.experiments.measures import measure, part_of
from kring.experiments.text.language import _, later

CASH, TIME, OTHERS, PRICE = "cash", "time", "others", "price"
BEGIN = {"cash": CASH, "free_": TIME, "cost_others": OTHERS, "paid_": OTHERS}
SAID = {
    CASH: later(
        "Cash is what the municipality pays: its workers, whether their hours are used or not, "
        "and what it buys."
    ),
    TIME: later("Free hours are paid hours of the team that no task takes: time freed, no saving."),
    OTHERS: later("Cost to others is what insurers and the state pay, not the municipality."),
    PRICE: later(
        "Cost and price of help also count hours of the team that are paid anyway. They are none "
        "of the three measures of money (cash, time freed, cost to others): less of it is no "
        "saving."
    ),
}


def about_money(outcomes: Iterable[str]) -> list[str]:
    """What is said of the measures of money among some outcomes, in the language that is spoken."""
    kinds = {kind_of(name) for name in outcomes}
    return [_(text) for kind, text in SAID.items() if kind in kinds]


def kind_of(outcome: str) -> str:
    """Which measure of money an outcome is; empty where it is none."""
    base = part_of(outcome).base
    for begin, kind in BEGIN.items():
        if base.startswith(begin):
            return kind
    return PRICE if measure(outcome).unit == "EUR" else ""
