"""Provisions: household help, administration and long guidance, granted by indication (M14).

A provision is asked for while the team guides, decided on within the legal term, and looked at
again when the indication ends, whether the case is still open or not. It keeps a problem from
getting worse and takes work off the network; where the network carries the need, it is not granted
or not renewed (E34, E35: that is what the network saves).
"""

from kring.simulation import episodes, money
from kring.simulation.behaviour.professional import is_hidden
from kring.simulation.bits import bit, has
from kring.simulation.compiled import compiled, compiled_apart
from kring.simulation.draws import decision, uniform
from kring.simulation.field import N_PROVISIONS
from kring.simulation.rows import GUIDED

ASKED_FOR = decision("provision is asked for")

LOOKED_AT = 4  # weeks: whoever could have a provision is looked at once in so many
LEGAL_TERM = 8  # weeks from the question to the decision: six for the enquiry, two for the decision


@compiled
def asks_for_provision(client, kind, domains, parameters):
    """Whether a known problem is heavy enough for this provision."""
    for i in range(client.problems):
        domain = client.present[i]
        heavy = client.level[domain] >= parameters.provision_from
        if heavy and domains.provision[domain] == kind and not is_hidden(client, domain):
            return True
    return False


@compiled
def network_carries(client, parameters):
    """Whether supporters meet so much of the need that no provision is granted (E34, E35)."""
    return client.network_help >= parameters.network_replaces


@compiled
def hours_provided(client, provisions):
    """Hours a week of the provisions that the client has."""
    hours = 0.0
    for kind in range(N_PROVISIONS):
        if has(client.provided, kind):
            hours += provisions.hours[kind]
    return hours


@compiled_apart
def is_paid(world, client, week):
    """Pay the week's provisions."""
    provisions = world.provisions
    for kind in range(N_PROVISIONS):
        if has(client.provided, kind):
            price = provisions.hours[kind] * provisions.tariff[kind]
            money.spend(world, client, week, money.PROVISION, price)


@compiled_apart
def look_at_provisions(world, client, client_row, week):
    """Ask for provisions, decide on them, and look again at those whose indication ends."""
    for kind in range(N_PROVISIONS):
        if has(client.provided, kind):
            if week >= client.provided_until[kind]:
                is_decided(world, client, client_row, kind, week)
        elif client.decision_week[kind] > 0:
            if week >= client.decision_week[kind]:
                is_decided(world, client, client_row, kind, week)
        elif client.stage == GUIDED:
            is_asked_for(world, client, kind, week)


@compiled_apart
def is_asked_for(world, client, kind, week):
    """Ask for a provision where a problem is heavy and the network does not carry it."""
    parameters = world.parameters
    if network_carries(client, parameters):
        return
    if not asks_for_provision(client, kind, world.domains, parameters):
        return
    luck = uniform(world.seed, ASKED_FOR, client.id * N_PROVISIONS + kind, week)
    if luck < parameters.provision_asked:
        client.decision_week[kind] = week + LEGAL_TERM


@compiled_apart
def is_decided(world, client, client_row, kind, week):
    """Grant or renew a provision, or not: it is no longer needed, or the network carries it."""
    parameters = world.parameters
    client.decision_week[kind] = 0
    needed = asks_for_provision(client, kind, world.domains, parameters)
    granted = needed and not network_carries(client, parameters)
    if granted:
        client.provided |= bit(kind)
        client.provided_until[kind] = week + int(world.provisions.weeks[kind])
    else:
        client.provided &= ~bit(kind)
    detail = kind if granted else kind + N_PROVISIONS
    episodes.log(world, week, client_row, episodes.PROVISION, detail, client.network_help)
