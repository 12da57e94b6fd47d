"""The page: a result that stands by itself, in every language there is.

Nothing is loaded from elsewhere: figures and style are within the page, so it can be mailed. All
numbers come from the tables of the result; the same result gives the same bytes.
"""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kring.experiments.analyses.base import Tables
from kring.experiments.analyses.paired import family
from kring.experiments.execution.cells import from_csv
from kring.experiments.execution.files import write_whole
from kring.experiments.execution.manifest import Manifest
from kring.experiments.execution.placing import keep_as_yours
from kring.experiments.reading.answer import blocks
from kring.experiments.reading.base import Reading, best_answer, heading
from kring.experiments.reading.differences import Differences
from kring.experiments.reading.money import about_money
from kring.experiments.reading.rests import rests_on
from kring.experiments.report import settings
from kring.experiments.report.doubts import doubts, failures, other_sets, published
from kring.experiments.report.files import files, pictures
from kring.experiments.report.page_tables import shown_and_folded
from kring.experiments.report.tables import cut_note
from kring.experiments.study.plan import Plan
from kring.experiments.study.texts import printable
from kring.experiments.text.language import ENGLISH, _, language, languages, said, spoken, suffix
from kring.experiments.text.names import outcome_name, preset_name
from kring.experiments.text.numbers import counted
from kring.experiments.text.periods import looked_at
from kring.experiments.text.tables import Section
from kring.simulation.policy import Policy

TEMPLATES = Path(__file__).parent / "templates"
WORDS = ("policy", "route", "outcome", "compared_with", "player", "error")  # columns of text
READ = "reading.md"
LITERATURE = "What the literature says:"


def write_pages(plan: Plan, reading: Reading, made: Manifest, folder: Path) -> list[Path]:
    """Write a finished result as a page in each language, into its folder.

    Parameters
    ----------
    plan : Plan
        The plan of the study.
    reading : Reading
        What reads it.
    made : Manifest
        What the result came from, and which of the files there are Kring's: only those are read.
    folder : Path
        The folder of the result.

    Returns
    -------
    list of Path
        The pages.

    Raises
    ------
    KringError
        If a file that the page is made of is gone, or somebody changed it.
    """
    tables = read_tables(made, folder)
    template, written = environment().get_template("report.html"), []
    for code in languages():
        with language(code):
            text = template.render(content(plan, reading, made, tables, folder))
            written.append(folder / f"report{suffix()}.html")
            put(written[-1], text.encode(), made)
    return written


def put(page: Path, content: bytes, made: Manifest) -> None:
    """Write a page; one that somebody changed is kept beside it."""
    if page.exists() and page.read_bytes() != content and not made.is_whole(page.parent, page.name):
        keep_as_yours(page)
    write_whole(page, content)


def printed(value: Any) -> Any:
    """What the page shows of a value: no sign that a page cannot hold."""
    return type(value)(printable(value)) if isinstance(value, str) else value


@cache
def environment() -> Environment:
    """Templates in which all that is filled in is escaped."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        finalize=printed, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.globals["_"] = _
    return environment


def read_tables(made: Manifest, folder: Path) -> Tables:
    """The tables of a result, by name, as they were written."""
    words = dict.fromkeys(WORDS, str)
    return {
        name.removesuffix(".csv"): from_csv(made.content(folder, name), words)
        for name in made.files
        if name.endswith(".csv")
    }


def content(
    plan: Plan, reading: Reading, made: Manifest, tables: Tables, folder: Path
) -> dict[str, Any]:
    """All that the template shows, in the language that is spoken."""
    found = Differences(plan, tables)
    shown = shown_and_folded(found, reading, tables)
    groups, varied = settings.groups(plan), settings.varied(plan)
    literature = said(plan.literature)
    sources = [one.source for group in groups for one in group.settings]
    sources += [one.source for one in varied]
    return {
        "language": spoken(),
        "made": made,
        "question": said(plan.question) or plan.name,
        "answer": blocks(best_answer(reading, plan, tables, found.are_complete()).splitlines()),
        "money": about_money(plan.outcomes),
        "rests": rests_on(plan),
        "figures": pictures(plan, made, folder, without_tables=bool(shown.own)),
        "shown": shown,
        "n_folded": len(shown.more) + len(shown.more_along),
        "cut": cut_note(found),
        "without_numbers": [outcome_name(n) for n in plan.outcomes if n not in found.outcomes()],
        "table_note": table_note(plan, made),
        "line_note": line_note(plan),
        "is_sampled": plan.design.is_sampled,
        "sections": sections(plan, reading, tables),
        "reading": reading_lines(plan, reading, made, folder) if spoken() == ENGLISH else [],
        "literature": literature,
        "literature_is_english": spoken() != ENGLISH and literature == plan.literature.en,
        "policies_note": policies_note(plan),
        "setting_groups": groups,
        "varied": varied,
        "is_country": plan.country is not None,
        "place": place(plan),
        "parameters": settings.strengths(plan),
        "extensions": settings.extensions(plan),
        "is_ensemble": plan.is_ensemble,
        "size": size_text(plan, made),
        "codes": published(" ".join([*sources, literature])),
        "doubts": doubts(plan, found),
        "failures": failures(found, tables, made),
        "commands": other_sets(plan, made.command),
        "files": files(made),
    }


def sections(plan: Plan, reading: Reading, tables: Tables) -> list[Section]:
    """What the page shows of the analyses that have something to say."""
    every = [
        one.section(plan, tables[one.name])
        for one in reading.analyses(plan) if one.name in tables
    ]  # fmt: skip
    return [section for section in every if section.tables or section.remarks]


def table_note(plan: Plan, made: Manifest) -> str:
    """How the table was made and how it is read."""
    if plan.design.is_sampled:
        text = _(
            "The middle of {points} futures drawn, each with {towns}, {when}. Differences are in "
            "the same future, on the same people with the same luck. ▲ and ▼: the same sign in 95 "
            "of 100 futures or more. ○: we don't know whether it is lower or higher."
        )
    elif plan.is_ensemble and plan.towns_a_set == 1:
        text = _(
            "The middle of {sets} sets of strengths that fit the published figures, each lived in "
            "one town, {when}. Differences are on the same people with the same luck. ▲ and ▼: the "
            "same sign in 95 of 100 sets or more. ○: we don't know whether it is lower or higher."
        )
    elif plan.is_ensemble:
        text = _(
            "The middle of {sets} sets of strengths that fit the published figures, each lived in "
            "{a_set} towns, {when}. Differences are on the same people with the same luck. ▲ and "
            "▼: the same sign in 95 of 100 sets or more. ○: we don't know whether it is lower or "
            "higher. Chance alone: by which the middle may be off through the luck of the draw."
        )
    elif len(plan.seeds) > 1:
        text = _(
            "Means over {n} simulated towns, {when}. Differences are on the same people with the "
            "same luck. ▲ and ▼: the interval leaves out zero. ○: the difference could be none."
        )
    else:
        text = _(
            "One simulated town, {when}, so there are no intervals. Differences are on the same "
            "people with the same luck."
        )
    if plan.together:
        text += " " + _(
            "Intervals hold for all {family} differences together, as far as chance goes, and not "
            "each by itself."
        )
    n = len(plan.seeds)
    towns = _("one town") if n == 1 else _("{n} towns").format(n=n)
    return text.format(
        n=n, towns=towns, when=looked_at(plan), points=made.points, family=family(plan),
        sets=n // plan.towns_a_set, a_set=plan.towns_a_set,
    )  # fmt: skip


def line_note(plan: Plan) -> str:
    """How tables along a quantity were made and how they are read."""
    if plan.is_ensemble:
        return _(
            "The middle of the sets, {when}. Between brackets: the difference from what has no "
            "brackets, on the same people with the same luck. ○: we don't know whether it is lower "
            "or higher. What the sets hold stands in differences.csv."
        ).format(when=looked_at(plan))
    return _(
        "Means over {n} simulated towns, {when}. Between brackets: the difference from what has no "
        "brackets, on the same people with the same luck. ○: the difference could be none. "
        "Intervals stand in differences.csv."
    ).format(n=len(plan.seeds), when=looked_at(plan))


def reading_lines(
    plan: Plan, reading: Reading, made: Manifest, folder: Path
) -> list[tuple[bool, list[str]]]:
    """The reading's lines, as lists and paragraphs, up to what the page's sections say."""
    if READ not in made.files:
        return []
    text = made.content(folder, READ).decode().partition("\n")[2].strip()
    text = text.removeprefix(plan.question.en.strip())
    for stop in (LITERATURE, *map(heading, reading.analyses(plan))):
        text = text.partition(f"\n{stop}")[0]
    return blocks(text.splitlines())


def policies_note(plan: Plan) -> str:
    """What the values of policies stand beside."""
    if plan.country:
        return _("Levers change each municipality's own policy.")
    preset = Policy.presets()[0]
    text = _("Levers with another value than in the set ‘{preset}’: {about}.")
    name = preset_name("policy", preset)
    return text.format(preset=name, about=settings.about("policy", preset))


def place(plan: Plan) -> str:
    """The town or the country."""
    kind = "country" if plan.country else "town"
    return settings.named(kind, plan.changes[kind])


def size_text(plan: Plan, made: Manifest) -> str:
    """How many clients, weeks, towns and runs."""
    if len(plan.seeds) > 1:
        towns = _("{n} towns drawn (seeds {first} to {last})")
    else:
        towns = _("one town drawn (seed {first})")
    first, last = made.seeds[0], made.seeds[-1]
    text = _("{clients} clients, {weeks} weeks, {towns}; {runs} runs")
    if plan.has_own_clients:
        text = _(
            "{clients} clients of a table of your own, what it doesn't tell drawn in each town; "
            "{weeks} weeks, {towns}; {runs} runs"
        )
    return text.format(
        clients=counted(plan.clients),
        weeks=plan.weeks,
        towns=towns.format(n=len(made.seeds), first=first, last=last),
        runs=counted(made.runs),
    )
