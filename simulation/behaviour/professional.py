"""What a professional does: comes to work, shares out hours, judges if the network fits, guides."""

from kring.simulation import money
from kring.simulation.bits import bit, count, has
from kring.simulation.calendar import WEEKS_A_YEAR
from kring.simulation.choices import GUIDANCE, N_TASKS
from kring.simulation.compiled import compiled, compiled_apart
from kring.simulation.draws import decision, uniform
from kring.simulation.field import N_DISCIPLINES
from kring.simulation.rows import AGENCY, GUIDED, MAPPING, WORKER_PLAN

COMPLEXITY = decision("people: worker's belief about complexity")
KNOWLEDGE = decision("people: worker's knowledge of the right")
COMPLEXITY_DECIDES = decision("worker follows the belief about complexity")
VISITS_FIRST = decision("policy: worker puts visits before the network")
SEES_ROOM = decision("worker sees room for the network")
USES_RIGHT = decision("worker uses the right to a plan")

ANY = -1  # discipline


@compiled_apart
def begins(worker, seed):
    """Begin in this job: with a belief about networks, and with the skill of one's schooling."""
    worker.complexity_trait = uniform(seed, COMPLEXITY, worker.id, 0)
    worker.knowledge_trait = uniform(seed, KNOWLEDGE, worker.id, 0)
    worker.doubt = 1.0
    worker.skill = 1.0


@compiled
def is_always_there(worker):
    """Be at work the whole week: a coordinator or an agency is not ill and does not leave."""
    worker.here = worker.hours


@compiled
def starts_the_week(worker):
    """Begin a week in which nobody has asked for anything yet."""
    for task in range(N_TASKS):
        worker.wanted[task] = 0.0


@compiled_apart
def shares_out_hours(worker, policy):
    """Divide the week over the tasks, in the order of the policy; the last gives way (M2, M19)."""
    left = worker.here
    order = int(policy.work_order)
    for place in range(N_TASKS):
        task = (order >> 3 * place) & 7
        wanted = worker.wanted[task]
        worker.share[task] = min(1.0, left / wanted) if wanted > 0.0 else 0.0
        left = max(0.0, left - wanted * worker.share[task])
    worker.given = worker.here - left


@compiled
def sees_room(client, policy, parameters, seed):
    """Whether the hours on offer let a worker look further at all (M2)."""
    if policy.mobilisation_hours <= 0.0:
        return False
    chance = policy.mobilisation_hours / (policy.mobilisation_hours + parameters.time_gate)
    return uniform(seed, SEES_ROOM, client.id, 0) < chance


@compiled
def known_problems(client):
    """Number of problems that the team knows of (M18)."""
    return client.problems - count(client.hidden)


@compiled
def finds_it_too_complex(worker, client, policy, parameters, seed):
    """Whether the number of problems keeps this worker from the network (M1).

    The belief counts as far as it has not been shaken (M28).
    """
    if known_problems(client) <= policy.multi_problem_threshold:
        return False
    if worker.complexity_trait >= policy.complexity_deciders:
        return False
    chance = parameters.complexity_gate * worker.doubt
    return uniform(seed, COMPLEXITY_DECIDES, client.id, 0) < chance


@compiled
def puts_visits_first(client, policy, parameters, seed):
    """Whether steering on visits made leaves no room for what is no visit (M20)."""
    chance = policy.input_steering * parameters.visits_first
    return uniform(seed, VISITS_FIRST, client.id, 0) < chance


@compiled
def proposes_network(worker, client, policy, parameters, seed):
    """Whether the worker proposes to bring the network together (M1, M2, M20)."""
    if finds_it_too_complex(worker, client, policy, parameters, seed):
        return False
    if puts_visits_first(client, policy, parameters, seed):
        return False
    return sees_room(client, policy, parameters, seed)


@compiled
def reached_by_campaign(known, campaign, policy, week):
    """Share who know the right by now: those who knew, and those whom a campaign reached (M21)."""
    since = max(0.0, week - policy.begins)
    return 1.0 - (1.0 - known) * (1.0 - campaign) ** (since / WEEKS_A_YEAR)


@compiled
def tells_of_the_right(worker, client, policy, parameters, seed, week):
    """Whether the worker knows the right to a family group plan and uses it (M21)."""
    known = reached_by_campaign(policy.right_known_workers, policy.campaign_workers, policy, week)
    if worker.knowledge_trait >= known:
        return False
    return uniform(seed, USES_RIGHT, client.id, 0) < parameters.right_to_plan


@compiled
def room(worker):
    """Hours per case if one more came; who is away counts last."""
    hours = worker.here if worker.here > 0.0 else worker.hours / 1000.0
    return hours / (worker.cases + 1.0)


@compiled_apart
def least_loaded(professionals, first, end, discipline):
    """Row of who has most hours per case, of a discipline (`ANY`: of any); -1 for nobody."""
    best = -1
    most = -1.0
    for row in range(first, end):
        worker = professionals[row]
        if discipline >= 0 and worker.discipline != discipline:
            continue
        if room(worker) > most:
            best = row
            most = room(worker)
    return best


@compiled
def worker_with_most_room(world, team, discipline):
    """Row of the team worker with most hours per case, of a discipline (`ANY`: of any)."""
    return least_loaded(
        world.professionals, team.first_professional, team.first_coordinator, discipline
    )


@compiled
def coordinator_with_most_room(world, team):
    """Row of the independent coordinator with most hours per case."""
    return least_loaded(world.professionals, team.first_coordinator, team.first_agency, ANY)


@compiled
def helps(client, row):
    """Whether a professional is one of the client's helpers, in whatever discipline."""
    for discipline in range(N_DISCIPLINES):  # noqa: SIM110
        if client.helpers[discipline] == row:
            return True
    return False


@compiled_apart
def holds_the_case(world, client, row, week):
    """Make a team worker the client's caseworker."""
    worker = world.professionals[row]
    client.caseworker = row
    client.with_worker = week
    worker.held += 1
    if not helps(client, row):
        worker.cases += 1


@compiled_apart
def gives_up_the_case(world, client):
    """End the caseworker's holding of the case; (s)he may remain a helper."""
    worker = world.professionals[client.caseworker]
    worker.held -= 1
    if not helps(client, client.caseworker):
        worker.cases -= 1


@compiled_apart
def engage(world, client, row, discipline):
    """Let a professional help in a discipline; who helps already covers one more."""
    worker = world.professionals[row]
    is_new = not helps(client, row)
    client.helpers[discipline] = row
    if worker.role == AGENCY:
        client.at_agency |= bit(discipline)
    if is_new:
        client.professionals += 1
        if row != client.caseworker:  # whose case it was already
            worker.cases += 1


@compiled
def helper_who_covers(world, client):
    """Row of a team worker who helps already and can cover another's field; -1 for nobody."""
    for discipline in range(N_DISCIPLINES):
        row = client.helpers[discipline]
        if row >= 0 and world.professionals[row].role != AGENCY:
            return row
    return -1


@compiled_apart
def disengage(world, client, discipline):
    """End the help in a discipline; who helps in no other leaves."""
    row = client.helpers[discipline]
    client.helpers[discipline] = -1
    client.at_agency &= ~bit(discipline)
    if not helps(client, row):
        client.professionals -= 1
        if row != client.caseworker:
            world.professionals[row].cases -= 1


@compiled_apart
def leaves_client(world, client, row):
    """End all that one professional does for a client."""
    for discipline in range(N_DISCIPLINES):
        if client.helpers[discipline] == row:
            disengage(world, client, discipline)


@compiled_apart
def take_leave(world, client):
    """End the professional help of all helpers."""
    for discipline in range(len(client.helpers)):
        if client.helpers[discipline] >= 0:
            disengage(world, client, discipline)
    client.referred = 0
    client.professional_help = 0.0


@compiled_apart
def withdraws(world, client):
    """Let each helper go who has nothing left to do in the domains of his or her discipline.

    The caseworker of a worker's plan stays until the case is closed.
    """
    needed = 0
    for i in range(client.problems):
        needed |= bit(world.domains.discipline[client.present[i]])
    client.referred &= needed
    for discipline in range(len(client.helpers)):
        row = client.helpers[discipline]
        holds_case = row == client.caseworker and client.plan == WORKER_PLAN
        if row >= 0 and not holds_case and not has(needed, discipline):
            disengage(world, client, discipline)


@compiled
def is_with_team(client):
    """Whether the team helps: by the plan, or meanwhile, while the network is prepared."""
    return client.stage == GUIDED or (client.stage == MAPPING and client.helped_meanwhile)


@compiled
def guided_part(client, parameters):
    """Part of the usual guidance that is given to who is asked to be self-reliant."""
    return 1.0 - parameters.asked_less_help if client.self_reliance_asked else 1.0


@compiled
def guidance_wanted(client, domain, parameters):
    """Hours of guidance that a problem asks for this week."""
    return client.level[domain] * parameters.guidance_per_level * guided_part(client, parameters)


@compiled
def is_hidden(client, domain):
    """Whether nobody at the team knows of this problem (M18)."""
    return has(client.hidden, domain)


@compiled
def spends_time(world, client, worker, hours, kind, week):
    """Spend hours on a client, at the worker's tariff."""
    client.hours_professional += hours
    money.spend(world, client, week, kind, hours * worker.rate)


@compiled
def guides(world, client, week):
    """Give the week's guidance: hours, cost, and how much of the severity is covered (M14)."""
    parameters = world.parameters
    covered = 0.0
    if client.professionals > 0:
        for i in range(client.problems):
            domain = client.present[i]
            row = client.helpers[world.domains.discipline[domain]]
            if row >= 0 and not is_hidden(client, domain):
                worker = world.professionals[row]
                share = worker.share[GUIDANCE]
                covered += client.level[domain] * share * guided_part(client, parameters)
                hours = guidance_wanted(client, domain, parameters) * share
                kind = money.SPECIALIST if worker.role == AGENCY else money.TEAM_GUIDANCE
                spends_time(world, client, worker, hours, kind, week)
    client.professional_help = covered / client.severity if client.severity > 0 else 0.0
