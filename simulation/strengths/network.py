"""Strengths of what happens in a network: found, asked, helping, tiring, planning."""

from simulation.settings import Settings, quantity

ASSUMED = "assumption"
STARTED = "assumption; fitted from there"
FITTED = "fitted on the rows with role 'calibrate'"


class NetworkStrengths(Settings):
    """How strongly the network's mechanisms work."""

    # The first look: what a worker finds and whether (s)he proposes the network.
    complexity_gate: float = quantity(
        "Chance that a worker who lets complexity decide really leaves the network alone above "
        "the threshold.",
        nl="netwerk gemeden boven de drempel van problemen",
        unit="probability", low=0, high=1, source=ASSUMED, code="M1", off=0,
    )  # fmt: skip
    time_gate: float = quantity(
        "Hours for the network at which half of the workers see room to bring it together.",
        nl="uren waarbij de helft van de werkers ruimte voor het netwerk ziet",
        unit="hours", low=0, high=20, source=FITTED, code="M2", off=0,
    )  # fmt: skip
    named_at_once: float = quantity(
        "How much of a network is named in the first talk: the rate in 1 - exp(-rate), for a tie "
        "of average closeness.",
        nl="netwerk dat in het eerste gesprek wordt genoemd",
        unit="rate", low=0, high=3, source=FITTED, code="M3",
    )  # fmt: skip
    found_by_search: float = quantity(
        "How much more is found by search: the rate per unit of log(1 + hours / search_half).",
        nl="netwerk dat door zoeken wordt gevonden",
        unit="rate per log hour", low=0, high=3, source=FITTED, code="M3", off=0,
    )  # fmt: skip
    search_half: float = quantity(
        "Hours of search after which returns diminish.",
        nl="uren zoeken waarna minder wordt gevonden",
        unit="hours", low=0.1, high=20, source=ASSUMED, code="M3",
    )  # fmt: skip
    brings_along: float = quantity(
        "How readily a client brings each close member to the kitchen-table talk.",
        nl="naasten die mee naar het keukentafelgesprek komen",
        unit="rate", low=0, high=3, source=FITTED, code="M8",
    )  # fmt: skip

    # Asking, coming and saying yes.
    willing: float = quantity(
        "Log odds that an average member who is asked begins to help.",
        nl="bereidheid om te helpen als het gevraagd wordt",
        unit="log odds", low=-5, high=5, source=FITTED, code="M4",
    )  # fmt: skip
    closeness_helps: float = quantity(
        "How much closeness (0 to 1) adds to those log odds.",
        nl="invloed van nabijheid op die bereidheid",
        unit="log odds", low=0, high=10, source=STARTED, code="M7",
    )  # fmt: skip
    tie_kind: float = quantity(
        "How much tie types differ, against the table of ties: 0 makes all alike.",
        nl="hoeveel soorten banden verschillen",
        unit="factor", low=0, high=2, source=STARTED, code="M7", off=0,
    )  # fmt: skip
    asking_barrier: float = quantity(
        "How much the client's own barrier keeps him or her from asking, highest for neighbours.",
        nl="vraagverlegenheid",
        unit="factor", low=0, high=2, source="assumption, lowered to meet E21", code="M8", off=0,
    )  # fmt: skip
    need_repels: float = quantity(
        "How much ten levels of problem severity take off the size of the network and the log odds "
        "of saying yes.",
        nl="hoeveel nood afschrikt",
        unit="factor", low=0, high=1, source=ASSUMED, code="M11", off=0,
    )  # fmt: skip
    comes_when_invited: float = quantity(
        "Log odds that an average member comes to a meeting.",
        nl="bereidheid om naar een bijeenkomst te komen",
        unit="log odds", low=-5, high=6, source=FITTED, code="M22",
    )  # fmt: skip
    merged_role: float = quantity(
        "What is lost when the helper is also the one who convenes: log odds of coming, and the "
        "share of the bond of a plan.",
        nl="verlies als de hulpverlener zelf het netwerk bijeenroept",
        unit="share", low=0, high=1, source=ASSUMED, code="M6", off=0,
    )  # fmt: skip

    # Giving help, and stopping.
    need_per_level: float = quantity(
        "Informal help wanted per level of problem severity.",
        nl="hulp van het netwerk die nodig is, per niveau van ernst",
        unit="hours per week", low=0, high=5, source="E54: carers give 8 hours on average; fitted",
        code="M10",
    )  # fmt: skip
    stretch: float = quantity(
        "How far a member goes beyond the spare hours.",
        nl="hoever een lid gaat boven de uren die over zijn",
        unit="times the spare hours", low=1, high=4, source=ASSUMED, code="M10",
    )  # fmt: skip
    turnover: float = quantity(
        "Yearly chance that a supporter stops for reasons of his or her own.",
        nl="steungevers die om eigen redenen stoppen",
        unit="per year", low=0, high=1, source="E53: 0.16", code="M4", off=0,
    )  # fmt: skip
    tie_loss: float = quantity(
        "Yearly chance that a tie ends altogether.",
        nl="banden die verdwijnen",
        unit="per year", low=0, high=1, source="E53: 0.10", code="M4", off=0,
    )  # fmt: skip
    overload: float = quantity(
        "How much strain (hours carried per spare hour, above one) raises the chance to stop.",
        nl="hoeveel overbelasting doet stoppen",
        unit="factor", low=0, high=15, source="E55: odds ratio 7.5; fitted", code="M10", off=0,
    )  # fmt: skip
    strain_weeks: float = quantity(
        "Weeks over which the load builds up to strain.",
        nl="weken waarin belasting overbelasting wordt",
        unit="weeks", low=1, high=104, source=STARTED, code="M10",
    )  # fmt: skip
    only_supporter: float = quantity(
        "How much being the only supporter raises the chance to stop.",
        nl="hoeveel alleen helpen doet stoppen",
        unit="factor", low=0, high=10, source=FITTED, code="M10", off=0,
    )  # fmt: skip
    distress_wears: float = quantity(
        "How much ten levels of problem severity raise the chance to stop and to lose a tie.",
        nl="hoeveel andermans nood doet stoppen",
        unit="factor", low=0, high=5, source=STARTED, code="M11", off=0,
    )  # fmt: skip
    crowding_out: float = quantity(
        "How much full professional help without cooperation raises the chance to stop.",
        nl="hoeveel professionele hulp het netwerk verdringt",
        unit="factor", low=0, high=15, source=FITTED, code="M16", off=0,
    )  # fmt: skip
    plan_bond: float = quantity(
        "Share of the chance to stop that goes when the network made the plan together.",
        nl="hoeveel een gezamenlijk plan bindt",
        unit="share", low=0, high=1, source=FITTED, code="M5", off=0,
    )  # fmt: skip
    dense_bond: float = quantity(
        "Share of the chance to stop that goes when all supporters know each other.",
        nl="hoeveel het bindt dat steungevers elkaar kennen",
        unit="share", low=0, high=1, source=ASSUMED, code="M5", off=0,
    )  # fmt: skip
    steps_in: float = quantity(
        "Weekly chance that a maker of the plan steps in while fewer help than it counted on.",
        nl="maker van het plan springt in",
        unit="per week", low=0, high=1, source=FITTED, code="M5", off=0,
    )  # fmt: skip

    # Plans.
    plan_needs: float = quantity(
        "Number of people at a meeting at which 63% of meetings give a plan.",
        nl="mensen die voor een plan nodig zijn",
        unit="persons", low=0, high=20, source=FITTED, code="M22", off=0,
    )  # fmt: skip
    falls_through: float = quantity(
        "Share of plans that is not carried out at all.",
        nl="plannen die niet worden uitgevoerd",
        unit="share", low=0, high=1, source="E46: 0.87 at least partly", code="M22", off=0,
    )  # fmt: skip
    right_to_plan: float = quantity(
        "Chance that who knows the right to a family group plan makes use of it.",
        nl="gebruik van het recht op een plan door wie het kent",
        unit="probability", low=0, high=1, source=ASSUMED, code="M21", off=0,
    )  # fmt: skip
    worker_calls_in: float = quantity(
        "Severity from which a plan made by the worker calls in a professional.",
        nl="ernst waarbij een plan van de werker een professional inschakelt",
        unit="level", low=1, high=5, source=ASSUMED, code="M14",
    )  # fmt: skip
    network_calls_in: float = quantity(
        "Severity from which a plan made by the network calls in a professional.",
        nl="ernst waarbij een plan van het netwerk een professional inschakelt",
        unit="level", low=1, high=5, source=ASSUMED, code="M14",
    )  # fmt: skip
    cooperation_made: float = quantity(
        "Chance that network and professional come to work together when they met over the plan.",
        nl="samenwerking die ontstaat na een gesprek over het plan",
        unit="probability", low=0, high=1, source=ASSUMED, code="M15", off=0,
    )  # fmt: skip
    joint_satisfaction: float = quantity(
        "What a solution made together adds to satisfaction, against one made for people.",
        nl="wat een samen gevonden oplossing aan tevredenheid toevoegt",
        unit="points of 10", low=0, high=5, source=ASSUMED, code="M27", off=0,
    )  # fmt: skip
