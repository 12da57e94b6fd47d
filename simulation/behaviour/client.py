"""What a client does: names the network, asks, accepts an offer, does what (s)he can."""

import math

from kring.simulation.behaviour.problem import ABLE
from kring.simulation.behaviour.professional import reached_by_campaign
from kring.simulation.choices import FORCED
from kring.simulation.compiled import compiled
from kring.simulation.draws import decision, uniform
from kring.simulation.field import NEIGHBOUR
from kring.simulation.rows import CONFERENCE_ENTRANCE

IS_FOUND = decision("tie is named or found")
COMES_ALONG = decision("member comes along to the talk")
ASKS = decision("client asks a member")
ACCEPTS = decision("client accepts the offer")
KNOWS_RIGHT = decision("client knows the right to a plan")
RESISTS = decision("client resists what is forced")
ASKED_SELF = decision("policy: self-reliance is asked")
TOLD_APART = decision("policy: worker finds out who can")
TAKES_UP = decision("client begins to do what (s)he can")


@compiled
def search_rate(hours, parameters):
    """How far a network comes to light in so many hours: diminishing returns (M3)."""
    searched = math.log1p(hours / parameters.search_half)
    return parameters.named_at_once + parameters.found_by_search * searched


@compiled
def finds(tie, hours, parameters, seed):
    """Whether client and convener have come upon this tie after so many hours.

    Close ones are named first (M7). More hours never find fewer.
    """
    ease = (tie.closeness / 0.5) ** 2
    chance = 1.0 - math.exp(-search_rate(hours, parameters) * ease)
    return uniform(seed, IS_FOUND, tie.id, 0) < chance


@compiled
def barrier(client, tie, kinds, policy, parameters):
    """Chance that the client's own barrier keeps him or her from asking this member (M8).

    Neighbours who have been activated are easier to ask.
    """
    height = parameters.asking_barrier * client.asking_barrier * kinds.barrier[tie.kind]
    if tie.kind == NEIGHBOUR:
        height *= 1.0 - 0.5 * policy.neighbour_activation
    return min(1.0, height)


@compiled
def resists(client, policy, parameters, seed):
    """Whether the client resists because something is forced in return (M9)."""
    if policy.reciprocity != FORCED:
        return False
    return uniform(seed, RESISTS, client.id, 0) < parameters.forcing_resisted


@compiled
def asks(client, tie, kinds, policy, parameters, seed):
    """Whether the client asks this member without anybody's help."""
    if resists(client, policy, parameters, seed):
        return False
    return uniform(seed, ASKS, tie.id, 0) >= barrier(client, tie, kinds, policy, parameters)


@compiled
def brings_along(client, tie, kinds, policy, parameters, seed):
    """Whether this member sits at the kitchen table on the client's asking (M8)."""
    dares = 1.0 - barrier(client, tie, kinds, policy, parameters)
    chance = parameters.brings_along * tie.closeness * dares
    return uniform(seed, COMES_ALONG, tie.id, 0) < chance


@compiled
def accepts(client, policy, seed):
    """Whether the client takes up the offer (M22); who entered for it has done so already (M24)."""
    if client.entrance == CONFERENCE_ENTRANCE:
        return True
    return uniform(seed, ACCEPTS, client.id, 0) < policy.uptake


@compiled
def asks_for_a_plan(client, policy, parameters, seed):
    """Whether the client knows the right to a family group plan and uses it (M21)."""
    week = client.opened_week
    known = reached_by_campaign(policy.right_known_clients, policy.campaign_clients, policy, week)
    return uniform(seed, KNOWS_RIGHT, client.id, 0) < known * parameters.right_to_plan


@compiled
def can(client):
    """Whether the client can do for him- or herself what the team would do."""
    return client.self_reliance >= ABLE


@compiled
def is_asked_self_reliance(client, policy, parameters, seed):
    """Be asked to do oneself what one can: who can may begin to, who can't misses the help."""
    if uniform(seed, ASKED_SELF, client.id, 0) >= policy.self_reliance_asked:
        return
    if can(client) and client.does:
        return  # there is nothing to ask
    looked_at = uniform(seed, TOLD_APART, client.id, 0) < policy.self_reliance_told_apart
    if looked_at and not can(client):
        return
    client.self_reliance_asked = True
    if can(client) and uniform(seed, TAKES_UP, client.id, 0) < parameters.takes_it_up:
        client.does = True
