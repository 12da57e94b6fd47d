"""What the tests share: small towns, worlds made by hand, and equality to the last bit."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from kring.experiments.benchmark.plain_mesa import QUIET_STRENGTHS, QUIET_TEAM, QUIET_TOWN
from kring.experiments.execution.manifest import read_manifest
from kring.simulation.behaviour.problem import set_level
from kring.simulation.field import DOMAINS, TIE_KINDS
from kring.simulation.field_tables import domains, tie_kinds
from kring.simulation.living import Run
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.rows import ENTRANCES, MAX_TIES, World
from kring.simulation.town import Town
from kring.simulation.world import adopt, settle

ROOT = Path(__file__).parent.parent

TEAM = Policy.preset("wijkteam")
CONFERENCE = Policy.preset("eigen_kracht")
ROUTES = dict(zip(ENTRANCES, (TEAM, CONFERENCE), strict=True))
FRIEND = TIE_KINDS.index("friend")

# Strengths and a policy under which the municipality is silent: the core of the network is left.
QUIET = Parameters().replace(**QUIET_STRENGTHS)
QUIET_POLICY = TEAM.replace(**QUIET_TEAM)

# Every lever is on.
BUSY = TEAM.replace(
    mobilisation_hours=10, independent_convener=0.3, network_makes_plan=0.5, offer=0.3,
    right_known_clients=0.2, agencies=0.5, one_plan=0.5, no_mental_health=0.5, agency_places=2,
    accept_duty=0.2, outreach=0.3, low_threshold=0.3, referral_only=0.3, community_hours=10,
    collective_hours=1, reciprocity="expected", neighbour_activation=0.5, self_reliance_asked=0.5,
    self_reliance_told_apart=0.5, short_provision=0.5, provision_weeks=13, check_ins=4,
    hand_over=0.5, strict_norm=0.3, outside_guidance=0.5, outside_guidance_capacity=40,
    training=20, peer_review=2, campaign_workers=0.3, campaign_clients=0.3, caseload_limit=12,
    queue_order="heaviest first", input_steering=0.3, outcome_steering=0.3,
)  # fmt: skip

# Three teams, a fifth of the clients by conference.
TOWN = Town(name="small", clients=90, clients_per_team=30, conference_share=0.2)
SHORT_STAFFED = TOWN.replace(clients_per_team=45, case_weeks=12, shared_members=0.3)
ALL_HAPPENS = SHORT_STAFFED.replace(clients=360)  # enough for what is rare

POLICIES = {
    "routes": ROUTES,
    "conference": CONFERENCE,
    "offered": TEAM.replace(offer=1, uptake=1, mobilisation_hours=30, network_makes_plan=0.5),
    "busy": BUSY,
    "hasty": BUSY.replace(
        closing_adult=4,
        closing_youth=4,
        strict_norm=1,
        check_ins=12,
        outside_guidance=1,
        uptake=1,
        outside_guidance_capacity=5,
        offer=0,
        agencies=1,
        agency_places=10,
        provision_weeks=1,
    ),
}


def differing(one: np.ndarray, other: np.ndarray) -> list[str]:
    """Columns in which two tables of rows differ; the bytes between columns mean nothing."""
    assert one.dtype == other.dtype
    if len(one) != len(other):
        return [f"{len(one)} rows against {len(other)}"]
    return [n for n in one.dtype.names if one[n].tobytes() != other[n].tobytes()]


def differences(one, other) -> list[str]:
    """What differs, to the last bit, between two results."""
    found = [f"client.{name}" for name in differing(one.client_rows, other.client_rows)]
    found += [f"episode.{name}" for name in differing(one.episode_rows, other.episode_rows)]
    for name in ("sums", "municipal_sums", "spread"):
        found += [name] if getattr(one, name).tobytes() != getattr(other, name).tobytes() else []
    found += ["weeks kept"] if one.kept.keys() != other.kept.keys() else []
    for week in one.kept.keys() & other.kept.keys():
        found += [f"week {week}: {n}" for n in differing(one.kept[week], other.kept[week])]
    return found


def values_of(kind, name: str):
    """Any value of one quantity, choice or order, within what it declares."""
    note = kind.note(name)
    if "options" in note:
        return st.sampled_from(note["options"])
    if "of" in note:
        return st.permutations(note["of"]).map(" > ".join)
    return st.floats(note["low"], note["high"])


def any_of(kind):
    """Any settings of this kind within the ranges they declare."""
    ranges = {name: values_of(kind, name) for name in kind.declared()}
    return st.fixed_dictionaries(ranges).map(lambda values: kind(**agreeing(values)))


def agreeing(values: dict) -> dict:
    """Values of a policy that does not contradict itself: steering adds up to 1 at most."""
    steering = values.get("input_steering", 0) + values.get("outcome_steering", 0)
    if steering > 1:
        values = values | {n: values[n] / steering for n in ("input_steering", "outcome_steering")}
    return values


def living(town: Town, policy=None, seed=1, parameters=None, **more) -> Run:
    """A run in which no week has been lived yet."""
    people = settle(town, parameters or Parameters(), seed)
    return Run(adopt(people, policy or ROUTES), threads=1, **more)


def given(world: World, parameters: Parameters) -> None:
    """Let the people of a world live by these parameters."""
    overwrite(world.parameters, parameters.record())
    overwrite(world.domains, domains(parameters, 2.3))
    overwrite(world.kinds, tie_kinds(parameters))


def overwrite(record: np.record, values: np.record) -> None:
    """Put other values into a record."""
    for name in values.dtype.names:
        record[name] = values[name]


def one_client(parameters: Parameters, policy: Policy = TEAM, members: int = 3) -> World:
    """One client of a team, without children, entering in week 0, with no problems as yet.

    The members are friends of closeness 0.5 with 4 spare hours who do not know each other; every
    professional has 40 hours a week, is never ill and does not leave.
    """
    town = Town(
        **QUIET_TOWN,
        clients=1,
        conference_share=0,
        clients_per_team=100,
        network=members,
        network_spread=0,
        acquainted=0,
        entry_weeks=1,
    )
    people = settle(town, Parameters().without("M11"), 1)
    world = adopt(people, policy)
    given(world, parameters)
    client = world.clients[0]
    assert client.n_ties == members
    give_problems(world, **dict.fromkeys(DOMAINS, 0))
    client.had = 0
    client.passing = 0
    client.children = 0
    client.self_reliance = 0.5
    client.asking_barrier = 0.5
    world.ties.kind = FRIEND
    world.ties.closeness = 0.5
    world.members.spare_hours = 4.0
    world.professionals.hours = world.professionals.here = 40.0
    return world


def give_problems(world: World, **levels: int) -> None:
    """Set levels of the only client's problems, which do not pass by themselves."""
    client = world.clients[0]
    for name, level in levels.items():
        domain = DOMAINS.index(name)
        set_level(client, domain, level, world.domains, world.parameters)


def append_town(world: World, extra: World) -> World:
    """Both towns side by side: the people and teams of the second after those of the first."""
    clients, ties, members = extra.clients.copy(), extra.ties.copy(), extra.members.copy()
    workers, teams = extra.professionals.copy(), extra.teams.copy()
    n, m = len(world.clients), len(world.members)
    clients.id += n
    clients.team += len(world.teams)
    clients.first_tie += len(world.ties)
    ties.id += n * MAX_TIES
    ties.member += m
    members.id += n * MAX_TIES
    workers.id += 1000 * len(world.teams)
    workers.team += len(world.teams)
    teams.id += len(world.teams)
    for name in ("first_client", "end_client"):
        teams[name] += n
    for name in ("first_professional", "first_coordinator", "first_agency", "end_professional"):
        teams[name] += len(world.professionals)
    teams.first_tie += len(world.ties)

    def joined(one, other):
        return np.concatenate([one, other]).view(np.recarray)

    return world._replace(
        clients=joined(world.clients, clients),
        ties=joined(world.ties, ties),
        members=joined(world.members, members),
        professionals=joined(world.professionals, workers),
        teams=joined(world.teams, teams),
    )


def python(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Run Python code in a process of its own, with these environment variables."""
    paths = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": paths} | environment,
        timeout=300,
    )


def digests(folder):
    """Files by their bytes; the time that it took is all that may differ."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in folder.iterdir()
        if path.name != "timing.json"
    }


def tables_in(folder):
    """The tables of a result, as its page reads them."""
    from kring.experiments.report.page import read_tables

    return read_tables(read_manifest(folder), folder)
