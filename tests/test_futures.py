"""The middle of futures, and chance in it: drawn so that the truth is known."""

import numpy as np
import pandas as pd
import pytest

import kring
from kring.experiments.analyses.paired import over_futures

REPEATS, POINTS = 100, 40


def futures(design):
    study = {
        "weeks": 4, "outcomes": ["problems"], "parameters": {"preset": "fitted"},
        "policies": [{"name": "now"}, {"name": "more", "offer": 1}],
        "vary": {"design": design, "points": POINTS, "town": {"sick_leave": [0, 0.2]}},
    }  # fmt: skip
    if design == "morris":  # two points a path, and all in the same towns
        study |= {"seeds": 10, "vary": study["vary"] | {"points": POINTS // 2}}
    else:
        study |= {"seeds": 2}
    return kring.read_study(study)


@pytest.mark.parametrize("design", ["latin hypercube", "morris"])
def test_chance_of_the_middle_of_futures_counts_the_luck_of_their_towns(design):
    """A town adds the same to every future that is lived in it; each future adds its own."""
    if design == "morris":
        pytest.importorskip("SALib")
    plan = futures(design)
    runs = pd.DataFrame([plan.identity(run) for run in plan.runs])
    more, luck = (runs["policy"] == "more").to_numpy(), np.random.default_rng(4)
    future = np.random.default_rng(5).normal(size=len(plan.points))
    found = []
    for _ in range(REPEATS):
        town = luck.normal(scale=0.5, size=plan.all_seeds.stop)
        here = future[runs["point"]] + town[runs["seed"]] + luck.normal(scale=0.2, size=len(runs))
        table = over_futures(plan, runs.assign(problems=np.where(more, here, 0.0)))
        found.append(table[table["policy"] == "more"].iloc[0])
    middles = np.array([row["difference"] for row in found])
    chances = np.array([row["chance"] for row in found])
    held = np.abs(middles - middles.mean()) <= chances
    assert 0.92 <= held.mean() <= 0.99
    # As wide as the middle moves, and no wider than it has to be.
    assert chances.mean() == pytest.approx(2.1 * middles.std(), rel=0.25)
