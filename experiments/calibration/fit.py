"""Fit the parameters of unknown strength on the rows with role 'calibrate', by a simple search.

Damped least squares (Levenberg 1944, Marquardt 1963) on the relative distances to the published
means. Every trial meets the same people with the same luck, so differences between trials are due
to the parameters alone. The town is smaller than Rotterdam and has more conference clients, for
means that 140 people would blur; the result is then judged on Rotterdam itself. Rows with role
'validate' have no say.

``python -m experiments.fit`` prints the values for `parameters.toml` and `towns.toml`.
"""

import argparse

import numpy as np
import pandas as pd
from tqdm import tqdm

from simulation.evidence import evidence
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.run import simulate
from simulation.survey import against_evidence, is_ordering, repeat_survey
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
    "only_helper",
    "strain_weeks",
    "need_per_level",
    "tie_kind",
    "distress_wears",
    "entry_peak",
    "worsening",
)
ANCHORS = ("E10", "E11")  # inputs that the town's mean problems are set by
PULL = 0.7  # what the figures leave open stays near the assumption
GAP = 0.6  # professional helpers by which WT should be above EKC for 45 people to show it
ROUTES = {"team": Policy.preset("wijkteam"), "conference": Policy.preset("eigen_kracht")}


def trial(values: np.ndarray, names: list[str], town: Town, seeds: range) -> pd.DataFrame:
    """Hold the study in towns with these values; one row a statistic."""
    chosen = {name: float(v) for name, v in zip(names, values, strict=True)}
    town = town.replace(**{k: v for k, v in chosen.items() if k in PEOPLE})
    strengths = {k: v for k, v in chosen.items() if k not in PEOPLE}
    parameters = Parameters.preset("fitted", **strengths)
    studies = [
        repeat_survey(
            simulate(town, ROUTES, seed=seed, parameters=parameters, keep=[52], episodes=False), 50
        )
        for seed in seeds
    ]
    return against_evidence(pd.concat(studies)).set_index("id")


def distances(table: pd.DataFrame) -> np.ndarray:
    """How far each row to be met is from the published figure, in steps of 5%."""
    rows = table[(table["role"] == "calibrate") | table.index.isin(ANCHORS)]
    out = []
    for identity, row in rows.iterrows():
        if is_ordering(identity):
            out.append(max(0.0, GAP - row["simulated"]) * 5)
        else:
            out.append(row["deviation"] / 0.05)
    return np.array(out)


def limits(names: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Ranges of the quantities."""
    notes = [(Town if name in PEOPLE else Parameters).note(name) for name in names]
    return np.array([n["low"] for n in notes], float), np.array([n["high"] for n in notes], float)


def search(town: Town, seeds: range, rounds: int) -> tuple[dict[str, float], pd.DataFrame]:
    """Search from the present fitted set; returns the best values and their table."""
    names = [*PEOPLE, *STRENGTHS]
    start = {**town.model_dump(), **Parameters.preset("fitted").model_dump()}
    x = np.array([start[name] for name in names])
    low, high = limits(names)
    scale = np.maximum(np.abs(x), 0.02 * (high - low))
    table = trial(x, names, town, seeds)
    best = np.append(distances(table), np.zeros_like(x))
    assumed = x.copy()
    damping = 1.0

    bar = tqdm(range(rounds), unit="round")
    for _ in bar:
        slopes = np.empty((len(best), len(x)))
        for i in range(len(x)):
            step = np.zeros_like(x)
            step[i] = 0.1 * scale[i] * (-1 if x[i] + 0.1 * scale[i] > high[i] else 1)
            there = np.append(
                distances(trial(x + step, names, town, seeds)), PULL * (x + step - assumed) / scale
            )
            slopes[:, i] = (there - best) / (step[i] / scale[i])
        for _ in range(4):
            normal = slopes.T @ slopes + damping * np.eye(len(x))
            move = -np.linalg.solve(normal, slopes.T @ best)
            candidate = np.clip(x + np.clip(move, -0.4, 0.4) * scale, low, high)
            there_table = trial(candidate, names, town, seeds)
            there = np.append(distances(there_table), PULL * (candidate - assumed) / scale)
            if there @ there < best @ best:
                x, best, table, damping = candidate, there, there_table, damping / 3
                break
            damping *= 4
        bar.set_postfix(distance=f"{best @ best:.2f}")
        tqdm.write(", ".join(f"{n} = {v:.4g}" for n, v in zip(names, x, strict=True)))
    return dict(zip(names, x, strict=True)), table


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


if __name__ == "__main__":
    main()
