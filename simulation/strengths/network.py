"""Strengths of what happens in a network: found, asked, helping, tiring, planning."""

from kring.simulation.settings import Settings, quantity

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
        unit="probability", low=0, high=1, likely=(0.7, 1), source=ASSUMED, code="M1", off=0,
    )  # fmt: skip
    time_gate: float = quantity(
        "Hours for the network at which half of the workers see room to bring it together.",
        nl="uren waarbij de helft van de werkers ruimte voor het netwerk ziet",
        unit="hours", low=0, high=20, likely=(0.5, 15), source=FITTED, code="M2", off=0,
    )  # fmt: skip
    named_at_once: float = quantity(
        "How much of a network is named in the first talk: the rate in 1 - exp(-rate), for a tie "
        "of average closeness.",
        nl="netwerk dat in het eerste gesprek wordt genoemd",
        unit="rate", low=0, high=3, likely=(0.05, 1.5), source=FITTED, code="M3",
    )  # fmt: skip
    found_by_search: float = quantity(
        "How much more is found by search: the rate per unit of log(1 + hours / search_half).",
        nl="netwerk dat door zoeken wordt gevonden",
        unit="rate per log hour", low=0, high=3, likely=(0.05, 1.5),
        source=FITTED, code="M3", off=0,
    )  # fmt: skip
    search_half: float = quantity(
        "Hours of search after which returns diminish.",
        nl="uren zoeken waarna minder wordt gevonden",
        unit="hours", low=0.1, high=20, likely=(1, 6), source=ASSUMED, code="M3",
    )  # fmt: skip
    brings_along: float = quantity(
        "How readily a client brings each close member to the kitchen-table talk.",
        nl="naasten die mee naar het keukentafelgesprek komen",
        unit="rate", low=0, high=3, likely=(0.05, 1.5), source=FITTED, code="M8",
    )  # fmt: skip

    helps_already: float = quantity(
        "Chance that a member of usual closeness helps already when the client comes: no plan is "
        "needed for that.",
        nl="netwerkleden die al helpen bij binnenkomst",
        unit="probability", low=0, high=0.9, likely=(0.02, 0.3),
        source="domain: networks always did more than was thought; fitted", code="M4", off=0,
    )  # fmt: skip
    helps_at_once: float = quantity(
        "Share of those who are found and spoken to who need not wait for the meeting to begin to "
        "help.",
        nl="netwerkleden die niet op de bijeenkomst wachten",
        unit="share", low=0, high=1, likely=(0.1, 0.8),
        source="assumption", code="M3", off=0,
    )  # fmt: skip

    # Asking, coming and saying yes.
    willing: float = quantity(
        "Log odds that an average member who is asked begins to help.",
        nl="bereidheid om te helpen als het gevraagd wordt",
        unit="log odds", low=-5, high=5, likely=(-2, 2), source=FITTED, code="M4",
    )  # fmt: skip
    closeness_helps: float = quantity(
        "How much closeness (0 to 1) adds to those log odds.",
        nl="invloed van nabijheid op die bereidheid",
        unit="log odds", low=0, high=10, likely=(0, 5), source=STARTED, code="M7",
    )  # fmt: skip
    tie_kind: float = quantity(
        "How much tie types differ, against the table of ties: 0 makes all alike.",
        nl="hoeveel soorten banden verschillen",
        unit="factor", low=0, high=2, likely=(0.5, 1.5), source=STARTED, code="M7", off=0,
    )  # fmt: skip
    asking_barrier: float = quantity(
        "How much the client's own barrier keeps him or her from asking, highest for neighbours.",
        nl="vraagverlegenheid",
        unit="factor", low=0, high=2, likely=(0, 1),
        source="assumption, lowered to meet E21", code="M8", off=0,
    )  # fmt: skip
    need_repels: float = quantity(
        "How much ten levels of problem severity take off the size of the network and the log odds "
        "of saying yes.",
        nl="hoeveel nood afschrikt",
        unit="factor", low=0, high=1, likely=(0, 0.3), source=ASSUMED, code="M11", off=0,
    )  # fmt: skip
    comes_when_invited: float = quantity(
        "Log odds that an average member comes to a meeting.",
        nl="bereidheid om naar een bijeenkomst te komen",
        unit="log odds", low=-5, high=6, likely=(-1, 5), source=FITTED, code="M22",
    )  # fmt: skip
    invitation_hours: float = quantity(
        "Hours that it takes to visit one member and prepare him or her for the meeting.",
        nl="uren om één netwerklid voor te bereiden",
        unit="hours", low=0, high=10, likely=(1.0, 4.0),
        source="E16 and E42: 30 hours for some nine people; assumption", code="M3",
    )  # fmt: skip
    unprepared: float = quantity(
        "What is lost, in log odds of coming, where nobody had the hours to visit the members.",
        nl="verlies als niemand is bezocht",
        unit="log odds", low=0, high=8, likely=(1.0, 5.0),
        source="assumption", code="M3", off=0,
    )  # fmt: skip
    merged_role: float = quantity(
        "What is lost when the helper is also the one who convenes: log odds of coming, and the "
        "share of the bond of a plan.",
        nl="verlies als de hulpverlener zelf het netwerk bijeenroept",
        unit="share", low=0, high=1, likely=(0, 1), source=ASSUMED, code="M6", off=0,
    )  # fmt: skip

    # Between yes and the meeting.
    yes_fades: float = quantity(
        "Share of clients who said yes to an offer who come back on it before anything begins.",
        nl="cliënten die op hun ja terugkomen",
        unit="share", low=0, high=1, likely=(0.2, 0.7),
        source="E45 and E74: 55 of 100 accept, 25 complete; fitted", code="M22", off=0,
    )  # fmt: skip
    thinking_weeks: float = quantity(
        "Weeks, on average, between saying yes and the beginning of the preparation.",
        nl="weken bedenktijd",
        unit="weeks", low=0, high=52, likely=(1.0, 8.0),
        source="assumption", code="M22",
    )  # fmt: skip
    meeting_weeks: float = quantity(
        "Weeks, on average, between the last visit and the day on which all can meet.",
        nl="weken tot de bijeenkomst",
        unit="weeks", low=0, high=52, likely=(2.0, 12.0),
        source="practice: a meeting takes weeks to months; assumption", code="M22",
    )  # fmt: skip
    drops_out: float = quantity(
        "Weekly chance that a family drops out while the meeting is being prepared.",
        nl="gezinnen die afhaken voor de bijeenkomst",
        unit="per week", low=0, high=0.2, likely=(0.0, 0.02),
        source="E43: 0.84 of referrals end in a plan; fitted", code="M22", off=0,
    )  # fmt: skip

    # Giving help, and stopping.
    need_per_level: float = quantity(
        "Informal help wanted per level of problem severity.",
        nl="hulp van het netwerk die nodig is, per niveau van ernst",
        unit="hours per week", low=0, high=5, likely=(0.8, 1.6),
        source="E54: carers give 8 hours on average; fitted",
        code="M10",
    )  # fmt: skip
    stretch: float = quantity(
        "How far a member goes beyond the spare hours.",
        nl="hoever een lid gaat boven de uren die over zijn",
        unit="times the spare hours", low=1, high=4, likely=(1.5, 3), source=ASSUMED, code="M10",
    )  # fmt: skip
    turnover: float = quantity(
        "Yearly chance that a supporter stops for reasons of his or her own.",
        nl="steungevers die om eigen redenen stoppen",
        unit="per year", low=0, high=1, likely=(0.1, 0.25), source="E53: 0.16", code="M4", off=0,
    )  # fmt: skip
    nothing_left_to_do: float = quantity(
        "Weekly chance that a supporter stops because no problem is left.",
        nl="steungevers die stoppen als er niets meer is",
        unit="per week", low=0, high=0.5, likely=(0.005, 0.1),
        source="assumption", code="M4", off=0,
    )  # fmt: skip
    tie_loss: float = quantity(
        "Yearly chance that a tie ends altogether.",
        nl="banden die verdwijnen",
        unit="per year", low=0, high=1, likely=(0.05, 0.15), source="E53: 0.10", code="M4", off=0,
    )  # fmt: skip
    overload: float = quantity(
        "How much strain (hours carried per spare hour, above one) raises the chance to stop.",
        nl="hoeveel overbelasting doet stoppen",
        unit="factor", low=0, high=15, likely=(1, 10),
        source="E55: odds ratio 7.5; fitted", code="M10", off=0,
    )  # fmt: skip
    strain_weeks: float = quantity(
        "Weeks over which the load builds up to strain.",
        nl="weken waarin belasting overbelasting wordt",
        unit="weeks", low=1, high=104, likely=(4, 52), source=STARTED, code="M10",
    )  # fmt: skip
    only_supporter: float = quantity(
        "How much being the only supporter raises the chance to stop.",
        nl="hoeveel alleen helpen doet stoppen",
        unit="factor", low=0, high=10, likely=(0, 3), source=FITTED, code="M10", off=0,
    )  # fmt: skip
    distress_wears: float = quantity(
        "How much ten levels of problem severity raise the chance to stop and to lose a tie.",
        nl="hoeveel andermans nood doet stoppen",
        unit="factor", low=0, high=5, likely=(0, 1.5), source=STARTED, code="M11", off=0,
    )  # fmt: skip
    crowding_out: float = quantity(
        "How much full professional help without cooperation raises the chance to stop.",
        nl="hoeveel professionele hulp het netwerk verdringt",
        unit="factor", low=0, high=15, likely=(0, 6), source=FITTED, code="M16", off=0,
    )  # fmt: skip
    plan_bond: float = quantity(
        "Share of the chance to stop that goes when the network made the plan together.",
        nl="hoeveel een gezamenlijk plan bindt",
        unit="share", low=0, high=1, likely=(0, 0.95), source=FITTED, code="M5", off=0,
    )  # fmt: skip
    dense_bond: float = quantity(
        "Share of the chance to stop that goes when all supporters know each other.",
        nl="hoeveel het bindt dat steungevers elkaar kennen",
        unit="share", low=0, high=1, likely=(0, 0.8), source=ASSUMED, code="M5", off=0,
    )  # fmt: skip
    steps_in: float = quantity(
        "Weekly chance that a maker of the plan steps in while fewer help than it counted on.",
        nl="maker van het plan springt in",
        unit="per week", low=0, high=1, likely=(0, 0.1), source=FITTED, code="M5", off=0,
    )  # fmt: skip

    # Plans.
    plan_needs: float = quantity(
        "Number of people at a meeting at which 63% of meetings give a plan.",
        nl="mensen die voor een plan nodig zijn",
        unit="persons", low=0, high=20, likely=(1, 8), source=FITTED, code="M22", off=0,
    )  # fmt: skip
    falls_through: float = quantity(
        "Share of plans that is not carried out at all.",
        nl="plannen die niet worden uitgevoerd",
        unit="share", low=0, high=1, likely=(0.05, 0.2),
        source="E46: 0.87 at least partly", code="M22", off=0,
    )  # fmt: skip
    plan_lapses: float = quantity(
        "Weekly chance that the network's plan goes out of use; twice as much when nobody of it "
        "helps.",
        nl="plannen die in onbruik raken",
        unit="per week", low=0, high=0.3, likely=(0.01, 0.06),
        source="E73: many are out of use after three months; assumption", code="M22", off=0,
    )  # fmt: skip
    taken_up_again: float = quantity(
        "Weekly chance that who still helps takes a plan up again that went out of use.",
        nl="plannen die weer worden opgepakt",
        unit="per week", low=0, high=0.3, likely=(0.0, 0.06),
        source="assumption", code="M22",
    )  # fmt: skip
    covers_more: float = quantity(
        "Share of further calls by a network's plan that a worker who helps already takes on as well.",
        nl="helper die een ander terrein erbij doet",
        unit="share", low=0, high=1, likely=(0.2, 0.9),
        source="E27 with E72: fewer professionals, hardly fewer hours; fitted", code="M14", off=0,
    )  # fmt: skip
    network_replaces: float = quantity(
        "Part of the informal need that supporters meet from which no provision is granted.",
        nl="hulp van het netwerk die een voorziening vervangt",
        unit="share", low=0, high=1, likely=(0.3, 0.9),
        source="E34 E35 for its being so; assumption", code="M14",
    )  # fmt: skip
    right_to_plan: float = quantity(
        "Chance that who knows the right to a family group plan makes use of it.",
        nl="gebruik van het recht op een plan door wie het kent",
        unit="probability", low=0, high=1, likely=(0.3, 1), source=ASSUMED, code="M21", off=0,
    )  # fmt: skip
    worker_calls_in: float = quantity(
        "Severity from which a plan made by the worker calls in a professional.",
        nl="ernst waarbij een plan van de werker een professional inschakelt",
        unit="level", low=1, high=5, likely=(1, 2), source=ASSUMED, code="M14",
    )  # fmt: skip
    network_calls_in: float = quantity(
        "Severity from which a plan made by the network calls in a professional.",
        nl="ernst waarbij een plan van het netwerk een professional inschakelt",
        unit="level", low=1, high=5, likely=(1, 4), source=ASSUMED, code="M14",
    )  # fmt: skip
    cooperation_made: float = quantity(
        "Chance that network and professional come to work together when they met over the plan.",
        nl="samenwerking die ontstaat na een gesprek over het plan",
        unit="probability", low=0, high=1, likely=(0.1, 0.8), source=ASSUMED, code="M15", off=0,
    )  # fmt: skip
    cooperation_ends: float = quantity(
        "Weekly chance that network and professional stop working together.",
        nl="samenwerking die ophoudt",
        unit="per week", low=0, high=0.3, likely=(0.0, 0.05),
        source="assumption", code="M15",
    )  # fmt: skip
