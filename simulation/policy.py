"""Policy: what a municipality chooses. It acts only through the values the agents ask for."""

from typing import ClassVar

from simulation.settings import Settings, quantity


class Policy(Settings):
    """The levers. Frozen; an unknown lever or a value out of range is an error in one line.

    Examples
    --------
    >>> Policy.preset("wijkteam").replace(mobilisation_hours=10).mobilisation_hours
    10.0
    """

    file: ClassVar[str] = "policies.toml"
    kind: ClassVar[str] = "policy"

    mobilisation_hours: float = quantity(
        "Time that may be spent on mapping and bringing together one client's network.",
        unit="hours per case",
        low=0,
        high=100,
        source="E16 E17: 30 and 2.5",
        code="M2 M3",
    )
    independent_convener: float = quantity(
        "Share of networks brought together by an independent coordinator, who is nobody's "
        "helper; the others by the team worker who also helps the client.",
        unit="share of cases",
        low=0,
        high=1,
        source="domain: who convenes in either route",
        code="M6",
    )
    network_makes_plan: float = quantity(
        "Share of convened networks that make the plan themselves, without professionals in the "
        "room while they decide.",
        unit="share of cases",
        low=0,
        high=1,
        source="domain: who decides in either route",
        code="M5",
    )
    multi_problem_threshold: float = quantity(
        "Number of problems above which workers who let complexity decide do not propose the "
        "network.",
        unit="problems",
        low=0,
        high=13,
        source="assumption: 'several' problems; swept in an experiment",
        code="M1",
    )
    complexity_deciders: float = quantity(
        "Share of workers who let complexity decide on using the network.",
        unit="share of workers",
        low=0,
        high=1,
        source="E24: just over 0.85",
        code="M1",
    )
    right_known_workers: float = quantity(
        "Share of workers who know the right to a family group plan.",
        unit="share of workers",
        low=0,
        high=1,
        source="E36: 0.70 do not",
        code="M21",
    )
    right_known_clients: float = quantity(
        "Share of clients who know the right to a family group plan, and so can ask for one.",
        unit="share of clients",
        low=0,
        high=1,
        source="E37: none",
        code="M21",
    )
    offer: float = quantity(
        "Share of clients to whom bringing the network together is offered whatever the worker "
        "thinks of it.",
        unit="share of clients",
        low=0,
        high=1,
        source="domain: standard in the conference route, up to the worker in the team",
        code="M22",
    )
    offer_from: float = quantity(
        "Number of problems from which that offer is made.",
        unit="problems",
        low=0,
        high=13,
        source="choice of the policy maker",
        code="M22",
    )
    uptake: float = quantity(
        "Share of clients who accept the offer; who came for a conference has accepted already.",
        unit="share of offers",
        low=0,
        high=1,
        source="E45: 0.45 decline",
        code="M22",
    )
    closing_adult: float = quantity(
        "Norm for closing the case of a client without children at home.",
        unit="weeks",
        low=1,
        high=520,
        source="E48: 26",
        code="M17",
    )
    closing_youth: float = quantity(
        "Norm for closing the case of a household with children.",
        unit="weeks",
        low=1,
        high=520,
        source="E48: 52",
        code="M17",
    )
