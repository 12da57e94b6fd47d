"""A municipality of one's own: told in its own words, checked against itself, lived as it is."""

import pandas as pd
import pytest

from kring.experiments.analyses.levers import Levers
from kring.experiments.analyses.levers.numbers import IDLE, OTHERWISE
from kring.experiments.analyses.municipality.words import clash_text
from kring.experiments.analyses.totals import Totals
from kring.experiments.analyses.totals.words import amounts
from kring.experiments.municipality.figures import figures
from kring.experiments.municipality.search import Made, Size, Today, make
from kring.experiments.municipality.together import clashes
from kring.experiments.pipeline import own_municipality
from kring.experiments.pipeline.own_municipality import seen, with_its_town
from kring.experiments.pipeline.preview import preview
from kring.experiments.reading.base import differences
from kring.experiments.study.files import find
from kring.experiments.study.idle import RULES, Place
from kring.experiments.study.load import load, plan_of
from kring.simulation.errors import KringError
from kring.simulation.own_municipality import OwnMunicipality
from kring.simulation.parameters import Parameters
from kring.simulation.people import log_odds_of_problems
from kring.simulation.policy import Policy
from kring.simulation.run import run_in, simulate
from kring.simulation.selected import share_with_problems
from kring.simulation.town import Town
from kring.simulation.world import at_pace, settle

OURS = {"inhabitants": 90_000, "clients_a_year": 900, "teams": 5, "fte": 28, "weeks_wait": 6}
SMALL = Size(teams=1, sets=1, shown=2, steps=1)
QUESTION_5 = "our_municipality"


SHORT = {"weeks_before": 156}  # of a past


def today(**told):
    return Today.of(OwnMunicipality(**told))._replace(others=SHORT)


def small(told):
    return make(today(**told), SMALL)


def study(**more):
    keys = {"municipality": OURS, "weeks": 104, "policies": [{"name": "today"}], "town": SHORT}
    return plan_of(keys | more)


def test_only_clients_a_year_and_fte_have_to_be_told():
    assert OwnMunicipality(clients_a_year=900, fte=28).town().clients == 900
    for less in ({"fte": 28}, {"clients_a_year": 900}):
        with pytest.raises(KringError, match="a municipality needs"):
            OwnMunicipality(**less)


@pytest.mark.parametrize("fte", [14, 28, 40])
def test_the_teams_have_the_fte_that_were_told(fte):
    """Whatever the hours of a full-time worker are."""
    town = OwnMunicipality(**{**OURS, "fte": fte, "client_hours": 24}).town()
    workers = settle(town, Parameters(), 1).professionals
    paid = workers.hours[workers.role == 0].sum()
    assert paid / 24 == pytest.approx(fte, rel=0.02)


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"clients_a_year": 900, "ftes": 28}, "did you mean 'fte'"),
        ({"clients_a_year": 900, "fte": "28"}, "a number is wanted"),
        ({"clients_a_year": 900, "fte": 600}, "a full-time worker for each 1.5 clients"),
        ({"clients_a_year": 900, "fte": 28, "sick_leave": 6}, "from 0 to 0.5"),
    ],
)
def test_what_cannot_be_told_is_one_line_with_its_key(told, message):
    with pytest.raises(KringError, match=message):
        plan_of({"municipality": told, "policies": [{"name": "today"}]})


def test_a_municipality_is_no_town_and_no_country_besides():
    for other in ({"town": {"preset": "rotterdam"}}, {"country": {}}, {"pieces": 2}):
        with pytest.raises(KringError, match="leave"):
            study(**other)


CLASHES = [
    ({}, "a case is open 29.1 weeks at most"),
    ({"open_cases": 400, "caseload": 20}, "400 open cases are 14.3 for each FTE, not 20"),
    ({"open_cases": 700}, "more than the 504"),
    ({"open_cases": 400, "closed_within_a_year": 0.4}, "you say 40%"),
    ({"waiting": 20}, "a wait of 1.16 weeks; you say 6"),
    ({"hours_a_case": 90}, "A client takes 90 hours"),
    ({"conferences_a_year": 1000}, "more than the 900 clients"),
    ({"conferences_a_year": 100, "coordinator_hours": 10}, "take 65.2 hours of coordinators"),
    ({"inhabitants": 5000}, "18% of the inhabitants"),
]


@pytest.mark.parametrize(("more", "sentence"), CLASHES)
def test_figures_that_cannot_go_together_are_named(more, sentence):
    own = OwnMunicipality(**{**OURS, **more})
    assert any(sentence in clash_text(clash) for clash in clashes(own, Policy()))


def test_figures_that_go_together_are_left_alone():
    own = OwnMunicipality(clients_a_year=900, fte=40, open_cases=600, caseload=15)
    assert not list(clashes(own, Policy()))


def test_a_case_that_stays_open_longer_keeps_more_cases_open():
    """The pace is the town's: the strengths, and so the set, are the same."""
    usual, slow = (
        simulate(Town(clients=300, entry_weeks=104, case_length=length), "wijkteam", 104, 3)
        for length in (1, 2)
    )
    assert slow.municipality["cases"].iloc[-1] > usual.municipality["cases"].iloc[-1]
    assert at_pace(Parameters(), 1, 1) == Parameters().record()


@pytest.fixture(scope="module", params=[14, 22])
def stands(request):
    """One team as it runs today, with these FTE for as many clients."""
    own = OwnMunicipality(clients_a_year=450, fte=request.param, teams=2, weeks_wait=5)
    return own, run_in(own.town(), "wijkteam", 52, 4, threads=1)


def test_a_town_that_runs_already_keeps_the_fte_and_has_the_wait_that_were_told(stands):
    """Its staff is not sought: how long cases last and what they ask comes out."""
    own, run = stands
    workers = run.world.professionals
    paid = workers.hours[workers.role == 0].sum()
    assert paid / run.world.town.client_hours == pytest.approx(own.fte, rel=0.02)
    assert run.pace != (1, 1)
    waits = figures(simulate(run, "wijkteam", 52), own, run.pace)["weeks_wait"]
    assert waits == pytest.approx(own.weeks_wait, rel=0.35)


def test_what_was_found_in_the_past_holds_for_every_policy(stands):
    """Paired: the same policy again is the same, and what a case asks is not found anew."""
    _own, run = stands
    again = [simulate(run, "wijkteam", 30, threads=1) for _ in range(2)]
    assert again[0].sums.tobytes() == again[1].sums.tobytes()
    other = run.branched()
    assert other.world.parameters.tobytes() == run.world.parameters.tobytes()
    with pytest.raises(KringError, match="other strengths"):
        simulate(run, "wijkteam", 30, parameters=Parameters().replace(willing=0.77))


def test_the_search_comes_nearer_to_what_was_told():
    """Open cases that the usual length of a case would not give."""
    told = {"clients_a_year": 180, "fte": 12, "teams": 1, "open_cases": 110}
    found = make(today(**told), Size(teams=1, sets=2, shown=2, steps=4))
    as_usual = today(**told).live({}, 0, Size(teams=1))["open_cases"]
    assert abs(found.figures["open_cases"][1] - 110) < abs(as_usual - 110)
    assert found.found["case_length"] != 1


def test_persons_who_wait_are_told_in_place_of_weeks():
    told = today(clients_a_year=180, fte=6, teams=1, waiting=20)
    made = make(told, Size(teams=1, sets=2, shown=2, steps=3))
    assert made.figures["waiting"][1] == pytest.approx(20, rel=0.3)


def test_conferences_that_were_told_are_held():
    made = small({"clients_a_year": 200, "fte": 8, "teams": 1, "conferences_a_year": 30})
    assert made.figures["conferences_a_year"][1] > 5


def test_a_study_lives_the_town_that_was_found_and_repeats_it_without_a_search(monkeypatch):
    told = {"municipality": {**OURS, "open_cases": 400}}
    plan = with_its_town(study(**told), SMALL)
    assert plan.town.case_length == plan.found["case_length"]
    monkeypatch.setattr(own_municipality, "make", None)  # there is nothing to search for again
    assert with_its_town(plan_of(plan.source)).keys == plan.keys
    assert with_its_town(study(**told), SMALL).keys == plan.keys  # it was kept


def test_what_was_found_is_searched_for_once(monkeypatch, tmp_path):
    monkeypatch.setattr(own_municipality, "cache_folder", lambda: tmp_path)
    asked = []
    monkeypatch.setattr(
        own_municipality, "make", lambda *_: asked.append(1) or Made({}, {"fte": [1.0, 2.0, 3.0]})
    )
    for _ in range(2):
        assert with_its_town(study(), SMALL).figures == {"fte": [1.0, 2.0, 3.0]}
    assert len(asked) == 1


@pytest.fixture
def town_lines(monkeypatch, tmp_path):
    """What `kring town` prints of a text, without a long search."""
    monkeypatch.setattr(own_municipality, "SMALL", Size(teams=1, sets=1, shown=1, steps=1))

    def lines(text):
        file = tmp_path / "mine.toml"
        file.write_text(text, encoding="utf-8")
        return "\n".join(seen(file, quick=True))

    return lines


def test_kring_town_shows_what_was_told_beside_what_comes_out(town_lines):
    shown = town_lines(
        "clients_a_year = 100\nfte = 4\nteams = 1\nopen_cases = 40\nweeks_wait = 6\n"
    )
    assert "You say" in shown
    assert "weeks' wait" in shown
    assert "Found so that this comes out" in shown


def test_kring_town_names_file_line_and_key(town_lines):
    with pytest.raises(KringError, match=r"mine\.toml, line 2: municipality has no 'ftee'"):
        town_lines("clients_a_year = 100\nftee = 4\n")
    with pytest.raises(KringError, match=r"has no \[municipality\]"):
        town_lines('[[policies]]\nname = "today"\n')


def test_a_study_takes_up_the_file_of_a_municipality(tmp_path):
    (tmp_path / "mine.toml").write_text("clients_a_year = 900\nfte = 28\n", encoding="utf-8")
    file = tmp_path / "asked.toml"
    file.write_text('municipality = "mine.toml"\n[[policies]]\nname = "today"\n', encoding="utf-8")
    assert load(file).municipality.fte == 28


def test_a_conference_from_some_problems_on_is_lived_in_both_readings():
    plan = study(policies=[{"name": "today"}, {"name": "a plan", "conference_from": 4}])
    assert [policy.name for policy in plan.policies] == [
        "today", "a plan, offered at the door", "a plan, beside the team",
    ]  # fmt: skip
    assert (plan.levers(1).offer_from, plan.levers(2).outside_guidance_from) == (4, 4)


def test_one_reading_alone_is_told_that_there_is_another():
    at_door = {"name": "door", "offer": 1, "offer_from": 4}
    beside = {"name": "beside", "outside_guidance": 1, "outside_guidance_from": 4}
    for policy in (at_door, beside):
        table = Levers().table(study(policies=[{"name": "today"}, policy]), {})
        assert (table["what"] == OTHERWISE).sum() == 1


def test_whom_a_number_of_problems_selects_is_shown_before_anything_is_lived():
    plan = study(policies=[{"name": "today"}, {"name": "a plan", "conference_from": 4}])
    share = f"{share_with_problems(plan.town, 4):.0%} of who comes to the team"
    assert any(share in line for line in preview(plan))


@pytest.mark.parametrize("problems", [2, 4, 7, 12, 13])
def test_the_share_selected_is_that_of_the_people_drawn(problems):
    town = Town(clients=20_000, conference_share=0)
    drawn = settle(town, Parameters(), 1).clients.problems
    assert share_with_problems(town, problems) == pytest.approx(
        (drawn >= problems).mean(), abs=0.012
    )
    assert log_odds_of_problems(town.problems_team, town.problems_spread) < 0


# A policy in which a lever does nothing, by the rule; what is changed beside the lever.
BESIDE = {
    "one_plan": ({"agencies": 0}, {}, 1),
    "accept_duty": ({"agencies": 0}, {}, 1),
    "agency_places": ({"agencies": 0}, {}, 3),
    "outside_guidance": ({"offer": 1, "independent_convener": 1, "mobilisation_hours": 30}, {}, 1),
    "outside_guidance_hours": ({}, {}, 10),
    "outside_guidance_capacity": ({}, {"conference_share": 0}, 20),
    "independent_convener": ({"offer": 1}, {"coordinator_hours": 0}, 1),
    "offer_from": ({}, {}, 6),
    "provision_weeks": ({}, {}, 5),
    "self_reliance_told_apart": ({}, {}, 1),
    "complexity_deciders": ({"multi_problem_threshold": 13}, {}, 0.1),
    "multi_problem_threshold": ({"complexity_deciders": 0}, {}, 9),
    "outreach": ({"offer": 1}, {"conference_share": 1}, 0),
}


@pytest.mark.parametrize("lever", BESIDE)
def test_a_lever_that_is_said_to_do_nothing_does_nothing(lever):
    """The same to the last bit with and without it, but for the belief that it is about."""
    levers, facts, value = BESIDE[lever]
    policy, town = Policy(**levers), Town(clients=150, **facts)
    with_it = policy.replace(**{lever: value})
    place = Place(with_it, town, Parameters())
    assert any(lever in rule.levers and rule.holds(place) for rule in RULES)
    one, other = (simulate(town, each, 60, 5, threads=1) for each in (policy, with_it))
    assert (one.sums == other.sums).all()
    beside = [each.municipality.drop(columns="doubt") for each in (one, other)]
    pd.testing.assert_frame_equal(*beside, check_exact=True)


def test_a_lever_that_does_nothing_is_named_in_check():
    idle = {"name": "one plan", "agencies": 0, "one_plan": 1}
    lines = list(preview(study(policies=[{"name": "today"}, idle])))
    assert any("one plan does nothing in ‘one plan’: nobody goes to an agency" in x for x in lines)


@pytest.mark.parametrize(
    "levers",
    [{"one_plan": 1}, {"preset": "eigen_kracht", "offer_from": 4, "outside_guidance_capacity": 36}],
)
def test_levers_that_do_something_are_left_alone(levers):
    found = Levers().table(study(policies=[{"name": "today", **levers}]), {})
    assert IDLE not in set(found["what"])


def test_totals_are_means_times_people():
    plan = study(
        outcomes=["cost", "spent", "wait", "alone"], parameters={"preset": "fitted"}, seeds=2,
        municipality=None, town={"clients": 1800, "entry_weeks": 104},
    )  # fmt: skip
    runs = pd.DataFrame(
        {"run": [0, 1], "policy": "today", "seed": [1, 2], "cost": 100.0, "spent": 10.0,
         "wait": 5.0, "alone": 0.5}
    )  # fmt: skip
    totals = (
        Totals().table(plan, {"differences": differences(plan, runs)}).set_index("what")["total"]
    )
    assert totals["cost"] == pytest.approx(100 * 1800)  # who came in two years
    assert totals["spent"] == pytest.approx(10 * 900)  # a year
    assert totals["alone"] == pytest.approx(900)  # half of them
    assert "wait" not in totals


def test_a_total_and_its_difference_add_up_as_they_are_written():
    part = pd.DataFrame(
        {"policy": ["now", "ten"], "unit": "clients", "total": [52.6, 51.85],
         "difference": [0, -0.75], "low": [0, -3.0], "high": [0, 1.0]}
    )  # fmt: skip
    assert amounts(part) == {"now": "52.6", "ten": "51.8 (−0.8)"}


def test_totals_of_a_municipality_are_of_the_whole_of_it():
    """Of who is in need at once in a town that runs already the study has no number."""
    plan = study(
        outcomes=["cost", "spent", "waiting_list"], parameters={"preset": "fitted"}, seeds=2,
        town={**SHORT, "clients": 450},
    )  # fmt: skip
    runs = pd.DataFrame(
        {"run": [0, 1], "policy": "today", "seed": [1, 2], "cost": 100.0, "spent": 10.0,
         "waiting_list": 60.0}
    )  # fmt: skip
    totals = (
        Totals().table(plan, {"differences": differences(plan, runs)}).set_index("what")["total"]
    )
    assert totals["fte"] == pytest.approx(28)
    assert totals["spent"] == pytest.approx(10 * 900)
    assert totals["waiting_list"] == pytest.approx(120)  # half of the town is lived
    assert "cost" not in totals


@pytest.fixture(scope="module")
def question_5(tmp_path_factory):
    """The shipped study of a municipality of 90,000, in small."""
    from kring.experiments.pipeline.run import run_study

    plan = load(find(QUESTION_5)).changed(
        weeks=52, sets=2, seeds=1, town={"clients": 90, "weeks_before": 104},
        outcomes=["problems", "cash", "wait", "waiting_list"],
    )  # fmt: skip
    plan = with_its_town(plan, SMALL)
    return run_study(plan, tmp_path_factory.mktemp("q5") / "out", engine="here")


def test_the_study_of_a_municipality_answers_for_the_whole_of_it(question_5):
    assert not question_5.failed
    fte = question_5.tables["totals"].query("what == 'fte' and policy == 'as today'")["total"]
    assert fte.item() == pytest.approx(28)
    assert len(question_5.tables["municipality"])


def test_its_page_shows_the_municipality_in_both_languages(question_5):
    for name, words in (
        ("report.html", ("Kring makes", "For the town as a whole", "% of who comes")),
        ("report_nl.html", ("Kring komt op", "Voor de gemeente als geheel", "% van wie")),
    ):
        page = (question_5.folder / name).read_text("utf-8")
        assert all(word in page for word in words), name
