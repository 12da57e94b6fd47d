"""What things cost in a town."""

from kring.simulation.settings import Settings, quantity

ASSUMED = "assumption"


class TownPrices(Settings):
    """Prices of a conference, of hours, of foster care and of a campaign."""

    price_conference: float = quantity(
        "Price of a conference with 30 hours of the coordinator, these included; with fewer, by "
        "part.",
        nl="prijs van een conferentie",
        unit="EUR", low=1000, high=6000, source="E44: 1900 to 4500, the middle",
    )  # fmt: skip
    price_regular: float = quantity(
        "Price of an hour of regular guidance.",
        nl="prijs van een uur gewone begeleiding",
        unit="EUR per hour", low=20, high=200, source="E52",
    )  # fmt: skip
    price_specialist: float = quantity(
        "Price of an hour by mental health, addiction and disability workers.",
        nl="prijs van een uur specialistische begeleiding",
        unit="EUR per hour", low=20, high=250, source="E52: specialist guidance",
    )  # fmt: skip
    price_placement: float = quantity(
        "Price of foster care for one child.",
        nl="prijs van pleegzorg voor één kind",
        unit="EUR per week", low=100, high=2000, source="assumption: allowance and guidance, about "
        "24,000 a year; no tariff in the evidence", code="M13",
    )  # fmt: skip
    inquiry_hours: float = quantity(
        "Hours of the child-protection inquiry before a placement, at the specialist price.",
        nl="uren van een raadsonderzoek",
        unit="hours", low=0, high=200, source=ASSUMED, code="M13",
    )  # fmt: skip
    price_campaign: float = quantity(
        "Price of a campaign on the right to a plan that reaches everybody in a year, per client a "
        "year.",
        nl="prijs van een campagne, per cliënt",
        unit="EUR", low=0, high=500, source=ASSUMED, code="M21",
    )  # fmt: skip
