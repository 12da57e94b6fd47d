"""What a professional does: shares out hours, judges if the network fits, calls in colleagues."""

from simulation.compiled import compiled
from simulation.draws import decision, uniform
from simulation.rows import GUIDED, WORKER_PLAN

COMPLEXITY_DECIDES = decision("worker follows the belief about complexity")
SEES_ROOM = decision("worker sees room for the network")
USES_RIGHT = decision("worker uses the right to a plan")


@compiled
def shares_out_hours(worker):
    """Divide the week: talks first, then guidance, and network work from what is left (M2)."""
    left = worker.hours
    worker.share_talk = min(1.0, left / worker.wanted_talk) if worker.wanted_talk > 0 else 0.0
    left -= worker.wanted_talk * worker.share_talk
    worker.share_guidance = (
        min(1.0, left / worker.wanted_guidance) if worker.wanted_guidance > 0 else 0.0
    )
    left -= worker.wanted_guidance * worker.share_guidance
    worker.share_network = (
        min(1.0, left / worker.wanted_network) if worker.wanted_network > 0 else 0.0
    )
    left -= worker.wanted_network * worker.share_network
    worker.given = worker.hours - left


@compiled
def sees_room(client, policy, p, seed):
    """Whether the hours on offer let a worker look further at all (M2)."""
    if policy.mobilisation_hours <= 0.0:
        return False
    chance = policy.mobilisation_hours / (policy.mobilisation_hours + p.time_gate)
    return uniform(seed, SEES_ROOM, client.id, 0) < chance


@compiled
def finds_it_too_complex(worker, client, policy, p, seed):
    """Whether the number of problems keeps this worker from the network (M1)."""
    if client.problems <= policy.multi_problem_threshold:
        return False
    if worker.complexity_trait >= policy.complexity_deciders:
        return False
    return uniform(seed, COMPLEXITY_DECIDES, client.id, 0) < p.complexity_gate


@compiled
def proposes_network(worker, client, policy, p, seed):
    """Whether the worker proposes to bring the network together (M1, M2)."""
    if finds_it_too_complex(worker, client, policy, p, seed):
        return False
    return sees_room(client, policy, p, seed)


@compiled
def tells_of_the_right(worker, client, policy, p, seed):
    """Whether the worker knows the right to a family group plan and uses it (M21)."""
    if worker.knowledge_trait >= policy.right_known_workers:
        return False
    return uniform(seed, USES_RIGHT, client.id, 0) < p.right_to_plan


@compiled
def least_loaded(professionals, first, end, discipline):
    """Row of the worker with most hours per case, of a discipline (-1: any); -1 for none."""
    best = -1
    most = -1.0
    for row in range(first, end):
        worker = professionals[row]
        if discipline >= 0 and worker.discipline != discipline:
            continue
        room = worker.hours / (worker.cases + 1.0)
        if room > most:
            best = row
            most = room
    return best


@compiled
def call_in(world, client, domain):
    """Engage a professional of the discipline that a domain asks for, if the team has one."""
    discipline = world.given[0].domains.discipline[domain]
    if client.helpers[discipline] >= 0:
        return
    team = world.teams[client.team]
    row = least_loaded(
        world.professionals, team.first_professional, team.first_coordinator, discipline
    )
    if row >= 0:
        engage(world, client, row)


@compiled
def engage(world, client, row):
    """Make a professional one of the client's helpers."""
    worker = world.professionals[row]
    client.helpers[worker.discipline] = row
    client.professionals += 1
    if row != client.caseworker:  # whose case it was already
        worker.cases += 1


@compiled
def take_leave(world, client):
    """End the professional help of all helpers."""
    for discipline in range(len(client.helpers)):
        row = client.helpers[discipline]
        if row >= 0:
            if row != client.caseworker:
                world.professionals[row].cases -= 1
            client.helpers[discipline] = -1
    client.professionals = 0
    client.professional_help = 0.0


@compiled
def withdraws(world, client):
    """Let each helper go who has nothing left to do in the domains of his or her discipline.

    The caseworker of a worker's plan stays until the case is closed.
    """
    needed = 0
    for i in range(client.problems):
        needed |= 1 << world.given[0].domains.discipline[client.present[i]]
    for discipline in range(len(client.helpers)):
        row = client.helpers[discipline]
        holds_case = row == client.caseworker and client.plan == WORKER_PLAN
        if row >= 0 and not holds_case and not needed & (1 << discipline):
            if row != client.caseworker:
                world.professionals[row].cases -= 1
            client.helpers[discipline] = -1
            client.professionals -= 1


@compiled
def guides(world, client):
    """Give the week's guidance: hours, cost, and how much of the severity is covered (M14)."""
    p = world.given[0].parameters
    covered = 0.0
    if client.stage == GUIDED and client.professionals > 0:
        for i in range(client.problems):
            domain = client.present[i]
            row = client.helpers[world.given[0].domains.discipline[domain]]
            if row >= 0:
                worker = world.professionals[row]
                levels = client.level[domain] * worker.share_guidance
                covered += levels
                hours = levels * p.guidance_per_level
                client.hours_professional += hours
                client.cost += hours * worker.rate
    client.professional_help = covered / client.severity if client.severity > 0 else 0.0
