"""How still a town that runs already stands, seen before a study is run: some pasts are lived."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from kring.experiments.analyses.standing import over_towns, sentences
from kring.experiments.measures.year_before import YEAR_BEFORE, year_before
from kring.experiments.study.plan import Plan
from kring.experiments.study.run_spec import Setup
from kring.simulation.run import simulate

PASTS, SMALL_PASTS = 4, 24  # that are lived for it, over the sets; and over municipalities
MOST_CLIENTS = 140  # a year: one team stands for all


def how_still(plan: Plan) -> Iterator[str]:
    """How still its towns stand before week 1; nothing where they begin empty."""
    if YEAR_BEFORE in plan.tables:
        some = SMALL_PASTS if plan.country else PASTS
        runs = [run for run in plan.runs if run.policy == 0]
        kept = pd.concat([lived(plan.setup(run)) for run in runs[:: -(-len(runs) // some)]])
        yield from sentences(over_towns(kept))


def lived(setup: Setup) -> pd.DataFrame:
    """What a town has in each half of the year before week 1, under today's policy."""
    town = setup.town.replace(clients=min(setup.town.clients, MOST_CLIENTS))
    how: dict[str, Any] = {"parameters": setup.parameters, "threads": 1, "episodes": False}
    return year_before(simulate(town, setup.today, 1, setup.seed, **how), town)
