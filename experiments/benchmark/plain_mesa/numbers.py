"""Numbers as plain Python reads them fastest: chances, bounds, and the tables of the field."""

import math

from kring.simulation.field_tables import domains, tie_kinds
from kring.simulation.parameters import Parameters


def chance(log_odds: float) -> float:
    """Probability at these log odds."""
    return 1 / (1 + math.exp(-log_odds))


def clip(value: float, low: float, high: float) -> float:
    """The value, kept between two bounds."""
    return min(high, max(low, value))


class Field:
    """The tables of domains and tie types as lists, which Python reads fastest."""

    def __init__(self, parameters: Parameters, severity: float) -> None:
        for row in (domains(parameters, severity), tie_kinds(parameters)):
            for name in row.dtype.names:
                where = f"tie_{name}" if name in ("closeness", "willing", "share") else name
                setattr(self, where, row[name].tolist())
