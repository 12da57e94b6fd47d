"""Levers that a study sets and that do nothing, in this town or beside the policy's other levers.

Of each it is known from the rules why; a test lives a town with and without it.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from kring.experiments.study.plan import Plan
from kring.experiments.study.quantities import Point
from kring.simulation.beside import loaded
from kring.simulation.errors import KringError
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.selected import share_with_problems
from kring.simulation.town import Town

EVERYBODY = 13  # problems: nobody has more
NOBODY_AT_AGENCY = "nobody at an agency"
NO_PLACES = "no places at agencies"
OFFERED_TO_ALL = "offered to all"
NO_COORDINATOR = "no coordinator"
NO_WORK = "no work for coordinators"
NOT_OFFERED = "not offered"
NOT_BESIDE = "not offered beside the team"
NOT_SHORT = "no short provision"
NOT_ASKED = "not asked"
NONE_TOO_COMPLEX = "none too complex"
NOBODY_DECIDES = "nobody lets complexity decide"
ALL_BY_CONFERENCE = "all by conference"
NOT_READ = "not read"

READINGS = ("offer_from", "outside_guidance_from")  # of: a conference from so many problems on
MOST_POINTS = 256

OF_OUTSIDE = ("outside_guidance_from", "outside_guidance_hours")
OF_AGENCIES = ("one_plan", "accept_duty", "agency_places")
OF_ENTRANCE = ("low_threshold", "referral_only", "outreach")


class Place(NamedTuple):
    """Where a policy works: its levers, its town and the strengths of the mechanisms."""

    policy: Policy
    town: Town
    strengths: Parameters


class Rule(NamedTuple):
    """When some levers do nothing, and why."""

    levers: tuple[str, ...]
    why: str
    holds: Callable[[Place], bool]


def has_coordinators(place: Place) -> bool:
    """Whether any independent coordinator has an hour."""
    return place.town.coordinator_hours + place.policy.outside_guidance_capacity > 0


def asks_coordinators(place: Place) -> bool:
    """Whether anything is asked of independent coordinators: guidance, or to convene a network."""
    asks = place.policy.outside_guidance + place.policy.independent_convener
    return asks + place.town.conference_share > 0


def is_offered_to_all(place: Place) -> bool:
    """Whether everybody is offered a conference at the door, so that no worker decides on it."""
    return place.policy.offer == 1 and place.policy.offer_from <= 1


RULES = (
    Rule(OF_AGENCIES, NOBODY_AT_AGENCY,
         lambda at: at.policy.agencies == 0 and at.policy.no_mental_health == 0),
    Rule(("agency_places",), NO_PLACES, lambda at: at.town.agency_hours == 0),
    Rule(("outside_guidance", *OF_OUTSIDE), OFFERED_TO_ALL, is_offered_to_all),
    Rule(("outside_guidance",), NO_COORDINATOR, lambda at: not has_coordinators(at)),
    Rule(OF_OUTSIDE, NOT_BESIDE, lambda at: at.policy.outside_guidance == 0),
    Rule(("outside_guidance_capacity",), NO_WORK, lambda at: not asks_coordinators(at)),
    Rule(("independent_convener",), NO_COORDINATOR, lambda at: not has_coordinators(at)),
    Rule(("offer_from",), NOT_OFFERED, lambda at: at.policy.offer == 0),
    Rule(("provision_weeks",), NOT_SHORT, lambda at: at.policy.short_provision == 0),
    Rule(("self_reliance_told_apart",), NOT_ASKED, lambda at: at.policy.self_reliance_asked == 0),
    Rule(("complexity_deciders",), NONE_TOO_COMPLEX,
         lambda at: at.policy.multi_problem_threshold >= EVERYBODY),
    Rule(("multi_problem_threshold",), NOBODY_DECIDES,
         lambda at: at.policy.complexity_deciders * at.strengths.complexity_gate == 0),
    Rule(("complexity_deciders", "multi_problem_threshold"), OFFERED_TO_ALL, is_offered_to_all),
    Rule(OF_ENTRANCE, ALL_BY_CONFERENCE, lambda at: at.town.conference_share == 1),
)  # fmt: skip


def rules_of_extensions() -> Iterator[Rule]:
    """When levers of the extensions that take part do nothing: as these say, or as none reads."""
    for one in loaded():
        yield Rule(tuple(one.unread()), NOT_READ, lambda at: True)
        for own in one.idle_rules:
            yield Rule(own.levers, own.why, lambda at, own=own: own.holds(*at))  # type: ignore[misc]


class Idle(NamedTuple):
    """A lever that a policy of a study sets and that does nothing, and why."""

    policy: int
    lever: str
    why: str


def idle_levers(plan: Plan) -> Iterator[Idle]:
    """The levers that policies set, or that vary, and that do nothing wherever they are lived.

    Nothing is said of a country, whose municipalities differ, nor where points are drawn.
    """
    points = points_looked_at(plan)
    for number in range(len(plan.policies)) if points else ():
        places = [place_of(plan, number, point) for point in points]
        for lever in levers_set(plan, number):
            reasons = {why(lever, place) for place in places}
            if "" not in reasons:
                yield Idle(number, lever, min(reasons))


def points_looked_at(plan: Plan) -> list[Point]:
    """The points at which levers are looked at: all, if these are not too many; or none."""
    if plan.country or plan.design.is_sampled or len(plan.points) > MOST_POINTS:
        return []
    return list(plan.points)


def levers_set(plan: Plan, policy: int) -> list[str]:
    """The levers that a policy sets itself, and those that vary for all."""
    varied = [name.partition(".")[2] for name in plan.design.factors if name.startswith("policy.")]
    given = [*plan.policies[policy].changes.given, *varied]
    return [lever for lever in dict.fromkeys(given) if lever in Policy.model_fields]


def place_of(plan: Plan, policy: int, point: Point) -> Place | None:
    """Where who comes by the team meets a policy at a point; none where it contradicts itself."""
    try:
        levers, town, strengths = plan.at_point(policy, point)
    except KringError:
        return None
    return Place(levers if isinstance(levers, Policy) else levers["team"], town, strengths)


def why(lever: str, place: Place | None) -> str:
    """Why a lever does nothing; empty where it does something."""
    if place is None:
        return ""
    rules = (*RULES, *rules_of_extensions())
    return next((rule.why for rule in rules if lever in rule.levers and rule.holds(place)), "")


class Selection(NamedTuple):
    """A number of problems from which, or above which, a policy does something."""

    policy: int
    lever: str
    problems: float
    share: float  # of who comes to the team


SELECTS = {  # a lever in problems -> what it goes with, and how many more it takes
    "offer_from": ("offer", 0),
    "outside_guidance_from": ("outside_guidance", 0),
    "multi_problem_threshold": ("complexity_deciders", 1),
}


def selections(plan: Plan) -> Iterator[Selection]:
    """Whom the numbers of problems select that policies set, wherever they are lived."""
    for number in range(len(plan.policies)):
        for lever in [one for one in levers_set(plan, number) if one in SELECTS]:
            beside, more = SELECTS[lever]
            seen = set()
            for place in [place_of(plan, number, point) for point in points_looked_at(plan)]:
                if place is None or getattr(place.policy, beside) == 0:
                    continue
                if plan.has_own_clients and place.town.clients_from is None:
                    continue  # their table isn't here, so nobody knows
                problems = getattr(place.policy, lever)
                if problems not in seen:
                    seen.add(problems)
                    share = share_with_problems(place.town, problems + more)
                    yield Selection(number, lever, problems, share)


def other_readings(plan: Plan) -> Iterator[Selection]:
    """Conferences from some problems on that a study asks for in one of two readings only."""
    every = list(selections(plan))
    asked = {one.lever for one in every} & set(READINGS)
    if len(asked) == 1:
        yield from (one for one in every if one.lever in asked and one.problems > 1)
