"""Strengths of what happens in the neighbourhood: groups, give and take, neighbours."""

from kring.simulation.settings import Settings, quantity

ASSUMED = "assumption"


class NeighbourhoodStrengths(Settings):
    """How strongly collective work, reciprocity and neighbours work."""

    places_per_hour: float = quantity(
        "Places in a group that an hour a week of collective work keeps going.",
        nl="plekken in een groep per uur werk voor groepen",
        unit="places per hour", low=0, high=20, source=ASSUMED, code="M26",
    )  # fmt: skip
    joins_group: float = quantity(
        "Weekly chance that a lonely client takes a free place in a group.",
        nl="eenzame cliënten die een vrije plek nemen",
        unit="per week", low=0, high=1, source="domain M26; assumption", code="M26", off=0,
    )  # fmt: skip
    group_effect: float = quantity(
        "Weekly chance that a place in a group takes a level off loneliness or lack of participation.",
        nl="effect van een plek in een groep",
        unit="per week", low=0, high=0.3, source="domain M26; assumption", code="M26", off=0,
    )  # fmt: skip
    group_ties: float = quantity(
        "Chance a quarter that a client meets in the group somebody of the wider network: a weak tie.",
        nl="nieuwe band door een groep",
        unit="per quarter", low=0, high=1, source="domain M26; assumption", code="M26", off=0,
    )  # fmt: skip
    group_detects: float = quantity(
        "Share of people in need whom one hour of collective work per 10 clients a year finds early.",
        nl="mensen die een groep vroeg vindt",
        unit="share", low=0, high=1, source="domain M26; assumption", code="M26", off=0,
    )  # fmt: skip
    imbalance_ends: float = quantity(
        "How much taking without giving raises the chance that non-kin stop helping; a tenth of it "
        "for close kin.",
        nl="hoeveel krijgen zonder geven doet stoppen",
        unit="factor", low=0, high=10, source="domain M9; assumption", code="M9", off=0,
    )  # fmt: skip
    gives_back: float = quantity(
        "Share of the balance that clients restore where something is expected back; half of it "
        "where it is voluntary.",
        nl="hoeveel cliënten teruggeven",
        unit="share", low=0, high=1, source="domain M9; assumption", code="M9",
    )  # fmt: skip
    forcing_resisted: float = quantity(
        "Share of clients who resist where something is forced from them: they ask nobody.",
        nl="cliënten die zich tegen dwang verzetten",
        unit="share", low=0, high=1, source="domain M9; assumption", code="M9", off=0,
    )  # fmt: skip
    former_clients_help: float = quantity(
        "Share of clients who, their problems light and their case closed, become a supporter of "
        "another, where something is expected back; half of it where it is voluntary.",
        nl="oud-cliënten die zelf gaan helpen",
        unit="share", low=0, high=1, source="domain M9 and entities; assumption", code="M9",
    )  # fmt: skip
    activation: float = quantity(
        "How much full activation of neighbours adds to their log odds of saying yes; it halves the "
        "barrier to ask them.",
        nl="effect van het activeren van buren",
        unit="log odds", low=0, high=5, source="domain M7 M8; assumption", code="M8",
    )  # fmt: skip
