"""Agencies: what becomes of people when other disciplines are agencies behind the team?"""

from experiments.arms import Question, arm, arms
from experiments.measures import Measure
from experiments.measures.base import spent
from simulation.result import Result
from simulation.rows import GUIDED

LITERATURE = (
    "agencies refuse or pass on the heaviest cases, and teams miss mental-health expertise (M23). "
    "Specialist guidance costs 84 euro an hour against 60 for regular (E52). The evidence has no "
    "figure for how often agencies refuse, for the places they have, or for the share of teams "
    "without a mental-health worker: the arms show the ends of the range."
)


def awaits(result: Result) -> float:
    """Share of people guided for whom an agency has been asked that does not help yet."""
    guided = result.client_rows[result.client_rows["stage"] == GUIDED]
    return float((guided["referred"] > 0).mean()) if len(guided) else float("nan")


QUESTION = Question(
    name="agencies",
    question="What becomes of people when other disciplines are agencies with places of their own, "
    "that can refuse?",
    arms=(
        arm("all disciplines in the team", "alle disciplines in het team"),
        arm("agencies behind the team", "instellingen achter het team", agencies=1),
        arm(
            "agencies, duty to accept", "instellingen, acceptatieplicht", agencies=1, accept_duty=1
        ),
        arm(
            "agencies, double places", "instellingen, dubbele plekken", agencies=1, agency_places=2
        ),
        arm(
            "agencies, duty and places",
            "instellingen, plicht en plekken",
            agencies=1,
            accept_duty=1,
            agency_places=2,
        ),
        arm("team lacks mental health", "team zonder ggz", no_mental_health=1),
        arm(
            "same, and no places for it",
            "idem, en nergens plek",
            no_mental_health=1,
            agency_places=0,
        ),
    ),
    measures=(
        "refused",
        "awaits",
        "professionals",
        "problems",
        "spent_agencies",
        "spent",
        "wait",
        "severity",
    ),
    literature=LITERATURE,
    own={
        "awaits": Measure(
            "share",
            "guided, waiting for an agency",
            "begeleid, wacht op een instelling",
            awaits,
        ),
        "spent_agencies": Measure(
            "EUR",
            "agencies, a year per new client",
            "instellingen, per jaar per nieuwe cliënt",
            spent("specialist"),
        ),
    },
)
EXPERIMENT = arms(QUESTION)
