"""Fit the parameters of unknown strength on the rows with role 'calibrate', by least squares.

A bounded trust region (Branch, Coleman and Li 1999, as scipy has it) on the relative distances to
the published means. Every trial meets the same people with the same luck, so differences between
trials are due to the parameters alone. The town is smaller than Rotterdam and has more conference
clients, for means that 140 people would blur; the result is then judged on Rotterdam itself. Rows
with role 'validate' have no say.

``python -m experiments.calibration`` prints the values for `parameters.toml` and `towns.toml`.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.optimize import least_squares
from tqdm import tqdm

from experiments.observations.interviews import repeat_survey
from experiments.observations.rows import ROWS
from experiments.observations.table import against_evidence
from simulation.evidence import evidence
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.run import simulate
from simulation.town import Town

PEOPLE = ("problems_team", "problems_conference")
STRENGTHS = (
    "named_at_once",
    "found_by_search",
    "time_gate",
    "brings_along",
    "willing",
    "closeness_helps",
    "comes_when_invited",
    "crowding_out",
    "overload",
    "plan_bond",
    "steps_in",
    "plan_needs",
    "professional_effect",
    "network_effect",
    "lasting_recovery",
    "only_supporter",
    "strain_weeks",
    "need_per_level",
    "tie_kind",
    "distress_wears",
    "entry_peak",
    "worsening",
)
ANCHORS = ("E10", "E11")  # inputs that the town's mean problems are set by
PULL = 0.7  # what the figures leave open stays near the assumption
STEP = 0.1  # of a value, by which its slope is measured: less would drown in whole persons
GAP = 0.6  # professional helpers by which WT should be above EKC for 45 people to show it
ROUTES = {"team": Policy.preset("wijkteam"), "conference": Policy.preset("eigen_kracht")}


class Unknown(NamedTuple):
    """A quantity to be fitted: its name, the value assumed for it, and its range."""

    name: str
    assumed: float
    low: float
    high: float

    @property
    def scale(self) -> float:
        """What counts as a large change."""
        return max(abs(self.assumed), 0.02 * (self.high - self.low))


def unknown(name: str, assumed: float) -> Unknown:
    """A quantity of the town or of the mechanisms, within the range that it declares."""
    note = (Town if name in PEOPLE else Parameters).note(name)
    return Unknown(name, assumed, note["low"], note["high"])


def trial(values: Mapping[str, float], town: Town, seeds: range) -> pd.DataFrame:
    """Hold the survey in towns with these values; one row a statistic."""
    town = town.replace(**{k: v for k, v in values.items() if k in PEOPLE})
    strengths = {k: v for k, v in values.items() if k not in PEOPLE}
    parameters = Parameters.preset("fitted", **strengths)
    surveys = [
        repeat_survey(
            simulate(town, ROUTES, seed=seed, parameters=parameters, keep=[52], episodes=False), 50
        )
        for seed in seeds
    ]
    return against_evidence(pd.concat(surveys)).set_index("id")


def distances(table: pd.DataFrame) -> np.ndarray:
    """How far each row to be met is from the published figure, in steps of 5%."""
    rows = table[(table["role"] == "calibrate") | table.index.isin(ANCHORS)]
    out = []
    for identity, row in rows.iterrows():
        if ROWS[identity].ordering:
            out.append(max(0.0, GAP - row["simulated"]) * 5)
        else:
            out.append(row["deviation"] / 0.05)
    return np.array(out)


def fit(
    unknowns: Sequence[Unknown],
    distances_of: Callable[[Mapping[str, float]], np.ndarray],
    rounds: int,
    pull: float = PULL,
) -> dict[str, float]:
    """Find the values that bring the distances nearest to zero.

    Parameters
    ----------
    unknowns : sequence of Unknown
        What to fit; the search starts from the assumed values.
    distances_of : callable
        Tells for values by name how far each figure is off; the same values, the same answer.
    rounds : int
        Number of steps at most; each takes a trial, and one more for every unknown.
    pull : float
        Weight of an unknown's distance to its assumed value, in units of its scale.

    Returns
    -------
    dict of str to float
        The best values met.
    """
    assumed = np.array([one.assumed for one in unknowns])
    scale = np.array([one.scale for one in unknowns])
    best = np.inf
    bar = tqdm(total=rounds * (len(unknowns) + 1), unit="trial")

    def named(place: np.ndarray) -> dict[str, float]:
        values = assumed + (place - 1) * scale
        return {
            one.name: float(np.clip(value, one.low, one.high))
            for one, value in zip(unknowns, values, strict=True)
        }

    def residuals(place: np.ndarray) -> np.ndarray:
        nonlocal best
        values = named(place)
        found = np.append(distances_of(values), pull * (place - 1))
        bar.update()
        if found @ found < best:
            best = float(found @ found)
            bar.set_postfix(distance=f"{best:.2f}")
            tqdm.write(", ".join(f"{name} = {value:.4g}" for name, value in values.items()))
        return found

    # An unknown's place is 1 at its assumed value: a step in it is a step in proportion.
    bounds = np.array([(one.low, one.high) for one in unknowns]).T
    with bar:
        found = least_squares(
            residuals,
            np.ones(len(unknowns)),
            bounds=1 + (bounds - assumed) / scale,
            diff_step=STEP,
            max_nfev=rounds,
        )
    return named(found.x)


def search(town: Town, seeds: range, rounds: int) -> tuple[dict[str, float], pd.DataFrame]:
    """Search from the present fitted set; returns the best values and their table."""
    start = {**town.model_dump(), **Parameters.preset("fitted").model_dump()}
    unknowns = [unknown(name, start[name]) for name in (*PEOPLE, *STRENGTHS)]
    values = fit(unknowns, lambda values: distances(trial(values, town, seeds)), rounds)
    return values, trial(values, town, seeds)


def main() -> None:
    """Search and print what to put into the data files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--clients", type=int, default=2800)
    parser.add_argument("--seeds", type=int, default=2)
    given = parser.parse_args()
    town = Town.preset("rotterdam", clients=given.clients, conference_share=0.2)
    values, table = search(town, range(1, given.seeds + 1), given.rounds)
    for name, value in values.items():
        print(f"{name} = {value:.4g}")
    calibrated = table.index.isin(evidence().query("role == 'calibrate'").index)
    print(table[calibrated | table.index.isin(ANCHORS)].round(3).to_string())
