"""Files in TOML, and what is wrong with one that is not, in the words of who writes it."""

import re
import tomllib
from pathlib import Path
from typing import Any

from experiments.study.messages import BRACKETS
from experiments.study.values import as_share
from simulation.errors import KringError

KEY = re.compile(r"\s*([\w.-]+)\s*=")
COMMA = re.compile(r"=\s*([-+]?\d+),(\d+)")
PERCENT = re.compile(r"=\s*([\d.]+\s*%)")


def toml_of(path: Path) -> tuple[str, dict[str, Any]]:
    """The text of a TOML file, and what it says.

    Raises
    ------
    KringError
        In one line, for what cannot be read or is no TOML.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        return text, tomllib.loads(text)
    except OSError as error:
        raise KringError(f"cannot read {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise KringError(f"cannot read {path}: it is no text in UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise KringError(not_toml(path, text, str(error))) from None


def not_toml(path: Path, text: str, message: str) -> str:
    """What is wrong with a file that is no TOML."""
    what, _, where = message.partition(" (at ")
    number = re.search(r"line (\d+)", where)
    lines = text.splitlines()
    line = int(number[1]) if number else len(lines)
    slip = twice(what, lines[:line]) or badly_written(lines[line - 1])
    return f"{path}, line {line}: not TOML: {slip or what[:1].lower() + what[1:]}"


def twice(what: str, lines: list[str]) -> str:
    """Which key or table stands there twice, the second time on the last line; if it is that."""
    table = re.match(r"Cannot declare \((.+)\) twice", what)
    if not table and what != "Cannot overwrite a value":
        return ""
    heading = lines[-1].split("#")[0].strip()
    if heading.strip("[ ]") == "policies":
        return BRACKETS
    if table:
        return f"{heading} stands there twice; put its keys together"
    keys = filter(None, map(KEY.match, reversed(lines)))  # its value may take more lines
    return next((f"{key[1]!r} stands there twice" for key in keys), "")


def badly_written(line: str) -> str:
    """How the number on a line is written; nothing if that is not what is wrong."""
    if comma := COMMA.search(line):
        return f"a number has a decimal point: {comma[1]}.{comma[2]}"
    if percent := PERCENT.search(line):
        return as_share(percent[1]).removeprefix("; ")
    return ""
