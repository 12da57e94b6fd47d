"""A personal budget that is paid to a member: who is paid stays longer, at a price."""

from kring.extend import PROVISION, SUPPORTING, Extension, spend, uniform

A_SHARE = {"low": 0, "high": 1, "unit": "share", "source": "assumption"}

budget = Extension(
    "budget",
    version="1.0",
    about="A personal budget pays one supporter of a client for the hours of help.",
    about_nl="Een persoonsgebonden budget betaalt een steungever voor de uren hulp.",
)
budget.lever(
    "share",
    0.0,
    **A_SHARE,
    likely=(0.05, 0.2),
    does="Of clients with a supporter, how many have a budget for one of them.",
    nl="aandeel met een budget",
)
budget.lever(
    "rate",
    22.0,
    low=0,
    high=100,
    unit="EUR per hour",
    source="assumption",
    does="What a paid supporter gets for an hour.",
    nl="uurvergoeding",
)
budget.strength(
    "binds",
    0.5,
    **A_SHARE,
    likely=(0.2, 0.8),
    does="Part of the chance to stop that being paid takes away.",
    nl="binding door betaling",
)
budget.column("client", "pays", "yes or no", about="a supporter is paid")
budget.column("tie", "paid", "yes or no", about="is paid from the budget")
HAS_ONE = budget.decision("client has a budget")


@budget.behaviour(after="supporters help", each="tie")
def a_supporter_is_paid(world, client, tie, own, own_client, levers, week):
    """Pay one supporter, the first who helps, for as long as (s)he does."""
    if own.paid and tie.state != SUPPORTING:
        own.paid = own_client.pays = False
    has_one = uniform(world.seed, HAS_ONE, client.id, 0) < levers.share
    if has_one and tie.state == SUPPORTING and not own_client.pays:
        own.paid = own_client.pays = True
    if own.paid:
        spend(world, client, week, PROVISION, levers.rate * tie.hours)


@budget.modifies("chance_to_stop")
def who_is_paid_stays(chance, own, strengths):
    """Being paid takes away part of the chance to stop."""
    return chance * (1.0 - strengths.binds) if own.paid else chance
