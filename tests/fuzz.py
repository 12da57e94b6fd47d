"""Study files by the thousand, each with something wrong: what isn't a plan is one line.

A few hundred are read by the tests, the same every time. Before a release more, of another lot::

    python -m tests.fuzz 20000 --seed 7
"""

import random
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

from kring.experiments.pipeline.preview import contradictions
from kring.experiments.study.files import shipped
from kring.experiments.study.load import load
from kring.experiments.study.options import Options
from kring.simulation.errors import KringError

SEEDS = {name: path.read_text("utf-8") for name, path in shipped().items()}
LINES = [line for text in SEEDS.values() for line in text.splitlines() if "=" in line]
ODD = (
    "-1", "0", "1.000", "2,5", "1e308", "-1e-308", "nan", "inf", "9" * 30, "true", '""', '"x"',
    "[]", "[[1]]", "{}", "{a = 1}", "1979-05-27", "0x10", '"\\u0000"',
    '"=1+1"', '"\u202e"', "[1, 1]",
    "'''\n'''", '"' + "y" * 500 + '"', "[0.1, 0.1]", "[1, 0]", '["a", 1]', "1_000", "+5", "'1'",
)  # fmt: skip
SIGNS = (
    "\u201c",
    "\u00a0",
    "\ufeff",
    "\x00",
    "\x1b",
    "[",
    "]",
    "{",
    "}",
    '"',
    "'",
    "=",
    "#",
    "\r",
    ",",
)
MOST = 4000  # letters of a line, in which every name of a lever may stand
Change = Callable[[random.Random, str], str]


def with_keys(lines: list[str]) -> list[int]:
    """Numbers of the lines on which a key stands; the first line if on none."""
    return [i for i, line in enumerate(lines) if "=" in line] or [0]


def other_value(luck: random.Random, text: str) -> str:
    """A key gets another value."""
    lines = text.splitlines()
    i = luck.choice(with_keys(lines))
    lines[i] = f"{lines[i].partition('=')[0]}= {luck.choice(ODD)}"
    return "\n".join(lines)


def other_key(luck: random.Random, text: str) -> str:
    """A letter of a key is another."""
    lines = text.splitlines()
    i = luck.choice(with_keys(lines))
    key = lines[i].partition("=")[0].strip() or "x"
    at = luck.randrange(len(key))
    lines[i] = key[:at] + luck.choice("abz_.0 ") + key[at + 1 :] + lines[i][len(key) :]
    return "\n".join(lines)


def line_from_elsewhere(luck: random.Random, text: str) -> str:
    """A line of another study stands in this one."""
    lines = text.splitlines()
    lines.insert(luck.randrange(len(lines) + 1), luck.choice(LINES))
    return "\n".join(lines)


def line_gone(luck: random.Random, text: str) -> str:
    """A line is gone, or the rest of the file."""
    lines = text.splitlines()
    i = luck.randrange(len(lines))
    return "\n".join(lines[:i] + (lines[i + 1 :] if luck.random() < 0.7 else []))


def line_twice(luck: random.Random, text: str) -> str:
    """A line stands there twice, or some lines at another place."""
    lines = text.splitlines()
    i = luck.randrange(len(lines))
    lines.insert(luck.randrange(len(lines)), "\n".join(lines[i : i + luck.randint(1, 4)]))
    return "\n".join(lines)


def odd_sign(luck: random.Random, text: str) -> str:
    """A sign somewhere that does not belong there."""
    at = luck.randrange(len(text))
    return text[:at] + luck.choice(SIGNS) + text[at + luck.randint(0, 1) :]


CHANGES: tuple[Change, ...] = (
    other_value, other_value, other_key, line_from_elsewhere, line_gone, line_twice, odd_sign,
)  # fmt: skip


def mutated(number: int, seed: int = 1) -> str:
    """The text of one study file with one to three things wrong: the same every time."""
    luck = random.Random(f"{seed} {number}")
    text = SEEDS[luck.choice(sorted(SEEDS))]
    for _ in range(luck.randint(1, 3)):
        text = luck.choice(CHANGES)(luck, text) or "\n"
    return text


def wrong_with(text: str, folder: Path) -> str:
    """What Kring does wrong with a study file: all but a plan or one line; empty if nothing."""
    file = folder / "study.toml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    try:
        plan = load(file, Options(quick=True))
        list(contradictions(plan))
    except KringError as told:
        line = str(told)
        is_short = line.isprintable() and len(line) < MOST
        return "" if is_short else f"told as {line[:300]!r}"
    except Exception:
        return traceback.format_exc()
    return ""


def main() -> None:
    """Read as many as are asked for; the first that goes wrong is kept and shown."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seed = int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else 1
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(many):
            text = mutated(number, seed)
            if what := wrong_with(text, Path(folder)):
                wrong += 1
                print(f"--- number {number} of seed {seed}\n{what}")
                Path(f"fuzz-{seed}-{number}.toml").write_text(text, "utf-8", "surrogateescape")
    print(f"{many} study files, {wrong} wrong")
    sys.exit(int(bool(wrong)))


if __name__ == "__main__":
    main()
