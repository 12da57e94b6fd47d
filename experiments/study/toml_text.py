"""A study as the text of a TOML file, as a person would write it.

Numbers are written so that `toml_file` takes them for what they are: 2.125 that could be meant as
thousands is refused there, 2.1250 is not.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kring.experiments.study.numbers import two_readings

BARE = re.compile(r"[\w-]+", re.ASCII)
DATES = ("begins", "from_date")  # which JSON has as a text
POLICIES = "policies"


def toml_text(keys: Mapping[str, Any]) -> str:
    """The text of a study: keys of the whole study first, then its tables.

    Examples
    --------
    >>> print(toml_text({"seeds": 2, "policies": [{"name": "now", "offer": 0.5}]}), end="")
    seeds = 2
    <BLANKLINE>
    [[policies]]
    name = "now"
    offer = 0.5
    """
    return "\n".join([*lines(keys), ""]).lstrip("\n")


def lines(keys: Mapping[str, Any], above: str = "") -> Iterator[str]:
    """The lines of a table: its own keys, and the tables within it."""
    own = {name: value for name, value in keys.items() if not is_table(name, value)}
    if above and (own or not keys):
        yield from ("", f"[{above}]")
    yield from entries(own)
    for name in (name for name in keys if name not in own):
        heading = f"{above}.{written_key(name)}" if above else written_key(name)
        if name != POLICIES:
            yield from lines(keys[name], heading)
            continue
        for policy in keys[name]:
            yield from ("", f"[[{heading}]]", *entries({"name": policy["name"], **policy}))


def is_table(name: str, value: Any) -> bool:
    """Whether a value stands under a heading of its own."""
    return isinstance(value, Mapping) or name == POLICIES


def entries(keys: Mapping[str, Any]) -> Iterator[str]:
    """A line for each key that is given."""
    for name, value in keys.items():
        if value is not None:
            yield f"{written_key(name)} = {written(name, value)}"


def written_key(name: str) -> str:
    """A key, in quotes where it needs these."""
    return name if BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def written(name: str, value: Any) -> str:
    """The value of a key."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value!r}0" if two_readings(name, repr(value)) else repr(value)
    if isinstance(value, list):
        return f"[{', '.join(written(name, one) for one in value)}]"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(entry.strip() for entry in entries(value))} }}" if value else "{}"
    if isinstance(value, date) or name in DATES:
        return str(value)
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)
