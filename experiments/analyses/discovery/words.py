"""A box in words: where an outcome passes a bound, and how well that is known."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from kring.experiments.analyses.discovery.numbers import Bound
from kring.experiments.study.plan import Plan
from kring.experiments.text.names import factor_name, outcome_name
from kring.experiments.text.numbers import capital, percent, three_digits


def in_words(plan: Plan, asked: Bound, policy: str) -> str:
    """A bound in words."""
    first, name = plan.policies[0].name, outcome_name(asked.outcome)
    what = f"the difference in {name} from '{first}'" if asked.difference else name
    return f"{what} {asked.sign} {asked.at:g} under '{policy}'"


def lines(words: str, table: pd.DataFrame, passes: np.ndarray, inside: np.ndarray) -> Iterator[str]:
    """What the box says: its limits, coverage and density."""
    yield f"{capital(words)} ({percent(passes.mean())})."
    if table.empty:
        yield "No box: no limit does better than chance."
        return
    limits = " and ".join(limit(row) for row in table.itertuples())
    both = int((passes & inside).sum())
    yield f"Mostly where {limits}:"
    n, pass_ = int(inside.sum()), int(passes.sum())
    yield f"- of the {n} futures there, {both} pass (density {both / n:.2f});"
    yield f"- of the {pass_} that pass, {both} lie there (coverage {both / pass_:.2f})."
    yield "The box is found and judged on the same futures; new ones would do a little worse."


def limit(row: pd.Series) -> str:
    """One limit in words; the side that is the end of the range is left out."""
    name = factor_name(row.factor)
    if isinstance(row.low, str):
        return f"{name} is {row.low}"
    if row.low <= row.range_low:
        return f"{name} is at most {three_digits(row.high)}"
    if row.high >= row.range_high:
        return f"{name} is at least {three_digits(row.low)}"
    return f"{name} is {three_digits(row.low)} to {three_digits(row.high)}"
