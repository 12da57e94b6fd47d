"""Pieces of Markdown: tables, blocks, sentences, and codes as links."""

import re
from collections.abc import Iterable
from typing import Any

EVIDENCE = re.compile(r"\bE\d{2}\b")
MECHANISM = re.compile(r"\bM\d{1,2}\b")
Rows = Iterable[Iterable[Any]]


def linked(text: str, up: str = "../") -> str:
    """The same text, with codes of the evidence and of mechanisms as links."""
    text = EVIDENCE.sub(lambda e: f"[{e[0]}]({up}explanation/evidence.md#{e[0].lower()})", text)
    return MECHANISM.sub(lambda m: f"[{m[0]}]({up}explanation/mechanisms.md#{m[0].lower()})", text)


def number(value: Any) -> str:
    """A value as a reader writes it: a number without needless zeros, a word as it is."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(number(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} = {number(one)}" for name, one in value.items())
    return f"{value:.10g}" if isinstance(value, int | float) else str(value)


def table(head: Iterable[str], rows: Rows) -> str:
    """A table."""
    head = list(head)
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for row in rows:
        cells = [" ".join(str(cell).replace("|", "\\|").split()) for cell in row]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def block(kind: str, text: str) -> str:
    """A block of code."""
    return f"```{kind}\n{text.rstrip()}\n```"


def sentence(text: str) -> str:
    """The same text, as a sentence: with a capital and a full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def first_line(documented: Any) -> str:
    """The first line of what a class or function says of itself."""
    return (documented.__doc__ or "").strip().partition("\n")[0]
