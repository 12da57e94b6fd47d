"""Reciprocity: what does it bring to want something back for support, and when is it too much?"""

from experiments.arms import Question, arm, arms
from experiments.measures import Measure
from simulation.result import Result

LITERATURE = (
    "some municipalities want something back; imbalance ends ties with non-kin and hardly with "
    "kin, and forcing it meets resistance (M9). The barrier lies with the asker more than with "
    "the helper (M8), and close kin and friends carry while weak ties go first (M7). The evidence "
    "has no figure for how many give back, how many resist or how many former clients help "
    "another: those strengths are assumptions, so that only the direction and the order of the "
    "arms say something."
)


def began_alone(result: Result) -> float:
    """Share of those with a plan in which it began without any supporter."""
    planned = result.client_rows[result.client_rows["plan_week"] >= 0]
    return float((planned["counted_on"] == 0).mean()) if len(planned) else float("nan")


def kept(result: Result) -> float:
    """Supporters now against those with whom the plans began."""
    planned = result.client_rows[result.client_rows["plan_week"] >= 0]
    return float(planned["supporters"].sum() / max(planned["counted_on"].sum(), 1))


QUESTION = Question(
    name="reciprocity",
    question="What does it bring to want something back for support, and when is it too much?",
    arms=(
        arm("nothing in return", "niets terug"),
        arm("voluntary", "vrijwillig", reciprocity="voluntary"),
        arm("expected", "verwacht", reciprocity="expected"),
        arm("forced", "verplicht", reciprocity="forced"),
    ),
    measures=(
        "supporters",
        "alone",
        "began_alone",
        "kept",
        "problems",
        "spent",
        "network_plan",
    ),
    literature=LITERATURE,
    own={
        "began_alone": Measure(
            "share",
            "plans begun without a supporter",
            "plannen begonnen zonder steungever",
            began_alone,
        ),
        "kept": Measure(
            "share",
            "supporters now, of those at the start",
            "steungevers nu, van die bij de start",
            kept,
        ),
    },
)
EXPERIMENT = arms(QUESTION)
