"""Strengths of how problems move, with help and without."""

from simulation.settings import Settings, quantity

ASSUMED = "assumption"
STARTED = "assumption; fitted from there"
FITTED = "fitted on the rows with role 'calibrate'"


class ProblemStrengths(Settings):
    """How strongly problems ease, worsen, feed each other and come back."""

    professional_effect: float = quantity(
        "Weekly chance that full professional help takes a level off a problem.",
        unit="per week", low=0, high=0.3, source=FITTED, code="M14",
    )  # fmt: skip
    network_effect: float = quantity(
        "Weekly chance that full network help takes a level off a problem.",
        unit="per week", low=0, high=0.3, source=FITTED, code="M14",
    )  # fmt: skip
    complementarity: float = quantity(
        "What both together add when they work together.",
        unit="per week", low=0, high=0.3, source=ASSUMED, code="M14", off=0,
    )  # fmt: skip
    domain_response: float = quantity(
        "How much domains differ in their response, against the table of domains: 0 makes them "
        "alike.",
        unit="factor", low=0, high=2, source=ASSUMED, code="M13", off=0,
    )  # fmt: skip
    self_recovery: float = quantity(
        "How much self-reliance adds to recovery without help.",
        unit="factor", low=0, high=3, source=ASSUMED, code="M12",
    )  # fmt: skip
    lasting_recovery: float = quantity(
        "Weekly chance that a lasting problem eases by itself by a level.",
        unit="per week", low=0, high=0.1, source="E57: half of debts last 3 years; fitted",
        code="M12",
    )  # fmt: skip
    worsening: float = quantity(
        "Weekly chance that a problem without help gets a level worse.",
        unit="per week", low=0, high=0.1, source=STARTED, code="M12",
    )  # fmt: skip
    feeding: float = quantity(
        "Weekly chance that a problem brings another, per unit in the table of bundles.",
        unit="per week", low=0, high=0.01, source="E60 for the direction; assumption", code="M12",
        off=0,
    )  # fmt: skip
    persistence: float = quantity(
        "How much a problem is held in place by those that feed it, per unit in that table.",
        unit="factor", low=0, high=2, source="E60 for the direction; assumption", code="M12", off=0,
    )  # fmt: skip
    onset: float = quantity(
        "Weekly chance of a new problem from outside, all domains together at weight 1; one that "
        "is there gets worse.",
        unit="per week", low=0, high=0.1, source=ASSUMED, code="M12",
    )  # fmt: skip
    relapse: float = quantity(
        "Weekly chance that a solved problem comes back; network help lowers it.",
        unit="per week", low=0, high=0.1, source=ASSUMED, code="M12", off=0,
    )  # fmt: skip
    entry_peak: float = quantity(
        "Share of lasting problems that pass all the same after intake, for people come for help "
        "at a peak: part of any improvement is regression to the mean.",
        unit="share", low=0, high=1, source=STARTED, code="M24", off=0,
    )  # fmt: skip
    heavier_stay: float = quantity(
        "How much each problem raises the log odds of being interviewed again.",
        unit="log odds per problem", low=0, high=2, source=ASSUMED, code="M24", off=0,
    )  # fmt: skip
    support_holds: float = quantity(
        "How far professional help, as network help does, keeps solved problems from coming back.",
        unit="share", low=0, high=1, source=ASSUMED, code="M12",
    )  # fmt: skip
    hidden_at_door: float = quantity(
        "Share of problems, beyond the first, that are not told at a usual intake.",
        unit="share", low=0, high=1, source="domain M18 for its being so; assumption", code="M18",
        off=0,
    )  # fmt: skip
    comes_to_light: float = quantity(
        "Weekly chance that a hidden problem comes to light while the client is guided.",
        unit="per week", low=0, high=1, source=ASSUMED, code="M18",
    )  # fmt: skip
    brewing: float = quantity(
        "Share of problems of which a level is still to come when a client is found early.",
        unit="share", low=0, high=1, source=ASSUMED, code="M18", off=0,
    )  # fmt: skip
    brewing_weeks: float = quantity(
        "Weeks in which what is brewing comes, or is averted by help.",
        unit="weeks", low=1, high=104, source=ASSUMED, code="M18",
    )  # fmt: skip
    referral_weeks: float = quantity(
        "Weeks it takes to come in by a referral only; on average half of these.",
        unit="weeks", low=0, high=104, source=ASSUMED, code="M24",
    )  # fmt: skip
    own_effort: float = quantity(
        "What a client who does what (s)he can adds to recovery without help.",
        unit="factor", low=0, high=3, source=ASSUMED, code="M12",
    )  # fmt: skip
    takes_it_up: float = quantity(
        "Chance that a client who can, but doesn't, begins to do so when asked.",
        unit="probability", low=0, high=1, source=ASSUMED, code="M12",
    )  # fmt: skip
    asked_less_help: float = quantity(
        "Share of the guidance that is left out for a client of whom self-reliance is asked.",
        unit="share", low=0, high=1, source=ASSUMED, code="M12",
    )  # fmt: skip
    placement: float = quantity(
        "Weekly chance that a child with acute problems is placed in foster care, without the "
        "network's help.",
        unit="per week", low=0, high=0.2, source=ASSUMED, code="M13", off=0,
    )  # fmt: skip
    placement_weeks: float = quantity(
        "Weeks that a placement lasts.",
        unit="weeks", low=1, high=520, source=ASSUMED, code="M13",
    )  # fmt: skip
