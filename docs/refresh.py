"""Run the commands that the documents quote, and put in what they print now.

A quoted passage stands between ``<!-- output of: COMMAND -->`` and ``<!-- end of output -->``;
``| grep -E "words|words"`` behind the command keeps the lines that match, ``| grep -vE`` all
others. Figures and reference tables are copied from the results of the same commands.

The lesson's answers and the notebooks are made by `docs/lesson.py` and `docs/notebooks.py`, and
CITATION.cff by `docs/citation.py`.

``python docs/refresh.py`` does all of these (about twenty minutes), ``python docs/refresh.py
rotterdam`` only what comes from commands with that word; ``--check`` changes nothing and tells what
would change. The ensemble and the sensitivity of the model are made anew only where they are asked
for, ``python docs/refresh.py calibrate sensitivity``: that takes about an hour.
"""

import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

from kring.experiments.study.files import shipped

ROOT = Path(__file__).parent.parent
PASSAGE = re.compile(
    r"(<!-- output of: (?P<command>.+?) -->\n```text\n)(?P<text>.*?)(```\n<!-- end of output -->)",
    re.DOTALL,
)
REFERENCE = ("table", "fit", "trajectories", "weekly_means", "who_entered")
COPIES = {  # made by `kring <name>` or `kring run <name>` -> kept in
    **{name: {f"{name}.png": "docs/figures"} for name in shipped()},
    "rotterdam": {
        **{f"{table}.csv": "results/reference" for table in REFERENCE},
        **{f"{f}.png": "docs/figures" for f in ("problems", "supporters", "problems_nl")},
    },
}
LONG = {  # made only where it is asked for -> what is kept of its folder
    "kring calibrate --check --name rotterdam --out results/calibration": {
        "rotterdam.csv": "simulation/data/ensembles",
        **{
            f"{table}.csv": "results/reference/calibration"
            for table in (
                *("waves", "rows", "not_together", "narrowed", "depends_on"),
                *("value_of_information", "sequential", "ranks"),
            )
        },
    },
    "kring sensitivity": {f"{t}.csv": "results/reference/sensitivity" for t in ("morris", "sobol")},
}


def documents() -> list[Path]:
    """All documents that are kept: not what a build of the site writes."""
    found = [*ROOT.glob("*.md"), *ROOT.glob("results/*.md"), *ROOT.glob("docs/**/*.md")]
    written = (ROOT / "docs/_build", ROOT / "docs/_generated", ROOT / "docs/casebook/examples")
    return sorted(path for path in found if not set(written) & set(path.parents))


made: dict[str, bytes] = {}  # file to keep -> what it should hold


@cache
def printed(command: str) -> str:
    """What a `kring` command prints, without the note on a first start.

    Results that are kept are picked up at once: the next command may write to the same folder.
    """
    print(f"$ {command}", flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "kring.experiments.cli.entry", *shlex.split(command)[1:]],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    name = command.removeprefix("kring ").removeprefix("run ")
    where = "calibration" if command.startswith("kring calibrate ") else name
    for file, folder in (COPIES.get(name) or LONG.get(command, {})).items():
        path = ROOT / "results" / where / file
        if path.is_file():  # examples name their figures otherwise
            made[f"{folder}/{file}"] = path.read_bytes()
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    return "\n".join(line for line in lines if not line.startswith("First start:")) + "\n"


def chosen(command: str) -> str:
    """What a command prints; behind `| grep -E` the lines that match, behind `-vE` the others."""
    command, sign, words = re.fullmatch(r"(.+?)(?: \| grep -(v?E) (.+))?", command).groups()
    text = printed(command)
    if not words:
        return text
    (wanted,) = shlex.split(words)
    lines = [line for line in text.splitlines() if bool(re.search(wanted, line)) == (sign == "E")]
    return "\n".join(lines).strip("\n") + "\n"


def passages(words: list[str], check: bool) -> list[str]:
    """Renew the passages of commands with one of these words, of all if none; list what changed."""

    def renew(passage: re.Match) -> str:
        command = passage["command"]
        if words and not any(word in command for word in words):
            return passage[0]
        return passage[1] + chosen(command) + passage[4]

    changed = []
    for path in documents():
        old = path.read_text(encoding="utf-8")
        new = PASSAGE.sub(renew, old)
        if new != old:
            changed.append(path.relative_to(ROOT).as_posix())
            if not check:
                path.write_text(new, encoding="utf-8")
    return changed


def kept(check: bool) -> list[str]:
    """Keep the figures and tables that were made; list what changed."""
    changed = []
    for name, content in made.items():
        path = ROOT / name
        if not path.exists() or path.read_bytes() != content:
            changed.append(name)
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    return changed


def of_the_lesson(check: bool) -> list[str]:
    """Renew the answers and the notebooks of the lessons; list what changed."""
    sys.path[:0] = [str(ROOT)]
    from docs import lesson, notebooks

    return lesson.renew(check) + notebooks.write(check)


def of_the_citation(check: bool) -> list[str]:
    """Write how Kring is cited; list what changed."""
    sys.path[:0] = [str(ROOT)]
    from docs import citation

    return citation.write(check)


def main() -> None:
    """Refresh the passages, figures and reference tables; list what has changed."""
    words = [word for word in sys.argv[1:] if word != "--check"]
    check = "--check" in sys.argv
    changed = passages(words, check)
    for command in LONG:
        if command.split()[1] in words:
            printed(command)
    changed += kept(check)
    if not words or "lesson" in words:
        changed += of_the_lesson(check)
    if not words or "cite" in words:
        changed += of_the_citation(check)
    print("\n".join(changed) or "nothing has changed")
    if check and changed:
        sys.exit(1)


if __name__ == "__main__":
    main()
