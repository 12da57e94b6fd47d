"""Report: a result on one page that stands by itself, in English and in Dutch.

Nothing is loaded from elsewhere: figures and style are within the page, so it can be mailed. All
numbers come from the tables of the result; the same result gives the same bytes.
"""

import base64
import shlex
from collections import Counter
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from experiments.analysis import analyses
from experiments.analysis.pairs import is_sampled
from experiments.measures import measure
from experiments.reporting import evidence_words, report_settings
from experiments.reporting.charts import lived
from experiments.reporting.findings import Findings, Tables
from experiments.reporting.quantity_words import CODES
from experiments.reporting.report_shown import best_answer, shown_and_folded
from experiments.reporting.report_table import cut_note
from experiments.reporting.report_words import file_words, say
from experiments.running.keeping import write_whole
from experiments.running.provenance import read_manifest, study_of, without_options
from experiments.study.file import Study
from simulation.evidence import evidence

TEMPLATES = Path(__file__).parent / "templates"
PAGES = {"en": "report.html", "nl": "report_nl.html"}
KINDS_OF_PICTURE = {".svg": "image/svg+xml", ".png": "image/png"}
WORDS = ("policy", "route", "outcome", "compared_with", "player", "error")  # columns of text
PICTURED_TABLES = ("table.png", "table.svg")  # what the page has as a table
MOST_MESSAGES = 5
ENOUGH_TOWNS = 10
LITERATURE = "What the literature says:"


def write_reports(folder: Path) -> list[Path]:
    """Write a finished result as a page in each language, into its folder.

    Parameters
    ----------
    folder : Path
        The folder of a result.

    Returns
    -------
    list of Path
        The pages.

    Raises
    ------
    KringError
        If the folder is no result, or was not made from a study.
    """
    study, made = study_of(folder), read_manifest(folder)
    tables = read_tables(folder)
    template = environment().get_template("report.html")
    for language, name in PAGES.items():
        text = template.render(page(study, made, tables, folder, language))
        write_whole(folder / name, lambda aside, text=text: aside.write_text(text, "utf-8"))
    return [folder / name for name in PAGES.values()]


@cache
def environment() -> Environment:
    """Templates in which all that is filled in is escaped."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def read_tables(folder: Path) -> Tables:
    """The tables of a result, by name, as they were written."""
    words = dict.fromkeys(WORDS, str)
    return {
        path.stem: pd.read_csv(path, dtype=words, keep_default_na=False, na_values=[""])
        for path in sorted(folder.glob("*.csv"))
    }


def page(
    study: Study, made: dict[str, Any], tables: Tables, folder: Path, language: str
) -> dict[str, Any]:
    """All that the template shows, in one language."""
    found = Findings(study, tables, language)
    shown = shown_and_folded(found, tables)
    settings = report_settings.groups(study, language)
    varied = report_settings.varied(study, language)
    literature = literature_of(study, language)
    sources = [one.source for group in settings for one in group.settings]
    sources += [one.source for one in varied]
    question = study.question_nl if language == "nl" else ""
    return {
        "language": language,
        "say": lambda key, **parts: say(key, language, **parts),
        "study": study,
        "made": made,
        "question": question or study.question or study.name,
        "answer": best_answer(found, tables),
        "figures": [
            picture for picture in pictures(study, folder, language)
            if not (shown.own and picture.name in PICTURED_TABLES)
        ],
        "shown": shown,
        "cut": cut_note(found),
        "without_numbers": [
            measure(name).words(language) for name in study.outcomes if name not in found.outcomes()
        ],
        "table_note": table_note(study, made, language),
        "line_note": say(
            "line_note", language, n=study.seeds, when=lived(study, language)
        ),
        "is_sampled": is_sampled(study),
        "sections": analyses.sections(study, tables, language),
        "reading": reading_of(study, folder) if language == "en" else [],
        "literature": literature,
        "literature_is_english": language == "nl" and not study.literature_nl,
        "policies_note": policies_note(study, language),
        "setting_groups": settings,
        "varied": varied,
        "town": place(study, language),
        "parameters": named(
            "parameters", preset := report_settings.preset_of(
                "parameters", study.parameters.changes()), language),
        "preset": preset,
        "size": size_text(study, made, language),
        "codes": codes(" ".join([*sources, literature]), language),
        "doubts": doubts(study, found, language),
        "failures": failures(found, tables, made),
        "commands": other_sets(study, made),
        "name": study.name or folder.name,
        "files": files(folder, language),
    }  # fmt: skip


class Picture(NamedTuple):
    """A figure within the page."""

    name: str
    source: str
    text: str
    is_english: bool


def pictures(study: Study, folder: Path, language: str) -> list[Picture]:
    """The figures of a result; an English one where there is none in the language."""
    there = {path.stem: path for ending in (".png", ".svg") for path in folder.glob("*" + ending)}
    found = []
    for stem in sorted(there, key=lambda stem: (stem != study.name, stem)):
        if stem.endswith("_nl") and stem.removesuffix("_nl") in there:
            continue
        own = there.get(f"{stem}_nl") if language == "nl" else there[stem]
        path = own or there[stem]
        data = base64.b64encode(path.read_bytes()).decode()
        source = f"data:{KINDS_OF_PICTURE[path.suffix]};base64,{data}"
        found.append(Picture(path.name, source, picture_text(study, stem, language), own is None))
    return found


def picture_text(study: Study, stem: str, language: str) -> str:
    """What a figure shows, for who can't see it."""
    if stem != study.name:
        return say("figure", language, name=stem.replace("_", " "))
    return say(
        "figure_of",
        language,
        name=stem,
        outcomes=", ".join(measure(name).words(language) for name in study.outcomes[:6]),
        policies=", ".join(study.called(language).values()),
    )


def table_note(study: Study, made: dict[str, Any], language: str) -> str:
    """How the table was made and how it is read."""
    key = "table_note" if study.seeds > 1 else "table_note_one"
    if is_sampled(study):
        key = "table_note_futures"
    when = lived(study, language)
    return say(key, language, n=study.seeds, when=when, points=made["points"])


def literature_of(study: Study, language: str) -> str:
    """What is known from elsewhere."""
    return (study.literature_nl if language == "nl" else "") or study.literature


def reading_of(study: Study, folder: Path) -> list[tuple[bool, list[str]]]:
    """The reading's lines, as lists and paragraphs, up to what the page's sections say."""
    path = folder / "reading.md"
    if not path.is_file():
        return []
    text = path.read_text(encoding="utf-8").partition("\n")[2].strip()
    text = text.removeprefix(study.question.strip())
    for stop in (LITERATURE, *map(analyses.about, analyses.asked(study))):
        text = text.partition(f"\n{stop}")[0]
    lines = [one for one in text.splitlines() if one.strip()]
    blocks = groupby(lines, key=lambda one: one.startswith("- "))
    return [(is_list, [one.removeprefix("- ") for one in part]) for is_list, part in blocks]


def named(kind: str, preset: str, language: str) -> str:
    """A named set and what it stands for."""
    return f"‘{preset}’: {report_settings.about(kind, preset, language)}"


def policies_note(study: Study, language: str) -> str:
    """What the values of policies stand beside."""
    if study.country:
        return say("country_about", language)
    preset = report_settings.SETTINGS["policy"].presets()[0]
    about = report_settings.about("policy", preset, language)
    return say("policies_note", language, preset=preset, about=about)


def place(study: Study, language: str) -> str:
    """The town or the country."""
    if study.country:
        preset = report_settings.preset_of("country", study.country.changes())
        return named("country", preset, language)
    return named("town", report_settings.preset_of("town", study.town.changes()), language)


def whole_number(number: int, language: str) -> str:
    """A count with thousands apart."""
    return f"{number:,}".replace(",", "." if language == "nl" else ",")


def size_text(study: Study, made: dict[str, Any], language: str) -> str:
    """How many clients, weeks, towns and runs."""
    first, last = made["seeds"][0], made["seeds"][-1]
    key = "seeds_text" if study.seeds > 1 else "seed_text"
    seeds = say(key, language, n=study.seeds, first=first, last=last)
    clients = study.country.clients if study.country else study.town_of(study.policies[0]).clients
    return say(
        "size_text",
        language,
        clients=whole_number(clients, language),
        weeks=study.weeks,
        seeds=seeds,
        runs=whole_number(made["runs"], language),
    )


def codes(text: str, language: str) -> list[tuple[str, str]]:
    """The published figures that codes in a text stand for, with their source."""
    return [
        (
            code,
            f"{evidence_words.statistic(code, language)}; {evidence_words.source(code, language)}",
        )
        for code in sorted(set(CODES.findall(text)) & set(evidence().index))
    ]


def doubts(study: Study, found: Findings, language: str) -> list[str]:
    """What is uncertain, in sentences."""
    rows = [row for name in found.outcomes() for row in found.compared(name)]
    unclear = sum(row.could_be_none for row in rows)
    preset = report_settings.preset_of("parameters", study.parameters.changes())
    key = "chance_none" if study.seeds == 1 else "chance"
    said = [say("chance_futures" if is_sampled(study) else key, language, n=study.seeds)]
    if 1 < study.seeds < ENOUGH_TOWNS and not is_sampled(study):
        said.append(say("chance_few", language, n=study.seeds))
    if unclear:
        said.append(say("none_clear", language, n=len(rows), k=unclear))
    if preset != "fitted":
        said.append(say("not_fitted", language, preset=preset))
    return [*said, say("left_out", language)]


class Failures(NamedTuple):
    """Runs that failed: how many, why, and what more is to be said."""

    text: str
    messages: list[str]
    more: list[str]


def failures(found: Findings, tables: Tables, made: dict[str, Any]) -> Failures | None:
    """What is said of runs that failed; nothing if none did."""
    if not made["failed"] or "failures" not in tables:
        return None
    language, study = found.language, found.study
    counted = Counter(tables["failures"]["error"]).most_common()
    messages = [f"{text} ({say('times', language, n=n)})" for text, n in counted[:MOST_MESSAGES]]
    more = []
    if len(counted) > MOST_MESSAGES:
        more.append(say("failed_more", language, n=len(counted) - MOST_MESSAGES))
    ran = 1 if study.vary.design == "shapley" else len(study.policies)
    missing = [p.called(language) for p in study.policies[:ran] if p.name not in found.there()]
    if missing:
        more.append(say("failed_policies", language, names=", ".join(missing)))
    return Failures(say("failed", language, k=made["failed"], n=made["runs"]), messages, more)


def other_sets(study: Study, made: dict[str, Any]) -> list[str]:
    """Commands that run the study with the other sets of strengths."""
    words = without_options(shlex.split(made["command"]), "--parameters", "--out")
    if words[:1] != ["kring"] or words[1:2] not in (["run"], ["compare"], [study.name]):
        words = ["kring", "run", f"{study.name or 'study'}.toml"]
    here = report_settings.preset_of("parameters", study.parameters.changes())
    names = report_settings.SETTINGS["parameters"].presets()
    name = study.name or "study"
    return [
        shlex.join([*words, "--parameters", other, "--out", f"results/{name}_{other}"])
        for other in names if other != here
    ]  # fmt: skip


def files(folder: Path, language: str) -> list[tuple[str, str]]:
    """The files of a result and what each is."""
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    shown = [n for n in names if not n.startswith(".") and n not in PAGES.values()]
    return [(name, file_words(name, language)) for name in shown]
