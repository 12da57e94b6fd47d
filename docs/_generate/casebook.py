"""The studies that come with Kring: a part for each page of the casebook."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from _generate.declared import Study, measure, read, shipped
from _generate.markdown import block, linked, number, sentence, table
from kring.simulation.country import Country
from kring.simulation.policy import Policy
from kring.simulation.town import Town

DOCS = Path(__file__).parents[1]


def is_example(path: Path) -> bool:
    """Whether a study is one of the examples to copy from."""
    return "examples" in path.parts


@cache
def studies() -> dict[str, tuple[Path, Study]]:
    """The studies that come with Kring, by name."""
    return {name: (path, read(path)) for name, path in shipped().items()}


def settings_in_words(values: dict[str, Any]) -> str:
    """What a table of a study sets, in a line."""
    return ", ".join(f"`{name}` {number(value)}" for name, value in values.items())


def compared(study: Study) -> Iterator[str]:
    """The policies, the town, and what varies."""
    town = study.country or study.town
    kind = "A country" if study.country else "The town"
    usual = Country.presets()[0] if study.country else Town.presets()[0]
    set_here = {"preset": usual, **town.changes()}
    set_here |= {"clients": study.country.clients} if study.country else {}
    preset = set_here.pop("preset")
    others = f", with {settings_in_words(set_here)}" if set_here else ""
    yield (f"{kind} `{preset}`{others}; {study.weeks} weeks; {study.seeds} "
           f"{'town' if study.seeds == 1 else 'towns'} drawn.")  # fmt: skip
    if study.parameters.changes():
        yield f"Strengths of mechanisms: {settings_in_words(study.parameters.changes())}."
    rows = []
    for policy in study.policies:
        levers = {name: value for name, value in policy.changes().items() if name != "preset"}
        more = {"who come by a conference": policy.conference, "in the town": policy.town,
                "strengths": policy.parameters}  # fmt: skip
        parts = [f"`{policy.preset or Policy.presets()[0]}`", settings_in_words(levers)]
        parts += [
            f"{words}: {settings_in_words(values)}" for words, values in more.items() if values
        ]
        parts += [f"{policy.weeks} weeks"] if policy.weeks else []
        rows.append((policy.name, "; ".join(part for part in parts if part)))
    yield table(("policy", "preset, and what is otherwise"), rows)
    if study.vary.factors():
        yield f"What varies (`{study.vary.design}`):"
        yield table(("quantity", "values"),
                    [(f"`{n}`", number(v)) for n, v in study.vary.factors().items()])  # fmt: skip


def measured(study: Study) -> str:
    """The outcomes of a study."""
    rows = [(f"`{name}`", measure(name).unit, measure(name).en) for name in study.outcomes]
    return table(("outcome", "unit", "meaning"), rows)


def case(name: str) -> Iterator[str]:
    """A study of the casebook: question, literature, what is compared, how to run it."""
    path, study = studies()[name]
    yield "## The question"
    yield sentence(study.question)
    yield "## What is compared"
    yield from compared(study)
    yield "### What is measured"
    yield measured(study)
    if study.literature:
        yield "## What the literature says"
        yield linked(sentence(study.literature))
    yield "## How to run it"
    whole, small = f"kring {name}", f"kring {name} --quick"
    yield block(
        "sh",
        f"{whole:{len(small)}}  # some minutes\n"
        f"{small}  # seconds; its numbers are not for conclusions",
    )
    where = path.relative_to(DOCS.parent).as_posix()
    yield (f"The study is a text file, `{where}`, that can be copied and changed: "
           "[how to write a study](../howto/study.md).")  # fmt: skip


def example(name: str) -> Iterator[str]:
    """An example: its question and the file itself, to copy."""
    path, study = studies()[name]
    text = path.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#:schema")]
    yield f"# {name.replace('_', ' ').capitalize()}"
    yield f"**{sentence(study.question).rstrip('.')}**"
    yield block("sh", f"kring run {name}")
    yield ("Copy this text to a file of your own, such as `mine.toml`, change it, and run it with "
           "`kring run mine.toml`.")  # fmt: skip
    yield block("toml", "\n".join(lines))
    figure = DOCS / "figures" / f"{name}.png"
    if figure.is_file():
        yield f"![What comes out of {name}](../../figures/{name}.png)"


def case_list() -> Iterator[str]:
    """All studies of the casebook with their question."""
    rows = []
    for name, (path, study) in studies().items():
        if not is_example(path):
            page = f"[{name.replace('_', ' ')}](../casebook/{name}.md)"
            rows.append((page, study.question, f"`kring {name}`"))
    yield table(("study", "question", "command"), rows)


def example_list() -> Iterator[str]:
    """All examples with their question and what they show."""
    rows = []
    for name, (path, study) in studies().items():
        if is_example(path):
            shows = re.search(
                r"^# Shows: (.+?)(?:\. Takes|\.$)", path.read_text(encoding="utf-8"), re.MULTILINE
            )
            rows.append((f"[`{name}`](../casebook/examples/{name}.md)", study.question,
                         shows[1] if shows else ""))  # fmt: skip
    yield table(("example", "asks", "shows"), rows)


def dutch_list() -> Iterator[str]:
    """All studies of the casebook with their question and literature in Dutch."""
    for name, (path, study) in studies().items():
        if not is_example(path):
            yield f"### {name.replace('_', ' ').capitalize()}"
            yield f"**{study.question_nl}**"
            if study.literature_nl:
                yield f"Uit de literatuur: {linked(study.literature_nl)}"
            yield f"`kring {name}` · [figuur en cijfers](../casebook/{name}.md)"
