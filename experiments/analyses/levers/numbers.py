"""What is so of the levers that a study sets, known before anything is lived."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from kring.experiments.study.idle import idle_levers, other_readings, selections
from kring.experiments.study.plan import Plan

IDLE, SELECTS, OTHERWISE = "does nothing", "selects", "can be read otherwise"
COLUMNS = ("policy", "lever", "what", "why", "problems", "share")


def levers(plan: Plan) -> pd.DataFrame:
    """The levers of which there is something to say, policy by policy.

    Returns
    -------
    DataFrame
        ``policy, lever, what, why, problems, share``: `what` is "does nothing", and `why` says for
        what reason; or "selects", and `share` of who comes to the team has as many `problems`; or
        "can be read otherwise".
    """
    return pd.DataFrame(rows(plan), columns=COLUMNS)


def rows(plan: Plan) -> Iterator[dict[str, Any]]:
    """The rows of the table."""
    names = [policy.name for policy in plan.policies]
    for idle in idle_levers(plan):
        yield {"policy": names[idle.policy], "lever": idle.lever, "what": IDLE, "why": idle.why}
    for what, found in ((SELECTS, selections(plan)), (OTHERWISE, other_readings(plan))):
        for one in found:
            yield {
                "policy": names[one.policy], "lever": one.lever, "what": what,
                "problems": one.problems, "share": one.share,
            }  # fmt: skip
