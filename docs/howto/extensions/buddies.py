"""Buddies of a team: each calls one client a week who waits for the kitchen-table talk."""

from kring.extend import (
    DOMAINS,
    NEIGHBOURHOOD,
    WAITING,
    Extension,
    happened,
    set_level,
    spend,
    uniform,
)

LONELINESS = DOMAINS.index("social_network")

buddies = Extension(
    "buddies",
    version="1.0",
    about="Buddies call those who wait for a talk.",
    about_nl="Maatjes bellen wie op een gesprek wacht.",
)
buddies.lever(
    "of_a_team",
    0,
    low=0,
    high=50,
    unit="persons",
    source="assumption",
    does="How many buddies a team has; each calls one client a week.",
    nl="maatjes per team",
)
buddies.strength(
    "ease",
    0.05,
    low=0,
    high=1,
    likely=(0.01, 0.1),
    unit="per call",
    source="assumption",
    does="Chance that a call makes loneliness a level lighter.",
    nl="verlichting door een telefoontje",
)
buddies.column("team", "free", "whole", unit="persons", about="buddies who have not called yet")
buddies.column("client", "calls", "whole", unit="calls", about="calls of a buddy so far")
buddies.episode("lighter", amount="level from then on")
EASES = buddies.decision("a call eases")


@buddies.behaviour(before="talks are held", each="team")
def a_week_begins(own, levers):
    """All buddies are free."""
    own.free = levers.of_a_team


@buddies.behaviour(before="talks are held")
def a_buddy_calls(
    world, client, client_row, own, own_team, strengths, codes, domains, parameters, week
):
    """Call who waits, as long as there is a buddy."""
    if client.stage != WAITING or own_team.free == 0:
        return
    own_team.free -= 1
    own.calls += 1
    spend(world, client, week, NEIGHBOURHOOD, 5.0)
    level = client.level[LONELINESS]
    if level > 0 and uniform(world.seed, EASES, client.id, week) < strengths.ease:
        set_level(client, LONELINESS, level - 1, domains, parameters)
        happened(world, week, client_row, codes.lighter, level - 1)
