"""A plan in a line, and in a few, as a session and a notebook show it."""

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kring.experiments.study.plan import Plan

MOST = 6  # names in a line


def in_a_line(plan: "Plan") -> str:
    """What it is called, and how large it is."""
    points, policies = len(plan.points), len(plan.policies)
    parts = [counted(policies, "policy", "policies")]
    if plan.design.factors:
        parts.append(counted(points, "point", "points"))
    return f"{plan.name!r}: {', '.join(parts)}, {counted(len(plan.runs), 'run', 'runs')}"


def as_html(plan: "Plan") -> str:
    """What it asks, and of what."""
    items = "".join(f"<li>{escape(key)}: {escape(value)}</li>" for key, value in told(plan))
    return f"<p><strong>{escape(plan.question.en or plan.name)}</strong></p><ul>{items}</ul>"


def told(plan: "Plan") -> Iterator[tuple[str, str]]:
    """The parts of a plan, each with what it is."""
    yield "policies", some([policy.name for policy in plan.policies])
    if plan.design.factors:
        yield "varies", some([*plan.design.factors])
        yield "points", f"{len(plan.points):,}"
    yield "measured", some(plan.outcomes)
    yield "clients", f"{plan.clients:,}, {plan.weeks:,} weeks"
    yield "runs", f"{len(plan.runs):,}"


def some(names: list[str]) -> str:
    """The first of these names, and how many there are more."""
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return ", ".join(names[:MOST]) + more


def counted(number: int, one: str, many: str) -> str:
    """So many of something."""
    return f"{number:,} {one if number == 1 else many}"
