"""Levers on the team: staff, caseload, the queue, and what a week's hours go to first."""

from kring.simulation.choices import QUEUE_ORDERS, TASKS
from kring.simulation.settings import Settings, choice, order, quantity


class TeamLevers(Settings):
    """What a municipality chooses about the team's week."""

    staffing: float = quantity(
        "Staff of the teams against the norm of cases per full-time worker: 1 is as many as the "
        "year's clients ask for. Fewer hands let the waiting list grow, and what waits gets heavier.",
        nl="bezetting van de teams",
        unit="times the norm", low=0, high=5, source="E51: 16 to 18 cases; choice of the policy "
        "maker", code="M19", neutral=1,
    )  # fmt: skip
    caseload_limit: float = quantity(
        "Cases that a full-time worker holds at most; who comes when all are full stays on the "
        "waiting list. 0: no limit, so that hours per case thin out instead.",
        nl="hoogste caseload van een voltijds werker",
        unit="cases", low=0, high=200, source="E51: 16 to 18 are carried; no official norm",
        code="M17 M19",
    )  # fmt: skip
    queue_order: str = choice(
        "Who is taken in first from the waiting list. Order moves the wait from some to others; it "
        "makes no hours.",
        nl="volgorde van de wachtlijst",
        options=QUEUE_ORDERS, source="choice of the policy maker", code="M19",
    )  # fmt: skip
    work_order: str = order(
        "In which order a worker's hours go to the tasks. Under pressure the last give way: usually "
        "collective work and outreach.",
        nl="volgorde van het werk",
        of=TASKS, source="domain M19: pressure squeezes prevention, outreach and collective work",
        code="M19",
    )  # fmt: skip
    input_steering: float = quantity(
        "How far teams are held to account for visits made. Accounting takes hours for every case, "
        "and what is no visit, such as network work, is proposed less.",
        nl="sturing op inzet",
        unit="share", low=0, high=1, source="domain M20; choice of the policy maker", code="M20",
    )  # fmt: skip
    outcome_steering: float = quantity(
        "How far teams are held to account for what changed. Accounting takes hours for every case; "
        "workers see what helped, so beliefs move faster, and let go sooner of who is better.",
        nl="sturing op uitkomst",
        unit="share", low=0, high=1, source="domain M20; choice of the policy maker", code="M20",
    )  # fmt: skip
    training: float = quantity(
        "Schooling in working with networks and in one's trade. It lowers the belief that networks "
        "cannot work in multi-problem cases, and undoes de-professionalisation; it takes the hours.",
        nl="scholing",
        unit="hours per worker per year", low=0, high=200, source="choice of the policy maker",
        code="M28",
    )  # fmt: skip
    peer_review: float = quantity(
        "Peer review (intervisie): workers lay cases before each other, so that each learns from "
        "what all of the team have seen; it takes the hours.",
        nl="intervisie",
        unit="hours per worker per month", low=0, high=20, source="choice of the policy maker",
        code="M28",
    )  # fmt: skip
