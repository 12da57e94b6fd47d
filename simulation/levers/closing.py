"""Levers on closing and on how long help is granted."""

from simulation.settings import Settings, quantity


class ClosingLevers(Settings):
    """What a municipality chooses about the end of a case."""

    closing_adult: float = quantity(
        "Norm for closing the case of a client without children at home. Heavy problems and "
        "closeness to the client delay it.",
        unit="weeks", low=1, high=520, source="E48: 26", code="M17", neutral=520,
    )  # fmt: skip
    closing_youth: float = quantity(
        "Norm for closing the case of a household with children.",
        unit="weeks", low=1, high=520, source="E48: 52", code="M17", neutral=520,
    )  # fmt: skip
    strict_norm: float = quantity(
        "Share of cases that is closed at the norm whatever is left. The caseload empties, and some "
        "come back heavier.",
        unit="share of cases", low=0, high=1, source="choice of the policy maker", code="M17",
    )  # fmt: skip
    hand_over: float = quantity(
        "Share of cases that is handed over at the norm to the client's supporters, if there are "
        "any: nothing is put off, though a heavy problem may be left.",
        unit="share of cases", low=0, high=1, source="domain M17; choice of the policy maker",
        code="M17",
    )  # fmt: skip
    check_ins: float = quantity(
        "Light check-ins in the year after closing. Each takes an hour; what has come back is "
        "found before it is heavy, and the same worker takes it up without a wait.",
        unit="per year", low=0, high=12, source="choice of the policy maker", code="M17",
    )  # fmt: skip
    short_provision: float = quantity(
        "Share of cases in which professional help is granted for a short time, as for a cure, and "
        "not for as long as it is needed.",
        unit="share of cases", low=0, high=1, source="choice of the policy maker", code="M12 M17",
    )  # fmt: skip
    provision_weeks: float = quantity(
        "How long a short provision lasts. At its end the help stops or, where problems are left, "
        "is renewed in a part of the cases, which takes hours.",
        unit="weeks", low=1, high=520, source="choice of the policy maker", code="M12 M17",
        neutral=520,
    )  # fmt: skip
