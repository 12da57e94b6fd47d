"""Reading of self-reliance: what each answer does to who could and to who can't, in short."""

from collections.abc import Iterable

import pandas as pd

from experiments import general
from experiments.general import Tables
from experiments.measures.municipal import GROUPS
from experiments.study_file import Study


def verdict(row: pd.Series) -> str:
    """More, fewer, or perhaps as many."""
    if row["low"] > 0:
        return "more"
    return "fewer" if row["high"] < 0 else "perhaps as many"


def lines(study: Study, tables: Tables) -> Iterable[str]:
    """The policies in words, then what each does to the problems of each group."""
    yield from general.lines(study, tables)
    yield ""
    yield f"In short, problems against '{study.policies[0].name}':"
    found = tables["differences"].set_index(["policy", "outcome"])
    for policy in study.policies[1:]:
        row = found.loc[policy.name]
        parts = [
            f"{verdict(row.loc[f'problems_{g}'])} for who {en}" for g, (en, _) in GROUPS.items()
        ]
        began, vain = row.loc["taken_up", "value"], row.loc["asked_in_vain", "value"]
        yield (
            f"- {policy.name}: "
            + "; ".join(parts)
            + f". Of those who could and didn't {began:.0%} "
            f"began to; of those who can't {vain:.0%} were asked all the same."
        )
