"""Closing: what does it bring to close at the norm, to hand over, to look in afterwards?"""

from experiments.arms import Question, arm, arms
from experiments.measures import Measure
from simulation.result import Result

LITERATURE = (
    "the norm is to close an adult's case within 26 weeks and a child's within 52 (E48). Closing "
    "is hard: closeness to the client delays it, the caseload stays full, the queue grows, and a "
    "case closed too early comes back (M17). The evidence has no figure for how many cases stay "
    "open after the norm, how many come back, or what a hand-over or check-ins do about it: those "
    "strengths are assumptions."
)


def left_with(result: Result) -> float:
    """Mean severity with which cases were last closed."""
    rows = result.client_rows[result.client_rows["closed_week"] >= 0]
    return float(rows["left_with"].mean()) if len(rows) else float("nan")


QUESTION = Question(
    name="closing",
    question="What does it bring to close cases at the norm, to hand them over to the network, and "
    "to look in on people afterwards?",
    arms=(
        arm("norm, often put off", "norm, vaak uitgesteld"),
        arm("half closed at the norm", "helft afgesloten op de norm", strict_norm=0.5),
        arm("all closed at the norm", "alles afgesloten op de norm", strict_norm=1),
        arm("norm of half as long", "norm van half zo lang", closing_adult=13, closing_youth=26),
        arm("hand-over to the network", "overdracht aan het netwerk", hand_over=1),
        arm("four check-ins a year", "vier keer per jaar nazorg", check_ins=4),
        arm("at the norm, with check-ins", "op de norm, met nazorg", strict_norm=1, check_ins=4),
        arm("a third less staff", "een derde minder bezetting", staffing=0.67),
        arm(
            "less staff, at the norm", "minder bezetting, op de norm", staffing=0.67, strict_norm=1
        ),
    ),
    measures=("closed", "returns", "wait", "problems", "supporters", "spent", "left_with"),
    literature=LITERATURE,
    own={
        "left_with": Measure(
            "levels", "severity left at closing", "ernst die bij afsluiten overblijft", left_with
        )
    },
)
EXPERIMENT = arms(QUESTION)
