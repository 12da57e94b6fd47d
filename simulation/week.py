"""The week: one tuple of named phases, in the order in which they happen.

Hours are shared out once, and given before anybody moves on to a next stage: nobody receives what
nobody counted.
"""

from collections.abc import Callable
from typing import NamedTuple

from simulation import episodes
from simulation.behaviour import case, network, problem
from simulation.behaviour import member as a_member
from simulation.behaviour import professional as a_professional
from simulation.compiled import compiled, compiled_and_kept
from simulation.outcomes import record
from simulation.rows import GUIDED, MAPPING, NOT_YET, WAITING


@compiled
def clients_enter(world, team, week):
    """Those whose week it is come in and get a caseworker."""
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        if client.stage == NOT_YET and client.entry_week == week:
            case.enter(world, client, c, week)


@compiled
def hours_are_shared_out(world, team, week):
    """Professionals and coordinators hear what is wanted and divide their week."""
    p = world.given[0].parameters
    for w in range(team.first_professional, team.end_professional):
        worker = world.professionals[w]
        worker.wanted_talk = 0.0
        worker.wanted_guidance = 0.0
        worker.wanted_network = 0.0
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        if client.caseworker < 0:
            continue
        if client.stage == WAITING:
            worker = world.professionals[client.caseworker]
            worker.wanted_talk += p.talk_hours - client.hours_talked
        elif client.stage == MAPPING:
            worker = world.professionals[case.convener(client)]
            policy = world.policies[client.policy]
            worker.wanted_network += case.mobilisation_wanted(client, policy, p)
        elif client.stage == GUIDED and client.professionals > 0:
            for i in range(client.problems):
                domain = client.present[i]
                row = client.helpers[world.given[0].domains.discipline[domain]]
                if row >= 0:
                    worker = world.professionals[row]
                    worker.wanted_guidance += client.level[domain] * p.guidance_per_level
    for w in range(team.first_professional, team.end_professional):
        a_professional.shares_out_hours(world.professionals[w])


@compiled
def professionals_guide(world, team, week):
    """Professionals give the guidance they have hours for."""
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        if client.stage == GUIDED:
            a_professional.guides(world, client)


@compiled
def networks_are_mobilised(world, team, week):
    """Networks are mapped with the hours there are, brought together, and plans are made."""
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        if client.stage == MAPPING and client.caseworker >= 0:
            case.mobilise(world, client, c, week)


@compiled
def talks_are_held(world, team, week):
    """Kitchen-table talks take place once their hours have been given."""
    p = world.given[0].parameters
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        if client.stage == WAITING and client.caseworker >= 0:
            worker = world.professionals[client.caseworker]
            hours = (p.talk_hours - client.hours_talked) * worker.share_talk
            client.hours_talked += hours
            client.hours_professional += hours
            client.cost += hours * worker.rate
            if client.hours_talked > p.talk_hours - case.NOTHING_LEFT:
                case.talk(world, client, c, week)


@compiled
def supporters_help(world, team, week):
    """Supporters divide what is needed and carry it."""
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        if client.supporters > 0:
            network.help_out(world, client)
        else:
            client.network_help = 0.0


@compiled
def problems_move(world, team, week):
    """Problems ease, worsen, are solved (and professionals leave); now and then one comes."""
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        if client.stage == NOT_YET:
            continue
        move_problems(world, client, c, week)
        new_problem(world, client, c, week)


@compiled
def move_problems(world, client, client_row, week):
    """Problems ease, worsen or are solved, from the last one down: solved ones leave the list."""
    four = -1
    luck = (0.0, 0.0, 0.0, 0.0)
    for i in range(client.problems - 1, -1, -1):
        domain = client.present[i]
        if domain // 4 != four:
            four = domain // 4
            luck = problem.luck_of_four(client, four, world.given[0].seed, week)
        move_problem(world, client, client_row, domain, luck[domain % 4], week)


@compiled
def move_problem(world, client, client_row, domain, luck, week):
    """Let a problem ease or worsen; when it is solved, its professional may leave."""
    p = world.given[0].parameters
    domains = world.given[0].domains
    row = client.helpers[domains.discipline[domain]]
    is_guided = row >= 0 and client.professional_help > 0.0
    guidance = world.professionals[row].share_guidance if is_guided else 0.0
    change = problem.moves(client, domain, guidance, luck, domains, p)
    if change == 0:
        return
    level = client.level[domain] + change
    problem.set_level(client, domain, level, domains, p)
    if level == 0:
        client.solved += 1
        a_professional.withdraws(world, client)
        episodes.log(world, week, client_row, episodes.PROBLEM_SOLVED, domain, client.problems)
    elif change > 0:
        network.call_in_if_asked(world, client, domain)


@compiled
def new_problem(world, client, client_row, week):
    """Let a problem come, or one that is there get worse by what feeds it (M12)."""
    p = world.given[0].parameters
    domain = problem.which_comes(client, world.given[0].domains, p, world.given[0].seed, week)
    if domain < 0:
        return
    level = client.level[domain]
    if level == 0:
        client.passing[domain] = problem.would_pass(
            client, domain, world.given[0].domains, world.given[0].seed, week
        )
        problem.set_level(client, domain, problem.NEW, world.given[0].domains, p)
        episodes.log(world, week, client_row, episodes.PROBLEM_CAME, domain, client.problems)
    elif level < problem.ACUTE:
        problem.set_level(client, domain, level + 1, world.given[0].domains, p)
    network.call_in_if_asked(world, client, domain)


@compiled
def supporters_reconsider(world, team, week):
    """Supporters go on, stop or step in for another; once a quarter some ties end."""
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        if client.supporters > 0 or client.counted_on > 0:
            network.reconsider(world, client, c, week)
        if client.mapped > 0 and (week + client.id) % a_member.QUARTER == 0:
            network.wear(world, client, c, week)


@compiled
def cases_are_closed(world, team, week):
    """Cases close at the norm, unless a heavy problem is left."""
    p = world.given[0].parameters
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        if case.can_close(client, world.policies[client.policy], p, week):
            case.close(world, client, c, week)


@compiled
def week_is_recorded(world, team, week):
    """The week's outcomes are added up, by route of entry."""
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        if client.stage != NOT_YET:
            record(client, world.weekly[week, client.entrance])
            world.spread[week, client.entrance, client.problems] += 1


class Phase(NamedTuple):
    """A phase of the week: its function, what it reads and what it writes."""

    run: Callable
    reads: str
    writes: str

    @property
    def name(self) -> str:
        """The phase in words."""
        return self.run.__name__.replace("_", " ")

    @property
    def does(self) -> str:
        """What happens in it."""
        return self.run.__doc__


PHASES = (
    Phase(
        clients_enter,
        reads="entry week, problems, policy, professionals' cases",
        writes="stage, caseworker, coordinator, offer and answer",
    ),
    Phase(
        hours_are_shared_out,
        reads="stage, levels, helpers, professionals' hours",
        writes="professionals' hours wanted, given, and the shares that can be given",
    ),
    Phase(
        professionals_guide,
        reads="share for guidance, levels, helpers",
        writes="professional help, hours, cost",
    ),
    Phase(
        networks_are_mobilised,
        reads="share for network work, policy, closeness, asking barrier, spare hours",
        writes="hours mapped, tie states, plan, cooperation, helpers called in",
    ),
    Phase(
        talks_are_held,
        reads="share for talks, network, worker's belief, policy",
        writes="hours talked, mapped members, at the table, proposal and answer, worker's plan",
    ),
    Phase(
        supporters_help,
        reads="severity, supporters, spare hours, closeness, plan",
        writes="hours of each supporter, load, network help",
    ),
    Phase(
        problems_move,
        reads="levels, network help, share for guidance, cooperation",
        writes="levels, counts, credit for relief, helpers who leave or are called in",
    ),
    Phase(
        supporters_reconsider,
        reads="load, spare hours, closeness, who knows whom, plan, professional help",
        writes="tie states, supporters, network size",
    ),
    Phase(
        cases_are_closed,
        reads="norm, levels",
        writes="stage, helpers, professionals' cases",
    ),
    Phase(
        week_is_recorded,
        reads="everything",
        writes="the weekly books",
    ),
)


def _in_order(phases: tuple[Phase, ...]) -> Callable:
    """One compiled function that runs the phases one after the other."""
    if len(phases) == 1:
        return phases[0].run
    half = len(phases) // 2
    first = _in_order(phases[:half])
    then = _in_order(phases[half:])

    @compiled
    def first_then(world, team, week):
        first(world, team, week)
        then(world, team, week)

    return first_then


live_a_week = _in_order(PHASES)


@compiled_and_kept
def live(world, team, end_team, week, first_week, end_week):
    """Live the weeks of some teams, each team through all its weeks: teams share nothing.

    Starts with ``team`` at ``week``, every further team at ``first_week``. Returns
    (team, week) reached; short of the end when the room for episodes runs out.
    """
    while team < end_team:
        here = world.teams[team]
        room = (here.end_client - here.first_client) * episodes.MOST_A_WEEK
        while week < end_week:
            keeps = len(world.episodes) > 0
            if keeps and world.episode_count[0] + room > len(world.episodes):
                return team, week
            live_a_week(world, here, week)
            week += 1
        team += 1
        week = first_week
    return team, week
