"""The week: one tuple of named phases, in the order in which they happen.

Hours are shared out once, and given before anybody moves on to a next stage: nobody receives what
nobody counted.
"""

from collections.abc import Callable
from typing import NamedTuple

from kring.simulation import episodes
from kring.simulation.behaviour import (
    belief,
    case,
    closing,
    course,
    entrance,
    hours,
    leaving,
    neighbourhood,
    network,
    organising,
    places,
    preparation,
    provision,
    referral,
)
from kring.simulation.behaviour import professional as a_professional
from kring.simulation.behaviour import team as a_team
from kring.simulation.calendar import QUARTER, is_turn_of
from kring.simulation.compiled import compiled, compiled_and_kept, compiled_apart
from kring.simulation.outcomes import record, record_team
from kring.simulation.rows import CLOSED, GUIDED, MAPPING, NETWORK_PLAN, NOT_YET, WAITING


@compiled_apart
def workers_come_to_work(world, team, week):
    """Team workers are at work, ill or gone; they go to school and learn from each other."""
    policy = world.policies[team.policy]
    least = belief.least_doubt(world, team)
    for w in range(team.first_professional, team.first_coordinator):
        a_team.comes_to_work(world, team, w, week)
        belief.learns(world, world.professionals[w], policy, least, week)
    for w in range(team.first_coordinator, team.end_professional):
        a_professional.is_always_there(world.professionals[w])


@compiled
def people_come_to_the_team(world, team, week):
    """Those whose need arises come in early, now, or later; who waited outside comes in."""
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        if client.stage == NOT_YET and client.entry_week == week:
            case.need_arises(world, team, client, c, week)
        elif entrance.has_come(client, week):
            case.enter(world, client, c, week)


@compiled
def people_are_taken_in(world, team, week):
    """Workers with room take in who is first in the queue; outside coordinators as well."""
    for w in range(team.first_professional, team.end_professional):
        a_professional.starts_the_week(world.professionals[w])
    in_line = False
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        if client.stage == WAITING and case.talk_can_be_held(client, week):
            hours.asks_for_talk(world, client)
        in_line = in_line or case.awaits_coordinator(client, week)
    a_team.take_in(world, team, week)
    if in_line:
        case.give_out_coordinators(world, team, week)


@compiled
def hours_are_shared_out(world, team, week):
    """Professionals and coordinators hear what is wanted and divide their week."""
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        if client.stage == CLOSED:
            if closing.is_checked(client, world.policies[client.policy], week):
                hours.asks_for_check_in(world, client)
        elif client.stage >= MAPPING:
            hours.asks_for_help(world, client, week)
    policy = world.policies[team.policy]
    for w in range(team.first_professional, team.first_coordinator):
        a_team.work_beside_cases(world, team, world.professionals[w], policy)
    for w in range(team.first_professional, team.end_professional):
        a_professional.shares_out_hours(world.professionals[w], policy)
    a_team.use_of_the_week(world, team, week)


@compiled
def professionals_guide(world, team, week):
    """Professionals give the guidance they have hours for, and tune and renew plans."""
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        if a_professional.is_with_team(client):
            a_professional.guides(world, client, week)
            hours.work_on_plans(world, client, week)


@compiled
def networks_are_mobilised(world, team, week):
    """Networks are mapped with the hours there are, brought together, and plans are made."""
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        if client.stage == MAPPING and client.intake_week == week:
            case.help_meanwhile(world, client, week)
        if case.is_mobilised(client, week):
            case.mobilise(world, client, c, week)


@compiled
def talks_are_held(world, team, week):
    """Kitchen-table talks take place once their hours have been given; some families fall off."""
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        if client.stage == WAITING:
            case.talk_or_wait(world, client, c, week)
        elif client.stage == MAPPING and preparation.drops_out(
            client, world.parameters, world.seed, week
        ):
            preparation.falls_off(world, client, c, week)


@compiled_apart
def agencies_answer(world, team, week):
    """Agencies take in, refuse and pass on whom the team refers."""
    if not referral.works_with_agencies(world.policies[team.policy]):
        return
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        if a_professional.is_with_team(client) and (client.referred or client.at_agency):
            referral.agencies_decide(world, client, c, week)


@compiled
def provisions_are_given(world, team, week):
    """Household help, administration and long guidance are asked for, decided on, and given."""
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        if is_turn_of(client.id, week, provision.LOOKED_AT):
            provision.look_at_provisions(world, client, c, week)
        if client.provided:
            provision.is_paid(world, client, week)


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
        course.move_problems(world, client, c, week)
        course.new_problem(world, client, c, week)
        if client.brewing:
            entrance.what_brews_comes(world, client, c, week)
        if client.hidden and client.stage == GUIDED:
            course.hidden_problems_come_to_light(world, client, week)
        if client.children > 0:
            course.look_after_children(world, client, c, week)


@compiled
def supporters_reconsider(world, team, week):
    """Supporters go on, stop or step in for another; once a quarter some ties end."""
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        if client.supporters > 0 or client.plan == NETWORK_PLAN or client.cooperation:
            network.reconsider(world, client, c, week)
        if client.mapped > 0 and is_turn_of(client.id, week, QUARTER):
            network.wear(world, client, c, week)


@compiled_apart
def the_neighbourhood_meets(world, team, week):
    """Groups are open: who is lonely joins, meets others, and is less so. Former clients help."""
    neighbourhood.open_groups(world, team, week)
    if neighbourhood.has_groups(team):
        for c in range(team.first_client, team.end_client):
            neighbourhood.take_part(world, team, world.clients[c], c, week)
    if team.former_clients > 0:
        for c in range(team.first_client, team.end_client):
            client = world.clients[c]
            if team.former_clients > 0 and neighbourhood.needs_former_client(client):
                neighbourhood.find_former_client(world, team, client, c, week)


@compiled
def cases_are_closed(world, team, week):
    """Cases close, at the norm or before; some come back, are looked in on, or leave for good."""
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        policy = world.policies[client.policy]
        if leaving.leaves(client, world.town, world.seed, week):
            leaving.leave(world, team, client, c, week)
        elif client.stage == GUIDED:
            why = closing.can_close(client, policy, world.parameters, world.seed, week)
            if why >= 0:
                closing.close(world, client, c, why, week)
                neighbourhood.offers_help(world, team, client)
            elif client.provision_end == week:
                closing.provision_ends(world, client, c, week)
        elif client.stage == CLOSED:
            if closing.is_checked(client, policy, week):
                closing.check_in(world, client, c, week)
            elif client.problems > 0:
                closing.come_back(world, client, c, week)


@compiled
def week_is_recorded(world, team, week):
    """The week's outcomes are added up: of clients by route of entry, of teams, and money."""
    for c in range(team.first_client, team.end_client):
        client = world.clients[c]
        if client.stage != NOT_YET and not client.past:
            record(client, world.weekly[week, client.entrance])
            world.spread[week, client.entrance, client.problems] += 1
    record_team(world, team, world.municipality[week])


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
        workers_come_to_work,
        reads="hours, sick leave, turnover, schooling",
        writes="hours at work, belief, skill; cases passed on by who leaves",
    ),
    Phase(
        people_come_to_the_team,
        reads="entry week, levels, threshold, referral, outreach, offer",
        writes="stage, what is brewing and hidden, coordinator, offer and answer, waiting list",
    ),
    Phase(
        people_are_taken_in,
        reads="waiting list, its order, caseload and its limit, hours at work",
        writes="caseworker, weeks waited, hours wanted for intake",
    ),
    Phase(
        hours_are_shared_out,
        reads="stage, levels, helpers, hours at work, order of work",
        writes="hours wanted and given by task, outreach reached, collective hours",
    ),
    Phase(
        professionals_guide,
        reads="share for guidance and plans, levels, helpers",
        writes="professional help, hours, cost",
    ),
    Phase(
        networks_are_mobilised,
        reads="share for network work, policy, closeness, asking barrier, spare hours",
        writes="hours mapped, tie states, plan, cooperation, helpers called in",
    ),
    Phase(
        talks_are_held,
        reads="share for intake, network, worker's belief, policy",
        writes="hours talked, mapped members, at the table, proposal and answer, who falls off, "
        "worker's plan",
    ),
    Phase(
        agencies_answer,
        reads="referrals, heavy problems, places",
        writes="helpers from agencies, refusals",
    ),
    Phase(
        provisions_are_given,
        reads="levels, network help, indications",
        writes="provisions, decisions to come, cost",
    ),
    Phase(
        supporters_help,
        reads="severity, supporters, spare hours, closeness, plan, provisions",
        writes="hours of each supporter, load, network help",
    ),
    Phase(
        problems_move,
        reads="levels, network help, share for guidance, skill, plans, cooperation",
        writes="levels, counts, credit for relief, helpers who leave or are called in, placements",
    ),
    Phase(
        supporters_reconsider,
        reads="load, spare hours, closeness, who knows whom, plan, professional help, reciprocity",
        writes="tie states, supporters, network size, plan in use, cooperation, workers' beliefs",
    ),
    Phase(
        the_neighbourhood_meets,
        reads="hours of collective work, loneliness, former clients ready to help",
        writes="places in groups, levels, weak ties, supporters",
    ),
    Phase(
        cases_are_closed,
        reads="norm, levels, closeness, supporters, provision",
        writes="stage, helpers, professionals' cases, waiting list",
    ),
    Phase(
        week_is_recorded,
        reads="everything",
        writes="the weekly sums",
    ),
)


def _with_places(place: int, run: Callable) -> Callable:
    """A phase with what is put before and after it."""

    @compiled
    def before_and_after(world, team, week):
        places.happens(world, place, team, week)
        run(world, team, week)
        places.happens(world, place + 1, team, week)

    return before_and_after


def _in_order(phases: tuple[Callable, ...]) -> Callable:
    """One compiled function that runs the phases one after the other."""
    if len(phases) == 1:
        return phases[0]
    half = len(phases) // 2
    first = _in_order(phases[:half])
    then = _in_order(phases[half:])

    @compiled
    def first_then(world, team, week):
        first(world, team, week)
        then(world, team, week)

    return first_then


live_a_week = _in_order(
    tuple(_with_places(places.before(i), phase.run) for i, phase in enumerate(PHASES))
)


@compiled_and_kept
def begin_here(clients):
    """Let week 1 be the one that comes; outcomes leave out whose case is over by now."""
    for c in range(len(clients)):
        clients[c].past = clients[c].stage == CLOSED


@compiled_and_kept
def live(world, team, end_team, week, first_week, end_week):
    """Live the weeks of some teams, each team through all its weeks: teams share nothing.

    Starts with ``team`` at ``week``, every further team at ``first_week``. Returns
    (team, week) reached; short of the end when the room for episodes runs out.
    """
    a_client = episodes.MOST_A_WEEK + world.extensions.room
    while team < end_team:
        here = world.teams[team]
        room = (here.end_client - here.first_client) * a_client
        while week < end_week:
            keeps = len(world.episodes) > 0
            if keeps and world.episode_count[0] + room > len(world.episodes):
                return team, week
            if organising.is_reviewed(world.town, week):
                organising.follows_demand(world, here)
            live_a_week(world, here, week)
            week += 1
        team += 1
        week = first_week
    return team, week
