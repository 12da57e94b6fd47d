"""Volunteer visitors: who has had no supporter for some weeks may get one."""

from kring.extend import GUIDED, Extension, happened, somebody_comes_to_help, uniform

visitors = Extension(
    "visitors",
    version="1.0",
    about="Volunteers visit who has been alone for some weeks.",
    about_nl="Vrijwilligers bezoeken wie een aantal weken alleen is.",
)
visitors.lever(
    "reach",
    0.0,
    low=0,
    high=1,
    unit="share a week",
    likely=(0.01, 0.1),
    source="assumption",
    does="Of those who are alone, how many are found by a volunteer in a week.",
    nl="bereik van vrijwilligers",
)
visitors.lever(
    "after",
    8,
    low=1,
    high=104,
    unit="weeks",
    source="assumption",
    does="After how many weeks without a supporter somebody is looked for.",
    nl="weken alleen voordat iemand gezocht wordt",
)
visitors.column(
    "client", "alone", "whole", unit="weeks", about="weeks in a row without a supporter"
)
visitors.episode("visitor_comes", amount="weeks alone until then")
COMES = visitors.decision("a volunteer comes")


@visitors.idle("after", why="nobody is visited", why_nl="niemand wordt bezocht")
def nobody_is_visited(policy):
    """Say when it does nothing after how many weeks somebody is looked for."""
    return policy.visitors_reach == 0


@visitors.behaviour(after="supporters reconsider")
def a_visitor_comes(world, client, client_row, own, levers, codes, week):
    """Count the weeks alone; who has been alone for long enough may get a visitor."""
    own.alone = 0 if client.supporters > 0 else own.alone + 1
    if client.stage != GUIDED or own.alone <= levers.after:
        return
    is_found = uniform(world.seed, COMES, client.id, week) < levers.reach
    if is_found and somebody_comes_to_help(world, client, client_row, week):
        happened(world, week, client_row, codes.visitor_comes, own.alone)
