"""What a reading needs of a study: said before the first run, not found out after the last."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from kring.experiments.study.files import CASEBOOK
from kring.experiments.study.plan import Plan
from kring.simulation.errors import KringError


@dataclass(frozen=True)
class Needs:
    """What a reading needs of a study.

    Attributes
    ----------
    outcomes, tables, policies : sequence of str
        Names of what is measured, of the long tables that are kept, and of policies.
    fewest_policies : int
        Policies at least.
    varies : sequence of str, optional
        What varies, as `policy.lever`, and nothing else; whatever it likes if not given.
    place : str
        ``town`` or ``country``; either if empty.

    Examples
    --------
    >>> from kring.experiments.study.load import read_study
    >>> needs = Needs(outcomes=("waiting",), fewest_policies=2)
    >>> [*needs.lacking(read_study({"policies": ["wijkteam"]}))]
    ["outcomes 'waiting'", '2 policies']
    """

    outcomes: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    fewest_policies: int = 1
    varies: tuple[str, ...] | None = None
    place: str = ""

    def lacking(self, plan: Plan) -> Iterator[str]:
        """What a study lacks, each in words."""
        names = [policy.name for policy in plan.policies]
        for wanted, there, key in (
            (self.outcomes, plan.outcomes, "outcomes"),
            (self.tables, plan.tables, "tables"),
            (self.policies, names, "policies called"),
        ):
            if missing := [repr(name) for name in wanted if name not in there]:
                yield f"{key} {', '.join(missing)}"
        if len(names) < self.fewest_policies:
            yield f"{self.fewest_policies} policies"
        varied = [*plan.design.factors] + ["(shapley)"] * (len(plan.design.policies) < len(names))
        if self.varies is not None and varied != list(self.varies):
            yield f"that {', '.join(self.varies) or 'nothing'} varies, and nothing else"
        if self.place and self.place != ("country" if plan.country else "town"):
            yield f"a {self.place}"


@cache
def of_the_casebook() -> dict[str, Needs]:
    """What the readings of the casebook need, by name."""
    with open(CASEBOOK / "needs.toml", "rb") as stream:
        found = tomllib.load(stream)
    return {name: needs_of(table) for name, table in found.items()}


def needs_of(table: dict[str, Any]) -> Needs:
    """What a table of the file says."""
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
    return Needs(**values)


def check_needs(plan: Plan, needs: Needs | None = None) -> None:
    """Refuse a study that its reading cannot read.

    Parameters
    ----------
    plan : Plan
        The plan of the study.
    needs : Needs, optional
        Of a reading of one's own; those of the casebook's reading that it names if not given.

    Raises
    ------
    KringError
        With all that it lacks.
    """
    chosen = needs or of_the_casebook().get(plan.reading, Needs())
    if lacking := "; ".join(chosen.lacking(plan)):
        name = plan.reading or "that is handed in"
        raise KringError(f"reading: the reading {name} needs {lacking}")
