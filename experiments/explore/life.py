"""One client's life, week by week: who is in the network, who helps, what happens.

`raw_life` lives it; `life_view` makes of that what is shown. The page makes the same of the same.
"""

from collections.abc import Iterator
from typing import Any

from experiments.explore.first_names import name_of
from simulation.episodes import KINDS
from simulation.field import TIE_KINDS
from simulation.living import Run
from simulation.phase_in import Start, turns
from simulation.policy import Policy
from simulation.rows import ASKED as DECLINED  # who was asked and does not help
from simulation.rows import GONE, MAPPED, STOPPED, SUPPORTING, UNMAPPED

Plain = dict[str, Any]

# What a tie comes to, by what it was before: the key of a sentence.
TURNS = {
    (UNMAPPED, MAPPED): "found",
    (UNMAPPED, DECLINED): "says no",
    (MAPPED, DECLINED): "says no",
    (UNMAPPED, SUPPORTING): "says yes",
    (MAPPED, SUPPORTING): "says yes",
    (DECLINED, SUPPORTING): "steps in",
    (STOPPED, SUPPORTING): "helps again",
    (SUPPORTING, STOPPED): "stops",
    (SUPPORTING, DECLINED): "stops",
}
# Episodes that are told, and whether by their detail.
TOLD = {
    "entry": False, "talk": True, "proposal": True, "offer": True, "meeting": False, "plan": True,
    "problem comes": True, "problem solved": True, "closing": True, "return": False,
    "referral": True, "refusal": True, "falls off": False, "plan lapses": False,
    "plan is taken up": False, "placement": False, "joins group": False,
}  # fmt: skip


def raw_life(stands: Run, policy: Policy, client: int, weeks: int) -> Plain:
    """Live a town on, and write down one client's weeks.

    Parameters
    ----------
    stands : Run
        The town before week 1, which is left as it is.
    policy : Policy
        What it meets from there.
    client : int
        Row of the client.
    weeks : int
        Weeks to live.

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
    ahead = turns(run.policy or policy, policy, Start(), recruiting)
    lived = []
    for week in range(1, weeks + 1):
        run.live_and_keep(week, turns=ahead)
        lived.append(
            {
                "problems": int(own.problems), "stage": int(own.stage),
                "supporters": int(own.supporters), "professionals": int(own.professionals),
                "states": ties["state"].tolist(), "hours": ties["hours"].tolist(),
                "strain": run.world.members["strain"][ties["member"]].tolist(),
            }
        )  # fmt: skip
    written = run.records().episodes_in_order()
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


def episode(row: Any, start: int) -> Plain:
    """An episode in words, its week counted from 1."""
    kind, details, _amount = KINDS[int(row["kind"])]
    return {
        "week": int(row["week"]) - start + 1, "kind": kind,
        "detail": details[int(row["detail"])], "amount": float(row["amount"]),
    }  # fmt: skip


def life_view(raw: Plain) -> Plain:
    """What is shown of a life: its people by an invented name, and what happens to whom.

    Returns
    -------
    dict
        As `raw_life`, without episodes; ties have a ``name`` and the word of their ``kind``;
        ``events``: ``week``, the key of what is said, and a ``tie`` (its place), or a ``detail``
        and an ``amount``.
    """
    shown = {key: value for key, value in raw.items() if key != "episodes"}
    shown["ties"] = [
        {**tie, "name": name_of(raw["client"], place), "kind": TIE_KINDS[tie["kind"]]}
        for place, tie in enumerate(raw["ties"])
    ]  # fmt: skip
    events = [*told(raw["episodes"]), *turned(raw)]
    shown["events"] = sorted(events, key=lambda event: event["week"])
    return shown


def told(episodes: list[Plain]) -> Iterator[Plain]:
    """The episodes that are told."""
    for one in episodes:
        if one["kind"] in TOLD:
            yield {
                "week": one["week"], "key": one["kind"],
                "detail": one["detail"] if TOLD[one["kind"]] else "", "amount": one["amount"],
            }  # fmt: skip


def turned(raw: Plain) -> Iterator[Plain]:
    """What ties come to from week to week."""
    before = [UNMAPPED] * len(raw["ties"])
    for number, week in enumerate(raw["weeks"], start=1):
        for place, (was, now) in enumerate(zip(before, week["states"], strict=True)):
            if number == 1 and raw["entry"] < 1:
                continue  # what was so before week 1
            key = "tie ends" if now == GONE != was else TURNS.get((was, now))
            if key == "says yes" and number <= raw["entry"]:
                key = "helps already"
            if key:
                yield {"week": number, "key": key, "tie": place}
        before = week["states"]
