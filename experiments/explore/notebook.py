"""In a notebook: a choice and the lives in it show themselves, in Jupyter and in marimo."""

from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import Any

from kring.experiments.explore.life import life_view, raw_life
from kring.experiments.explore.menu import Menu
from kring.experiments.explore.page import card
from kring.experiments.explore.scenario import LANGUAGES, Scenario, levers_of, plain
from kring.experiments.explore.towns import people, picture_for
from kring.experiments.text.language import ENGLISH, language
from kring.simulation.ensemble import USUAL
from kring.simulation.errors import KringError, nearest, shown

CHARTS_HIGH, LIVES_HIGH = 760, 880  # px

Plain = dict[str, Any]


def framed(html: str, high: int) -> str:
    """A page within a notebook: it runs by itself and reaches nothing outside."""
    return (
        f'<iframe srcdoc="{escape(html)}" sandbox="allow-scripts allow-downloads" title="Kring" '
        f'width="100%" height="{high}" style="border:0"></iframe>'
    )


@dataclass(frozen=True, eq=False)
class Lives:
    """One client under today's policy and under another, with the same luck.

    Attributes
    ----------
    now, then : dict
        Both lives, as `life_view` gives them.
    """

    now: Plain = field(repr=False)
    then: Plain = field(repr=False)
    menu: Menu = field(repr=False)
    lang: str = ENGLISH

    def _repr_html_(self) -> str:
        with language(self.lang):
            return framed(card(self.menu, {"lives": [self.now, self.then]}), LIVES_HIGH)


@dataclass(frozen=True, eq=False)
class Explored:
    """A choice: what it changes, and the lives in it.

    Attributes
    ----------
    menu, scenario : Menu, Scenario
        What can be chosen, and what is.
    """

    menu: Menu = field(repr=False)
    scenario: Scenario

    @cached_property
    def picture(self) -> Plain:
        """What it changes, as plain numbers (`picture_of`)."""
        return picture_for(self.menu, self.scenario)

    def life(self, client: int) -> Lives:
        """The life of a client of the first town, under both policies.

        Parameters
        ----------
        client : int
            Row of the client, from 0.

        Raises
        ------
        KringError
            If there is no such client.
        """
        stands = people(self.menu, self.scenario, 1)
        if not 0 <= client < len(stands.world.clients):
            raise KringError(f"client = {client}: they are 0 to {len(stands.world.clients) - 1}")
        now, then = (
            life_view(raw_life(stands, policy, client, self.menu.weeks))
            for policy in (self.menu.today, self.scenario.policy(self.menu))
        )
        return Lives(now, then, self.menu, self.scenario.lang)

    def _repr_html_(self) -> str:
        is_new = not self.menu.towns[self.scenario.town_lived(self.menu)].weeks_before
        shown = {"picture": self.picture, "is_new": is_new}
        with language(self.scenario.lang):
            return framed(card(self.menu, shown), CHARTS_HIGH)


def explore(
    *, town: str = "", strengths: str = USUAL, lang: str = ENGLISH, **levers: float
) -> Explored:
    """Choose levers, and see what they change: as the page of `kring explore` shows it.

    Parameters
    ----------
    town : str
        ``rotterdam`` (500 clients, if not given), ``going_concern`` or ``class``.
    strengths : str
        ``ensemble`` (ten sets that fit, a town each), ``sceptical``, ``central`` or ``hopeful``.
    lang : str
        ``en`` or ``nl``.
    **levers : float
        Levers of the page, such as ``offer=1``; the others are as now.

    Returns
    -------
    Explored
        What it changes, which a notebook shows; ``.life(client)`` gives the lives in it.

    Raises
    ------
    KringError
        For what the page does not have, and values out of its range.

    Examples
    --------
    >>> explore(offer=1, town="class").scenario.levers
    (('offer', 1),)
    """
    menu = Menu()
    town = town or menu.first_town
    for name, given, known in (
        ("town", town, menu.towns), ("strengths", strengths, menu.sets), ("lang", lang, LANGUAGES)
    ):  # fmt: skip
        if given not in known:
            raise KringError(f"{name}: no {shown(given)}; {nearest(shown(given), known)}")
    for name, value in levers.items():
        if name not in menu.lever:
            raise KringError(f"no lever {name!r} here; {nearest(name, menu.lever)}")
        low, high = menu.lever[name].low, menu.lever[name].high
        if not low <= value <= high:
            raise KringError(f"{name} = {value!r} is not possible: from {low:g} to {high:g}")
    chosen = levers_of(menu, {name: plain(value) for name, value in levers.items()})
    return Explored(menu, Scenario(chosen, town, strengths=strengths, lang=lang))
