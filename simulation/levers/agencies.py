"""Levers on who helps: one team with one plan, or agencies each with its own."""

from kring.simulation.settings import Settings, quantity


class AgencyLevers(Settings):
    """What a municipality chooses about the help around and behind the team."""

    agencies: float = quantity(
        "Share of the calls for another discipline that go to an agency behind the team, instead of "
        "to a colleague. Agencies have their own intake, places and tariff, and can refuse or pass on "
        "the heaviest.",
        nl="vragen om een andere discipline die naar een instelling gaan",
        unit="share of calls", low=0, high=1, source="E61 for team forms; choice of the policy maker",
        code="M23 M25",
    )  # fmt: skip
    one_plan: float = quantity(
        "Share of households in which one coordinating professional keeps one plan for all who "
        "help. Elsewhere each agency has its own: plans contradict and take hours of tuning.",
        nl="één plan per huishouden",
        unit="share of households", low=0, high=1, source="domain M25; choice of the policy maker",
        code="M25",
    )  # fmt: skip
    no_mental_health: float = quantity(
        "Share of teams without a mental-health worker. Their clients depend on an agency for it.",
        nl="teams zonder ggz-werker",
        unit="share of teams", low=0, high=1, source="domain M23; choice of the policy maker",
        code="M23",
    )  # fmt: skip
    agency_places: float = quantity(
        "Places bought at agencies, against those there are. Who finds none waits without that help.",
        nl="plaatsen bij instellingen",
        unit="times the places", low=0, high=10, source="choice of the policy maker", code="M23",
        neutral=1,
    )  # fmt: skip
    accept_duty: float = quantity(
        "Share of refusals and passings-on by agencies that a duty to accept prevents.",
        nl="acceptatieplicht voor instellingen",
        unit="share of refusals", low=0, high=1, source="choice of the policy maker", code="M23",
    )  # fmt: skip
