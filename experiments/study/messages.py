"""What is wrong with a study file, in one line that names the nearest right thing."""

import json
import re
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kring.experiments.study.toml_lines import Keys
from kring.experiments.study.values import as_written, shorten
from kring.simulation.errors import KringError, alike, nearest

WANTED = {  # what pydantic misses, in the words of who writes a study
    "int": "a whole number is wanted",
    "float": "a number is wanted",
    "bool": "true or false is wanted",
    "date": "a date is wanted, such as 2026-01-31",
    "string_too_short": "it is empty",
    "string_too_long": "at most {} letters are wanted",
    "string": "a text in quotes is wanted",
    "dict": "a table is wanted, with a line for each key",
    "model": "a table is wanted, with a line for each key",
    "greater": "at least {} is wanted",
    "less": "at most {} is wanted",
    "too": "at least one is wanted",
}
BOUNDS = ("ge", "gt", "le", "lt", "max_length")
BRACKETS = "write [[policies]], double brackets, once for each policy"
FOLDER_NAME = (
    "the name is the folder's too: letters, numbers, spaces and the signs _ . + -, at most 80 of "
    "them, beginning with a letter, a number or _"
)
POLICY_NAME = "a name begins with another sign than a space or _"
ALSO_CALLED = {"lhs": "latin hypercube"}


def first_error(error: ValidationError | KringError, model: type[BaseModel]) -> tuple[Keys, str]:
    """The keys that lead to the first thing wrong, and what is wrong with it.

    Parameters
    ----------
    error : ValidationError or KringError
        What was raised.
    model : type of BaseModel
        What the study should have been.
    """
    if isinstance(error, ValidationError):
        first = min(error.errors(), key=lambda one: one["type"] == "missing")  # a slip goes first
        if first["type"] != "value_error":
            keys = tuple(str(key) for key in first["loc"] if key not in ("float", "str"))
            return keys, in_words(keys, first, model)
        message = first["msg"].removeprefix("Value error, ")
    else:
        message = str(error)
    named = re.match(r"[a-z_]+(\.\w+|\[\d+\])*(?=[ :])", message)
    return tuple(re.findall(r"\w+", named[0])) if named else (), message


def in_words(keys: Keys, error: ErrorDetails, model: type[BaseModel]) -> str:
    """What is wrong with a key, and the nearest right thing."""
    *above, last = keys
    inside = f"{written(tuple(above))}: " if above else ""
    if error["type"] == "extra_forbidden":
        return f"{inside}no key {last!r}; {nearest(last, keys_of(model, above))}"
    if error["type"] == "missing":
        slip = alike(last, error["input"])
        return inside + (
            f"no key {slip[0]!r}; did you mean {last!r}?" if slip else f"{last!r} is missing"
        )
    if error["type"] == "literal_error":
        known = re.findall(r"'([^']*)'", error["ctx"]["expected"])
        given = shorten(str(error["input"]))
        return f"{written(keys)}: no {given!r}; {nearest(ALSO_CALLED.get(given, given), known)}"
    if brackets := in_brackets(keys, error) or in_a_table(keys, error, model):
        return f"{written(keys)}: {brackets}"
    given = error["input"]
    has_point = isinstance(given, float) and error["type"].startswith("int")
    told = repr(given) if has_point else as_written(given)
    return f"{written(keys)} = {told}: {wanted(keys, error)}"


def in_brackets(keys: Keys, error: ErrorDetails) -> str:
    """How many brackets a heading takes, where it has too few or too many."""
    if keys == ("policies",) and error["type"] == "list_type":
        return BRACKETS
    if error["type"] in ("dict_type", "model_type") and isinstance(error["input"], list):
        heading = ".".join(key for key in keys if not key.isdigit())
        return f"write [{heading}], single brackets"
    return ""


def in_a_table(keys: Keys, error: ErrorDetails, model: type[BaseModel]) -> str:
    """How a preset is named, where its name stands in place of its table."""
    named = [key for key in keys if not key.isdigit()]
    is_text = error["type"] in ("dict_type", "model_type") and isinstance(error["input"], str)
    if not is_text or "preset" not in keys_of(model, named):
        return ""
    heading = "[[policies]]" if named == ["policies"] else f"[{'.'.join(named)}]"
    return f"write {heading} and below it preset = {json.dumps(error['input'])}"


def wanted(keys: Keys, error: ErrorDetails) -> str:
    """What a key takes, in place of what it was given."""
    kind, given = error["type"], error["input"]
    if kind == "list_type":
        is_text = isinstance(given, str) and given.isprintable()
        example = json.dumps([given], ensure_ascii=False) if is_text else "[1, 2]"
        return f"a list is wanted, such as {example}"
    if kind == "string_pattern_mismatch":
        return FOLDER_NAME if keys == ("name",) else POLICY_NAME
    words = next((words for start, words in WANTED.items() if kind.startswith(start)), "")
    bounds = [f"{error['ctx'][name]:g}" for name in BOUNDS if name in error.get("ctx", {})]
    if kind in ("greater_than", "less_than"):
        words = words.replace("at least", "more than").replace("at most", "less than")
    return words.format(*bounds) or error["msg"].lower()


def written(keys: Keys) -> str:
    """Keys as one says them: `policies[1].name`."""
    return re.sub(r"\.(\d+)", r"[\1]", ".".join(keys))


def keys_of(model: type[BaseModel], above: list[str]) -> list[str]:
    """Keys that could have stood below these."""
    for key in above:
        field = model.model_fields.get(key)
        inner = [field.annotation, *get_args(field.annotation)] if field else []
        model = next((t for t in inner if isinstance(t, type) and issubclass(t, BaseModel)), model)
    return list(model.model_fields)
