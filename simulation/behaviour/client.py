"""What a client does: names the network, brings somebody along, asks, accepts an offer."""

import math

from simulation.compiled import compiled
from simulation.draws import decision, uniform
from simulation.rows import CONFERENCE_ENTRANCE

IS_FOUND = decision("tie is named or found")
COMES_ALONG = decision("member comes along to the talk")
ASKS = decision("client asks a member")
ACCEPTS = decision("client accepts the offer")
KNOWS_RIGHT = decision("client knows the right to a plan")


@compiled
def search_rate(hours, p):
    """How far a network comes to light in so many hours: diminishing returns (M3)."""
    return p.named_at_once + p.found_by_search * math.log1p(hours / p.search_half)


@compiled
def finds(tie, hours, p, seed):
    """Whether client and convener have come upon this tie after so many hours.

    Close ones are named first (M7). More hours never find fewer.
    """
    ease = (tie.closeness / 0.5) ** 2
    chance = 1.0 - math.exp(-search_rate(hours, p) * ease)
    return uniform(seed, IS_FOUND, tie.id, 0) < chance


@compiled
def barrier(client, tie, kinds, p):
    """Chance that the client's own barrier keeps him or her from asking this member (M8)."""
    return min(1.0, p.asking_barrier * client.asking_barrier * kinds.barrier[tie.kind])


@compiled
def asks(client, tie, kinds, p, seed):
    """Whether the client asks this member without anybody's help."""
    return uniform(seed, ASKS, tie.id, 0) >= barrier(client, tie, kinds, p)


@compiled
def brings_along(client, tie, kinds, p, seed):
    """Whether this member sits at the kitchen table on the client's asking (M8)."""
    chance = p.brings_along * tie.closeness * (1.0 - barrier(client, tie, kinds, p))
    return uniform(seed, COMES_ALONG, tie.id, 0) < chance


@compiled
def accepts(client, policy, seed):
    """Whether the client takes up the offer (M22); who entered for it has done so already (M24)."""
    if client.entrance == CONFERENCE_ENTRANCE:
        return True
    return uniform(seed, ACCEPTS, client.id, 0) < policy.uptake


@compiled
def asks_for_a_plan(client, policy, p, seed):
    """Whether the client knows the right to a family group plan and uses it (M21)."""
    chance = policy.right_known_clients * p.right_to_plan
    return uniform(seed, KNOWS_RIGHT, client.id, 0) < chance
