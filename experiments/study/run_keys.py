"""The keys of runs: the same key, the same numbers, in any study.

In a key is all that the numbers of a run depend on, and what is asked of them; not what policies
are called.
"""

import hashlib
from typing import TYPE_CHECKING, Any

from kring.experiments.study.fingerprint import code, digest
from kring.experiments.study.spec import Study

if TYPE_CHECKING:
    from kring.experiments.study.plan import Plan

BASE = {"town", "country", "parameters", "field", "weeks", "pieces", "begins"}  # of all runs


def run_keys(plan: "Plan", study: Study, own: dict[str, str]) -> dict[int, str]:
    """The key of each run of a plan, by its number.

    Parameters
    ----------
    plan : Plan
        The plan.
    study : Study
        The study of which it is the plan.
    own : dict of str to str
        Measures of one's own, each with a hash of what it does.
    """
    asked: dict[str, Any] = {"outcomes": plan.outcomes, "tables": plan.tables, "code": code()}
    asked |= {"own": own} if own else {}
    if plan.extensions:
        asked["extensions"] = [one[:3] for one in sorted(plan.extensions)]
    base = study.model_dump(include=BASE, exclude={"town": {"clients_from", "ties_from"}})
    if plan.budget and plan.budget.prices:
        base["prices"] = plan.budget.prices
    if study.municipality:
        base |= study.model_dump(include={"municipality"})
    policies = [digest(one.model_dump(exclude={"name", "nl"})) for one in study.policies]
    is_split = len(plan.design.policies) < len(policies)  # a point is a mix of both policies
    mixes = digest([*policies, study.vary.groups]) if is_split else ""
    today = policies[0] if plan.has_today or plan.is_beside_first else ""
    alike, at = digest(asked | base | {"today": today}), [digest(p) for p in plan.points]
    which = digest({name: one.digest for name, one in plan.ensembles.items() if one})
    return {
        run.number: short(
            (alike, mixes, policies[run.policy], at[run.point], run.seed, run.municipality,
             which if run.set else "", run.set)
        )
        for run in plan.runs
    }  # fmt: skip


def short(parts: tuple[Any, ...]) -> str:
    """A short hash of these."""
    return hashlib.sha256(".".join(map(str, parts)).encode()).hexdigest()[:16]
