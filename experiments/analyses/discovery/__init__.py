"""Discovery: in which futures an outcome passes a bound."""

from pathlib import Path

import pandas as pd

from kring.experiments.analyses.discovery.numbers import COLUMNS, bound, box, looked_at, policy_of
from kring.experiments.analyses.discovery.words import in_words, lines
from kring.experiments.execution.kept import folder_of, planned, read_runs
from kring.experiments.text.numbers import capital


def discover(
    folder: Path | str, where: str, policy: str | None = None
) -> tuple[pd.DataFrame, list[str]]:
    """The box of futures in which an outcome of a finished result passes a bound.

    Parameters
    ----------
    folder : Path or str
        A result of `kring run` whose points were drawn, or are many.
    where : str
        The bound, such as ``problems > 3`` or ``difference problems > 0``.
    policy : str, optional
        Under which policy, where there are several.

    Returns
    -------
    DataFrame
        A row for each quantity that the box limits: ``factor, low, high, range_low, range_high,
        chance``; `chance` is how often such a limit comes about by itself.
    list of str
        What it says.

    Raises
    ------
    KringError
        For what is no result, no bound, or too little to find a box in.

    Examples
    --------
    >>> box, said = discover("results/futures", "problems > 0", policy="as now")
    >>> said[0]
    "Problems per client > 0 under 'as now' in 20 of 20 futures: there is no box to find."
    """
    folder = folder_of(folder)
    plan = planned(folder)
    asked = bound(where, plan)
    policy = policy_of(plan, policy, asked)
    runs = read_runs(folder)
    futures, passes, rest = looked_at(plan, runs, policy, asked)
    words = f"{in_words(plan, asked, policy)} in {passes.sum()} of {len(passes)} futures"
    left_out = [f"Futures left out: {rest}."] if rest else []
    if passes.all() or not passes.any():
        said = f"{capital(words)}: there is no box to find."
        return pd.DataFrame(columns=COLUMNS), [said, *left_out]
    table, inside = box(futures, passes)
    return table, [*lines(words, table, passes, inside), *left_out]
