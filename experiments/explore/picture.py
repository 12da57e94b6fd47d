"""The picture: what a choice changes, as plain numbers for a page, a notebook or a report.

A pure function of what the same towns came to under two policies. The page makes the same picture
of the same numbers (`page/picture.js`).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from kring.experiments.explore.books import of_books, ratio
from kring.experiments.explore.groups import GROUPS
from kring.experiments.explore.shown import SHOWN, followed, is_line, of_each
from kring.experiments.measures import measure, part_of
from kring.experiments.measures.base import YEAR, people_a_year
from kring.experiments.measures.money import MUNICIPALITY, OTHERS, what_counts
from kring.simulation import outcomes
from kring.simulation.result import Result
from kring.simulation.rows import ENTRANCES, NOT_YET
from kring.simulation.spread import spread

BAND = (0.1, 0.9)  # of the towns that are drawn, so 8 of 10
FOLLOWED = 52  # weeks since entry
MOST_POINTS = 13  # of a line that lies in a page
PAYERS = {MUNICIPALITY: "cash", **{payer: f"paid_{payer}" for payer in OTHERS}}
COLUMNS = (
    "problems", "supporters", "problems_at_entry", "children", "age", "n_ties", "counted_on",
    "proposed", "accepted",
)  # fmt: skip

Plain = dict[str, Any]
Pair = Sequence[Sequence[Plain]]  # towns under today's policy, and under the other
Lines = Sequence[Sequence[float | None]]  # of towns, week by week


def town_numbers(result: Result, shown: Sequence[str] = SHOWN) -> Plain:
    """What one town came to under one policy.

    Parameters
    ----------
    result : Result
        With all its weeks kept: ``simulate(..., keep=range(1, weeks))``.
    shown : sequence of str
        Names of outcomes.

    Returns
    -------
    dict
        ``series`` and ``since``: means by week; ``end``: the last week; ``clients``: columns of
        rows, and who is ``here`` and who came ``early`` enough to be followed; ``paid``: by year
        EUR of each payer, for each client who comes in a year.
    """
    rows, last = result.client_rows, result.start + result.weeks - FOLLOWED
    early = (rows["entry_week"] >= result.start) & (rows["entry_week"] < last)
    columns = {name: rows[name] for name in COLUMNS} | {"here": result.here, "early": early}
    return {
        "series": {name: listed(weekly(result, name)) for name in shown if is_line(name)},
        "since": {name: listed(values) for name, values in since_entry(result, shown).items()},
        "end": dict(zip(shown, listed(measure(name).of(result) for name in shown), strict=True)),
        "clients": {name: column.astype(int).tolist() for name, column in columns.items()},
        "paid": [
            {payer: paid(result, counts, year) for payer, counts in PAYERS.items()}
            for year in range(-(-result.weeks // YEAR))
        ],
    }  # fmt: skip


def picture_of(chosen: Pair, narrow: Pair, wide: Pair, *, over_sets: bool = False) -> Plain:
    """All that a page shows of a choice.

    Parameters
    ----------
    chosen, narrow, wide : pair of sequence of dict
        The numbers of the same towns (`town_numbers`), in the same order, under today's policy and
        the other: with the strengths that are chosen, with one set, which differ by chance alone,
        and with a set for each town.
    over_sets : bool
        Whether the towns that are chosen have a set each.

    Returns
    -------
    dict
        ``weeks, towns, over_sets``; ``series`` and ``since``: by outcome (per client; shares; EUR)
        and policy the ``mean`` over the towns that are chosen, round it a band from ``low`` to
        ``high`` as wide as that of the narrow ones, and a band from ``wide_low`` to ``wide_high``
        of the wide ones, for each week of the calendar, or since entry, None where nobody is;
        ``end``: by outcome ``now, then, difference, low, high``, the last two a 95% interval of the
        mean over towns, or between what 95% of them lie that have a set each (`over_sets`);
        ``fates``: shares ``better, same, worse``; ``groups``: the same by group, with ``clients`` a
        town; ``money``: EUR a client by year and payer.
    """
    now, then = chosen
    pairs = {"now": now, "then": then}
    bands = {
        part: {
            name: {
                who: bands_of(
                    *([town[part][name] for town in of[i]] for of in (chosen, narrow, wide))
                )
                for i, who in enumerate(pairs)
            }
            for name in now[0][part]
        }
        for part in ("series", "since")
    }
    return {
        "weeks": len(next(iter(now[0]["series"].values()))),
        "towns": len(now),
        "over_sets": over_sets,
        **bands,
        "end": {
            name: end(
                [town["end"][name] for town in now],
                [town["end"][name] for town in then],
                over_sets=over_sets,
            )
            for name in now[0]["end"]
        },
        "fates": fates(now, then, lambda clients: np.ones(len(clients["here"]), bool)),
        "groups": [{"group": g.key, **fates(now, then, g.members)} for g in GROUPS],
        "money": [
            {"year": year + 1, "payer": payer, **{
                who: float(np.mean([town["paid"][year][payer] for town in towns]))
                for who, towns in pairs.items()
            }}
            for year in range(len(now[0]["paid"]))
            for payer in PAYERS
        ],
    }  # fmt: skip


def weekly(result: Result, name: str) -> np.ndarray:
    """An outcome week by week: a mean over who has entered (by a route), or of the books."""
    asked = part_of(name)
    if asked.base not in outcomes.NAMES:
        return of_books(result.price_regular)[name].weekly(result)
    routes = [asked.route] if asked.route else ENTRANCES
    sums = result.sums[:, [ENTRANCES.index(route) for route in routes]].sum(axis=1)
    return ratio(sums[:, outcomes.NAMES.index(asked.base)], sums[:, 0])


def since_entry(result: Result, shown: Sequence[str] = SHOWN) -> dict[str, np.ndarray]:
    """The outcomes by weeks since each client's own entry, 0 to `FOLLOWED`.

    Only of who came early enough to be followed so long, so that it is one group all along.
    """
    last = result.start + result.weeks - FOLLOWED
    sums = {name: np.zeros(FOLLOWED + 1) for name in followed(shown)}
    present = np.zeros(FOLLOWED + 1)
    for week in range(1, result.weeks + 1):
        rows = result.client_rows if week == result.weeks else result.kept[week]
        entry, now = rows["entry_week"], result.start + week - 1
        came = (entry >= max(result.start, now - FOLLOWED)) & (entry <= now) & (entry < last)
        here = rows[came & (rows["stage"] != NOT_YET) & (rows["left_week"] < 0)]
        passed = now - here["entry_week"]
        present += np.bincount(passed, minlength=FOLLOWED + 1)
        for name in sums:
            sums[name] += np.bincount(passed, of_each(here, name), FOLLOWED + 1)
    return {name: ratio(total, present) for name, total in sums.items()}


def bands_of(chosen: Lines, narrow: Lines, wide: Lines) -> Plain:
    """The mean over towns, and between what eight of ten lie; None where one has nobody.

    The narrow band tells how far chance alone takes towns from their mean: it lies round the mean
    of those that are chosen.
    """
    mean, one_set = np.array(chosen, float).mean(axis=0), np.array(narrow, float)
    low, high = np.quantile(one_set, BAND, axis=0) - one_set.mean(axis=0) + mean
    wide_low, wide_high = np.quantile(np.array(wide, float), BAND, axis=0)
    return {
        "mean": listed(mean), "low": listed(np.maximum(low, 0)), "high": listed(high),
        "wide_low": listed(wide_low), "wide_high": listed(wide_high),
    }  # fmt: skip


def listed(values: Iterable[float]) -> list[float | None]:
    """Numbers as JSON has them: None where there is none."""
    return [None if value != value else float(value) for value in values]


def end(
    now: Sequence[float | None], then: Sequence[float | None], *, over_sets: bool = False
) -> Plain:
    """An outcome in the last week: before, after, and the paired difference with its interval.

    The interval is that of `kring run`: of the mean over towns, or where 95% of the sets lie. None
    throughout where a town has nobody to tell it of.
    """
    if None in (*now, *then):
        return dict.fromkeys(("now", "then", "difference", "low", "high"))
    before, after = np.array(now, float), np.array(then, float)
    differences = after - before
    found = spread(differences, np.arange(len(differences)) if over_sets else None)
    return {
        "now": float(before.mean()), "then": float(after.mean()),
        "difference": float(differences.mean()), "low": found.low, "high": found.high,
    }  # fmt: skip


def fates(
    now: Sequence[Plain], then: Sequence[Plain], chosen: Callable[[Plain], np.ndarray]
) -> Plain:
    """Who ends with fewer, as many and more problems, each compared with him- or herself."""
    better = worse = n = 0
    for town, other in zip(now, then, strict=True):
        before, after = town["clients"], other["clients"]
        who = np.logical_and(before["here"], after["here"]) & chosen(before)
        change = np.subtract(after["problems"], before["problems"])[who]
        better, worse = better + int((change < 0).sum()), worse + int((change > 0).sum())
        n += len(change)
    whole = max(n, 1)
    return {
        "clients": n / len(now), "better": better / whole, "worse": worse / whole,
        "same": (n - better - worse) / whole,
    }  # fmt: skip


def paid(result: Result, counts: str, year: int) -> float:
    """What is paid in a year, counted from 0: EUR for each client who comes in a year."""
    books = result.municipal_sums[YEAR * year : YEAR * (year + 1)].sum(axis=0)
    return float(books @ what_counts(result.price_regular)[counts] / people_a_year(result))


def thinned(full: Plain) -> Plain:
    """A picture with few of its weeks, in four digits: small enough to lie in a page."""
    weeks = full["weeks"]
    every = next(n for n in range(1, weeks + 1) if weeks % n == 0 and weeks <= n * MOST_POINTS)

    def some(pair: Plain, first: int) -> Plain:
        return {
            who: {side: [shortened(v) for v in values[first::every]] for side, values in b.items()}
            for who, b in pair.items()
        }

    first = {"series": every - 1, "since": 0}
    parts = {
        part: {name: some(pair, at) for name, pair in full[part].items()}
        for part, at in first.items()
    }
    return full | parts | {"every": every}


def shortened(value: float | None) -> float | None:
    """A number in four digits."""
    return None if value is None else float(f"{value:.4g}")
