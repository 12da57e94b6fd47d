"""What is uncertain, in sentences: chance, strengths, failed runs, and where figures come from."""

import shlex
from collections import Counter
from typing import Any, NamedTuple

from experiments.analyses.base import Tables
from experiments.execution.manifest import without_options
from experiments.reading.differences import Differences
from experiments.study.plan import Plan
from experiments.text import evidence as figures
from experiments.text.language import _, said
from experiments.text.names import CODES, SETTINGS
from simulation.evidence import evidence

MOST_MESSAGES = 5
ENOUGH_TOWNS = 10
USUAL_STRENGTHS = "fitted"


def published(text: str) -> list[tuple[str, str]]:
    """The published figures that codes in a text stand for, with their source."""
    found = sorted(set(CODES.findall(text)) & set(evidence().index))
    return [(code, f"{figures.statistic(code)}; {figures.source(code)}") for code in found]


def doubts(plan: Plan, found: Differences) -> list[str]:
    """What is uncertain, one thing after another."""
    rows = [row for name in found.outcomes() for row in found.compared(name)]
    unclear, towns = sum(row.could_be_none for row in rows), len(plan.seeds)
    preset = plan.changes["parameters"].preset
    sentences = [chance(plan)]
    if 1 < towns < ENOUGH_TOWNS and not plan.design.is_sampled:
        text = _("With {n} towns the interval itself is rough: for a decision, take 10 or more.")
        sentences.append(text.format(n=towns))
    if unclear:
        text = _("Of {n} differences in the table {k} could be none.")
        sentences.append(text.format(n=len(rows), k=unclear))
    if preset != USUAL_STRENGTHS:
        text = _("This page is from a set of strengths that was not fitted: ‘{preset}’.")
        sentences.append(text.format(preset=preset))
    sentences.append(
        _(
            "Nobody dies, moves or has a child in the model, and the time of supporters is not in "
            "the cost."
        )
    )
    return sentences


def chance(plan: Plan) -> str:
    """What the interval holds, and what it doesn't."""
    if plan.design.is_sampled:
        return _(
            "The 95% interval is that of the mean over the futures drawn. How far futures lie "
            "apart shows in the 90%; that futures are equally likely is not said."
        )
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


class Failures(NamedTuple):
    """Runs that failed: how many, why, and what more is to be said."""

    text: str
    messages: list[str]
    more: list[str]


def failures(found: Differences, tables: Tables, made: dict[str, Any]) -> Failures | None:
    """What is said of runs that failed; nothing if none did."""
    if not made["failed"] or "failures" not in tables:
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
    return Failures(text.format(k=made["failed"], n=made["runs"]), messages, more)


def other_sets(plan: Plan, made: dict[str, Any]) -> list[str]:
    """Commands that run the study with the other sets of strengths."""
    name = plan.name or "study"
    words = without_options(shlex.split(made["command"]), "--parameters", "--out")
    if words[:1] != ["kring"] or words[1:2] not in (["run"], ["compare"], [plan.name]):
        words = ["kring", "run", f"{name}.toml"]
    here = plan.changes["parameters"].preset
    names = SETTINGS["parameters"].presets()
    return [
        shlex.join([*words, "--parameters", other, "--out", f"results/{name}_{other}"])
        for other in names if other != here
    ]  # fmt: skip
