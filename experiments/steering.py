"""Steering: what does holding teams to account for visits, or for what changed, bring about?"""

from experiments.arms import Question, arm, arms
from experiments.measures import Measure
from experiments.measures.base import ratio

ACCOUNTING_LAST = "intake > plans > guidance > network > collective > outreach > administration"
LITERATURE = (
    "municipalities steer on input (visits made) or on outcome (what changed), and accounting "
    "takes hours (M20); closeness delays closing and the caseload stays full (M17). The evidence "
    "says nothing of how many hours accounting takes or of what either kind of steering does to "
    "proposals, closing and beliefs: these strengths are assumptions. Whether accounting costs "
    "clients anything depends here on what it comes before in the order of work."
)
QUESTION = Question(
    name="steering",
    question="What does steering on visits made, or on what changed, do to accounting, proposals, "
    "closing, beliefs, problems and money?",
    arms=(
        arm("no steering", "geen sturing"),
        arm("half on visits made", "half op huisbezoeken", input_steering=0.5),
        arm("fully on visits made", "geheel op huisbezoeken", input_steering=1),
        arm("half on what changed", "half op resultaat", outcome_steering=0.5),
        arm("fully on what changed", "geheel op resultaat", outcome_steering=1),
        arm("visits, accounting gives way", "huisbezoeken, verantwoorden wijkt",
            input_steering=1, work_order=ACCOUNTING_LAST),
        arm("what changed, accounting gives way", "resultaat, verantwoorden wijkt",
            outcome_steering=1, work_order=ACCOUNTING_LAST),
    ),
    measures=("accounting", "proposed", "closed", "doubt", "problems", "spent", "wait",
              "given_guidance"),
    own={
        "accounting": Measure(
            "hours",
            "accounting a week per case",
            "verantwoorden per week per zaak",
            ratio("given_administration", "cases"),
        ),
    },
    literature=LITERATURE,
)  # fmt: skip
EXPERIMENT = arms(QUESTION)
