"""The interview: what a client would answer now, and how the answers of two waves are read."""

import numpy as np

from kring.simulation.field import PARENTING, YOUTH
from kring.simulation.parameters import Parameters
from kring.simulation.rows import GUIDED, NETWORK_PLAN

SLIGHT = 1  # problem fewer: no or slight improvement

OWED = ("nobody", "network", "both", "professional")
WHY_NOT = ("improved", "nature of the problems", "agencies", "nobody to help")


def owed_to(rows: np.ndarray, parameters: Parameters) -> np.ndarray:
    """To whom a good result is owed: codes of `OWED`, from who brought the relief about."""
    network, professional = rows["credit_network"], rows["credit_professional"]
    both = network + professional
    share = np.divide(network, both, out=np.zeros_like(both), where=both > 0)
    named = parameters.named_from
    answer = np.where(share > 1 - named, 1, np.where(share < named, 3, 2))
    return np.where(both > 0, answer, 0)


def joint(rows: np.ndarray) -> np.ndarray:
    """Whether the solution was made together: by the network, or by both working together."""
    together: np.ndarray = (rows["plan"] == NETWORK_PLAN) & rows["carried_out"]
    together |= rows["cooperation"]
    return together


def satisfaction(rows: np.ndarray, parameters: Parameters) -> np.ndarray:
    """A mark from 1 to 10: relief satisfies, a joint solution more (M27)."""
    relief = rows["solved"] / np.maximum(rows["solved"] + rows["problems"], 1)
    mark: np.ndarray = 5 + 3 * relief + parameters.joint_satisfaction * joint(rows)
    return mark.clip(1, 10)


def let_down(rows: np.ndarray, parameters: Parameters) -> np.ndarray:
    """Whether agencies failed: a long wait, a refusal, a list without end, too few hours."""
    too_few_hours = (rows["stage"] == GUIDED) & (rows["professionals"] > 0)
    too_few_hours &= rows["professional_help"] < parameters.too_few_hours
    failed: np.ndarray = too_few_hours | (rows["waited"] >= parameters.long_wait)
    failed |= (rows["refused"] > 0) | (rows["referred"] != 0)
    return failed


Wave = dict[str, np.ndarray]  # one array a question


def interview(rows: np.ndarray, parameters: Parameters) -> Wave:
    """What each client would answer now: one array a question."""
    youth = (rows["level"][:, [PARENTING, YOUTH]] > 0).sum(axis=1)
    return {
        "problems": rows["problems"],
        "youth problems": np.where(rows["children"] > 0, youth, 0),
        "heavy": rows["level"].max(axis=1) >= parameters.heavy,
        "network": rows["mapped"],
        "supporters": rows["supporters"],
        "professionals": rows["professionals"],
        "proposed": rows["proposed"],
        "nobody at table": rows["at_table"] == 0,
        "attending": np.where(rows["attended"] > 0, rows["attended"], np.nan),
        "owed": owed_to(rows, parameters),
        "cooperation": rows["cooperation"],
        "joint": joint(rows),
        "satisfaction": satisfaction(rows, parameters),
        "let down": let_down(rows, parameters),
        "cost": rows["cost"],
        "solved": rows["solved"],
        "low education": rows["low_education"],
        "assistance": rows["assistance"],
    }


def fall(first: Wave, second: Wave) -> np.ndarray:
    """Problems fewer at the second wave."""
    return first["problems"] - second["problems"]


def owed_after(first: Wave, second: Wave) -> np.ndarray:
    """To whom a good result is owed; who had no or slight improvement has none: codes of `OWED`."""
    return np.where(fall(first, second) > SLIGHT, second["owed"], 0)


def why_not(first: Wave, second: Wave) -> np.ndarray:
    """Why there was no or slight improvement between the waves: codes of `WHY_NOT`.

    Agencies that failed are named first; then what is heavy or came anew.
    """
    came = second["solved"] - first["solved"] - fall(first, second)
    nature = second["heavy"] | (came > 0) | (second["supporters"] > 0)
    nature |= second["professionals"] > 0
    reason = np.where(second["let down"], 2, np.where(nature, 1, 3))
    return np.where(fall(first, second) > SLIGHT, 0, reason)
