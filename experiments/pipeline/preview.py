"""Preview: what a study would do, said before it is run."""

from collections.abc import Iterable

from kring.experiments.analyses.levers import Levers
from kring.experiments.analyses.levers.numbers import levers
from kring.experiments.analyses.municipality.words import clash_text
from kring.experiments.analyses.precision import Precision, pilot
from kring.experiments.analyses.winners import Winners
from kring.experiments.analyses.winners.numbers import is_kept
from kring.experiments.execution.processes import cores
from kring.experiments.execution.scheduler import seconds_of
from kring.experiments.municipality.together import clashes
from kring.experiments.pipeline.budget import work as work_of_search
from kring.experiments.pipeline.past import how_still
from kring.experiments.reading.rests import rests_on
from kring.experiments.study.needs import check_needs
from kring.experiments.study.plan import Plan

LOOKED = 2000  # points, at most


def preview(plan: Plan, with_pilot: bool = False) -> Iterable[str]:
    """What a plan would run, about how long it takes, and which of its runs cannot be.

    Raises
    ------
    KringError
        If its reading cannot read the study.
    """
    check_needs(plan)
    policies, points = len(plan.policies), len(plan.points)
    yield f"{plan.name}: {plan.question.en or 'no question is stated'}"
    lived = plan.design.policies
    runs = dict.fromkeys(lived, len(plan.runs) // len(lived))
    if plan.budget and not plan.budget.found:
        search = work_of_search(plan)
        runs = {0: search.in_few + search.in_all}
        yield (
            f"At most {runs[0]} runs: {search.in_few} to try {search.combinations} combinations "
            f"beside today in {plan.budget.sets} sets, {search.in_all} to live the best over all."
        )
    else:
        yield (
            f"{len(plan.runs)} runs: {policies} {'policy' if policies == 1 else 'policies'}, "
            f"{points} point{'s' * (points > 1)}, {len(plan.seeds)} seeds."
        )
    work = seconds_of(plan, runs) / cores() * plan.pieces
    yield f"About {in_words(work)} on {cores()} cores, by rule of thumb."
    yield from of_municipality(plan)
    yield from of_own_clients(plan)
    yield from contradictions(plan)
    yield from twins(plan)
    yield from (line.removeprefix("- ") for line in Levers().lines(plan, levers(plan)))
    yield from rests_on(plan)
    yield from how_still(plan)
    if is_kept(plan) and not Winners().applies(plan):
        yield (
            "Who is better and who is worse off is asked of policies beside each other in a town; "
            "here it is not: leave [vary] or [country] out, or name two policies."
        )
    if len(plan.seeds) < 2:
        yield "One seed gives no interval; take at least two, better ten."
    if with_pilot:
        yield from Precision().lines(plan, pilot(plan))


def of_municipality(plan: Plan) -> Iterable[str]:
    """What in the figures of a municipality can't go together; nothing without one."""
    if plan.municipality:
        yield from map(clash_text, clashes(plan.municipality, plan.today))
        yield "What your municipality leaves open is searched for first; `kring town` shows it."


def of_own_clients(plan: Plan) -> Iterable[str]:
    """What a table of one's own tells of how many clients; nothing without one."""
    if told := plan.town.clients_from:
        parts = ", ".join(f"{what} {share:.0%}" for what, share in told.told().items())
        yield f"{len(told):,} clients of your own. Told: {parts}. The rest is drawn in each town."


def twins(plan: Plan) -> Iterable[str]:
    """Policies that differ in nothing from one before them, in a town."""
    if plan.country:
        return
    every = [plan.at_point(number, {}) for number in range(len(plan.policies))]
    for number, one in enumerate(every):
        first = every.index(one)
        if first < number:
            name, other = (plan.policies[i].name for i in (number, first))
            yield f"'{name}' differs in nothing from '{other}'; their results will be the same."


def contradictions(plan: Plan) -> Iterable[str]:
    """What is wrong with points at which a policy contradicts itself; nothing if none does."""
    wrong = list(plan.impossible(LOOKED))
    for run, why in wrong[:3]:
        yield f"Impossible: {plan.policies[run.policy].name}, point {run.point}: {why}"
    if wrong and len(plan.points) > LOOKED:
        yield f"Of {LOOKED} points looked at, evenly over all, {len(wrong)} are impossible."
    elif wrong:
        yield f"{len(wrong)} points are impossible; each becomes a failed run."


def in_words(seconds: float) -> str:
    """A time in the unit one would say it in."""
    if seconds < 1.5:
        return "a second"
    if seconds < 90:
        return f"{round(seconds)} seconds"
    if seconds < 5400:
        return f"{round(seconds / 60)} minutes"
    return f"{seconds / 3600:.1f} hours"
