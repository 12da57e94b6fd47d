"""One client's life, week by week: who is in the network, who helps, what happens.

`raw_life` lives it; `life_view` makes of that what is shown. The page makes the same of the same.
"""

from typing import Any, NamedTuple

import numpy as np

from kring.experiments.explore.first_names import name_of
from kring.simulation.episodes import KINDS, WHY
from kring.simulation.field import TIE_KINDS
from kring.simulation.living import Run
from kring.simulation.phase_in import Start, turns
from kring.simulation.policy import Policies

Plain = dict[str, Any]

# Episodes that are told, and whether by their detail.
TOLD = {
    "entry": False, "talk": True, "proposal": True, "offer": True, "meeting": False, "plan": True,
    "problem comes": True, "problem solved": True, "closing": False, "return": False,
    "referral": True, "refusal": True, "falls off": False, "plan lapses": False,
    "plan is taken up": False, "placement": False, "joins group": False, "is found": False,
    "starts helping": False, "says no": False, "is overburdened": False, "stops helping": False,
    "tie ends": False,
}  # fmt: skip
BY_ITSELF = "stops helping"  # is told of each member apart, for each has a reason
SILENCED = {  # the strength that makes each a reason to stop, which does nothing at 0
    "nothing left to do": "nothing_left_to_do", "distress": "distress_wears",
    "overload": "overload", "imbalance": "imbalance_ends", "only supporter": "only_supporter",
    "crowded out": "crowding_out",
}  # fmt: skip


class Without(NamedTuple):
    """From which week on, counted from 1, some reasons to stop are silent in all the town."""

    week: int
    reasons: tuple[str, ...]


def raw_life(
    stands: Run, policy: Policies, client: int, weeks: int, without: Without | None = None,
    start: Start = Start(),  # noqa: B008
) -> Plain:  # fmt: skip
    """Live a town on, and write down one client's weeks.

    Parameters
    ----------
    stands : Run
        The town before week 1, which is left as it is.
    policy : Policy or mapping
        What it meets from there, or who enters by each route.
    client : int
        Row of the client.
    weeks : int
        Weeks to live.
    without : Without, optional
        What is left out from some week on.
    start : Start
        When the policy begins.

    Returns
    -------
    dict
        ``client, age, children, entry, problems_at_entry`` (the week counts from 1, and is 0 or
        less for who came before); ``ties``: ``kind, closeness``; ``weeks``: ``problems, stage,
        supporters, professionals``, and of each tie the ``states``, ``hours`` (a week) and
        ``strain`` (hours per spare hour); ``episodes``: ``week, kind, detail, amount``; ``cost``
        (EUR).
    """
    run = stands.branched(episodes=True, threads=1)
    own = run.world.clients[client]
    first, n = int(own.first_tie), int(own.n_ties)
    ties = run.world.ties[first : first + n]
    recruiting = float(run.world.town.recruiting_weeks)
    ahead = turns(run.policy or policy, policy, start, recruiting)
    lived = []
    for week in range(1, weeks + 1):
        if without and week == without.week:
            silence(run, without.reasons)
        run.live_and_keep(week, turns=ahead)
        lived.append(
            {
                "problems": int(own.problems), "stage": int(own.stage),
                "supporters": int(own.supporters), "professionals": int(own.professionals),
                "states": ties["state"].tolist(), "hours": ties["hours"].tolist(),
                "strain": run.world.members["strain"][ties["member"]].tolist(),
            }
        )  # fmt: skip
    written: np.ndarray = run.records().episodes_in_order()
    return {
        "client": client, "age": int(own.age), "children": int(own.children),
        "entry": int(own.entry_week) - run.start + 1,
        "problems_at_entry": int(own.problems_at_entry),
        "ties": [{"kind": int(t.kind), "closeness": float(t.closeness)} for t in ties],
        "weeks": lived,
        "episodes": [
            episode(e, run.start) for e in written[written["client"] == client]
        ],
        "cost": float(own.cost),
    }  # fmt: skip


def silence(run: Run, reasons: tuple[str, ...]) -> None:
    """Let reasons to stop do nothing from the coming week on."""
    strengths = run.world.parameters.copy()
    for reason in reasons:
        strengths[SILENCED[reason]] = 0.0
    run.world = run.world._replace(parameters=strengths)
    run.share("parameters")


def episode(row: Any, start: int) -> Plain:
    """An episode in words, its week counted from 1."""
    kind, details, _amount = KINDS[int(row["kind"])]
    return {
        "week": int(row["week"]) - start + 1, "kind": kind,
        "detail": details[int(row["detail"])], "amount": float(row["amount"]),
        "tie": int(row["tie"]),
        "why": [word for place, word in enumerate(WHY) if int(row["why"]) >> place & 1],
    }  # fmt: skip


def life_view(raw: Plain) -> Plain:
    """What is shown of a life: its people by an invented name, and what happens to whom.

    Returns
    -------
    dict
        As `raw_life`, without episodes; ties have a ``name`` and the word of their ``kind``;
        ``events``: ``week``, the ``key`` of what is said, its ``detail`` and ``amount``, the
        places of the ``ties`` to whom it happens, and ``why`` a supporter stops.
    """
    shown = {key: value for key, value in raw.items() if key != "episodes"}
    shown["ties"] = [
        {**tie, "name": name_of(raw["client"], place), "kind": TIE_KINDS[tie["kind"]]}
        for place, tie in enumerate(raw["ties"])
    ]
    shown["events"] = told(raw["episodes"])
    return shown


def told(episodes: list[Plain]) -> list[Plain]:
    """The episodes that are told; what happens to several members in a week is told once."""
    found: list[Plain] = []
    together: dict[tuple[int, str], Plain] = {}
    for one in episodes:
        kind, week, is_of_member = one["kind"], one["week"], one["tie"] >= 0
        if kind not in TOLD:
            continue
        if (week, kind) in together:
            together[week, kind]["ties"].append(one["tie"])
            continue
        event = {
            "week": week, "key": kind, "detail": one["detail"] if TOLD[kind] else "",
            "amount": one["amount"], "ties": [one["tie"]] if is_of_member else [],
            "why": one["why"],
        }  # fmt: skip
        found.append(event)
        if is_of_member and kind != BY_ITSELF:
            together[week, kind] = event
    return found
