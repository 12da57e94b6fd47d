"""What happens in a client's network: it is mapped, asked, brought together, and makes a plan."""

import math

from kring.simulation import episodes, money
from kring.simulation.behaviour import belief, places, provision, referral
from kring.simulation.behaviour import client as a_client
from kring.simulation.behaviour import member as a_member
from kring.simulation.behaviour import professional as a_professional
from kring.simulation.bits import bit, first, has, without_first
from kring.simulation.compiled import compiled, compiled_apart
from kring.simulation.draws import decision, uniform
from kring.simulation.field import OTHER_TIE
from kring.simulation.rows import (
    ASKED,
    GONE,
    GUIDED,
    MAPPED,
    MAX_TIES,
    NETWORK_PLAN,
    STOPPED,
    SUPPORTING,
    UNMAPPED,
    WORKER_PLAN,
)

GIVES_A_PLAN = decision("meeting gives a plan")
CARRIED_OUT = decision("plan is carried out")
COOPERATION = decision("network and professional come to work together")
ENDS_WORKING_TOGETHER = decision("network and professional stop working together")
LASTS = decision("plan of the network lasts")
CONFERENCE_HOURS = 30.0  # of the coordinator, that the price of a conference is for (E16, E44)
A_WEAK_TIE = 0.35  # closeness of somebody from outside

NETWORK_DECIDES = decision("policy: the network makes the plan")
SHORT = decision("policy: help is granted for a short time")


@compiled_apart
def map_network(world, client, hours, client_row, week):
    """Map the ties that client and convener have come upon after so many hours (M3)."""
    parameters = world.parameters
    for t in range(client.first_tie, client.first_tie + client.n_ties):
        tie = world.ties[t]
        if tie.state == UNMAPPED and a_client.finds(tie, hours, parameters, world.seed):
            is_mapped(world, client, tie, client_row, week)


@compiled_apart
def is_mapped(world, client, tie, client_row, week):
    """Come to be known as somebody who might help."""
    tie.state = MAPPED
    client.mapped += 1
    episodes.log_of(world, week, client_row, tie, episodes.IS_FOUND, tie.closeness, 0)


@compiled_apart
def seat_at_table(world, client):
    """Count the family and friends whom the client brings to the kitchen-table talk.

    Who helps already may come along as well as who is only named.
    """
    parameters = world.parameters
    policy = world.policies[client.policy]
    for t in range(client.first_tie, client.first_tie + client.n_ties):
        tie = world.ties[t]
        is_known = tie.state == MAPPED or tie.state == SUPPORTING
        if is_known and a_client.brings_along(
            client, tie, world.kinds, policy, parameters, world.seed
        ):
            client.at_table += 1


@compiled_apart
def some_help_already(world, client, client_row, week):
    """Be helped already when the need arises: by members whom nobody had to bring together (M4).

    They are the first whom a client names, so they are mapped from the start. How a member stands
    to the client may have been told; then it isn't drawn.
    """
    parameters = world.parameters
    for t in range(client.first_tie, client.first_tie + client.n_ties):
        tie = world.ties[t]
        is_told = tie.state != UNMAPPED
        if tie.state == SUPPORTING or (
            not is_told and a_member.helps_already(tie, client, world.kinds, parameters, world.seed)
        ):
            tie.at_entry = True
            client.mapped += 1
            client.helping_at_entry += 1
            begin_to_help(world, client, tie, client_row, week)
        elif is_told and tie.state != GONE:
            client.mapped += 1


@compiled_apart
def begin_to_help(world, client, tie, client_row, week):
    """Make a supporter of a mapped member."""
    tie.state = SUPPORTING
    client.supporters += 1
    client.supporting |= bit(tie.id % MAX_TIES)
    spare = world.members[tie.member].spare_hours
    episodes.log_of(world, week, client_row, tie, episodes.STARTS_HELPING, spare, 0)


@compiled_apart
def end_help(world, client, tie, client_row, why, week):
    """Let a supporter stop, and take the load off."""
    episodes.log_of(world, week, client_row, tie, episodes.STOPS_HELPING, tie.hours, why)
    world.members[tie.member].load -= tie.hours
    tie.hours = 0.0
    tie.state = STOPPED
    client.supporters -= 1
    client.supporting &= ~bit(tie.id % MAX_TIES)
    belief.supporter_is_gone(world, client)


@compiled_apart
def somebody_comes_to_help(world, client, client_row, week):
    """Let somebody from outside become a supporter: a weak tie; returns whether there was room."""
    for t in range(client.first_tie, client.first_tie + client.n_ties):
        tie = world.ties[t]
        if tie.state == UNMAPPED or tie.state == GONE:
            tie.kind = OTHER_TIE
            tie.closeness = A_WEAK_TIE
            tie.in_plan = False
            client.mapped += 1
            begin_to_help(world, client, tie, client_row, week)
            return True
    return False


@compiled_apart
def ask(world, client, tie, client_row, week):
    """Put the question to a mapped member."""
    member = world.members[tie.member]
    tie.state = ASKED
    spare = member.spare_hours
    episodes.log_of(world, week, client_row, tie, episodes.IS_ASKED, spare, 0)
    if a_member.says_yes(world, tie, member, client, client_row, week):
        begin_to_help(world, client, tie, client_row, week)
    else:
        episodes.log_of(world, week, client_row, tie, episodes.SAYS_NO, spare, 0)


@compiled_apart
def some_help_at_once(world, client, client_row, week):
    """Of those who were found and spoken to, some begin before the network meets (M3)."""
    parameters = world.parameters
    for t in range(client.first_tie, client.first_tie + client.n_ties):
        tie = world.ties[t]
        if tie.state == MAPPED and a_member.helps_at_once(tie, parameters, world.seed):
            ask(world, client, tie, client_row, week)


@compiled
def share_prepared(client, parameters):
    """Part of the mapped network that there were hours to visit before the meeting (M3)."""
    wanted = parameters.invitation_hours * client.mapped
    return min(1.0, client.hours_mapped / wanted) if wanted > 0.0 else 1.0


@compiled_apart
def gather(world, client):
    """Invite all who are mapped and still there; returns (bits of those who come, number)."""
    parameters = world.parameters
    prepared = share_prepared(client, parameters)
    present = 0
    count = 0
    for place in range(client.n_ties):
        tie = world.ties[client.first_tie + place]
        invited = tie.state == MAPPED or tie.state == ASKED or tie.state == SUPPORTING
        if invited and a_member.comes(tie, client.conference, prepared, parameters, world.seed):
            present |= bit(place)
            count += 1
    return present, count


@compiled
def gives_a_plan(client, parameters, seed):
    """Whether the meeting ends in a plan: more people, more often (M22)."""
    if parameters.plan_needs == 0.0:
        return True
    chance = 1.0 - math.exp(-client.attended / parameters.plan_needs)
    return uniform(seed, GIVES_A_PLAN, client.id, 0) < chance


@compiled_apart
def plan_together(world, client, present):
    """Those present make the plan themselves, and from then on know each other (M5)."""
    for place in range(client.n_ties):
        if has(present, place):
            tie = world.ties[client.first_tie + place]
            tie.in_plan = True
            tie.knows |= present & ~bit(place)


@compiled
def network_decides(client, policy, parameters, seed):
    """Whether the policy leaves the plan to the network."""
    return uniform(seed, NETWORK_DECIDES, client.id, 0) < policy.network_makes_plan


@compiled
def pay_coordinator(world, client, week):
    """Pay the independent coordinator for the hours that went into this network."""
    if client.conference:
        price = world.town.price_conference * client.hours_mapped / CONFERENCE_HOURS
        money.spend(world, client, week, money.CONFERENCE, price)


@compiled_apart
def meet(world, client, client_row, right_used, week):
    """Bring the network together: who comes, who makes the plan, who begins to help."""
    parameters = world.parameters
    policy = world.policies[client.policy]
    present, count = gather(world, client)
    client.attended = 1 + client.children + count
    convener = 1 if client.conference else 0
    episodes.log(world, week, client_row, episodes.MEETING_HELD, convener, client.attended)
    pay_coordinator(world, client, week)
    client.hidden = 0  # who is there tells the rest
    is_theirs = right_used or network_decides(client, policy, parameters, world.seed)
    if is_theirs and gives_a_plan(client, parameters, world.seed):
        luck = uniform(world.seed, CARRIED_OUT, client.id, 0)
        client.plan = NETWORK_PLAN
        client.carried_out = luck >= parameters.falls_through
        if not client.carried_out:
            client.lapsed_week = week
        plan_together(world, client, present)
    else:
        client.plan = WORKER_PLAN
        client.carried_out = True
    if client.carried_out:
        for place in range(client.n_ties):
            tie = world.ties[client.first_tie + place]
            if has(present, place) and tie.state == MAPPED:
                ask(world, client, tie, client_row, week)
    if count > 0:
        make_cooperation(client, parameters, world.seed)
    start_plan(world, client, client_row, week)


@compiled
def make_cooperation(client, parameters, seed):
    """Network and professional met over the plan: sometimes they come to work together (M15)."""
    client.cooperation = uniform(seed, COOPERATION, client.id, 0) < parameters.cooperation_made


@compiled_apart
def plan_without_meeting(world, client, client_row, week):
    """The worker makes the plan; the client asks whom (s)he dares to ask (M8)."""
    parameters = world.parameters
    policy = world.policies[client.policy]
    client.plan = WORKER_PLAN
    client.carried_out = True
    for t in range(client.first_tie, client.first_tie + client.n_ties):
        tie = world.ties[t]
        if tie.state == MAPPED and a_client.asks(
            client, tie, world.kinds, policy, parameters, world.seed
        ):
            ask(world, client, tie, client_row, week)
    if client.at_table > 0:
        make_cooperation(client, parameters, world.seed)
    start_plan(world, client, client_row, week)


@compiled_apart
def start_plan(world, client, client_row, week):
    """Set the plan to work: count on its supporters, call in the professionals it asks for."""
    client.counted_on = client.supporters
    if client.plan_week < 0:
        client.plan_week = week
    asked = 0
    for t in range(client.first_tie, client.first_tie + client.n_ties):
        if world.ties[t].state == ASKED or world.ties[t].state == SUPPORTING:
            asked += 1
    episodes.log(world, week, client_row, episodes.PLAN_MADE, client.plan, asked)
    client.helped_meanwhile = False
    a_professional.take_leave(world, client)  # who helped until the network had met
    take_up_plan(world, client, week)


@compiled_apart
def take_up_plan(world, client, week):
    """Begin to guide by the plan there is, for as long as help is granted."""
    policy = world.policies[client.policy]
    client.stage = GUIDED
    if client.plan == WORKER_PLAN:
        worker = world.professionals[client.caseworker]
        a_professional.engage(world, client, client.caseworker, worker.discipline)
    referral.call_in_where_needed(world, client, week)
    if uniform(world.seed, SHORT, client.id, week) < policy.short_provision:
        client.provision_end = week + int(policy.provision_weeks)


@compiled
def shared_fairly(client):
    """Whether supporters divide by what each can spare: in a plan they made together (M5)."""
    return client.plan == NETWORK_PLAN and client.carried_out


@compiled
def help_out(world, client):
    """Divide the week's need among the supporters; what they meet of it is the network's help.

    What a provision does need not be done by them.
    """
    parameters = world.parameters
    need = parameters.need_per_level * max(client.severity, 1)
    if client.provided:
        need = max(
            parameters.need_per_level, need - provision.hours_provided(client, world.provisions)
        )
    fairly = shared_fairly(client)
    total_weight = 0.0
    left = int(client.supporting)
    while left:
        tie = world.ties[client.first_tie + first(left)]
        total_weight += a_member.weight_in_sharing(tie, world.members[tie.member], fairly)
        left = without_first(left)
    given = 0.0
    left = int(client.supporting)
    while left:
        tie = world.ties[client.first_tie + first(left)]
        member = world.members[tie.member]
        part = a_member.weight_in_sharing(tie, member, fairly) / total_weight
        given += a_member.gives_hours(tie, member, need * part, parameters)
        left = without_first(left)
    client.hours_network += given
    client.network_help = min(1.0, given / need) if need > 0.0 else 0.0


@compiled
def reconsider(world, client, client_row, week):
    """Each supporter goes on or stops; the plan and working together last, or not."""
    parameters = world.parameters
    supporters = int(client.supporting)
    left = supporters
    while left:
        tie = world.ties[client.first_tie + first(left)]
        member = world.members[tie.member]
        could_bear_it = member.strain <= 1.0
        a_member.feels_strain(member, parameters, week)
        if could_bear_it and member.strain > 1.0:
            kind = episodes.IS_OVERBURDENED
            episodes.log_of(world, week, client_row, tie, kind, member.strain, 0)
        if a_member.stops(world, tie, member, client, client_row, supporters, week):
            why = 0
            if episodes.are_kept(world):
                why = a_member.why_stops(world, tie, member, client, client_row, supporters, week)
            end_help(world, client, tie, client_row, why, week)
        left = without_first(left)
    if client.plan == NETWORK_PLAN:
        plan_lasts(world, client, client_row, week)
    if shared_fairly(client):
        fill_gaps(world, client, client_row, week)
    if client.cooperation:
        cooperation_lasts(client, parameters, world.seed, week)


@compiled
def chance_to_lapse(client, parameters):
    """Weekly chance that the network's plan goes out of use: more so as helpers fall away (E73)."""
    missing = 1.0 - min(1.0, client.supporters / max(1.0, client.counted_on))
    return parameters.plan_lapses * (1.0 + missing)


@compiled
def plan_lasts(world, client, client_row, week):
    """The network's plan holds, goes out of use, or is taken up again by who still helps (M22)."""
    parameters = world.parameters
    luck = uniform(world.seed, LASTS, client.id, week)
    if client.carried_out:
        chance = chance_to_lapse(client, parameters)
        if luck < places.changed(world, places.TO_LAPSE, chance, client_row, week):
            client.carried_out = False
            if client.lapsed_week < 0:
                client.lapsed_week = week
            episodes.log(
                world, week, client_row, episodes.PLAN_LAPSES, client.plan, client.supporters
            )
            referral.call_in_where_needed(world, client, week)
    elif client.supporters > 0 and luck < parameters.taken_up_again:
        client.carried_out = True
        episodes.log(
            world, week, client_row, episodes.PLAN_TAKEN_UP, client.plan, client.supporters
        )


@compiled
def cooperation_lasts(client, parameters, seed, week):
    """Network and professional go on working together, or no longer (M15).

    What is left when the professional is done is how it was at the end.
    """
    if client.professionals > 0 or client.supporters == 0:
        luck = uniform(seed, ENDS_WORKING_TOGETHER, client.id, week)
        client.cooperation = client.supporters > 0 and luck >= parameters.cooperation_ends


@compiled_apart
def fill_gaps(world, client, client_row, week):
    """While fewer help than the plan counted on, others who made it may step in (M5)."""
    for t in range(client.first_tie, client.first_tie + client.n_ties):
        if client.supporters >= client.counted_on:
            return
        tie = world.ties[t]
        if tie.in_plan and tie.state == ASKED:
            member = world.members[tie.member]
            if a_member.steps_in(world, tie, member, client, client_row, week):
                there = client.supporters
                episodes.log_of(world, week, client_row, tie, episodes.STEPS_IN, there, 0)
                begin_to_help(world, client, tie, client_row, week)


@compiled_apart
def wear(world, client, client_row, week):
    """Look through the ties once a quarter: some end (M11)."""
    for t in range(client.first_tie, client.first_tie + client.n_ties):
        tie = world.ties[t]
        if tie.state == UNMAPPED or tie.state == GONE:
            continue
        if a_member.tie_ends(world, tie, client, client_row, week):
            if tie.state == SUPPORTING:
                end_help(world, client, tie, client_row, episodes.PARTED, week)
            tie.state = GONE
            client.mapped -= 1
            episodes.log_of(world, week, client_row, tie, episodes.TIE_ENDED, tie.closeness, 0)
