"""Levers on the neighbourhood: community work, groups, reciprocity, neighbours."""

from kring.simulation.choices import RECIPROCITY
from kring.simulation.settings import Settings, choice, quantity


class NeighbourhoodLevers(Settings):
    """What a municipality chooses about collective and preventive work."""

    community_hours: float = quantity(
        "Hours a week of community workers, per 100 clients a year. They keep collective facilities "
        "going (an eating club, a group): who is lonely finds a place there and makes weak ties, and "
        "they meet problems early.",
        nl="opbouwwerk, per 100 cliënten",
        unit="hours per week", low=0, high=100, source="domain M26; choice of the policy maker",
        code="M26",
    )  # fmt: skip
    collective_hours: float = quantity(
        "Hours a week that a full-time team worker is to give to such groups. Under pressure they "
        "give way, as the order of work says.",
        nl="tijd voor groepen, per voltijds werker",
        unit="hours per week", low=0, high=20, source="domain M26; choice of the policy maker",
        code="M19 M26",
    )  # fmt: skip
    reciprocity: str = choice(
        "Whether something is wanted back for support. It restores the balance of give and take, "
        "which matters to non-kin, and makes supporters of former clients; where it is forced, "
        "clients resist and ask less.",
        nl="wederkerigheid",
        options=RECIPROCITY, source="domain M9; choice of the policy maker", code="M9",
    )  # fmt: skip
    neighbour_activation: float = quantity(
        "How far neighbours are activated: it lowers the barrier to ask them and makes them readier "
        "to say yes.",
        nl="buren geactiveerd",
        unit="share", low=0, high=1, source="domain M7 M8; choice of the policy maker", code="M7 M8",
    )  # fmt: skip
    self_reliance_asked: float = quantity(
        "Share of clients of whom the team asks to do themselves what it would do for them. Who can "
        "and doesn't may begin to; of one who can't it is asked in vain, and the help is missed.",
        nl="gevraagd om het zelf te doen",
        unit="share of clients", low=0, high=1, source="domain: could and doesn't, or can't; choice "
        "of the policy maker", code="M12",
    )  # fmt: skip
    self_reliance_told_apart: float = quantity(
        "Share of clients of whom the worker finds out first whether they can: who can't is not "
        "asked.",
        nl="eerst nagegaan wie het zelf kan",
        unit="share of clients", low=0, high=1, source="choice of the policy maker", code="M12",
    )  # fmt: skip
