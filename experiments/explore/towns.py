"""Towns that are lived for a page or a notebook: the same people under one policy and another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kring.experiments.explore.levers import Value
from kring.experiments.explore.menu import Menu, strengths_of
from kring.experiments.explore.picture import picture_of, thinned, town_numbers
from kring.experiments.explore.scenario import Scenario
from kring.simulation.ensemble import of_its_town
from kring.simulation.living import Run
from kring.simulation.run import run_in, simulate

Progress = Callable[[int], None]
Chosen = Mapping[str, Value]  # levers that are other than today
Plain = dict[str, Any]


def people(menu: Menu, scenario: Scenario, seed: int) -> Run:
    """The people of a town of a scenario, as they stand before week 1."""
    town = menu.towns[scenario.town_lived(menu)]
    strengths, facts = strengths_of(menu.set_lived(scenario.strengths, seed))
    town = town.replace(**of_its_town(facts, town))
    return run_in(town, menu.today, menu.weeks, seed, parameters=strengths)


def live_towns(
    menu: Menu, scenario: Scenario, choices: Sequence[Chosen], progress: Progress | None = None
) -> list[list[Plain]]:
    """What the towns of a scenario come to under each of these choices, with the same people.

    Parameters
    ----------
    menu, scenario : Menu, Scenario
        Which towns, and under which strengths.
    choices : sequence of mapping of str to float or str
        Levers by name, those that are other than today.
    progress : callable, optional
        Called with 1 after each run.

    Returns
    -------
    list of list of dict
        For each choice the numbers of each town, as `town_numbers` gives them.
    """
    found: list[list[Plain]] = [[] for _choice in choices]
    for seed in range(1, menu.drawn + 1):
        stands = people(menu, scenario, seed)
        for levers, towns in zip(choices, found, strict=True):
            kept, begins = range(1, menu.weeks), menu.start(levers)._asdict()
            policy = menu.policies(levers)
            result = simulate(stands, policy, menu.weeks, **begins, keep=kept, episodes=False)
            towns.append(town_numbers(result, menu.outcomes))
            if progress:
                progress(1)
    return found


def pictures(
    menu: Menu, scenario: Scenario, choices: Sequence[Chosen], progress: Progress | None = None
) -> list[Plain]:
    """What each of these choices changes against the first: all that a page shows of it."""
    narrow, wide = menu.bands(scenario.strengths)
    lived = {
        name: live_towns(menu, replace(scenario, strengths=name), choices, progress)
        for name in (narrow, wide)
    }
    every = lived[scenario.strengths], lived[narrow], lived[wide]
    over_sets = len(menu.sets[scenario.strengths]) > 1
    return [
        picture_of(*((towns[0], towns[i]) for towns in every), over_sets=over_sets)
        for i in range(len(choices))
    ]


def picture_for(menu: Menu, scenario: Scenario, progress: Progress | None = None) -> Plain:
    """The picture of a scenario: all that a page shows of it (`picture_of`)."""
    return pictures(menu, scenario, [{}, dict(scenario.levers)], progress)[1]


def presets_for(menu: Menu, progress: Progress | None = None) -> list[Plain]:
    """The pictures of a menu's presets, in its first town, small enough for a page."""
    first = Scenario(town=menu.first_town, strengths=menu.first_sets)
    choices = [preset.levers for preset in menu.presets]
    return [thinned(one) for one in pictures(menu, first, choices, progress)]
