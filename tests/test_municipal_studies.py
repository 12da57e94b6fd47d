"""The studies of the municipality: files in two languages, and what is read from their runs."""

import re
from itertools import product
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from kring.experiments.casebook.integral_teams.costs import INTEGRAL
from kring.experiments.casebook.integral_teams.reading import IntegralTeamsReading
from kring.experiments.casebook.outside_guidance.reading import OutsideGuidanceReading
from kring.experiments.casebook.self_reliance.reading import SelfRelianceReading
from kring.experiments.measures import MEASURES, measure
from kring.experiments.measures.municipal import GROUPS, members
from kring.experiments.study.files import shipped
from kring.experiments.study.load import read_study
from kring.simulation import episodes
from kring.simulation.behaviour.problem import ABLE
from kring.simulation.evidence import figure
from kring.simulation.rows import EPISODE, empty_rows
from kring.simulation.run import simulate
from kring.simulation.world import settle
from tests.effects import PLACE
from tests.helpers import TEAM

CODE = re.compile(r"\b[EM]\d+\b")
ASKED = {"all": {}, "told apart": {"self_reliance_told_apart": 1}}


@pytest.mark.parametrize("name", shipped())
def test_a_study_of_kring_itself_can_be_read_in_english_and_in_dutch(name):
    plan = read_study(name)
    assert plan.question.en.endswith("?")
    assert plan.question.nl.endswith("?")
    assert all(policy.label.nl for policy in plan.policies)
    assert set(CODE.findall(plan.literature.en)) == set(CODE.findall(plan.literature.nl))


def test_outreach_is_that_of_the_years_it_is_named_after():
    levers = {policy.name: policy.changes.given for policy in read_study("entrance").policies}
    assert levers["outreach as in 2017"] == {"outreach": figure("E38")}
    assert levers["outreach as in 2019"] == {"outreach": figure("E39")}


def happened(*what):
    """Episodes of a client with a problem: kind, client and domain, in order of time."""
    rows = empty_rows(EPISODE, len(what))
    for i, (kind, client, domain) in enumerate(what):
        rows[i].week, rows[i].kind, rows[i].client, rows[i].detail = i, kind, client, domain
    return SimpleNamespace(episode_rows=rows)


def test_a_problem_comes_back_only_to_whom_and_where_it_was_solved_before():
    came, solved = episodes.PROBLEM_CAME, episodes.PROBLEM_SOLVED
    came_back = measure("came_back")
    assert came_back.episodes
    assert came_back.of(happened((solved, 1, 4), (came, 1, 4))) == 1
    assert came_back.of(happened((came, 1, 4), (solved, 1, 4))) == 0
    assert came_back.of(happened((solved, 1, 4), (came, 1, 5), (came, 2, 4))) == 0
    assert came_back.of(happened((solved, 1, 4), (solved, 2, 4), (came, 2, 4))) == 0.5


@pytest.mark.parametrize("levers", ASKED.values(), ids=ASKED)
def test_groups_of_self_reliance_are_as_people_came_whatever_is_asked_of_them(levers):
    town = PLACE.replace(clients=300)
    policy = TEAM.replace(self_reliance_asked=1, **levers)
    result = simulate(town, policy, 120, seed=1, threads=1)
    as_drawn = settle(town, result.parameters, 1).clients
    here = result.client_rows["stage"] > 0
    can, did = as_drawn["self_reliance"] >= ABLE, as_drawn["does"]
    expected = {"could": can & ~did, "does": can & did, "cannot": ~can}
    assert (result.client_rows["does"] != did).any()  # some began, and are not counted as before
    for group in GROUPS:
        assert set(members(result, group)["id"]) == set(np.flatnonzero(expected[group] & here))


def test_who_cannot_is_asked_in_vain_unless_people_are_told_apart():
    town = PLACE.replace(clients=300)
    shares = [
        MEASURES["asked_in_vain"].of(
            simulate(town, TEAM.replace(self_reliance_asked=1, **levers), 120, threads=1)
        )
        for levers in ASKED.values()
    ]
    assert shares[0] > 0.5
    assert shares[1] == 0


def differences(plan, **values):
    """A table of differences: 0.5 and no change, but for some outcomes of the last policy."""
    rows = pd.DataFrame(
        list(product([policy.name for policy in plan.policies], plan.outcomes)),
        columns=["policy", "outcome"],
    )
    rows = rows.assign(value=0.5, difference=0.0, low=-0.1, high=0.1)
    for outcome, change in values.items():
        last = (rows["policy"] == plan.policies[-1].name) & (rows["outcome"] == outcome)
        rows.loc[last, ["value", "difference", "low", "high"]] = change
    return {"differences": rows}


def test_the_reading_of_self_reliance_says_for_whom_problems_are_more_or_fewer():
    plan = read_study("self_reliance")
    found = differences(
        plan, problems_could=(2, 1, 0.5, 1.5), problems_cannot=(2, -1, -1.5, -0.5),
        asked_in_vain=(0.25, 0, 0, 0),
    )  # fmt: skip
    *_, before, last = SelfRelianceReading().lines(plan, found)
    assert before.count("perhaps as many for who") == 3
    assert last.startswith(
        "- asked of all, half told apart: more for who could, didn't; perhaps as many for who "
        "could and did; fewer for who can't."
    )
    assert last.endswith("50% began to; of those who can't 25% were asked all the same.")


def test_the_reading_of_outside_guidance_says_who_waits():
    plan = read_study("outside_guidance")
    found = differences(plan, awaits_coordinator=(0.07, 0, 0, 0))
    *_, last = OutsideGuidanceReading().lines(plan, found)
    assert "offered to all 50%" in last
    assert last.endswith("from 5, ample: 60 hours per 100 clients 7%.")


@pytest.mark.parametrize(("cost", "place"), [(75, "within"), (90, "outside")])
def test_the_cost_of_integral_teams_stands_beside_the_published_one(cost, place):
    plan = read_study("integral_teams")
    costs = {policy.name: 100.0 for policy in plan.policies} | {INTEGRAL: cost}
    runs = pd.DataFrame(
        [
            {"policy": name, "seed": seed, "cost": 2 * cost + seed, "cost_families": cost + seed}
            for name, cost in costs.items()
            for seed in (-1, 0, 1)
        ]
    )
    found = {**differences(plan), "runs": runs}
    found |= IntegralTeamsReading().tables(plan, found)
    integral = found["relative_costs"].set_index(["policy", "who"]).loc[INTEGRAL]
    assert integral["value"].to_numpy() == pytest.approx([cost / 100 - 1] * 2, abs=1e-3)
    everybody, families = list(IntegralTeamsReading().lines(plan, found))[-2:]
    assert "published" not in everybody
    assert f"published -25% (E41), a misfit of {cost - 75:+d} points" in families
    assert families.endswith(f"the published figure {place} the interval.")
