"""What an answer rests on that nobody has measured, to stand beside it."""

from collections.abc import Iterator, Mapping

from kring.experiments.study.budget import of_the_team
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _
from kring.experiments.text.names import quantity_name
from kring.experiments.text.numbers import listed, plain
from kring.simulation.beside import loaded
from kring.simulation.parameters import Parameters

# A lever -> the strengths that decide what it does and that no evidence gives.
OPEN: Mapping[str, tuple[str, ...]] = {
    "community_hours": ("places_per_hour", "group_effect", "group_ties"),
    "collective_hours": ("places_per_hour", "group_effect", "group_ties"),
    "check_ins": ("check_in_hours",),
}


def rests_on(plan: Plan) -> list[str]:
    """A sentence for each lever that the study moves and that rests on open assumptions."""
    known = {**OPEN, **of_extensions(plan)}
    return [sentence(plan, lever, known[lever]) for lever in known if moves(plan, lever)]


def of_extensions(plan: Plan) -> dict[str, tuple[str, ...]]:
    """The same of extensions: of a lever, the strengths of its extension that are assumptions.

    What was calibrated isn't any more.
    """
    found: dict[str, tuple[str, ...]] = {}
    fitted = {name for one in plan.ensembles.values() if one for name in one.strengths}
    for one in loaded():
        open_ = [name for name in one.strengths if name not in fitted]
        assumed = [name for name in open_ if "assum" in Parameters.note(name)["source"]]
        found |= {lever: tuple(assumed) for lever in one.levers if assumed}
    return found


def moves(plan: Plan, lever: str) -> bool:
    """Whether policies or points of the study differ in a lever, or a search may move it."""
    varied = [name.partition(".")[2] for name in plan.design.factors]
    searched = list(plan.budget.policy) if plan.budget else []
    values = {getattr(of_the_team(own), lever) for own in plan.design.own}
    return lever in [*varied, *searched] or len(values) > 1


def sentence(plan: Plan, lever: str, strengths: tuple[str, ...]) -> str:
    """Which assumptions decide what a lever does, and between what they may lie."""
    return _(
        "What {lever} brings rests on assumptions that no figure bears out: {strengths}. Vary them "
        "([vary.parameters]) before you build on it."
    ).format(
        lever=quantity_name("policy", lever), strengths=listed(list(assumptions(plan, strengths)))
    )


def assumptions(plan: Plan, names: tuple[str, ...]) -> Iterator[str]:
    """Each strength as it is in the study, and its range."""
    now = plan.parameters
    for name in names:
        note = Parameters.note(name)
        yield _("{what} {value} (possible: {low} to {high})").format(
            what=quantity_name("parameters", name), value=plain(getattr(now, name)),
            low=plain(note["low"]), high=plain(note["high"]),
        )  # fmt: skip
