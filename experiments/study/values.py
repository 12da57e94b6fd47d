"""Values: what a quantity of a study takes. A number is written as one, a share as a fraction."""

from datetime import date, time
from typing import Any

from kring.simulation.errors import KringError
from kring.simulation.settings import Settings
from kring.simulation.town import Town

MOST_SHOWN = 80  # letters of a value in a message


def check_values(kind: type[Settings], values: dict[str, Any]) -> None:
    """Refuse a text or a boolean for a number, a percentage for a share, a town of nobody."""
    for name, value in values.items():
        note = kind.note(name) if name in kind.model_fields else {}
        if "low" not in note:
            continue
        hint = as_share(value) if (note["low"], note["high"]) == (0, 1) else ""
        if hint or isinstance(value, bool | str):
            span = f"from {note['low']:g} to {note['high']:g} {note['unit']}"
            raise KringError(
                f"{name} = {as_written(value)} is not possible: it takes a number {span}"
                f"{hint or without_quotes(value)}"
            )
        if kind is Town and name == "clients" and value == 0:
            raise KringError("clients = 0: a study needs clients")


def as_written(value: Any) -> str:
    """A value as a study file has it, long ones cut short.

    Examples
    --------
    >>> as_written(10.0), as_written(True), as_written("youth first")
    ('10', 'true', "'youth first'")
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date | time):
        return value.isoformat()
    whole = isinstance(value, float) and value.is_integer()
    return shorten(repr(int(value) if whole else value))


def shorten(text: str) -> str:
    """A text that fits in a message."""
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}..."


def without_quotes(value: Any) -> str:
    """What to say of a number that stands in quotes; nothing for what is no number."""
    try:
        return f"; write {value} without quotes" if float(value) != value else ""
    except ValueError:
        return ""


def as_share(value: Any) -> str:
    """How a percentage is written as a share; nothing for what is none.

    Examples
    --------
    >>> as_share("50%"), as_share(0.5)
    ('; 50% is written 0.5', '')
    """
    try:
        number = float(str(value).rstrip("% "))
    except ValueError:
        return ""
    return f"; {number:g}% is written {number / 100:g}" if 1 < number <= 100 else ""
