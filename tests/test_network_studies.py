"""Studies of the routes, mechanisms, money and the country: what is read from their runs."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from kring.experiments.analyses.paired import by_seed, paired_table, sizes
from kring.experiments.casebook.mechanisms.reading import MechanismsReading
from kring.experiments.casebook.rotterdam.sums import band_of_means, who_entered
from kring.experiments.casebook.savings.reading import SavingsReading
from kring.experiments.casebook.savings.sums import jackknife
from kring.experiments.casebook.swap_routes.falls import split_table
from kring.experiments.casebook.vignettes.reading import VignettesReading
from kring.experiments.casebook.vignettes.sums import COMPONENTS, VIGNETTES
from kring.experiments.charts.lines import own_values
from kring.experiments.measures import measure
from kring.experiments.measures.long_tables import LONG_TABLES, PROVISION_COLUMNS
from kring.experiments.measures.money import three_measures
from kring.experiments.observations.interviews import repeat_survey
from kring.experiments.pipeline.run import run_study
from kring.experiments.reading.lines import lines
from kring.experiments.study.load import read_study
from kring.experiments.study.plan import Plan
from kring.experiments.study.settings import in_municipality
from kring.experiments.study.spec import PolicyTable
from kring.experiments.text.phrases import phrase
from kring.simulation.errors import KringError
from kring.simulation.evidence import figure
from kring.simulation.outcomes import MUNICIPAL_NAMES
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.run import simulate
from kring.simulation.spread import interval
from kring.simulation.survey import WAVES
from kring.simulation.town import Town
from tests.helpers import CONFERENCE, ROUTES, TEAM

PARTS = [*COMPONENTS, "team"]  # columns of the cases


def shipped(name: str, **changes) -> Plan:
    """A study of Kring's own, with other numbers."""
    return read_study(name).changed(**{"parameters": {"preset": "fitted"}, **changes})


def table(name: str, result, town: Town) -> pd.DataFrame:
    return LONG_TABLES[name].of(result, town)


def made_up(plan: Plan, value) -> pd.DataFrame:
    """Runs in which every outcome is `value(policy, point, seed)`."""
    rows = []
    for run in plan.runs:
        outcomes = value(run.policy, run.point, run.seed)
        if not isinstance(outcomes, dict):
            outcomes = dict.fromkeys(plan.outcomes, outcomes)
        policy = plan.policies[run.policy].name
        rows.append({"run": run.number, "policy": policy, "point": run.point, "seed": run.seed})
        rows[-1] |= outcomes
        if run.municipality >= 0:
            rows[-1]["municipality"] = run.municipality
    return pd.DataFrame(rows)


# Levers along a line


@pytest.mark.parametrize(
    ("name", "lever"),
    [
        ("time_for_mobilisation", "mobilisation_hours"),
        ("multi_problem_threshold", "multi_problem_threshold"),
    ],
)
def test_along_a_line_every_policy_is_compared_with_what_teams_do_now(name, lever):
    plan = shipped(name, seeds=2)
    now = getattr(TEAM, lever)
    factor = f"policy.{lever}"
    levels = plan.design.factors[factor]
    assert own_values(plan, factor) == [now]
    assert {getattr(levers, lever) for levers in plan.design.own} == {now}
    found = paired_table(plan, made_up(plan, lambda policy, point, seed: 10.0 * point + seed))
    gap = 10 * (found["point"] - levels.index(now))
    np.testing.assert_allclose(found["difference"], gap)
    spoken = [*lines(plan, {"differences": found})]
    assert len(spoken) == 1 + 2 * len(plan.policies)  # of each, the lowest and the highest value
    far, near = (phrase("policy", lever, value) for value in (max(levels), now))
    assert all(f", {far}, against {near}: " in line for line in spoken[2::2])


# Mechanisms and routes


def test_every_mechanism_with_a_switch_is_silenced_in_turn():
    plan = shipped("mechanisms")
    codes = ["nothing", *Parameters.mechanisms()]
    assert plan.design.factors["parameters.without"] == codes
    silent = [plan.setup(run).parameters for run in plan.runs if run.seed == 1]
    assert silent[0] == Parameters()
    assert silent[1:] == [Parameters().without(code) for code in Parameters.mechanisms()]


def test_a_contribution_is_the_change_when_the_mechanism_is_silent():
    plan = shipped("mechanisms", seeds=2, vary={"parameters": {"without": ["nothing", "M5"]}})
    runs = made_up(plan, lambda policy, point, seed: 3.0 * seed - 2 * point)
    differences = paired_table(plan, runs)
    found = MechanismsReading().tables(plan, {"differences": differences})["contributions"]
    assert set(found["without"]) == {"M5"}
    assert set(found["entrance"]) == {"team", "conference"}
    np.testing.assert_allclose(found[["change", "low", "high"]], -2)


def test_the_fall_is_that_of_those_who_came_by_the_route():
    town = Town(clients=200, conference_share=0.3)
    result = simulate(town, ROUTES, 60, seed=2, episodes=False)
    clients = result.clients
    fall = clients["problems_at_entry"] - clients["problems"]
    for route in ("team", "conference"):
        expected = fall[clients["entrance"] == route].mean()
        assert measure(f"fall_{route}").of(result) == pytest.approx(expected)
    nobody = simulate(town.replace(conference_share=0), TEAM, 10, episodes=False)
    assert np.isnan(measure("fall_conference").of(nobody))


def test_the_parts_of_the_difference_between_the_groups_add_up():
    falls = {  # policy -> fall of team clients, of conference clients
        "wijkteam": (2.0, 2.5),
        "conference, all accept": (2.6, 3.5),
        "natural recovery alone": (0.5, 0.7),
    }
    plan = shipped("swap_routes", seeds=3)

    def outcomes(policy: int, point: int, seed: int) -> dict[str, float]:
        team, conference = falls.get(plan.policies[policy].name, (0, 0))
        return {"fall_team": team + seed, "fall_conference": conference + seed, **others}

    others = dict.fromkeys(plan.outcomes[2:], 0.0)
    found = split_table(plan, made_up(plan, outcomes)).set_index("part")["problems"]
    assert found["observed difference"] == pytest.approx(3.5 - 2.0)
    assert found["natural recovery"] == pytest.approx(0.7 - 0.5)
    assert found["route"] == pytest.approx(((2.6 - 2.0) + (3.5 - 2.5)) / 2)
    parts = found[["route", "who entered", "natural recovery"]].sum()
    assert parts == pytest.approx(found["observed difference"])


def test_a_policy_that_a_reading_needs_is_named_where_it_is_not_there():
    plan = shipped("swap_routes", seeds=2)
    runs = made_up(plan, lambda policy, point, seed: 1.0).replace("wijkteam", "wijkteams")
    with pytest.raises(KringError, match="'wijkteam'; did you mean 'wijkteams'"):
        split_table(plan, runs)


# The study held in Rotterdam


def test_the_study_is_held_a_hundred_times_or_refused_where_nobody_can_be_asked():
    town = Town(clients=300, conference_share=0.2)
    result = simulate(town, ROUTES, WAVES[1], seed=3, keep=[WAVES[0]], episodes=False)
    pd.testing.assert_frame_equal(table("studies", result, town), repeat_survey(result, 100))
    empty = town.replace(conference_share=0)
    alone = simulate(empty, ROUTES, WAVES[1], seed=3, keep=[WAVES[0]], episodes=False)
    with pytest.raises(KringError, match="conference_share"):
        table("studies", alone, empty)
    short = simulate(town, ROUTES, 60, keep=[WAVES[0]], episodes=False)
    with pytest.raises(KringError, match="104 weeks"):
        table("studies", short, town)


def test_who_entered_and_how_they_spread_counts_every_client_once():
    towns = [Town(clients=n, conference_share=0.2) for n in (120, 60)]
    results = [simulate(t, ROUTES, WAVES[1], seed=5, episodes=False) for t in towns]
    pairs = list(zip(results, towns, strict=True))
    entrants = pd.concat([table("entrants", r, t).assign(run=i) for i, (r, t) in enumerate(pairs)])
    found = who_entered(entrants, towns=2).set_index("entrance")
    assert found["clients_a_year"].sum() == (120 + 60) / 2
    everybody = pd.concat([r.clients for r in results])
    for entrance, part in everybody.groupby("entrance", observed=True):
        expected = part["problems_at_entry"].mean()
        assert found.loc[entrance, "problems_at_entry"] == pytest.approx(expected)
    spread = table("spread", *pairs[0])
    counts = spread.filter(like="with_")
    mean = counts.to_numpy() @ np.arange(counts.shape[1]) / np.maximum(counts.sum(axis=1), 1)
    weekly = results[0].weekly_by_entrance.set_index(["week", "entrance"])["problems"]
    order = pd.MultiIndex.from_frame(spread[["week", "entrance"]])
    there = counts.sum(axis=1).to_numpy() > 0
    np.testing.assert_allclose(mean[there], weekly.loc[order].to_numpy()[there])


def test_before_anybody_has_entered_there_is_no_band():
    luck = np.random.default_rng(1)
    assert np.isnan(band_of_means(np.zeros(14), luck)).all()
    assert band_of_means(np.eye(14)[3], luck) == (3, 3)


# Money


def test_a_saving_is_cash_and_hours_that_are_still_paid_are_none():
    """Half of the clients a year; 100 EUR invested for each, 30 saved on agencies, two years."""
    plan = shipped("savings", seeds=2, weeks=104, town={"clients": 100, "entry_weeks": 104})
    plan = plan.changed(policies=plan.source["policies"][:2])
    runs = made_up(plan, lambda policy, point, seed: 0.0)
    books = runs.loc[runs.index.repeat(2), ["run"]].assign(year=[1, 2] * len(runs))
    books = books.assign(**dict.fromkeys([*MUNICIPAL_NAMES], 0.0))
    with_it = books["run"].isin(runs.loc[runs["policy"] != "wijkteam", "run"])
    books["staff_cost"], books["hours_paid"], books["hours_here"] = 9000.0, 90.0, 80.0
    books["given_guidance"] = 60 - 10.0 * with_it
    books["spent_guidance"] = 100 * books["given_guidance"]
    books["spent_specialist"] = 50 * (200.0 - 50 * with_it)
    books["spent_conference"] = 50 * 100.0 * with_it
    books = books.join(three_measures(books, price_regular=60))
    found = SavingsReading().tables(plan, {"runs": runs, "books": books})
    every = found["returns"].set_index("year")
    np.testing.assert_allclose(every["returns"], 0.3)
    np.testing.assert_allclose(every["net"], -70)  # of a client, be it in a year or in both
    paid = found["payers"].groupby("payer", sort=False)["difference"].last()
    assert dict(paid.round(6)) == {"municipality": 70, "insurer": -20, "state": 0}
    freed = found["time"].set_index("measure")["difference"]
    assert dict(freed.round(6)) == {"free_hours": 0.2, "free_worth": 20}


def test_returns_have_an_interval_only_where_every_town_invested():
    quotient, low, high = jackknife(np.array([2.0, 4, 6]), np.array([1.0, 2, 3]))
    assert (quotient, low, high) == pytest.approx((2, 2, 2))
    quotient, low, high = jackknife(np.array([2.0, 5, 6]), np.array([1.0, 2, 3]))
    assert low < quotient < high
    assert np.isnan(jackknife(np.ones(3), np.array([1.0, 0, 1]))).all()


def test_the_components_of_a_case_are_what_was_spent_and_a_first_year_of_what_lasts():
    town = Town(clients=400, entry_weeks=4, conference_share=0)
    for policy in (TEAM, CONFERENCE.replace(uptake=1)):
        result = simulate(town, policy, 56, seed=3)
        cases = table("cases", result, town)
        spent = result.clients["cost"].to_numpy()
        placed = cases["weeks_of_care"].to_numpy() > 0
        parts = cases[PARTS].sum(axis=1).to_numpy()
        lasts = placed | cases[[f"has_{name}" for name in PROVISION_COLUMNS]].any(axis=1).to_numpy()
        assert 0 < placed.sum() < lasts.sum() < len(cases)
        np.testing.assert_allclose(parts[~lasts], spent[~lasts], atol=1e-6)
        assert (parts[lasts] >= spent[lasts] - 1e-6).all()
        assert (cases[["agencies", "team"]] > -1e-6).all(axis=None)
        booked = result.municipality["spent_specialist"].sum()
        assert 0 < cases["agencies"].sum() == pytest.approx(booked)


def case(had=(), **what) -> dict:
    """A case of both policies in which nothing was the matter, changed."""
    names = ["children", *(f"had_{n}" for n in
             ("daily_living", "finances", "mental_health", "domestic_relations", "parenting",
              "youth"))]  # fmt: skip
    before = dict.fromkeys([f"{name}_before" for name in names], False)
    has = [f"has_{name}_{when}" for name in PROVISION_COLUMNS for when in ("before", "after")]
    before |= dict.fromkeys(has, False)
    weeks = {"weeks_of_care_before": 0.0, "weeks_of_care_after": 0.0}
    return before | weeks | {f"{name}_before": True for name in had} | what


def test_a_vignette_is_about_those_it_describes():
    adult = ["had_mental_health", "had_finances"]
    divorce = ["had_domestic_relations", "had_youth", "children"]
    helped, papers = {"has_household_help_before": True}, {"has_administration_after": True}
    guided = {"has_family_guidance_before": True}
    cases = pd.DataFrame(
        [
            case(weeks_of_care_before=9),
            case(weeks_of_care_before=9, weeks_of_care_after=1),
            case(had=adult, **helped),
            case(had=[*adult, "children"], **helped),
            case(had=adult),
            case(had=divorce, **guided),
            case(had=divorce, **guided, has_family_guidance_after=True),
            case(had=divorce, **guided, weeks_of_care_after=3),
            case(had=adult, **helped, **papers),
        ]
    )
    meant = {v.evidence: list(np.flatnonzero(v.applies(cases))) for v in VIGNETTES}
    assert meant == {"E33": [0], "E34": [2], "E35": [5]}


def test_a_vignette_sets_the_same_client_of_the_same_town_side_by_side():
    plan = shipped("vignettes", seeds=2)
    runs = made_up(plan, lambda policy, point, seed: 0.0)
    rows = []
    for run, policy, seed in runs[["run", "policy", "seed"]].itertuples(index=False):
        helped = policy == plan.policies[1].name
        for client in range(3):
            cost = 1000.0 * seed + 100 * client + (0 if helped else 40 + client)
            rows.append(
                {"run": run, "client": client, "network_help": 0.9 if client else 0.1}
                | {n.removesuffix("_before"): v for n, v in case().items() if "before" in n}
                | {"had_mental_health": True, "has_administration": not helped}
                | dict.fromkeys(PARTS, 0.0)
                | {"agencies": cost}
            )
    found = VignettesReading().tables(plan, {"runs": runs, "cases": pd.DataFrame(rows)})
    found = found["vignettes"]
    net = found[found["component"] == "net saving"].set_index("vignette")
    assert list(net["cases"]) == [0, 4, 0]  # clients 1 and 2, whose network helped, in two towns
    assert net.loc["E34", "eur"] == pytest.approx(41.5)
    assert net.loc["E34", "published"] == figure("E34")


def test_the_interval_over_towns_is_student_s():
    cases = np.random.default_rng(1).normal(100, 20, 40)
    alone = interval(cases)
    usual = stats.t.interval(0.95, 39, cases.mean(), stats.sem(cases))
    assert alone == pytest.approx((cases.mean(), *usual), rel=1e-4)


# A country


COUNTRY = {"country": {"municipalities": 5, "clients": 400}, "seeds": 2}


def test_staff_counts_against_each_municipalitys_own_and_a_preset_counts_too():
    own = TEAM.replace(staffing=1.3, outreach=0.7, agencies=0.8)
    assert in_municipality(own, PolicyTable(name="now"), {}) == own
    less = in_municipality(own, PolicyTable(name="less", staffing=0.5), {})
    assert less == own.replace(staffing=0.65)
    offered = in_municipality(own, PolicyTable(name="ekc", preset="eigen_kracht", offer=0.5), {})
    assert (offered.staffing, offered.outreach, offered.agencies) == (1.3, 0.7, 0.8)
    assert offered.offer == 0.5
    assert offered.mobilisation_hours == Policy.preset("eigen_kracht").mobilisation_hours


def test_of_a_country_means_are_over_clients_that_have_a_value():
    plan = shipped("national_poll", **COUNTRY)
    runs = made_up(plan, lambda policy, point, seed: 0.0)
    runs["alone"] = runs["municipality"].astype(float)
    runs["cases"] = np.where(runs["municipality"] == 0, np.nan, runs["alone"])
    clients = sizes(plan)
    assert clients["clients"].nunique() > 1
    found = by_seed(runs, plan)[0, 0]
    for seed, part in clients.groupby("seed"):
        weights = part["clients"].to_numpy(float)
        assert found.loc[seed, "alone"] == pytest.approx(np.average(range(5), weights=weights))
        expected = np.average(range(1, 5), weights=weights[1:])
        assert found.loc[seed, "cases"] == pytest.approx(expected)


def test_the_poll_of_a_small_country_is_read_whole(tmp_path):
    result = run_study(shipped("national_poll", **COUNTRY, weeks=60), tmp_path / "poll")
    assert result.failed == 0
    asked, goals = result.tables["municipalities"], result.tables["goals"]
    assert len(asked) == 5 * 2 * len(shipped("national_poll").policies)
    closed = asked[asked["policy"] == "entrance by referral only"]
    assert (closed["outreach_wanted"] == 0).all()
    wide = goals.pivot(index=["policy", "goal"], columns="bounds", values="share")
    assert (wide["strict"] <= wide["usual"]).all() and (wide["usual"] <= wide["lenient"]).all()
    assert (tmp_path / "poll" / "national_poll_nl.png").is_file()
