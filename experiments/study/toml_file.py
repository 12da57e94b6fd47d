"""Files in TOML: read whole, within what a person writes, with every number as it was meant."""

import re
import tomllib
from pathlib import Path
from typing import Any

from kring.experiments.study.bad_toml import not_toml
from kring.experiments.study.numbers import two_readings
from kring.experiments.study.toml_lines import Keys, line_of
from kring.simulation.errors import KringError

MOST_BYTES = 5_000_000
MOST_DEEP = 12  # keys and lists within each other
MOST_LETTERS, MOST_KEY_LETTERS = 10_000, 200
MOST_NUMBER = 2**63 - 1  # TOML's own bound


class Written(float):
    """A number with a decimal point, and how it was written."""

    def __new__(cls, text: str) -> "Written":
        """Keep the text beside the number."""
        found = super().__new__(cls, text)
        found.text = text
        return found

    text: str


def toml_of(path: Path) -> tuple[str, dict[str, Any]]:
    """The text of a TOML file, and what it says.

    Raises
    ------
    KringError
        In one line, for what cannot be read, is no TOML, or is no number or text that is meant.
    """
    text = text_of(path)
    try:
        content = tomllib.loads(text, parse_float=Written)
    except tomllib.TOMLDecodeError as error:
        raise KringError(not_toml(path, text, str(error))) from None
    except RecursionError:
        raise KringError(f"{path}, line {deepest(text)}: {TOO_DEEP}") from None
    except ValueError:  # Python takes no whole number of so many digits
        line = next(i for i, one in enumerate(text.splitlines(), 1) if LONG_NUMBER.search(one))
        raise KringError(f"{path}, line {line}: {TOO_LARGE}") from None
    try:
        return text, plain(content)
    except RecursionError:
        raise KringError(f"{path}, line {deepest(text)}: {TOO_DEEP}") from None
    except Meant as slip:
        place = line_of(text, slip.keys, "")
        raise KringError(f"{path}, line {place}: {slip}") from None


TOO_DEEP = f"brackets or keys within each other, more than {MOST_DEEP} deep; a study has no such"
TOO_LARGE = "a number of more digits than a computer counts"
LONG_NUMBER = re.compile(r"\d{4000}")


class Meant(Exception):
    """A value that cannot be what was meant, and the keys that lead to it."""

    def __init__(self, keys: Keys, message: str) -> None:
        super().__init__(message)
        self.keys = keys


def text_of(path: Path) -> str:
    """The text of a file that a person wrote.

    Raises
    ------
    KringError
        If it cannot be read, is too large, or is no text in UTF-8.
    """
    try:
        with open(path, "rb") as stream:
            content = stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise KringError(f"{path} is larger than {MOST_BYTES:,} bytes, so it is no study")
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise KringError(f"cannot read {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise KringError(
            f"cannot read {path}: it is no text in UTF-8; save it as UTF-8 in your editor"
        ) from None
    return text.replace("\r\n", "\n")


def deepest(text: str) -> int:
    """The line with most brackets and dots."""
    lines = text.splitlines()
    return 1 + max(range(len(lines)), key=lambda i: len(re.findall(r"[\[{.]", lines[i])))


def plain(value: Any, keys: Keys = ()) -> Any:
    """A value with numbers as numbers; refused where it cannot be what was meant."""
    if len(keys) > MOST_DEEP:
        raise RecursionError
    if isinstance(value, dict):
        for key in value:
            if len(key) > MOST_KEY_LETTERS:
                raise Meant((*keys, key), f"a key of {len(key):,} letters; a study has no such")
        return {key: plain(inner, (*keys, key)) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner, (*keys, str(i))) for i, inner in enumerate(value)]
    if isinstance(value, str) and len(value) > MOST_LETTERS:
        raise Meant(keys, f"{keys[-1]}: a text of {len(value):,} letters; at most {MOST_LETTERS:,}")
    if isinstance(value, int) and abs(value) > MOST_NUMBER:
        raise Meant(keys, TOO_LARGE)
    if isinstance(value, Written):
        name = next(key for key in reversed(keys) if not key.isdigit())
        if readings := two_readings(name, value.text):
            raise Meant(keys, f"{name} = {value.text} can be read in two ways: {readings}")
        return float(value)
    return value
