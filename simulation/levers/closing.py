"""Levers on closing and on how long help is granted."""

from kring.simulation.settings import Settings, quantity


class ClosingLevers(Settings):
    """What a municipality chooses about the end of a case."""

    closing_adult: float = quantity(
        "Norm for closing the case of a client without children at home. Heavy problems and "
        "closeness to the client delay it.",
        nl="norm voor afsluiten, zonder kinderen thuis",
        unit="weeks", low=1, high=520, source="E48: 26", code="M17", neutral=520,
    )  # fmt: skip
    closing_youth: float = quantity(
        "Norm for closing the case of a household with children.",
        nl="norm voor afsluiten, met kinderen thuis",
        unit="weeks", low=1, high=520, source="E48: 52", code="M17", neutral=520,
    )  # fmt: skip
    strict_norm: float = quantity(
        "Share of cases that is closed at the norm whatever is left. The caseload empties, and some "
        "come back heavier.",
        nl="op de norm afgesloten, wat er ook nog is",
        unit="share of cases", low=0, high=1, source="choice of the policy maker", code="M17",
    )  # fmt: skip
    hand_over: float = quantity(
        "Share of cases that is handed over at the norm to the client's supporters, if there are "
        "any: nothing is put off, though a heavy problem may be left.",
        nl="op de norm overgedragen aan steungevers",
        unit="share of cases", low=0, high=1, source="domain M17; choice of the policy maker",
        code="M17",
    )  # fmt: skip
    check_ins: float = quantity(
        "Light check-ins in the year after closing. Each takes an hour; what has come back is "
        "found before it is heavy, and the same worker takes it up without a wait.",
        nl="contactmomenten in het jaar na afsluiten",
        unit="per year", low=0, high=12, source="choice of the policy maker", code="M17",
    )  # fmt: skip
    short_provision: float = quantity(
        "Share of cases in which professional help is granted for a short time, as for a cure, and "
        "not for as long as it is needed.",
        nl="hulp voor korte tijd toegekend",
        unit="share of cases", low=0, high=1, source="choice of the policy maker", code="M12 M17",
    )  # fmt: skip
    provision_weeks: float = quantity(
        "How long a short provision lasts. At its end the help stops or, where problems are left, "
        "is renewed in a part of the cases, which takes hours.",
        nl="duur van korte hulp",
        unit="weeks", low=1, high=520, source="choice of the policy maker", code="M12 M17",
        neutral=520,
    )  # fmt: skip
