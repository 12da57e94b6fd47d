"""Worlds to be worked by hand: one client, and round numbers, or chances that are all 0 or 1."""

import numpy as np

from kring.simulation.living import Run
from kring.simulation.rows import SUPPORTING
from tests.helpers import QUIET, QUIET_POLICY, give_problems, one_client

# Round numbers; the tables of domains and tie types count in full.
P = QUIET.replace(
    tie_kind=1,
    domain_response=1,
    willing=0,
    closeness_helps=2,
    need_repels=0.1,
    asking_barrier=0.5,
    turnover=0.52,  # 0.01 a week
    distress_wears=0.3,
    overload=2,
    only_supporter=1,
    crowding_out=1,
    plan_bond=0.8,
    dense_bond=0.5,
    merged_role=0.5,
    need_per_level=1,
    stretch=2,
    professional_effect=0.1,
    network_effect=0.1,
    complementarity=0.2,
    self_recovery=1,
    lasting_recovery=0.01,
    persistence=0.5,
    worsening=0.1,
    unaimed_help=0.25,
    crisis_passes=0.05,
    keeps_open=3,
    light_problems=3,
    closes_when_solved=0.2,
    closes_when_light=0.1,
    closes_with_problems=0.02,
    norm_presses=3,
)


def helping(world, *places: int) -> None:
    """Let these members help."""
    client = world.clients[0]
    for place in places:
        world.ties[place].state = SUPPORTING
        client.supporting |= 1 << place
        client.supporters += 1
        client.mapped += 1


def share(happens) -> float:
    """In how many of many lucks it happens."""
    return float(np.mean([happens(seed) for seed in range(4000)]))


# Nobody is named at once, all are found when searched for, all come, help and stay; the worker
# always proposes, meetings always give a plan; problems ease by the network's help alone, and only
# by a plan of its own; a case closes when nothing is left. Nothing takes weeks.
CERTAIN = QUIET.replace(
    complexity_gate=0, time_gate=0, named_at_once=0, found_by_search=3, search_half=0.1,
    comes_when_invited=6, merged_role=0, willing=5, closeness_helps=10, tie_kind=0, need_repels=0,
    plan_needs=0, falls_through=0, cooperation_made=1, turnover=0, tie_loss=0, need_per_level=1,
    talk_hours=3, network_pace=5, network_calls_in=5, worker_calls_in=3, guidance_per_level=0.5,
    professional_effect=0, network_effect=0.3, complementarity=0, domain_response=0,
    lasting_recovery=0, worsening=0, feeding=0, persistence=0, onset=0, relapse=0, keeps_open=3,
    unaimed_help=0, crisis_passes=0, nothing_left_to_do=0, asking_barrier=0,
    closes_when_solved=1, closes_when_light=0, closes_with_problems=0, norm_presses=1,
)  # fmt: skip
POLICY = QUIET_POLICY.replace(
    mobilisation_hours=10, network_makes_plan=1, right_known_workers=0, uptake=1, closing_adult=26
)


def a_run(policy=POLICY, parameters=CERTAIN, **levels) -> Run:
    """Finances 2 and housing 1 if nothing else is said; three members of closeness 1."""
    world = one_client(parameters, policy)
    world.ties.closeness = 1.0
    world.domains["network"] = 10  # 0.3 x 10: a level every week of full help
    world.domains["most_relief"] = 3
    give_problems(world, **(levels or {"finances": 2, "housing": 1}))
    return Run(world, threads=1)


def lived(run: Run, weeks: int):
    """The client at the end of so many more weeks."""
    run.live(weeks)
    return run.world.clients[0]
