"""What is uncertain, in sentences: chance, strengths, failed runs, and where figures come from."""

import shlex
from collections import Counter
from typing import NamedTuple

from kring.experiments.analyses.base import Tables
from kring.experiments.execution.manifest import Manifest, without_options
from kring.experiments.reading.differences import Differences
from kring.experiments.study.plan import Plan
from kring.experiments.text import evidence as figures
from kring.experiments.text.language import _, said
from kring.experiments.text.names import CODES, preset_name
from kring.simulation.ensemble import CORNERS, USUAL, split
from kring.simulation.evidence import evidence

MOST_MESSAGES = 5
ENOUGH_TOWNS = 10
ENOUGH_SETS = 50


def published(text: str) -> list[tuple[str, str]]:
    """The published figures that codes in a text stand for, with their source."""
    found = sorted(set(CODES.findall(text)) & set(evidence().index))
    return [(code, f"{figures.statistic(code)}; {figures.source(code)}") for code in found]


def doubts(plan: Plan, found: Differences) -> list[str]:
    """What is uncertain, one thing after another."""
    rows = [row for name in found.outcomes() for row in found.compared(name)]
    unclear = sum(row.could_be_none for row in rows)
    sentences = [chance(plan), *strengths(plan)]
    if unclear:
        sentences.append(how_many_unclear(plan, len(rows), unclear))
    return [*sentences, *of_extensions(plan), left_out(plan)]


def how_many_unclear(plan: Plan, n: int, unclear: int) -> str:
    """How many of the differences in the table may be none, or have the other sign."""
    if plan.is_ensemble and n == 1:
        return _("The one difference in the table may as well have the other sign.")
    if plan.is_ensemble:
        text = _("Of {n} differences in the table {k} may as well have the other sign.")
    elif n == 1:
        return _("The one difference in the table could be none.")
    else:
        text = _("Of {n} differences in the table {k} could be none.")
    return text.format(n=n, k=unclear)


def of_extensions(plan: Plan) -> list[str]:
    """What is to be said of mechanisms that aren't Kring's; nothing where none took part."""
    if not plan.extensions:
        return []
    text = _(
        "Mechanisms took part that are not Kring's own, of extensions: {names}. The published "
        "figures to which the sets were fitted say nothing of these."
    )
    return [text.format(names=", ".join(one.name for one in plan.extensions))]


def left_out(plan: Plan) -> str:
    """What the model leaves out of people's lives, in the towns of the study."""
    if plan.country or plan.town.leave:
        return _(
            "People move or die by chance alone, whatever the policy, and nobody has a child in "
            "the model; the time of supporters is not in the cost."
        )
    return _(
        "Nobody dies, moves or has a child in the model, and the time of supporters is not in "
        "the cost."
    )


def chance(plan: Plan) -> str:
    """What the interval holds, and what it doesn't."""
    if plan.design.is_sampled:
        return _(
            "What varies was drawn between bounds that the study sets; that all of it is equally "
            "likely is not said."
        )
    if plan.is_ensemble and plan.towns_a_set == 1:
        return _(
            "Each set was lived in one town, so chance is not told apart: the 95% of the sets "
            "holds both the luck of the draw and what isn't known of the strengths of the "
            "mechanisms, as far as the published figures leave it open; it says nothing of whether "
            "the mechanisms are right."
        )
    if plan.is_ensemble:
        return _(
            "Chance is apart: each set was lived in {n} towns, and how far these lie from each "
            "other is the luck of the draw and nothing else. The 95% of the sets holds what isn't "
            "known of the strengths of the mechanisms, as far as the published figures leave it "
            "open; it says nothing of whether the mechanisms are right."
        ).format(n=plan.towns_a_set)
    if len(plan.seeds) == 1:
        return _(
            "One town was drawn, so there is no interval: how much of a difference is chance is "
            "not known. Take 10 or more."
        )
    return _(
        "The 95% interval holds only the luck of the draw: other towns, other people, other luck. "
        "With {n} towns drawn that is known well enough to see what could be none; it says nothing "
        "of whether the mechanisms are right."
    ).format(n=len(plan.seeds))


def strengths(plan: Plan) -> list[str]:
    """What is to be said of the strengths: one set alone, a corner, or few."""
    preset, ensemble = next(iter(plan.ensembles.items()))
    towns = len(plan.seeds)
    if not plan.is_ensemble:
        said_of_it = [
            _(
                "This page is from one set of strengths alone. Others fit the published figures as "
                "well, and may give another answer, even of the other sign: that is what "
                "`--parameters ensemble` shows."
            )
        ]
        if 1 < towns < ENOUGH_TOWNS:
            text = _("With {n} towns the interval itself is rough: take 10 or more.")
            said_of_it.append(text.format(n=towns))
        return said_of_it
    if ensemble and split(preset)[1]:
        text = _("This page is from a corner of what fits the published figures: ‘{preset}’.")
        return [text.format(preset=preset_name("parameters", preset))]
    n = towns // plan.towns_a_set
    if n < ENOUGH_SETS and not plan.design.is_sampled:
        text = _("With {n} sets the 95% is rough: for a decision, take 200.")
        return [text.format(n=n)]
    return []


class Failures(NamedTuple):
    """Runs that failed: how many, why, and what more is to be said."""

    text: str
    messages: list[str]
    more: list[str]


def failures(found: Differences, tables: Tables, made: Manifest) -> Failures | None:
    """What is said of runs that failed; nothing if none did."""
    if not made.failed or "failures" not in tables:
        return None
    plan = found.plan
    every = Counter(tables["failures"]["error"]).most_common()
    times = _("{n} times")
    messages = [f"{text} ({times.format(n=n)})" for text, n in every[:MOST_MESSAGES]]
    more = []
    if len(every) > MOST_MESSAGES:
        text = _("{n} other messages stand in failures.csv.")
        more.append(text.format(n=len(every) - MOST_MESSAGES))
    ran = [plan.policies[i] for i in plan.design.policies]
    missing = [said(policy.label) for policy in ran if policy.name not in found.policies()]
    if missing:
        more.append(_("No number at all for: {names}.").format(names=", ".join(missing)))
    text = _("{k} of {n} runs failed and are in none of the numbers:")
    return Failures(text.format(k=made.failed, n=made.runs), messages, more)


def other_sets(plan: Plan, command: str) -> list[str]:
    """What runs the study with the other sets of strengths, as this command ran it."""
    name = plan.name or "study"
    words = without_options(shlex.split(command), "--parameters", "--out")
    if words[:1] != ["kring"] or words[1:2] not in (["run"], ["compare"], [plan.name]):
        words = ["kring", "run", f"{name}.toml"]
    here = plan.changes["parameters"].preset
    return [
        shlex.join([*words, "--parameters", other, "--out", f"results/{name}_{other}"])
        for other in (USUAL, *CORNERS) if other != here
    ]  # fmt: skip
