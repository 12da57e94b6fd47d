"""Measures of single questions about the municipality."""

from functools import partial

import numpy as np

from kring.experiments.measures.base import Measure, came, hours_for, mean_of, ratio
from kring.simulation import episodes
from kring.simulation.behaviour.problem import ABLE
from kring.simulation.field import N_DOMAINS
from kring.simulation.result import Result
from kring.simulation.rows import GUIDED

MANY = 5  # problems at entry
GROUPS = {  # by whether they can do what the team would do, and did so as they came
    "could": ("could, didn't", "kon, deed het niet"),
    "does": ("could and did", "kon en deed het"),
    "cannot": ("can't", "kan niet"),
}


def guided(result: Result) -> np.ndarray:
    """Clients who are guided now."""
    rows: np.ndarray = result.client_rows
    return np.asarray(rows[rows["stage"] == GUIDED])


def awaits_agency(result: Result) -> float:
    """Share of people guided for whom an agency has been asked that does not help yet."""
    rows = guided(result)
    return float((rows["referred"] > 0).mean()) if len(rows) else float("nan")


def plans_beside(result: Result) -> float:
    """Plans beside each other in the household of a client who is guided now."""
    rows = guided(result)
    further = np.bitwise_count(rows["at_agency"].astype(np.uint8))
    return float((1 + np.where(rows["one_plan"], 0, further)).mean()) if len(rows) else float("nan")


def families(result: Result) -> np.ndarray:
    """Households with children whose need has arisen."""
    rows = result.counted
    return np.asarray(rows[rows["children"] > 0])


def left_with(result: Result) -> float:
    """Mean severity with which cases were last closed."""
    rows = result.counted
    rows = rows[rows["closed_week"] >= result.start]
    return float(rows["left_with"].mean()) if len(rows) else float("nan")


def came_back(result: Result) -> float:
    """Share of solved problems that came back: where one was solved before, one came again."""
    rows = result.episode_rows
    key = rows["client"].astype(np.int64) * N_DOMAINS + rows["detail"]
    solved = rows["kind"] == episodes.PROBLEM_SOLVED
    came = np.flatnonzero(rows["kind"] == episodes.PROBLEM_CAME)
    keys, first = np.unique(key[solved], return_index=True)
    first_solved = dict(zip(keys, np.flatnonzero(solved)[first], strict=True))
    again = sum(first_solved.get(key[i], len(rows)) < i for i in came)
    return float(again / max(solved.sum(), 1))


def with_many(result: Result) -> np.ndarray:
    """Those who came with many problems."""
    rows = came(result)
    return np.asarray(rows[rows["problems_at_entry"] >= MANY])


def awaits_coordinator(result: Result) -> float:
    """Share of those who came who accepted, and for whom no coordinator has had time."""
    rows = came(result)
    there = rows["outside_guidance"] & (rows["coordinator"] < 0)
    return float(there.mean()) if len(rows) else float("nan")


def planned(result: Result) -> np.ndarray:
    """Clients who have, or had, a plan."""
    rows = result.counted
    return np.asarray(rows[rows["plan_week"] >= 0])


def began_alone(result: Result) -> float:
    """Share of those with a plan in which it began without any supporter."""
    rows = planned(result)
    return float((rows["counted_on"] == 0).mean()) if len(rows) else float("nan")


def supporters_kept(result: Result) -> float:
    """Supporters now against those with whom the plans began."""
    rows = planned(result)
    return float(rows["supporters"].sum() / max(rows["counted_on"].sum(), 1))


def members(result: Result, group: str) -> np.ndarray:
    """Clients of one of the `GROUPS`, as they came: the same people under every policy.

    Who can is asked only if (s)he didn't, and begins only when asked. Whether who can't "does"
    makes no difference: there is nothing that (s)he can do.
    """
    rows = result.counted
    can = rows["self_reliance"] >= ABLE
    did = rows["does"] & ~rows["self_reliance_asked"]
    there = {"could": can & ~did, "does": can & did, "cannot": ~can}[group]
    return np.asarray(rows[there])


MUNICIPAL_MEASURES: dict[str, Measure] = {
    "awaits_agency": Measure("share", "guided, waiting for an agency",
                             "begeleid, wacht op een instelling", awaits_agency),
    "plans_beside": Measure("plans", "plans beside each other in a home",
                            "plannen naast elkaar in een huishouden", plans_beside),
    "tuning_hours": Measure("hours", "tuning per full-time worker a week",
                            "afstemming per voltijds werker per week", hours_for("plans")),
    "outreach_hours": Measure("hours", "outreach per full-time worker a week",
                              "outreach per voltijds werker per week", hours_for("outreach")),
    "collective_hours": Measure("hours", "groups per full-time worker a week",
                                "groepen per voltijds werker per week", hours_for("collective")),
    "accounting_per_case": Measure("hours", "accounting a week per case",
                                   "verantwoorden per week per zaak",
                                   ratio("given_administration", "cases")),
    "cost_families": Measure("EUR", "cost so far: households with children",
                             "kosten tot nu: huishoudens met kinderen", mean_of("cost", families)),
    "problems_families": Measure("problems", "problems: households with children",
                                 "problemen: huishoudens met kinderen",
                                 mean_of("problems", families)),
    "left_with": Measure("levels", "severity left at closing",
                         "ernst die bij afsluiten overblijft", left_with),
    "came_back": Measure("share", "solved problems that came back",
                         "opgeloste problemen die terugkwamen", came_back, episodes=True),
    "problems_many": Measure("problems", f"problems, {MANY} or more at entry",
                             f"problemen, {MANY} of meer bij begin",
                             mean_of("problems", with_many)),
    "supporters_many": Measure("persons", f"supporters, {MANY} or more at entry",
                               f"steungevers, {MANY} of meer bij begin",
                               mean_of("supporters", with_many)),
    "awaits_coordinator": Measure("share", "accepted, no coordinator had time",
                                  "aangenomen, geen coördinator had tijd", awaits_coordinator),
    "began_alone": Measure("share", "plans begun without a supporter",
                           "plannen begonnen zonder steungever", began_alone),
    "supporters_kept": Measure("share", "supporters now, of those at the start",
                               "steungevers nu, van die bij de start", supporters_kept),
    **{f"problems_{group}": Measure("problems", f"problems: {en}", f"problemen: {nl}",
                                    mean_of("problems", partial(members, group=group)))
       for group, (en, nl) in GROUPS.items()},
    **{f"hours_{group}": Measure("hours", f"hours of the team: {en}", f"uren van het team: {nl}",
                                 mean_of("hours_professional", partial(members, group=group)))
       for group, (en, nl) in GROUPS.items()},
    "taken_up": Measure("share", "of those who could and didn't, do now",
                        "van wie kon en niet deed: doet het nu",
                        mean_of("does", partial(members, group="could"))),
    "asked_in_vain": Measure("share", "of those who can't, asked all the same",
                             "van wie niet kan: toch gevraagd",
                             mean_of("self_reliance_asked", partial(members, group="cannot"))),
}  # fmt: skip
