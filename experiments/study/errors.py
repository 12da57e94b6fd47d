"""What is wrong with a study file, in one line that names the nearest right thing."""

import re
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from experiments.study.toml_lines import Keys
from simulation.errors import KringError, nearest

WANTED = {  # what pydantic misses, in the words of who writes a study
    "int": "a whole number is wanted",
    "float": "a number is wanted",
    "string_too": "it is empty",
    "string_pattern": "a name begins with a letter or number; of other signs it has few",
    "string": "a text in quotes is wanted",
    "list": "a list is wanted, such as [1, 2]",
    "dict": "a table is wanted, with a line for each key",
    "model": "a table is wanted, with a line for each key",
    "greater": "at least {} is wanted",
    "less": "at most {} is wanted",
    "too": "at least one is wanted",
}
BOUNDS = ("ge", "gt", "le", "lt")


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
        first = error.errors()[0]
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
    what = written(tuple(above))
    if error["type"] == "extra_forbidden":
        near = nearest(last, keys_of(model, above))
        return f"{what}: no key {last!r}; {near}" if above else f"no key {last!r}; {near}"
    if error["type"] == "missing":
        return f"{what}: {last!r} is missing" if above else f"{last!r} is missing"
    if error["type"] == "literal_error":
        known = re.findall(r"'([^']*)'", error["ctx"]["expected"])
        return f"{written(keys)}: no {error['input']!r}; {nearest(str(error['input']), known)}"
    wanted = next((w for kind, w in WANTED.items() if error["type"].startswith(kind)), "")
    bounds = [f"{error['ctx'][name]:g}" for name in BOUNDS if name in error.get("ctx", {})]
    if error["type"] in ("greater_than", "less_than"):
        wanted = wanted.replace("at least", "more than").replace("at most", "less than")
    return f"{written(keys)} = {error['input']!r}: {wanted.format(*bounds) or error['msg'].lower()}"


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
