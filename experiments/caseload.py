"""Caseload: how long do people wait, and what does staff, a limit or another order do to it?"""

from experiments.arms import Question, arm, arms

LITERATURE = (
    "a full-time worker carries 16 to 18 cases (E51), without an official norm. In Utrecht 18 "
    "teams helped 16,083 clients a year after a mean wait of 4.3 working days (E50); in Rotterdam "
    "9 of 10 clients had no plan at the six-week norm in 2018 (E49). Compare the first arm with "
    "the former, and less staff with the latter: only staffing differs."
)
QUESTION = Question(
    name="caseload",
    question="How long do people wait, and what do staff, a caseload limit and the order of the "
    "queue change about it?",
    arms=(
        arm("staff at the norm", "bezetting op de norm"),
        arm("a fifth more staff", "een vijfde meer bezetting", staffing=1.2),
        arm("a fifth less staff", "een vijfde minder bezetting", staffing=0.8),
        arm("a third less staff", "een derde minder bezetting", staffing=0.67),
        arm("no caseload limit", "geen maximum aan zaken", caseload_limit=0),
        arm("at most 12 cases", "hoogstens 12 zaken", caseload_limit=12),
        arm("heaviest first", "zwaarste eerst", staffing=0.67, queue_order="heaviest first"),
        arm("youth first", "jeugd eerst", staffing=0.67, queue_order="youth first"),
    ),
    measures=("wait", "without_plan", "cases", "problems", "supporters", "staff"),
    literature=LITERATURE,
)
EXPERIMENT = arms(QUESTION)
