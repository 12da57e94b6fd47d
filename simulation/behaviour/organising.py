"""How teams are organised: the hours that a policy provides for, and staff that follows demand."""

from kring.simulation.behaviour.referral import lacks_mental_health
from kring.simulation.calendar import WEEKS_A_YEAR
from kring.simulation.choices import BY_STAFF
from kring.simulation.compiled import compiled, compiled_and_kept, compiled_apart
from kring.simulation.field import MENTAL_HEALTH, SOCIAL_WORK, SPECIALIST
from kring.simulation.rows import AGENCY, COORDINATOR, GENERALIST, TEAM_ENTRANCE

HALF_YEAR, STEADY = 26, 3  # weeks; half years before the start in which the staff stays as it is
LEAST, MOST = 0.9, 1.15  # times the staff, in half a year


@compiled
def tariff(worker, town):
    """Price of an hour: specialist for some disciplines, and for whoever works at an agency."""
    is_dear = worker.discipline in SPECIALIST or worker.role == AGENCY
    return town.price_specialist if is_dear else town.price_regular


@compiled
def hours_provided_for(worker, policy, contracted):
    """Hours a week that a policy pays for; ``contracted`` are those of a coordinator beyond."""
    if worker.role == GENERALIST:
        return worker.contract * policy.staffing
    if worker.role == COORDINATOR:
        return worker.contract + contracted
    return worker.contract * policy.agency_places


@compiled_apart
def organise(world, team, policy):
    """Give workers, coordinators and agencies the hours that the policy provides for."""
    year = team.clients_a_week * WEEKS_A_YEAR / 100.0
    n_coordinators = max(team.first_agency - team.first_coordinator, 1)
    contracted = policy.outside_guidance_capacity * year / n_coordinators
    without_expertise = lacks_mental_health(team.id, policy, world.seed)
    for w in range(team.first_professional, team.end_professional):
        worker = world.professionals[w]
        worker.hours = hours_provided_for(worker, policy, contracted)
        if worker.here > 0.0:
            worker.here = worker.hours
        worker.discipline = worker.trade
        if without_expertise and worker.role == GENERALIST and worker.trade == MENTAL_HEALTH:
            worker.discipline = SOCIAL_WORK  # hands
        worker.rate = tariff(worker, world.town)


@compiled_and_kept
def meet_policies(world, policies, apart):
    """Let everybody meet these policies from now on, instead of those of the world.

    Clients meet the one of their route of entry, and a team works by what its own clients meet. Of
    a team that is ``apart`` it is the row of its own policy, -1 of others.
    """
    for t in range(len(world.teams)):
        team = world.teams[t]
        went_out = world.policies[team.policy].outreach > 0.0
        team.policy = apart[t] if apart[t] >= 0 else TEAM_ENTRANCE
        policy = policies[team.policy]
        if policy.outreach > 0.0 and not went_out:
            team.reached = 1.0
        for c in range(team.first_client, team.end_client):
            client = world.clients[c]
            client.policy = apart[t] if apart[t] >= 0 else client.entrance
        organise(world, team, policy)


@compiled
def is_reviewed(town, week):
    """Whether its staff is looked at: twice a year, until a year and a half before week 1.

    After that nothing changes any more, so that the town stands still when week 1 begins.
    """
    if town.queue_kept_by != BY_STAFF:
        return False
    last = (int(town.weeks_before) // HALF_YEAR - STEADY) * HALF_YEAR
    return 0 < week <= last and week % HALF_YEAR == 0


@compiled_apart
def follows_demand(world, team):
    """Give a team the workers with whom its waiting list would be as long as today's."""
    held = 0.0
    for w in range(team.first_professional, team.end_professional):
        held += world.professionals[w].held
    too_many = team.waiting - world.town.queue_weeks * team.clients_a_week
    grown = team.waiting - team.waited
    team.waited = team.waiting
    times = (held + (too_many + grown) / 2.0) / max(held, 1.0)
    for w in range(team.first_professional, team.first_coordinator):
        world.professionals[w].contract *= min(max(times, LEAST), MOST)
    organise(world, team, world.policies[team.policy])
