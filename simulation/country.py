"""A country of municipalities that differ in size, staff, form of their teams, policy and outreach.

Each is a town with a policy of its own; what the country does is read from all of them. How they
differ stands in `data/municipalities.toml` with range and source; who is what is drawn with keyed
luck, so that the same municipality meets two national policies.
"""

import math
from typing import ClassVar, NamedTuple

from kring.simulation.draws import decision, normal, uniform
from kring.simulation.errors import KringError
from kring.simulation.policy import Policy
from kring.simulation.settings import Settings, quantity
from kring.simulation.town import Town

SIZE = decision("country: size")
STAFF = decision("country: staff")
FORM = decision("country: form of the teams")
OUTREACH = decision("country: outreach")
THRESHOLD = decision("country: threshold")
COMMUNITY = decision("country: community work")
NETWORKS = decision("country: hours for the network")

FEWEST_CLIENTS = 20
CLIENTS_OF = 156  # weeks: a country's clients are those of three years
PAST = 78  # weeks lived before week 1: there are cases and queues, and the staff is as drawn
ASSUMED = "assumption"

# Form of the teams -> levers (E61). A broad team helps itself; others pass on.
FORMS: dict[str, dict[str, float]] = {
    "broad": {"agencies": 0.1, "one_plan": 0.9},
    "broad for complex cases": {"agencies": 0.5, "one_plan": 0.6},
    "by domain": {"agencies": 0.8, "one_plan": 0.2},
    "front with specialists behind": {"agencies": 0.6, "one_plan": 0.5},
}


class Country(Settings):
    """How municipalities differ.

    Examples
    --------
    >>> len(municipalities(Country(), clients=20_000, seed=1))
    342
    """

    file: ClassVar[str] = "municipalities.toml"
    kind: ClassVar[str] = "country"

    municipalities: int = quantity(
        "Number of municipalities.",
        nl="gemeenten",
        unit="municipalities", low=1, high=1000,
        source="the Netherlands in 2023",
    )  # fmt: skip
    size_spread: float = quantity(
        "Spread of size between municipalities (standard deviation of the logarithm).",
        nl="spreiding van de grootte van gemeenten",
        unit="log clients", low=0, high=2, source=ASSUMED,
    )  # fmt: skip
    staffing: float = quantity(
        "Median staff of teams against the norm.",
        nl="bezetting van de teams, de middelste gemeente",
        unit="times the norm", low=0.05, high=5, source=ASSUMED, code="M19",
    )  # fmt: skip
    staffing_spread: float = quantity(
        "Spread of staff between municipalities (standard deviation of the logarithm).",
        nl="spreiding van de bezetting tussen gemeenten",
        unit="log staff", low=0, high=1, source="E49 E50: from 4 days' wait to 9 of 10 without a "
        "plan; assumption", code="M19",
    )  # fmt: skip
    broad: float = quantity(
        "Share of municipalities with broad teams.",
        nl="gemeenten met brede teams",
        unit="share", low=0, high=1, source="E61: 0.46"
    )  # fmt: skip
    broad_for_complex: float = quantity(
        "Share with broad teams for complex cases only.",
        nl="gemeenten met alleen voor complexe zaken brede teams",
        unit="share", low=0, high=1,
        source="E61: 0.10",
    )  # fmt: skip
    by_domain: float = quantity(
        "Share with teams by domain; the rest has a generalist front with specialists behind.",
        nl="gemeenten met teams per domein",
        unit="share", low=0, high=1, source="E61: 0.23",
    )  # fmt: skip
    outreach: float = quantity(
        "Mean share of people whom teams set out to approach before they ask, were there time.",
        nl="outreachend benaderd, als er tijd is",
        unit="share", low=0, high=1, source="E38: 0.39 reached in 2017", code="M18",
    )  # fmt: skip
    community_hours: float = quantity(
        "Median hours a week of community workers, per 100 clients a year.",
        nl="opbouwwerk, per 100 cliënten, de middelste gemeente",
        unit="hours per week", low=0, high=50, source=ASSUMED, code="M26",
    )  # fmt: skip
    network_hours: float = quantity(
        "Median hours for the network per case.",
        nl="uren voor het netwerk, de middelste gemeente",
        unit="hours per case", low=0, high=30, source="E17: 2.5 in Rotterdam", code="M2",
    )  # fmt: skip


class Municipality(NamedTuple):
    """One municipality: its number, form of its teams, town and policy."""

    number: int
    form: str
    town: Town
    policy: Policy


def form_of(luck: float, country: Country) -> str:
    """Form of the teams at this luck, by the shares of the country."""
    shares = (country.broad, country.broad_for_complex, country.by_domain)
    for name, share in zip(FORMS, shares, strict=False):
        if luck < share:
            return name
        luck -= share
    return list(FORMS)[-1]


def municipality(number: int, country: Country, clients: float, seed: int) -> Municipality:
    """One municipality, drawn; ``clients`` is the mean of all municipalities."""
    spread = country.size_spread
    size = clients * math.exp(spread * normal(seed, SIZE, number, 0) - spread**2 / 2)
    staff = country.staffing * math.exp(country.staffing_spread * normal(seed, STAFF, number, 0))
    hours = country.network_hours * math.exp(0.5 * normal(seed, NETWORKS, number, 0))
    community = country.community_hours * math.exp(0.8 * normal(seed, COMMUNITY, number, 0))
    form = form_of(uniform(seed, FORM, number, 0), country)
    policy = Policy.preset("wijkteam").replace(
        staffing=min(5.0, staff),
        outreach=min(1.0, 2 * country.outreach * uniform(seed, OUTREACH, number, 0)),
        low_threshold=uniform(seed, THRESHOLD, number, 0),
        community_hours=min(100.0, community),
        mobilisation_hours=min(100.0, hours),
        **FORMS[form],
    )
    town = Town.preset(
        "going_concern", clients=max(FEWEST_CLIENTS, round(size)), entry_weeks=CLIENTS_OF,
        weeks_before=PAST,
    )  # fmt: skip
    return Municipality(number, form, town.replace(name=f"municipality {number}"), policy)


def municipalities(country: Country, clients: int, seed: int) -> list[Municipality]:
    """Draw a country.

    Parameters
    ----------
    country : Country
        How municipalities differ.
    clients : int
        Clients of all municipalities together, over three years; each has at least twenty.
    seed : int
        Seed of the draws.

    Raises
    ------
    KringError
        If the shares of forms add up to more than one.
    """
    if country.broad + country.broad_for_complex + country.by_domain > 1 + 1e-9:
        raise KringError("the shares of team forms add up to more than 1")
    mean = clients / country.municipalities
    return [municipality(i, country, mean, seed) for i in range(country.municipalities)]
