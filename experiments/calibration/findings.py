"""Findings: what a calibration tells, in numbers. Each is a table."""

import itertools
from collections.abc import Sequence

import numpy as np
import pandas as pd

from kring.experiments.analyses.sensitivity.rank_correlation import partial
from kring.experiments.calibration.emulator import Emulator
from kring.experiments.calibration.ensemble import Kept
from kring.experiments.calibration.implausibility import MEETS, implausibility
from kring.experiments.calibration.region import LAST_STEPS, stepped
from kring.experiments.calibration.unknowns import placed
from kring.experiments.calibration.waves import Waves
from kring.experiments.observations import ROWS, Row

WALKERS = 1000  # at most, that look how wide the part that meets all rows is
WITHIN = (2.5, 50, 97.5)  # percent
NEAREST = 50  # sets that stand for the model where none meets all rows
WIDER = 1.15  # times as wide, without a row: it is that row which narrows the quantity


def near(waves: Waves, kept: Kept | None) -> pd.DataFrame:
    """What was measured of the sets that are kept; of the nearest, where none is."""
    if kept:
        return kept.found
    return waves.found.iloc[np.argsort(waves.worst)[:NEAREST]]


def rows_met(waves: Waves, kept: Kept | None) -> pd.DataFrame:
    """Each row beside what the kept sets give, those that had no say as well.

    Returns
    -------
    DataFrame
        ``id, published, sampling, discrepancy, chance, low, median, high, off, met, had_say``:
        three standard deviations, where 95% of the sets lie, how far the median set is off, and
        the share of sets that meet the row.
    """
    found = near(waves, kept)
    said = {row.id: row for row in waves.rows}
    silent = {i: row for i, row in ROWS.items() if i in found and i not in said}
    chance = dict(zip(said, np.sqrt(waves.chance), strict=True))
    table = []
    for identity, row in {**said, **silent}.items():
        values = found[identity].to_numpy()
        if np.isnan(row.value) or np.isnan(values).all():
            continue
        low, median, high = np.nanpercentile(values, WITHIN)
        off = implausibility([row], np.append(values, median)[:, None])[:, 0]
        table.append(
            {
                "id": identity, "published": row.value, "ordering": row.ordering,
                "sampling": row.sd, "discrepancy": row.discrepancy,
                "chance": chance.get(identity, np.nan), "low": low, "median": median, "high": high,
                "off": off[-1], "met": (off[:-1] <= MEETS).mean(), "had_say": identity in said,
            }
        )  # fmt: skip
    return pd.DataFrame(table)


def narrowed(waves: Waves, kept: Kept, emulator: Emulator) -> pd.DataFrame:
    """How far each quantity is narrowed down, and by which row most.

    A row is left out, and the sets walk on in the emulator: what widens was held by that row.

    Returns
    -------
    DataFrame
        ``name, low, high, least, most, width, by, wider``: the prior, where 95% of the kept sets
        lie, its width as part of the prior's, the row, and how many times as wide without it.
    """
    widths = spans(placed(waves.unknown, kept.sets))
    luck = waves.luck(5)
    start = placed(waves.unknown, kept.sets)
    start = start[luck.integers(len(start), size=min(WALKERS, 50 * len(start)))]

    def without(row: int | None) -> np.ndarray:
        others = [i for i in range(len(waves.rows)) if i != row]

        def score(places: np.ndarray) -> np.ndarray:
            worst: np.ndarray = emulator.each(places, waves.chance)[:, others].max(axis=1)
            return worst

        places, scores = start, score(start)
        for _ in range(LAST_STEPS):
            places, scores = stepped(score, places, scores, MEETS, luck)
        return spans(places)

    wider = np.array([without(row) for row in range(len(waves.rows))]) / without(None)
    by = wider.argmax(axis=0)
    return pd.DataFrame(
        [
            {
                "name": one.name, "low": one.low, "high": one.high,
                "least": np.percentile(kept.sets[one.name], WITHIN[0]),
                "most": np.percentile(kept.sets[one.name], WITHIN[2]),
                "width": widths[i],
                "by": waves.rows[by[i]].id if wider[by[i], i] > WIDER else "",
                "wider": wider[by[i], i],
            }
            for i, one in enumerate(waves.unknown)
        ]
    ).sort_values("width")  # fmt: skip


def spans(places: np.ndarray) -> np.ndarray:
    """Width of 95% of sets, as part of that of the prior, by quantity."""
    low, _, high = np.percentile(places, WITHIN, axis=0)
    return np.asarray((high - low) / 0.95)


def not_together(waves: Waves) -> pd.DataFrame:
    """Rows that no simulated set meets: alone, two together, or with all others met.

    Returns
    -------
    DataFrame
        ``rows, off, how``: one row or two, by how much the best set is off in the worse, and
        ``alone``, ``together`` or ``with all others``.
    """
    each = implausibility(waves.rows, waves.simulated, waves.chance)
    ids = [row.id for row in waves.rows]
    found = [(ids[i], each[:, i].min(), "alone") for i in range(len(ids))]
    alone = {name for name, off, _ in found if off > MEETS}
    for i, j in itertools.combinations(range(len(ids)), 2):
        if not alone & {ids[i], ids[j]}:
            both = np.maximum(each[:, i], each[:, j]).min()
            found.append((f"{ids[i]} {ids[j]}", both, "together"))
    if each.max(axis=1).min() > MEETS:
        for i, name in enumerate(ids):
            others = np.delete(each, i, axis=1).max(axis=1)
            found.append((name, each[others.argmin(), i], "with all others"))
    table = pd.DataFrame(found, columns=["rows", "off", "how"])
    return table[table["off"] > MEETS].sort_values("off", ascending=False)


def value_of_information(kept: Kept, rows: Sequence[Row]) -> pd.DataFrame:
    """By how much each answer would narrow, if a row were observed once more as it was before.

    The spread of an answer over the sets that goes with the row, as far as the study's own errors
    leave it to be seen (a linear preposterior analysis).

    Returns
    -------
    DataFrame
        ``row, answer, narrower``: part of the width of the 95% range that would go.
    """
    found = []
    for row, answer in itertools.product(rows, kept.answers):
        x, y = kept.found[row.id], kept.answers[answer]
        known = x.notna() & y.notna()
        spread = x[known].var()
        if known.sum() < NEAREST or not spread or np.isnan(row.sd):
            continue
        seen = spread / (spread + row.sd**2 + row.discrepancy**2)
        explained = np.corrcoef(x[known], y[known])[0, 1] ** 2 * seen
        found.append((row.id, answer, 1 - np.sqrt(1 - explained)))
    table = pd.DataFrame(found, columns=["row", "answer", "narrower"])
    return table.sort_values(["answer", "narrower"], ascending=[True, False])


def depends_on(kept: Kept) -> pd.DataFrame:
    """Which quantities each answer goes with over the kept sets: partial rank correlations.

    Returns
    -------
    DataFrame
        ``answer, name, correlation``, strongest first.
    """
    found = []
    for answer in kept.answers:
        table = pd.concat([kept.sets, kept.answers[answer]], axis=1)
        if len(table) <= 2 * table.shape[1]:
            table = table.rank()
            strength = table.corr()[answer].drop(answer).to_numpy()
        else:
            strength = partial(table.rank().to_numpy())
        found += [(answer, name, r) for name, r in zip(kept.sets, strength, strict=True)]
    every = pd.DataFrame(found, columns=["answer", "name", "correlation"])
    return every.sort_values("correlation", key=np.abs, ascending=False)
