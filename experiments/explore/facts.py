"""What the model in a page needs besides its machine code: towns, strengths, policies, as numbers.

The page draws and lives people with the very functions that Python has, compiled to WebAssembly by
`release/wasm.py`. What Python makes once, before people come, goes along: it is not made again.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kring.experiments.explore.life import SILENCED
from kring.experiments.explore.picture import FOLLOWED
from kring.experiments.explore.shown import SHOWN, followed
from kring.simulation import episodes, outcomes
from kring.simulation.ensemble import model_now, of_its_town
from kring.simulation.errors import KringError
from kring.simulation.living import portions_of
from kring.simulation.parameters import Parameters
from kring.simulation.past import reviews
from kring.simulation.phase_in import Start, steps
from kring.simulation.policy import Policies, Policy
from kring.simulation.rows import ENTRANCES, NOT_YET
from kring.simulation.town import Town
from kring.simulation.world import (
    by_route,
    empty_teams,
    goes_by,
    log_odds,
    policy_of_the_file,
    settle,
    staff,
)

MODULE = Path(__file__).parent / "wasm"
BUILD = "python release/wasm.py"
HOURS = ("contract", "hours", "here")  # of a worker, all the same when a town begins
Plain = dict[str, Any]
Strengths = tuple[Parameters, Mapping[str, float]]  # and what is so in the town, as sets have it


def described() -> Plain:
    """What the module is made from, and how the rows of a world lie in its memory."""
    world = settle(Town.preset("class", clients=1), Parameters(), 1)._asdict()
    tables = {name: table for name, table in world.items() if not isinstance(table, int)}
    return {
        "model": model_now(),
        "world": [[name, np.ndim(table)] for name, table in world.items()],
        "rows": {name: layout(table.dtype) for name, table in tables.items()},
    }


def layout(row: np.dtype) -> Plain:
    """The size of a row, and of each column where it lies, its type and how many numbers it has."""
    columns = {
        name: [place, kind.base.str[1:], int(np.prod(kind.shape))]
        for name, (kind, place, *_) in (row.fields or {}).items()
    }
    return {"size": row.itemsize, "columns": columns or {"": [0, row.str[1:], 1]}}


def module() -> bytes:
    """The model's machine code for a page.

    Raises
    ------
    KringError
        If it was made from other sources than these.
    """
    about()
    return (MODULE / "kring.wasm").read_bytes()


def notice() -> str:
    """The licences of what was linked into the module: they go along with it."""
    return (MODULE / "NOTICE").read_text(encoding="utf-8")


def about() -> Plain:
    """What is said of the module.

    Raises
    ------
    KringError
        If it was made from other sources than these.
    """
    found: Plain = json.loads((MODULE / "kring.json").read_text(encoding="utf-8"))
    if found["model"] != model_now():
        raise KringError(
            f"the page's module was made from other rules ({found['model']}) than these "
            f"({model_now()}): make it anew with `{BUILD}`"
        )
    return found


def facts(
    towns: Mapping[str, Town],
    sets: Mapping[str, Strengths],
    weeks: int,
    today: Policies,
    starts: Sequence[Start] = (Start(),),
    since: Collection[str] = tuple(followed(SHOWN)),
) -> Plain:
    """All that `Model.load` of a page takes besides the module, fit for JSON.

    Parameters
    ----------
    towns : mapping of str to Town
        The towns that a page can live.
    sets : mapping of str to (Parameters, mapping)
        Strengths by name, and what else is so in a town, as `Ensemble.at` gives them.
    weeks : int
        Weeks that are lived from week 1 on: for these too people come.
    today : Policy or mapping
        What people meet before a page's own policy begins, or who enters by each route.
    starts : sequence of Start
        When that can begin.
    since : collection of str
        Outcomes that are told by weeks since entry.

    Raises
    ------
    KringError
        If the module was made from other sources, and for a town with a table of clients.
    """
    return {
        **about(),
        "weeks": weeks,
        "routes": ENTRANCES,
        "today": rows_of(today),
        "unmet": rows_of(policy_of_the_file()),
        "ways": Policy.ways().tolist(),
        "municipal": list(outcomes.MUNICIPAL_NAMES),
        "episodes": [[kind, list(details)] for kind, details, _ in episodes.KINDS],
        "followed": FOLLOWED,
        "since": list(since),
        "most_a_week": episodes.MOST_A_WEEK,
        "why": list(episodes.WHY),
        "silenced": SILENCED,
        "codes": {"not_yet": NOT_YET},
        "towns": {
            name: facts_of(town.peopled(weeks), sets, starts) for name, town in towns.items()
        },
    }


def rows_of(policy: Policies) -> list[float]:
    """The numbers of a policy for each route of entry, behind each other."""
    policies = by_route(policy)
    return [value for route in ENTRANCES for value in policies[route].row()]


def facts_of(town: Town, sets: Mapping[str, Strengths], starts: Sequence[Start]) -> Plain:
    """A town: its teams and workers, and what it goes by with each set of strengths.

    All numbers of a set stand in one row; of every set but the first, where it differs and in what.
    """
    if town.clients_from is not None:
        raise KringError("a page holds no persons: give the town without its table of clients")
    teams, looked_at = empty_teams(town, range(town.teams)), reviews(town)
    rows = {}
    for name, (parameters, else_so) in sets.items():
        here = town.replace(**of_its_town(else_so, town))
        by = goes_by(here, parameters)
        workers = staff(teams, range(town.teams), here, by.domains)
        own = [parameters.record()] if looked_at else []
        hours = workers.contract.tolist()
        rows[name] = [*numbers(by), *log_odds(here).tolist(), *hours, *numbers(own)]
    usual, *_ = rows.values()
    recruiting = int(town.recruiting_weeks)
    return {
        "clients": town.clients,
        "start": town.weeks_before,
        "reviews": looked_at,
        "portions": [[portion.start, portion.stop] for portion in portions_of(len(teams))],
        "steps": [
            {"hiring": listed(steps(one, recruiting)), "usual": listed(steps(one, 0))}
            for one in starts
        ],
        "teams": columns(teams),
        "professionals": columns(workers, apart=HOURS),
        "usual": usual,
        "sets": {name: differing(row, usual) for name, row in rows.items()},
    }


def numbers(records: Iterable[np.record]) -> list[float]:
    """Records as one row of numbers."""
    return [
        value
        for record in records
        for name in record.dtype.names or ()
        for value in np.ravel(record[name]).tolist()
    ]


def listed(ahead: Mapping[int, tuple[float, float]]) -> list[list[float]]:
    """Steps as JSON has them: weeks lived, how far, how many found."""
    return [[week, *parts] for week, parts in ahead.items()]


def columns(table: np.recarray, apart: Collection[str] = ()) -> Plain:
    """The length of a table, and the columns in which something stands, but for some."""
    names = [name for name in table.dtype.names or () if table[name].any() and name not in apart]
    return {"length": len(table), "columns": {name: table[name].ravel().tolist() for name in names}}


def differing(row: list[float], usual: list[float]) -> tuple[list[int], list[float]]:
    """Where a row of numbers differs from the usual one, and in what."""
    places = [i for i, (one, other) in enumerate(zip(row, usual, strict=True)) if one != other]
    return places, [row[place] for place in places]
