"""How problems move: they ease, worsen, feed each other and come back."""

import math

from kring.simulation.bits import bit, has
from kring.simulation.compiled import compiled, compiled_apart
from kring.simulation.draws import decision, four_uniforms, uniform
from kring.simulation.field import N_DOMAINS, PARENTING, YOUTH
from kring.simulation.rows import NETWORK_PLAN

MOVES = decision("problem moves")
COMES = decision("a problem comes")
WHICH = decision("which problem comes")
PASSES = decision("problem would pass by itself")
IS_PLACED = decision("child is placed in foster care")

ABLE = 0.5  # self-reliance from which a client can
ACUTE = 4
FOURS = 4  # times four domains
NEW = 2  # level at which a problem comes


@compiled
def held_in_place(client, domain, domains):
    """How strongly the client's problems feed one in this domain (M12)."""
    total = 0.0
    for i in range(client.problems):
        total += domains.feeds[client.present[i], domain]
    return total


@compiled
def heaviest(client):
    """Level of the heaviest problem, 0 without any."""
    level = 0
    for i in range(client.problems):
        level = max(level, int(client.level[client.present[i]]))
    return level


@compiled
def is_passing(client, domain):
    """Whether this problem would pass by itself."""
    return has(client.passing, domain)


@compiled
def set_passing(client, domain, passes):
    """Note whether a problem would pass by itself, or lasts."""
    if passes:
        client.passing |= bit(domain)
    else:
        client.passing &= ~bit(domain)


@compiled
def is_provided(client, domain, domains):
    """Whether a provision looks after the problem in this domain."""
    kind = domains.provision[domain]
    return kind >= 0 and has(client.provided, kind)


@compiled
def comes_again(client, domain):
    """Whether a problem would be one that the client has had before."""
    return client.level[domain] == 0 and has(client.had, domain)


@compiled
def eases_by_itself(client, domain, domains, parameters):
    """Weekly chance of relief without help: passing problems pass, lasting ones hardly.

    More so for who is self-reliant, and for who does what (s)he can.
    """
    chance = domains.passing[domain] if is_passing(client, domain) else parameters.lasting_recovery
    effort = parameters.own_effort if client.does and client.self_reliance >= ABLE else 0.0
    return chance * max(0.0, 1.0 + parameters.self_recovery * (client.self_reliance - 0.5) + effort)


@compiled
def eases_by_network(client, domain, domains, parameters):
    """Weekly chance of relief by supporters, as the domain responds to them (M13).

    Help that no plan of the network's own aims at the problems does less (M5).
    """
    aimed = 1.0 if client.plan == NETWORK_PLAN and client.carried_out else parameters.unaimed_help
    return parameters.network_effect * domains.network[domain] * client.network_help * aimed


@compiled
def eases_by_professional(client, domain, guidance, domains, parameters):
    """Weekly chance of relief by a professional, as the domain responds (M13)."""
    return parameters.professional_effect * domains.professional[domain] * guidance


@compiled
def eases_together(client, guidance, parameters):
    """What network and professional add when they work together (M14, M15)."""
    if not client.cooperation:
        return 0.0
    return parameters.complementarity * min(client.network_help, guidance)


@compiled
def crisis_passes(level, parameters):
    """Weekly chance that an acute problem is over its crisis, without any help (E58)."""
    return parameters.crisis_passes if level == ACUTE else 0.0


@compiled
def worsens(client, domain, guidance, domains, parameters):
    """Weekly chance that a problem gets worse: what nobody looks after does, the lighter the more.

    So a lasting one settles below acute, with a crisis now and then (E57, E59). A provision looks
    after a problem as well.
    """
    looked_after = max(client.network_help, guidance)
    if is_provided(client, domain, domains):
        looked_after = max(looked_after, parameters.provision_holds)
    lightness = (ACUTE - client.level[domain]) / (ACUTE - 1.0)
    return parameters.worsening * lightness * (1.0 - looked_after)


@compiled
def credit(client, own, network, professional, together):
    """Book a level of relief to those who brought it about, by their part in its chance."""
    total = own + network + professional + together
    client.credit_self += own / total
    client.credit_network += (network + together / 2.0) / total
    client.credit_professional += (professional + together / 2.0) / total


@compiled
def luck_of_four(client, four, seed, week):
    """The week's luck of the problems in the first, second, third or fourth four domains."""
    return four_uniforms(seed, MOVES, client.id * FOURS + four, week)


@compiled
def stays(luck, domains, parameters):
    """Whether a problem stays as it is, as most weeks: no chance reaches this far."""
    return domains.most_relief < luck < 1.0 - parameters.worsening


@compiled
def moves(client, domain, guidance, luck, domains, parameters):
    """Let one problem ease or worsen by a level.

    ``guidance`` is the share (0 to 1) of professional help wanted in this domain that is given.
    Returns the change: -1, 0 or 1.
    """
    own = eases_by_itself(client, domain, domains, parameters)
    crisis = crisis_passes(client.level[domain], parameters)
    network = eases_by_network(client, domain, domains, parameters)
    professional = eases_by_professional(client, domain, guidance, domains, parameters)
    together = eases_together(client, guidance, parameters)
    if own + crisis + network + professional + together <= luck <= 1.0 - parameters.worsening:
        return 0  # whatever holds it
    held = 1.0 / (1.0 + parameters.persistence * held_in_place(client, domain, domains))
    own = held * own + crisis
    network *= held
    professional *= held
    together *= held
    if luck < own + network + professional + together:
        credit(client, own, network, professional, together)
        return -1
    if luck > 1.0 - worsens(client, domain, guidance, domains, parameters):
        return 1
    return 0


@compiled
def rate_of_coming(client, domain, domains, parameters):
    """Weekly chance that a problem comes in this domain.

    From outside, by the others that feed it (M12), or back after it was solved: less so where
    supporters stayed or a professional did.
    """
    if client.children == 0 and (domain in (PARENTING, YOUTH)):
        return 0.0
    rate = parameters.onset * domains.weight[domain] / N_DOMAINS
    rate += parameters.feeding * held_in_place(client, domain, domains)
    if comes_again(client, domain):
        held = max(client.network_help, parameters.support_holds * client.professional_help)
        rate += parameters.relapse * (1.0 - held)
    return rate


@compiled
def which_comes(client, domains, parameters, seed, week):
    """The domain in which a problem comes this week, -1 for none.

    `client.coming` bounds the chance; candidates race, each with its own number, against one that
    stands for nothing happening.
    """
    if uniform(seed, COMES, client.id, week) >= client.coming:
        return -1
    left = client.coming
    first = -1
    soonest = math.inf
    for domain in range(N_DOMAINS):
        rate = rate_of_coming(client, domain, domains, parameters)
        left -= rate
        if rate > 0.0:
            luck = uniform(seed, WHICH, client.id * (N_DOMAINS + 1) + domain, week)
            time = -math.log(1.0 - luck) / rate
            if time < soonest:
                first, soonest = domain, time
    if left > 1e-12:
        luck = uniform(seed, WHICH, client.id * (N_DOMAINS + 1) + N_DOMAINS, week)
        if -math.log(1.0 - luck) / left < soonest:
            return -1
    return first


@compiled
def list_problems(client):
    """List the domains with a problem: most weeks look at no others."""
    there = 0
    for domain in range(N_DOMAINS):
        if client.level[domain] > 0:
            client.present[there] = domain
            there += 1


@compiled_apart
def see_what_feeds_what(client, domains, parameters):
    """Work out, when a problem has come or gone, what holds and feeds what (M12)."""
    client.coming = 0.0
    list_problems(client)
    for domain in range(N_DOMAINS):
        client.coming += parameters.onset * domains.weight[domain] / N_DOMAINS
        client.coming += parameters.feeding * held_in_place(client, domain, domains)
        if comes_again(client, domain):
            client.coming += parameters.relapse


@compiled
def count_level(client, domain, level):
    """Change a level and keep the counts. Returns whether a problem came or went."""
    before = client.level[domain]
    client.severity += level - before
    client.level[domain] = level
    if before == 0 and level > 0:
        client.problems += 1
        client.had |= bit(domain)
        return True
    if before > 0 and level == 0:
        client.problems -= 1
        return True
    return False


@compiled_apart
def set_level(client, domain, level, domains, parameters):
    """Change a level, and see what feeds what where a problem came or went."""
    if count_level(client, domain, level):
        see_what_feeds_what(client, domains, parameters)


@compiled
def would_pass(client, domain, domains, seed, week):
    """Whether a new problem is one that passes by itself, or a lasting one."""
    luck = uniform(seed, PASSES, client.id * N_DOMAINS + domain, week)
    return luck >= domains.lasting[domain]


@compiled
def is_placed(client, parameters, seed, week):
    """Whether a child with acute problems is placed in foster care this week (M13)."""
    if client.level[YOUTH] < ACUTE and client.level[PARENTING] < ACUTE:
        return False
    chance = parameters.placement * (1.0 - client.network_help)
    return uniform(seed, IS_PLACED, client.id, week) < chance
