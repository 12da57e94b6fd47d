"""Length of provision: lasting support, or short decisions that may be renewed?"""

import numpy as np

from experiments.arms import Question, arm, arms
from experiments.measures import Measure
from simulation import episodes
from simulation.field import N_DOMAINS
from simulation.result import Result

LITERATURE = (
    "problems feed each other, pass and come back (M12); a case closed too early comes back and a "
    "case that never closes keeps the caseload full (M17). Norms to close were 26 weeks for an "
    "adult and 52 for a child (E48); problem debts last at least three years in more than half of "
    "the households (E57), depressive episodes three to six months by the median (E58). The "
    "evidence has no figure for relapse after short help, nor for how often a decision is "
    "renewed: both are assumptions."
)


def came_back(result: Result) -> float:
    """Share of solved problems that came back: where one was solved before, one came again."""
    rows = result.episode_rows
    key = rows["client"].astype(np.int64) * N_DOMAINS + rows["detail"]
    solved = rows["kind"] == episodes.PROBLEM_SOLVED
    came = np.flatnonzero(rows["kind"] == episodes.PROBLEM_CAME)
    keys, first = np.unique(key[solved], return_index=True)
    first_solved = dict(zip(keys, np.flatnonzero(solved)[first], strict=True))
    again = sum(first_solved.get(key[i], len(rows)) < i for i in came)
    return float(again / max(solved.sum(), 1))


QUESTION = Question(
    name="provision_length",
    question="What does help that is granted for 13, 26 or 52 weeks do, against help for as long "
    "as it is needed?",
    arms=(
        arm("as long as needed", "zo lang als nodig"),
        arm("decisions of 52 weeks", "beschikkingen van 52 weken", short_provision=1,
            provision_weeks=52),
        arm("decisions of 26 weeks", "beschikkingen van 26 weken", short_provision=1,
            provision_weeks=26),
        arm("decisions of 13 weeks", "beschikkingen van 13 weken", short_provision=1,
            provision_weeks=13),
        arm("26 weeks in half of the cases", "26 weken in de helft van de zaken",
            short_provision=0.5, provision_weeks=26),
        arm("26 weeks, then a check-in a quarter", "26 weken, dan elk kwartaal contact",
            short_provision=1, provision_weeks=26, check_ins=4),
    ),
    measures=("problems", "came_back", "returns", "closed", "wait", "spent", "supporters",
              "professionals"),
    own={
        "came_back": Measure(
            "share", "solved problems that came back", "opgeloste problemen die terugkwamen",
            came_back,
        ),
    },
    literature=LITERATURE,
    episodes=True,
)  # fmt: skip
EXPERIMENT = arms(QUESTION)
