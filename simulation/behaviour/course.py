"""The course of a client's problems in a week: they move, come, come to light."""

from kring.simulation import episodes, money
from kring.simulation.behaviour import belief, entrance, problem, referral
from kring.simulation.behaviour import professional as a_professional
from kring.simulation.bits import bit
from kring.simulation.choices import GUIDANCE
from kring.simulation.compiled import compiled, compiled_apart
from kring.simulation.field import N_DOMAINS


@compiled
def move_problems(world, client, client_row, week):
    """Problems ease, worsen or are solved, from the last one down: solved ones leave the list."""
    four = -1
    luck = (0.0, 0.0, 0.0, 0.0)
    for i in range(client.problems - 1, -1, -1):
        domain = client.present[i]
        if domain // 4 != four:
            four = domain // 4
            luck = problem.luck_of_four(client, four, world.seed, week)
        move_problem(world, client, client_row, domain, luck[domain % 4], week)


@compiled
def move_problem(world, client, client_row, domain, luck, week):
    """Let a problem ease or worsen; when it is solved, its professional may leave."""
    parameters = world.parameters
    domains = world.domains
    if problem.stays(luck, domains, parameters):
        return
    guidance = guidance_in(world, client, domains.discipline[domain], domain)
    change = problem.moves(client, domain, guidance, luck, domains, parameters)
    if change == 0:
        return
    level = client.level[domain] + change
    problem.set_level(client, domain, level, domains, parameters)
    if level == 0:
        is_solved(world, client, client_row, domain, week)
        belief.problem_is_solved(world, client)
    elif change > 0:
        referral.call_in_if_asked(world, client, domain, week)


@compiled_apart
def is_solved(world, client, client_row, domain, week):
    """A problem is solved: nobody need know of it any more, and its professional may leave."""
    client.solved += 1
    client.hidden &= ~bit(domain)
    a_professional.withdraws(world, client)
    episodes.log(world, week, client_row, episodes.PROBLEM_SOLVED, domain, client.problems)


@compiled
def guidance_in(world, client, discipline, domain):
    """Effective guidance of a problem, as a share of what is wanted (M14, M25, M28)."""
    row = client.helpers[discipline]
    if row < 0 or client.professional_help == 0.0 or a_professional.is_hidden(client, domain):
        return 0.0
    worker = world.professionals[row]
    parameters = world.parameters
    effect = worker.skill * referral.effect_of_tuning(client, parameters)
    return worker.share[GUIDANCE] * a_professional.guided_part(client, parameters) * effect


@compiled_apart
def hidden_problems_come_to_light(world, client, week):
    """The team comes to know of what was not told at the door (M18)."""
    parameters = world.parameters
    for domain in range(N_DOMAINS):
        if a_professional.is_hidden(client, domain) and entrance.comes_to_light(
            client, domain, parameters, world.seed, week
        ):
            client.hidden &= ~bit(domain)
            referral.call_in_if_asked(world, client, domain, week)


@compiled_apart
def look_after_children(world, client, client_row, week):
    """A child with acute problems may be placed in foster care, less so with supporters (M13)."""
    parameters = world.parameters
    town = world.town
    if client.placed_until >= 0:
        money.spend(world, client, week, money.PLACEMENT, town.price_placement)
        if week >= client.placed_until:
            client.placed_until = -1
    elif problem.is_placed(client, parameters, world.seed, week):
        client.placed_until = week + int(parameters.placement_weeks)
        inquiry = town.inquiry_hours * town.price_specialist
        money.spend(world, client, week, money.INQUIRY, inquiry)
        supported = 1 if client.supporters > 0 else 0
        weeks = parameters.placement_weeks
        episodes.log(world, week, client_row, episodes.PLACEMENT, supported, weeks)


@compiled
def new_problem(world, client, client_row, week):
    """Let a problem come, or one that is there get worse by what feeds it (M12)."""
    parameters = world.parameters
    domain = problem.which_comes(client, world.domains, parameters, world.seed, week)
    if domain < 0:
        return
    level = client.level[domain]
    if level == 0:
        passes = problem.would_pass(client, domain, world.domains, world.seed, week)
        problem.set_passing(client, domain, passes)
        problem.set_level(client, domain, problem.NEW, world.domains, parameters)
        episodes.log(world, week, client_row, episodes.PROBLEM_CAME, domain, client.problems)
    elif level < problem.ACUTE:
        problem.set_level(client, domain, level + 1, world.domains, parameters)
    referral.call_in_if_asked(world, client, domain, week)
