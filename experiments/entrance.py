"""Entrance: what do a low threshold, referral only and outreach do, also under pressure?"""

from experiments.arms import Question, arm, arms
from experiments.measures import Measure
from experiments.measures.base import hours_for
from simulation.evidence import figure

LITERATURE = (
    "municipalities approached 39% of residents before they asked in 2017 and 28% in 2019 (E38, "
    "E39). A low threshold creates demand, for an intake reveals a complex of problems behind the "
    "first question (M18); pressure squeezes outreach (M19); routes don't get the same clients "
    "(M24). The evidence has no figure for how many people hesitate, how much later they come by "
    "referral, or how much is averted by finding them early: those strengths are assumptions."
)
OUTREACH_2017, OUTREACH_2019 = figure("E38"), figure("E39")


QUESTION = Question(
    name="entrance",
    question="What do a low threshold, entrance by referral only and outreach do to who comes "
    "when, and what is left of outreach under pressure?",
    arms=(
        arm("usual entrance", "gewone toegang"),
        arm("low threshold", "lage drempel", low_threshold=1),
        arm("referral only", "alleen met verwijzing", referral_only=1),
        arm("outreach as in 2019", "outreachend als in 2019", outreach=OUTREACH_2019),
        arm("outreach as in 2017", "outreachend als in 2017", outreach=OUTREACH_2017),
        arm(
            "low threshold and outreach",
            "lage drempel en outreachend",
            low_threshold=1,
            outreach=OUTREACH_2017,
        ),
        arm("a third less staff", "een derde minder bezetting", staffing=0.67),
        arm(
            "less staff, outreach",
            "minder bezetting, outreachend",
            staffing=0.67,
            outreach=OUTREACH_2017,
        ),
        arm(
            "same, no caseload limit",
            "idem, geen maximum aan zaken",
            staffing=0.67,
            outreach=OUTREACH_2017,
            caseload_limit=0,
        ),
    ),
    measures=(
        "problems_at_entry",
        "problems",
        "found_early",
        "outside",
        "wait",
        "outreach_hours",
        "spent",
    ),
    literature=LITERATURE,
    own={
        "outreach_hours": Measure(
            "hours",
            "outreach per full-time worker a week",
            "outreach per voltijds werker per week",
            hours_for("outreach"),
        )
    },
)
EXPERIMENT = arms(QUESTION)
