"""Levers on the entrance: who comes when, and what is seen at the door."""

from kring.simulation.settings import Settings, quantity


class EntranceLevers(Settings):
    """What a municipality chooses about how people come in."""

    low_threshold: float = quantity(
        "How low the threshold is beyond the usual. Who hesitates comes at once instead of when "
        "it cannot go on, and the intake reveals the problems behind the first question: more "
        "demand, seen in time.",
        nl="lage drempel",
        unit="share", low=0, high=1, source="domain M18; choice of the policy maker", code="M18",
    )  # fmt: skip
    referral_only: float = quantity(
        "Share of people who can come in only with a referral. The way there takes weeks, without "
        "help: what passes by itself has passed, what lasts is heavier.",
        nl="toegang alleen met verwijzing",
        unit="share of clients", low=0, high=1, source="domain M18 M24; choice of the policy maker",
        code="M18 M24",
    )  # fmt: skip
    outreach: float = quantity(
        "Share of people whom the team approaches before they ask, as far as its hours for it go. "
        "They are found while part of what will come is still brewing, and help can avert it.",
        nl="outreachend benaderd",
        unit="share of clients", low=0, high=1, source="E38 E39: 0.39 and 0.28 of residents",
        code="M18 M19",
    )  # fmt: skip
