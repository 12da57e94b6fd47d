"""What is wrong with a file that is no TOML, in the words of who writes it."""

import re
from pathlib import Path

from kring.experiments.study.messages import BRACKETS
from kring.experiments.study.values import as_share

KEY = re.compile(r"\s*([\w.-]+)\s*=")
COMMA = re.compile(r"=\s*([-+]?\d+),(\d+)")
PERCENT = re.compile(r"=\s*([\d.]+\s*%)")
THOUSANDS = re.compile(
    r"=\s*([-+]?\d{1,3}(?:([., '\u2019\u00a0\u202f])\d{3})(?:\2\d{3})*)\s*(#.*)?$"
)
UNIT = re.compile(r"=\s*(?:[€$£]\s*[\d.,]+|[\d.,]+\s*[^\W\d_]+)\s*(#.*)?$")
YES_NO = {
    **dict.fromkeys(("yes", "ja", "on", "true"), "true"),
    **dict.fromkeys(("no", "nee", "off", "false"), "false"),
}
WORD = re.compile(r"=\s*([^\W\d]\w*(?:[ -]\w+)*)\s*(#.*)?$")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
SIGNS = {  # what word processors put in place of the signs that TOML knows
    "\u201c\u201d\u201e\u2018\u2019\u201a\u00ab\u00bb": 'quotation marks are straight: "..."',
    "\u2013\u2014\u2212": "a minus is written -",
    "\u00a0\u202f\u2007\u3000": "a space that does not break stands here; type a usual one",
    "\ufeff\u200b\u200c\u200d\u2060": "a sign that is not seen stands here; type the line anew",
}


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
    """How a number or a sign on a line is written; nothing if that is not what is wrong."""
    if thousands := THOUSANDS.search(line):
        digits = re.sub(r"[^-+\d]", "", thousands[1])
        comma = thousands[1].replace(",", ".")
        either = f" or {float(comma):g}" if thousands[1].count(",") == 1 else ""
        return f"a number has no sign between its thousands: write {digits}{either}"
    if comma := COMMA.search(line):
        return f"a number has a decimal point: {comma[1]}.{comma[2]}"
    if percent := PERCENT.search(line):
        return as_share(percent[1]).removeprefix("; ")
    if UNIT.search(line):
        return "a number stands without its unit"
    if word := WORD.search(line):
        hint = YES_NO.get(word[1].lower())
        return f"yes or no is written {hint}" if hint else f'a text stands in quotes: "{word[1]}"'
    outside = QUOTED.sub("", line)
    return next((hint for signs, hint in SIGNS.items() if set(signs) & set(outside)), "")
