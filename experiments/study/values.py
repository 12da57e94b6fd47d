"""Values: what a quantity of a study takes. A number is written as one, a share as a fraction."""

from typing import Any

from simulation.errors import KringError
from simulation.settings import Settings
from simulation.town import Town


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
                f"{name} = {as_written(value)} is not possible: it takes a number {span}{hint}"
            )
        if kind is Town and name == "clients" and value == 0:
            raise KringError("clients = 0: a study needs clients")


def as_written(value: Any) -> str:
    """A value as a study file has it.

    Examples
    --------
    >>> as_written(10.0), as_written(True), as_written("youth first")
    ('10', 'true', "'youth first'")
    """
    if isinstance(value, bool):
        return str(value).lower()
    return repr(int(value) if isinstance(value, float) and value.is_integer() else value)


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
