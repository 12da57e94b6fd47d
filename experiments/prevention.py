"""Prevention: what do community workers, groups and neighbours bring, and what is left of it?"""

from experiments.arms import WIJKTEAM, Question, arm, arms
from experiments.measures import Measure
from experiments.measures.base import hours_for

LITERATURE = (
    "a community worker, an eating club and groups make fewer people lonely, meet problems early "
    "and make weak ties (M26); pressure squeezes prevention and collective work (M19); neighbours "
    "hardly carry support, and the barrier to ask is highest towards them (M7, M8). The evidence "
    "has no figure for any of this: the strengths are assumptions, so that the order of the arms "
    "says more than the size of a difference."
)
GROUPS_FIRST = "collective > " + WIJKTEAM.work_order.replace(" > collective", "")
BOTH = {"community_hours": 10, "collective_hours": 2}

QUESTION = Question(
    name="prevention",
    question="What do community workers (10 hours a week per 100 clients a year), groups led by "
    "the team (2 hours a week of a full-time worker) and active neighbours bring, also under "
    "pressure?",
    arms=(
        arm("no collective work", "geen collectief werk"),
        arm("community worker", "opbouwwerker", community_hours=10),
        arm("team leads groups", "team leidt groepen", collective_hours=2),
        arm("both", "beide", **BOTH),
        arm("neighbours activated", "buren geactiveerd", neighbour_activation=1),
        arm("a third less staff", "een derde minder bezetting", staffing=0.67),
        arm("less staff, both", "minder bezetting, beide", staffing=0.67, **BOTH),
        arm(
            "same, no caseload limit",
            "idem, geen maximum aan zaken",
            staffing=0.67,
            caseload_limit=0,
            **BOTH,
        ),
        arm(
            "same, but groups first",
            "idem, maar groepen eerst",
            staffing=0.67,
            caseload_limit=0,
            work_order=GROUPS_FIRST,
            **BOTH,
        ),
    ),
    measures=(
        "lonely",
        "in_group",
        "found_early",
        "problems",
        "alone",
        "spent",
        "collective_hours",
        "wait",
    ),
    literature=LITERATURE,
    own={
        "collective_hours": Measure(
            "hours",
            "groups per full-time worker a week",
            "groepen per voltijds werker per week",
            hours_for("collective"),
        )
    },
)
EXPERIMENT = arms(QUESTION)
