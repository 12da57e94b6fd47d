"""A new outcome: how many weeks people have gone without any help."""

from kring.extend import NOT_YET, Extension

unhelped = Extension(
    "unhelped",
    version="1.0",
    about="Counts the weeks in which neither a supporter nor a professional helps.",
    about_nl="Telt de weken waarin geen steungever en geen professional helpt.",
)
unhelped.column("client", "weeks", "whole", unit="weeks", about="weeks without any help so far")
unhelped.outcome(
    "weeks", column="weeks", unit="weeks", en="weeks without any help", nl="weken zonder hulp"
)


@unhelped.behaviour(before="week is recorded")
def a_week_without_help(client, own):
    """Count a week in which somebody with problems is helped by nobody."""
    alone = client.supporters == 0 and client.professionals == 0
    if alone and client.stage != NOT_YET and client.problems > 0:
        own.weeks += 1
