"""An extension for the tests: volunteers visit who has had no supporter for some weeks."""

from kring.extend import GUIDED, Extension, somebody_comes_to_help, uniform

visitors = Extension(
    "visitors",
    version="1.0",
    about="Volunteers visit who is alone.",
    about_nl="Vrijwilligers bezoeken wie alleen is.",
)
visitors.lever(
    "reach", 0.0, does="Weekly chance of a visitor", nl="bereik van bezoekers", unit="per week",
    low=0, high=1, source="assumption, as nobody counted it",
)  # fmt: skip
visitors.strength(
    "warmth", 0.3, does="How fast warmth comes and goes", nl="tempo van warmte", unit="rate",
    low=0, high=1, likely=(0.1, 0.5), source="assumption",
)  # fmt: skip
visitors.column("client", "alone", "whole", unit="weeks", about="weeks in a row alone")
visitors.column("client", "warm", "number", about="warmth of the last weeks")
visitors.outcome("weeks_alone", column="alone", unit="weeks", en="weeks alone", nl="weken alleen")
visitors.outcome("warm", column="warm", unit="0 to 1", en="warmth", nl="warmte")
COMES = visitors.decision("visitor comes")


@visitors.behaviour(after="supporters reconsider")
def a_visitor_comes(world, client, client_row, own, levers, strengths, week):
    """Who is alone may get a visitor."""
    own.alone = own.alone + 1 if client.supporters == 0 else 0
    warm = 1.0 if client.supporters > 0 else 0.0
    own.warm += strengths.warmth * (warm - own.warm)
    waits = client.stage == GUIDED and own.alone > 0
    if waits and uniform(world.seed, COMES, client.id, week) < levers.reach:
        somebody_comes_to_help(world, client, client_row, week)
