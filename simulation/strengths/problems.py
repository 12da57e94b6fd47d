"""Strengths of how problems move, with help and without."""

from kring.simulation.settings import Settings, quantity

ASSUMED = "assumption"
STARTED = "assumption; fitted from there"
FITTED = "fitted on the rows with role 'calibrate'"


class ProblemStrengths(Settings):
    """How strongly problems ease, worsen, feed each other and come back."""

    professional_effect: float = quantity(
        "Weekly chance that full professional help takes a level off a problem.",
        nl="effect van professionele hulp",
        unit="per week", low=0, high=0.3, likely=(0.002, 0.06), source=FITTED, code="M14",
    )  # fmt: skip
    network_effect: float = quantity(
        "Weekly chance that full network help takes a level off a problem.",
        nl="effect van hulp van het netwerk",
        unit="per week", low=0, high=0.3, likely=(0.005, 0.1), source=FITTED, code="M14",
    )  # fmt: skip
    unaimed_help: float = quantity(
        "Part of the network's effect that is left where no plan of its own aims its help at the "
        "problems.",
        nl="effect van het netwerk zonder eigen plan",
        unit="share", low=0, high=1, likely=(0.05, 0.8),
        source="E28 against E62 and E63; fitted", code="M5", off=1,
    )  # fmt: skip
    complementarity: float = quantity(
        "What both together add when they work together.",
        nl="wat samenwerking aan dat effect toevoegt",
        unit="per week", low=0, high=0.3, likely=(0, 0.03), source=ASSUMED, code="M14", off=0,
    )  # fmt: skip
    domain_response: float = quantity(
        "How much domains differ in their response, against the table of domains: 0 makes them "
        "alike.",
        nl="hoeveel leefgebieden verschillen",
        unit="factor", low=0, high=2, likely=(0.5, 1.5), source=ASSUMED, code="M13", off=0,
    )  # fmt: skip
    self_recovery: float = quantity(
        "How much self-reliance adds to recovery without help.",
        nl="wat zelfredzaamheid aan herstel toevoegt",
        unit="factor", low=0, high=3, likely=(0, 1), source=ASSUMED, code="M12",
    )  # fmt: skip
    lasting_recovery: float = quantity(
        "Weekly chance that a lasting problem eases by itself by a level.",
        nl="blijvende problemen die vanzelf verlichten",
        unit="per week", low=0, high=0.1, likely=(0, 0.006),
        source="E57: half of debts last 3 years; fitted",
        code="M12",
    )  # fmt: skip
    worsening: float = quantity(
        "Weekly chance that a mild problem without help gets a level worse; by part for heavier ones.",
        nl="problemen zonder hulp die erger worden",
        unit="per week", low=0, high=0.1, likely=(0.003, 0.04), source=STARTED, code="M12",
    )  # fmt: skip
    crisis_passes: float = quantity(
        "Weekly chance that an acute problem is over its crisis without any help.",
        nl="crisis die voorbijgaat",
        unit="per week", low=0, high=0.5, likely=(0.01, 0.1),
        source="E58: episodes last 3 to 6 months; assumption", code="M12",
    )  # fmt: skip
    provision_from: float = quantity(
        "Level of a problem from which a provision can be asked for.",
        nl="ernst waarbij een voorziening kan",
        unit="level", low=1, high=5, likely=(2.5, 3.5),
        source="assumption", code="M14",
    )  # fmt: skip
    provision_asked: float = quantity(
        "Chance, each four weeks, that it is asked for.",
        nl="gevraagde voorzieningen",
        unit="probability", low=0, high=1, likely=(0.02, 0.4),
        source="assumption", code="M14", off=0,
    )  # fmt: skip
    provision_holds: float = quantity(
        "How far a provision keeps a problem from getting worse.",
        nl="wat een voorziening tegenhoudt",
        unit="share", low=0, high=1, likely=(0.3, 1.0),
        source="assumption", code="M14",
    )  # fmt: skip
    feeding: float = quantity(
        "Weekly chance that a problem brings another, per unit in the table of bundles.",
        nl="problemen die een ander probleem geven",
        unit="per week", low=0, high=0.01, likely=(0, 0.0015),
        source="E60 for the direction; assumption", code="M12",
        off=0,
    )  # fmt: skip
    persistence: float = quantity(
        "How much a problem is held in place by those that feed it, per unit in that table.",
        nl="hoeveel problemen elkaar in stand houden",
        unit="factor", low=0, high=2, likely=(0, 0.6),
        source="E60 for the direction; assumption", code="M12", off=0,
    )  # fmt: skip
    onset: float = quantity(
        "Weekly chance of a new problem from outside, all domains together at weight 1; one that "
        "is there gets worse.",
        nl="nieuwe problemen van buiten",
        unit="per week", low=0, high=0.1, likely=(0.002, 0.012), source=ASSUMED, code="M12",
    )  # fmt: skip
    relapse: float = quantity(
        "Weekly chance that a solved problem comes back; network help lowers it.",
        nl="opgeloste problemen die terugkomen",
        unit="per week", low=0, high=0.1, likely=(0, 0.006), source=ASSUMED, code="M12", off=0,
    )  # fmt: skip
    entry_peak: float = quantity(
        "Share of lasting problems that pass all the same after intake, for people come for help "
        "at a peak: part of any improvement is regression to the mean.",
        nl="blijvende problemen die na een piek toch overgaan",
        unit="share", low=0, high=1, likely=(0, 0.4), source=STARTED, code="M24", off=0,
    )  # fmt: skip
    heavier_stay: float = quantity(
        "How much each problem raises the log odds of being interviewed again.",
        nl="hoeveel zwaardere cliënten vaker opnieuw meedoen",
        unit="log odds per problem", low=0, high=2, likely=(0, 0.2),
        source=ASSUMED, code="M24", off=0,
    )  # fmt: skip
    support_holds: float = quantity(
        "How far professional help, as network help does, keeps solved problems from coming back.",
        nl="hoeveel professionele hulp terugval voorkomt",
        unit="share", low=0, high=1, likely=(0.2, 0.8), source=ASSUMED, code="M12",
    )  # fmt: skip
    hidden_at_door: float = quantity(
        "Share of problems, beyond the first, that are not told at a usual intake.",
        nl="problemen die bij het begin niet worden verteld",
        unit="share", low=0, high=1, likely=(0.1, 0.5),
        source="domain M18 for its being so; assumption", code="M18",
        off=0,
    )  # fmt: skip
    comes_to_light: float = quantity(
        "Weekly chance that a hidden problem comes to light while the client is guided.",
        nl="verborgen problemen die aan het licht komen",
        unit="per week", low=0, high=1, likely=(0.02, 0.2), source=ASSUMED, code="M18",
    )  # fmt: skip
    brewing: float = quantity(
        "Share of problems of which a level is still to come when a client is found early.",
        nl="problemen die nog broeien bij wie vroeg wordt gevonden",
        unit="share", low=0, high=1, source=ASSUMED, code="M18", off=0,
    )  # fmt: skip
    brewing_weeks: float = quantity(
        "Weeks in which what is brewing comes, or is averted by help.",
        nl="weken waarin komt of wordt afgewend wat broeit",
        unit="weeks", low=1, high=104, source=ASSUMED, code="M18",
    )  # fmt: skip
    referral_weeks: float = quantity(
        "Weeks it takes to come in by a referral only; on average half of these.",
        nl="weken die een verwijzing duurt",
        unit="weeks", low=0, high=104, source=ASSUMED, code="M24",
    )  # fmt: skip
    own_effort: float = quantity(
        "What a client who does what (s)he can adds to recovery without help.",
        nl="wat zelf doen aan herstel toevoegt",
        unit="factor", low=0, high=3, likely=(0, 1), source=ASSUMED, code="M12",
    )  # fmt: skip
    takes_it_up: float = quantity(
        "Chance that a client who can, but doesn't, begins to do so when asked.",
        nl="cliënten die beginnen als het wordt gevraagd",
        unit="probability", low=0, high=1, source=ASSUMED, code="M12",
    )  # fmt: skip
    asked_less_help: float = quantity(
        "Share of the guidance that is left out for a client of whom self-reliance is asked.",
        nl="begeleiding die wegblijft als zelf doen wordt gevraagd",
        unit="share", low=0, high=1, source=ASSUMED, code="M12",
    )  # fmt: skip
    placement: float = quantity(
        "Weekly chance that a child with acute problems is placed in foster care, without the "
        "network's help.",
        nl="kinderen met acute problemen die in pleegzorg komen",
        unit="per week", low=0, high=0.2, likely=(0.002, 0.02), source=ASSUMED, code="M13", off=0,
    )  # fmt: skip
    placement_weeks: float = quantity(
        "Weeks that a placement lasts.",
        nl="duur van pleegzorg",
        unit="weeks", low=1, high=520, source=ASSUMED, code="M13",
    )  # fmt: skip
