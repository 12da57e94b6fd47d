"""Levers on the network: time, who convenes, who decides, whom it is offered to."""

from kring.simulation.settings import Settings, quantity


class NetworkLevers(Settings):
    """What a municipality chooses about bringing a client's network together."""

    mobilisation_hours: float = quantity(
        "Time that may be spent on mapping and bringing together one client's network. More hours "
        "find more of the latent network, with diminishing returns, and let more workers see room "
        "to try at all.",
        nl="uren voor het netwerk",
        unit="hours per case", low=0, high=100, source="E16 E17: 30 and 2.5", code="M2 M3",
    )  # fmt: skip
    independent_convener: float = quantity(
        "Share of networks brought together by an independent coordinator, who is nobody's "
        "helper; the others by the team worker who also helps the client.",
        nl="netwerk bijeengebracht door een onafhankelijke coördinator",
        unit="share of cases", low=0, high=1, source="domain: who convenes in either route",
        code="M6",
    )  # fmt: skip
    network_makes_plan: float = quantity(
        "Share of convened networks that make the plan themselves, without professionals in the "
        "room while they decide. Who made the plan together shares the load and stays.",
        nl="netwerk maakt zelf het plan",
        unit="share of cases", low=0, high=1, source="domain: who decides in either route",
        code="M5",
    )  # fmt: skip
    multi_problem_threshold: float = quantity(
        "Number of problems above which workers who let complexity decide do not propose the "
        "network.",
        nl="aantal problemen waarboven het netwerk niet wordt voorgesteld",
        unit="problems", low=0, high=13, source="assumption: 'several' problems; swept in an "
        "experiment", code="M1", neutral=13,
    )  # fmt: skip
    complexity_deciders: float = quantity(
        "Share of workers who let complexity decide on using the network, when they begin.",
        nl="werkers die de complexiteit laten beslissen",
        unit="share of workers", low=0, high=1, source="E24: just over 0.85", code="M1",
    )  # fmt: skip
    right_known_workers: float = quantity(
        "Share of workers who know the right to a family group plan, when they begin.",
        nl="werkers die het recht op een familiegroepsplan kennen",
        unit="share of workers", low=0, high=1, source="E36: 0.70 do not", code="M21",
    )  # fmt: skip
    right_known_clients: float = quantity(
        "Share of clients who know the right to a family group plan, and so can ask for one.",
        nl="cliënten die het recht op een familiegroepsplan kennen",
        unit="share of clients", low=0, high=1, source="E37: none", code="M21",
    )  # fmt: skip
    offer: float = quantity(
        "Share of clients to whom bringing the network together is offered whatever the worker "
        "thinks of it.",
        nl="netwerkberaad standaard aangeboden",
        unit="share of clients", low=0, high=1,
        source="domain: standard in the conference route, up to the worker in the team",
        code="M22",
    )  # fmt: skip
    offer_from: float = quantity(
        "Number of problems from which that offer is made.",
        nl="netwerkberaad aangeboden vanaf dit aantal problemen",
        unit="problems", low=0, high=13, source="choice of the policy maker", code="M22",
    )  # fmt: skip
    uptake: float = quantity(
        "Share of clients who accept an offer; who came for a conference has accepted already.",
        nl="aanbod aangenomen",
        unit="share of offers", low=0, high=1, source="E45: 0.45 decline", code="M22",
    )  # fmt: skip
    campaign_workers: float = quantity(
        "Campaign that makes the right to a family group plan known to workers: the share of those "
        "who do not know it whom it reaches in a year. Who knows the right can use it over the plan.",
        nl="campagne over het recht op een plan, werkers bereikt",
        unit="share per year", low=0, high=1, source="choice of the policy maker; E36: 0.70 do not "
        "know it", code="M21",
    )  # fmt: skip
    campaign_clients: float = quantity(
        "The same for clients: who knows the right can ask for a plan of the network's own, "
        "whatever the worker thinks, and does so as often as an offer is accepted. It works through those who enter after it began.",
        nl="campagne over het recht op een plan, cliënten bereikt",
        unit="share per year", low=0, high=1, source="choice of the policy maker; E37: none know it",
        code="M21",
    )  # fmt: skip
    outside_guidance: float = quantity(
        "Share of team clients to whom, after a talk that gave a worker's plan, the guidance of an "
        "independent coordinator is offered: the study's recommendation. The coordinator brings the network together and the network makes "
        "the plan, while the team goes on. Uptake is that of any offer; who finds no coordinator "
        "with time waits for one.",
        nl="begeleiding van buiten aangeboden",
        unit="share of clients", low=0, high=1, source="Rotterdam study's recommendation",
        code="M6 M22",
    )  # fmt: skip
    outside_guidance_from: float = quantity(
        "Number of problems from which outside guidance is offered.",
        nl="begeleiding van buiten vanaf dit aantal problemen",
        unit="problems", low=0, high=13, source="choice of the policy maker", code="M1 M22",
    )  # fmt: skip
    outside_guidance_hours: float = quantity(
        "Time of the independent coordinator per case; the price of a conference is for 30 hours, and "
        "by part for fewer.",
        nl="uren begeleiding van buiten",
        unit="hours per case", low=0, high=100, source="E16: 30", code="M3 M6",
    )  # fmt: skip
    outside_guidance_capacity: float = quantity(
        "Hours a week of independent coordinators that the municipality contracts for team clients, "
        "per 100 clients a year, beside those it has.",
        nl="ingekochte begeleiding van buiten, per 100 cliënten",
        unit="hours per week", low=0, high=1000, source="choice of the policy maker", code="M6",
    )  # fmt: skip
