"""What a network member does: says yes or no, comes, gives hours, reconsiders, steps in."""

import math

from kring.simulation.behaviour import places
from kring.simulation.bits import count
from kring.simulation.calendar import QUARTER, WEEKS_A_YEAR
from kring.simulation.choices import NOTHING_BACK, VOLUNTARY
from kring.simulation.compiled import compiled, compiled_apart
from kring.simulation.draws import decision, uniform
from kring.simulation.episodes import (
    CROWDED_OUT,
    DISTRESS,
    IMBALANCE,
    NOTHING_LEFT,
    ONLY_ONE,
    OVERLOAD,
)
from kring.simulation.field import CLOSE_KIN, NEIGHBOUR
from kring.simulation.rows import SUPPORTING

COMES = decision("member comes to the meeting")
SAYS_YES = decision("member says yes to helping")
HELPS_ALREADY = decision("member helps already when the client comes")
HELPS_AT_ONCE = decision("member helps at once, before the network meets")
STOPS = decision("member stops helping")
STEPS_IN = decision("member steps in for another")
TIE_ENDS = decision("tie ends")

USUAL_SPARE_HOURS = 4.0  # at which spare hours neither add to nor take from the odds of a yes
SPARE_COUNTS = 0.1  # log odds per spare hour


@compiled
def _chance(log_odds):
    return 1.0 / (1.0 + math.exp(-log_odds))


@compiled
def chance_to_say_yes(tie, member, client, kinds, policy, parameters):
    """Chance that a member who is asked begins to help.

    Closeness and tie type carry (M7), spare hours allow (M10), heavy need repels (M11), neighbours
    can be activated.
    """
    activation = policy.neighbour_activation if tie.kind == NEIGHBOUR else 0.0
    return _chance(
        parameters.willing
        + parameters.activation * activation
        + parameters.closeness_helps * (tie.closeness - 0.5)
        + kinds.willing[tie.kind]
        + SPARE_COUNTS * (member.spare_hours - USUAL_SPARE_HOURS)
        - parameters.need_repels * client.severity / 10.0
    )


@compiled
def says_yes(world, tie, member, client, client_row, week):
    """Whether this member, when asked, begins to help: the same answer under every policy."""
    policy = world.policies[client.policy]
    chance = chance_to_say_yes(tie, member, client, world.kinds, policy, world.parameters)
    chance = places.changed_of_tie(world, places.TO_SAY_YES, chance, client_row, tie, week)
    return uniform(world.seed, SAYS_YES, tie.id, 0) < chance


@compiled
def helps_already(tie, client, kinds, parameters, seed):
    """Whether this member helps when the client comes: no plan is needed for that (M4, M7, M11)."""
    if parameters.helps_already <= 0.0:
        return False
    log_odds = math.log(parameters.helps_already / (1.0 - parameters.helps_already))
    log_odds += parameters.closeness_helps * (tie.closeness - 0.5) + kinds.willing[tie.kind]
    log_odds -= parameters.need_repels * client.severity / 10.0
    return uniform(seed, HELPS_ALREADY, tie.id, 0) < _chance(log_odds)


@compiled
def helps_at_once(tie, parameters, seed):
    """Whether who is found and spoken to need not wait for the meeting to begin to help (M3)."""
    return uniform(seed, HELPS_AT_ONCE, tie.id, 0) < parameters.helps_at_once


@compiled
def comes(tie, independent, prepared, parameters, seed):
    """Whether an invited member comes.

    Fewer do where the helper also convenes (M6), and where there were no hours to visit them all:
    ``prepared`` is the share of the network that was (M3).
    """
    log_odds = parameters.comes_when_invited + parameters.closeness_helps * (tie.closeness - 0.5)
    log_odds -= parameters.unprepared * (1.0 - prepared)
    if not independent:
        log_odds -= parameters.merged_role * 2.0
    return uniform(seed, COMES, tie.id, 0) < _chance(log_odds)


@compiled
def weight_in_sharing(tie, member, shared_fairly):
    """How much of the need falls to this supporter: by spare hours in a joint plan (M5, M10),
    else the closest carries most."""
    return member.spare_hours if shared_fairly else tie.closeness * tie.closeness


@compiled
def gives_hours(tie, member, asked_hours, parameters):
    """Take on a part of the need, up to the spare hours and a stretch beyond them (M10)."""
    elsewhere = member.load - tie.hours
    hours = min(asked_hours, max(0.0, member.spare_hours * parameters.stretch - elsewhere))
    member.load += hours - tie.hours
    tie.hours = hours
    return hours


@compiled
def feels_strain(member, parameters, week):
    """Let the load wear, once a week: strain follows load per spare hour, slowly (M10)."""
    if member.felt_week == week:
        return  # another client of this member came first
    member.felt_week = week
    member.strain += (member.load / member.spare_hours - member.strain) / parameters.strain_weeks


@compiled
def bond(tie, client, supporters, parameters):
    """Share of the chance to stop that togetherness takes away (M5).

    Who made the plan together stays; less so if the one who convened was a helper too (M6).
    Who knows the other supporters stays as well.
    """
    stays = 1.0
    if tie.in_plan and client.carried_out:
        stays -= parameters.plan_bond * (1.0 if client.conference else 1.0 - parameters.merged_role)
    others = count(supporters) - 1
    if others > 0:
        stays *= 1.0 - parameters.dense_bond * count(tie.knows & supporters) / others
    return 1.0 - stays


@compiled
def given_back(client, policy, parameters):
    """Share of the balance of give and take that the client restores, by the rule (M9)."""
    if policy.reciprocity == NOTHING_BACK:
        return 0.0
    part = 0.5 if policy.reciprocity == VOLUNTARY else 1.0
    return parameters.gives_back * part * min(1.0, 2.0 * client.self_reliance)


@compiled
def imbalance(tie, client, policy, parameters):
    """How much taking without giving counts: for non-kin; hardly for close kin (M9)."""
    counts = 0.1 if tie.kind == CLOSE_KIN else 1.0
    return counts * (1.0 - given_back(client, policy, parameters))


@compiled
def usual_turnover(tie, kinds, parameters):
    """Weekly chance that a supporter stops where nothing drives it (M4, M7)."""
    return parameters.turnover / WEEKS_A_YEAR * kinds.stopping[tie.kind]


@compiled
def what_drives_it(tie, member, client, supporters, policy, parameters):
    """How many times as large each makes the chance to stop, in the order of `episodes.WHY`.

    Distress wears (M11), overload and being the only one drive it (M10), imbalance ends it (M9),
    professionals crowd out where nobody made cooperation (M15, M16).
    """
    only_one = 1.0 + parameters.only_supporter if count(supporters) == 1 else 1.0
    crowding = 0.0 if client.cooperation else parameters.crowding_out * client.professional_help
    return (
        1.0 + parameters.distress_wears * client.severity / 10.0,
        1.0 + parameters.overload * max(0.0, member.strain - 1.0),
        1.0 + parameters.imbalance_ends * imbalance(tie, client, policy, parameters),
        only_one,
        1.0 + crowding,
    )


@compiled
def chance_to_stop(tie, member, client, supporters, kinds, policy, parameters):
    """Weekly chance that a supporter stops.

    Turnover, and where no problem is left there is little left to do; more of both by what drives
    it, less among who hold together.
    """
    chance = usual_turnover(tie, kinds, parameters)
    if client.problems == 0:
        chance += parameters.nothing_left_to_do
    distress, overload, imbalanced, only_one, crowding = what_drives_it(
        tie, member, client, supporters, policy, parameters
    )
    chance = chance * distress * overload * imbalanced * only_one * crowding
    return min(1.0, chance * (1.0 - bond(tie, client, supporters, parameters)))


@compiled
def stops(world, tie, member, client, client_row, supporters, week):
    """Whether a supporter stops this week."""
    policy = world.policies[client.policy]
    chance = chance_to_stop(tie, member, client, supporters, world.kinds, policy, world.parameters)
    chance = places.changed_of_tie(world, places.TO_STOP, chance, client_row, tie, week)
    return uniform(world.seed, STOPS, tie.id, week) < chance


@compiled_apart
def why_stops(world, tie, member, client, client_row, supporters, week):
    """Why a supporter stops who does so this week: bits of `episodes.WHY`."""
    parameters = world.parameters
    kinds = world.kinds
    policy = world.policies[client.policy]
    luck = uniform(world.seed, STOPS, tie.id, week)
    held = 1.0 - bond(tie, client, supporters, parameters)
    if places.there_is_any(world, places.TO_STOP):  # it counts like what holds them together
        chance = chance_to_stop(tie, member, client, supporters, kinds, policy, parameters)
        now = places.changed_of_tie(world, places.TO_STOP, chance, client_row, tie, week)
        held *= now / chance if chance > 0.0 else 1.0
    bare = usual_turnover(tie, kinds, parameters) * held
    idle = parameters.nothing_left_to_do * held if client.problems == 0 else 0.0
    distress, overload, imbalanced, only_one, crowding = what_drives_it(
        tie, member, client, supporters, policy, parameters
    )
    times = distress * overload * imbalanced * only_one * crowding
    chance = (bare + idle) * times
    if luck < bare:
        return 0
    why = NOTHING_LEFT if luck >= bare * times else 0
    why |= DISTRESS if luck >= chance / distress else 0
    why |= OVERLOAD if luck >= chance / overload else 0
    why |= IMBALANCE if luck >= chance / imbalanced else 0
    why |= ONLY_ONE if luck >= chance / only_one else 0
    why |= CROWDED_OUT if luck >= chance / crowding else 0
    if why == 0:  # none by itself
        why |= NOTHING_LEFT if idle > 0.0 else 0
        why |= DISTRESS if distress > 1.0 else 0
        why |= OVERLOAD if overload > 1.0 else 0
        why |= IMBALANCE if imbalanced > 1.0 else 0
        why |= ONLY_ONE if only_one > 1.0 else 0
        why |= CROWDED_OUT if crowding > 1.0 else 0
    return why


@compiled
def steps_in(world, tie, member, client, client_row, week):
    """Whether a maker of the plan steps in while fewer help than it counted on (M5)."""
    parameters = world.parameters
    luck = uniform(world.seed, STEPS_IN, tie.id, week)
    if luck >= parameters.steps_in:  # however readily (s)he would say yes
        return False
    policy = world.policies[client.policy]
    yes = chance_to_say_yes(tie, member, client, world.kinds, policy, parameters)
    yes = places.changed_of_tie(world, places.TO_SAY_YES, yes, client_row, tie, week)
    return luck < parameters.steps_in * yes


@compiled
def tie_ends(world, tie, client, client_row, week):
    """Whether the tie itself ends in this quarter (M7, M11)."""
    parameters = world.parameters
    chance = parameters.tie_loss * QUARTER / WEEKS_A_YEAR * world.kinds.stopping[tie.kind]
    chance *= 1.0 + parameters.distress_wears * client.severity / 10.0
    if tie.state == SUPPORTING:
        chance *= 0.5  # who helps is in touch
    chance = places.changed_of_tie(world, places.TO_END, chance, client_row, tie, week)
    return uniform(world.seed, TIE_ENDS, tie.id, week) < chance
