"""What a study cannot ask is refused before anything is run, in a line that says why."""

import pytest

from kring.experiments.analyses.discovery import bound, policy_of
from kring.experiments.study.load import plan_of
from kring.simulation.errors import KringError

ONE = {"name": "now"}
TWO = [ONE, {"name": "more", "offer": 1, "staffing": 2}]
SPLIT = {"policies": TWO, "vary": {"design": "shapley"}}

SEVEN = ("plan_bond", "entry_peak", "self_recovery", "own_effort", "complementarity",
         "domain_response", "tie_kind")  # fmt: skip

CASES = {
    "a country split by Shapley": ({**SPLIT, "country": {}}, "leave [country] out"),
    "a split of two towns": (
        {**SPLIT, "policies": [ONE, {**TWO[1], "town": {"clients": 50}}]},
        "in the same town",
    ),
    "a split of unequal weeks": ({**SPLIT, "policies": [ONE, {**TWO[1], "weeks": 9}]}, "weeks"),
    "a group named like another lever": (
        {**SPLIT, "vary": {"design": "shapley", "groups": {"offer": ["staffing"]}}},
        "a name that nothing else has",
    ),
    "a group named like a column": (
        {**SPLIT, "vary": {"design": "shapley", "groups": {"problems": ["offer"]}}},
        "a name that nothing else has",
    ),
    "an empty group": (
        {**SPLIT, "vary": {"design": "shapley", "groups": {"none": []}}},
        "a group takes levers",
    ),
    "a lever in two groups": (
        {**SPLIT, "vary": {"design": "shapley", "groups": {"a": ["offer"], "b": ["offer"]}}},
        "stands in two groups",
    ),
    "groups without a split": ({"vary": {"groups": {"a": ["offer"]}}}, "for shapley only"),
    "an outcome twice": ({"outcomes": ["problems", "problems"]}, "stands there twice"),
    "a table twice": ({"tables": ["weekly", "weekly"]}, "stands there twice"),
    "a week after the end": ({"weeks": 20, "outcomes": ["problems@500"]}, "later than the 20"),
    "a week that is no number": ({"outcomes": ["problems@²"]}, "is not understood"),
    "a grid without end": (
        {"vary": {"parameters": {name: [i / 100 for i in range(10)] for name in SEVEN}}},
        "points: 10,000,000",
    ),
    "clients of municipalities": (
        {"country": {}, "vary": {"town": {"clients": [10, 20]}}},
        "a size of their own",
    ),
    "a country of texts": ({"country": {"staffing": "1"}}, "staffing = '1' is not possible"),
    "a number of points for a split": (
        {**SPLIT, "vary": {"design": "shapley", "points": 4}},
        "not with shapley",
    ),
    "a town of nobody": ({"vary": {"town": {"clients": [0, 10]}}}, "a study needs clients"),
    "a value of one's own where points are drawn": (
        {
            "policies": TWO,
            "vary": {"design": "latin hypercube", "policy": {"offer": [0.5, 1]}},
        },
        "offer = 1 is never lived",
    ),
    "a conference of one's own that varies": (
        {
            "policies": [{**ONE, "conference": {"offer": 0.3}}],
            "vary": {"policy": {"offer": [0.5, 1]}},
        },
        "offer = 0.3 is never lived",
    ),
    "a town of one's own that varies": (
        {
            "policies": [ONE, {"name": "healthy", "town": {"sick_leave": 0}}],
            "vary": {"town": {"sick_leave": [0, 0.1]}},
        },
        "only in what varies",
    ),
    "a town beside a country": ({"country": {}, "town": {"clients": 9}}, "leave [town] out"),
    "a seed too large for a country": ({"country": {}, "first_seed": 2**61}, "too large"),
    "a name that leaves the folder": ({"name": "../../elsewhere"}, "name"),
    "a policy that no legend shows": ({"policies": [{"name": "_hidden"}]}, "name"),
    "a preset that is no word": (
        {"policies": [{**ONE, "conference": {"preset": ["wijkteam"]}}]},
        "conference",
    ),
    "mechanisms that are no list": (
        {"policies": [{**ONE, "parameters": {"without": [["M5"]]}}]},
        "without",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("asked", "said"), CASES.values(), ids=CASES)
def test_it_is_refused(asked, said):
    with pytest.raises(KringError) as refused:
        plan_of({"policies": [ONE], **asked})
    assert said in str(refused.value) and "\n" not in str(refused.value)


def test_a_discovery_under_several_policies_asks_for_one():
    plan = plan_of({"policies": TWO})
    with pytest.raises(KringError, match="choose from: now, more; say it with --policy"):
        policy_of(plan, None, bound("problems > 3", plan))
