"""How large a town is, and how long it has lived."""

from pydantic import Field

from kring.simulation.settings import Settings, quantity


class TownSize(Settings):
    """How many people come, in how many teams, and over which time."""

    name: str = Field("", description="Name of the town.")
    clients: int = quantity(
        "Clients who enter within `entry_weeks`, by both routes together.",
        nl="cliënten",
        unit="clients", low=0, high=20_000_000, source="E05 E06: 5460 + 140",
    )  # fmt: skip
    conference_share: float = quantity(
        "Share of the clients who enter by way of a conference; they have accepted it already.",
        nl="deel dat via een conferentie binnenkomt",
        unit="share", low=0, high=1, source="E05 E06: 140 of 5600", code="M24",
    )  # fmt: skip
    clients_per_team: float = quantity(
        "Clients a year for which one team stands; sets the number of teams.",
        nl="cliënten per jaar voor één team",
        unit="clients", low=1, high=2000, source="E06 E47: 5600 / 42",
    )  # fmt: skip
    entry_weeks: int = quantity(
        "Weeks over which the clients enter.",
        nl="weken waarin cliënten binnenkomen",
        unit="weeks", low=1, high=10_000, source="E06: a year",
    )  # fmt: skip
    weeks_before: int = quantity(
        "Weeks that the town has already lived, under today's policy, when week 1 begins; people "
        "come in at the same pace before and after. 0: it begins empty, with whom enters within "
        "`entry_weeks`.",
        nl="weken die de gemeente al draait",
        unit="weeks", low=0, high=2000,
        source="long enough for cases, waiting list, beliefs, groups and returns to stand still "
        "(tested)",
    )  # fmt: skip
