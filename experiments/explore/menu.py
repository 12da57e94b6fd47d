"""The menu: what a page lets one choose from, and what it starts with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from kring.experiments.explore.levers import (
    BEGINS,
    LEVERS,
    TAKES_A_RUNNING_TOWN,
    TOGETHER,
    Lever,
    Value,
    named,
    start_of,
    word_of,
)
from kring.experiments.explore.shown import SHOWN
from kring.experiments.study.idle import Place, why
from kring.experiments.study.planned_policy import Label
from kring.experiments.text.language import Word
from kring.simulation.ensemble import USUAL, Ensemble
from kring.simulation.parameters import Parameters
from kring.simulation.phase_in import Start
from kring.simulation.policy import Policies, Policy
from kring.simulation.rows import ENTRANCES
from kring.simulation.town import Town

MOST_LEVERS = 8
DRAWN = 10  # towns
DIGITS = 6  # of a lever, in a link
TINY = 1e-9
CENTRAL = "central"  # one set that fits, in the middle of all
RUNNING = "going_concern"  # a town whose teams have worked for years

Strengths = tuple[Parameters, Mapping[str, float]]


class Idle(NamedTuple):
    """A lever that does nothing while another stands at a value, and why."""

    lever: str
    while_lever: str
    at: Value
    why: str


CONFERENCE = {
    "offer": 1.0,
    "mobilisation_hours": 30.0,
    "independent_convener": 1.0,
    "network_makes_plan": 1.0,
    "multi_problem_threshold": 13.0,
}


class Preset(NamedTuple):
    """A policy with a name: the levers in which it differs from that of today."""

    label: Label
    levers: Mapping[str, Value]


PRESETS = (
    Preset(Label("As now (team)", "Zoals nu (wijkteam)"), {}),
    Preset(Label("Ten hours", "Tien uur"), {"mobilisation_hours": 10.0}),
    Preset(
        Label("Ten hours, for all", "Tien uur, voor allen"),
        {"offer": 1.0, "mobilisation_hours": 10.0},
    ),
    Preset(Label("Conference for all", "Eigen Kracht voor allen"), CONFERENCE),
)


def towns_offered() -> dict[str, Town]:
    """The towns of a page without a study, the one it begins with first."""
    return {
        "rotterdam": Town.preset("rotterdam", clients=500),
        RUNNING: Town.preset(RUNNING),
        "class": Town.preset("class"),
    }


def sets_offered() -> dict[str, tuple[int, ...]]:
    """Sets of strengths by name: numbers in the ensemble, which towns live in turn.

    The first is what a page begins with: what isn't known is shown before anybody asks. Of a
    corner of the ensemble it is the set in the middle of it.
    """

    def middle(corner: str) -> tuple[int]:
        order = Ensemble.load(corner).by_effect()
        return (order[len(order) // 2],)

    every = Ensemble.load(USUAL)
    return {
        USUAL: tuple(every.across(DRAWN)),
        "sceptical": middle("sceptical"),
        CENTRAL: (every.central(),),
        "hopeful": middle("hopeful"),
    }


SETS_WORDS = {
    USUAL: Word("we don't know: ten sets that fit", "onbekend: tien passende sets"),
    "sceptical": Word("sceptics", "twijfelaars"),
    CENTRAL: Word("fitting", "passend"),
    "hopeful": Word("advocates", "voorstanders"),
}
TOWN_WORDS = {
    "rotterdam": Word("a new start: 500 clients", "een nieuw begin: 500 cliënten"),
    RUNNING: Word("a running town", "een draaiende gemeente"),
    "class": Word("a class: 100 clients", "een klas: 100 cliënten"),
}


TITLE = Label("What if the municipality chose otherwise?", "Wat als de gemeente anders kiest?")


@dataclass(frozen=True)
class Menu:
    """What a page lets one choose from.

    Attributes
    ----------
    title : Label
        The question.
    levers : tuple of Lever
        Eight at most, and when a policy begins where a study says so.
    levers_of_study : bool
        Whether these are of a study, or the usual ones because none varies in it.
    presets : tuple of Preset
        Policies by name; the first is the one compared with, with no changes.
    today : Policy or mapping
        That first policy, or one for each route of entry.
    towns : dict of str to Town
        The first is where it begins.
    sets : dict of str to tuple of int
        Sets of strengths: numbers in the ensemble, which towns live in turn; the first is where
        it begins.
    weeks, drawn : int
        Weeks that are lived, and towns that are drawn.
    left_out : tuple of Label
        Policies of a study that a page cannot show.
    not_moved : tuple of str
        What varies in a study and is no lever, as ``parameters.overload``.
    outcomes, not_shown : tuple of str
        Outcomes that are shown, and those of a study that a page cannot show.
    """

    title: Label = TITLE
    levers: tuple[Lever, ...] = LEVERS
    presets: tuple[Preset, ...] = PRESETS
    today: Policies = field(default_factory=Policy)
    towns: Mapping[str, Town] = field(default_factory=towns_offered)
    sets: Mapping[str, tuple[int, ...]] = field(default_factory=sets_offered)
    weeks: int = 104
    levers_of_study: bool = True
    left_out: tuple[Label, ...] = ()
    not_moved: tuple[str, ...] = ()
    drawn: int = DRAWN
    outcomes: tuple[str, ...] = SHOWN
    not_shown: tuple[str, ...] = ()

    @cached_property
    def lever(self) -> dict[str, Lever]:
        """The levers by name."""
        return {lever.name: lever for lever in self.levers}

    @property
    def routes(self) -> tuple[str, ...]:
        """The routes of entry that meet policies of their own; an empty one where all meet one."""
        return ("",) if isinstance(self.today, Policy) else ENTRANCES

    @cached_property
    def starts(self) -> dict[str, Start]:
        """When a policy can begin, by its word; at once is the first."""
        words = self.lever[BEGINS].options if BEGINS in self.lever else (word_of(Start()),)
        return {word: start_of(word) for word in words}

    def start(self, levers: Mapping[str, Value]) -> Start:
        """When a policy of these levers begins."""
        return self.starts[str(levers.get(BEGINS, word_of(Start())))]

    def policy(self, levers: Mapping[str, Value], route: str = "") -> Policy:
        """The policy of these levers, for who enters by a route."""
        today = self.today if isinstance(self.today, Policy) else self.today[route]
        own = (lever for lever in self.levers if lever.is_of_policy and lever.route == route)
        return today.replace(**{one.moves: levers[one.name] for one in own if one.name in levers})

    def policies(self, levers: Mapping[str, Value]) -> Policies:
        """The policy of these levers, or one for each route of entry."""
        found = {route: self.policy(levers, route) for route in self.routes}
        return found.get("", found)

    def base(self, lever: str) -> Value:
        """Where a lever stands today."""
        if lever == BEGINS:
            return word_of(Start())
        route, _, name = lever.rpartition(".")
        value = getattr(self.policy({}, route), name)
        return value if isinstance(value, str) else float(value)

    @property
    def together(self) -> list[tuple[str, ...]]:
        """Levers that are shares of one whole, of each route of entry."""
        return [tuple(named(one, route) for one in TOGETHER) for route in self.routes]

    def fitting(self, levers: Mapping[str, Value], stays: str = "") -> dict[str, Value]:
        """These levers, of which shares of one whole are one at most, but for those of today.

        Parameters
        ----------
        levers : mapping of str to float or str
            By name; the others stand as today.
        stays : str
            The one that does not give way.
        """
        fitted = dict(levers)
        for shares in self.together:
            at = {name: float(levers.get(name, self.base(name))) for name in shares}
            over = sum(at.values()) - 1
            gives = [name for name in shares if name in self.lever and name != stays]
            if over > TINY and gives:
                fitted[gives[-1]] = round(at[gives[-1]] - over, DIGITS)
        moved = [name for name in self.lever if name in fitted]
        return {name: fitted[name] for name in moved if fitted[name] != self.base(name)}

    def is_shown_running(self, lever: str) -> bool:
        """Whether a lever makes the page show a running town in place of the first."""
        return self.lever[lever].moves in TAKES_A_RUNNING_TOWN and RUNNING in self.towns

    @property
    def first_sets(self) -> str:
        """The strengths that it begins with."""
        return next(iter(self.sets))

    @property
    def first_town(self) -> str:
        """The town that it begins with."""
        return next(iter(self.towns))

    def idle(self) -> Iterator[Idle]:
        """The levers that do nothing while another stands at an end of its range."""
        levers = [lever for lever in self.levers if lever.is_of_policy]
        for other in levers:
            usual = self.place(other.route, {})
            for at in other.options or (other.low, other.high):
                there = self.place(other.route, self.fitting({other.name: at}, other.name))
                for lever in levers:
                    if lever is other or lever.route != other.route or why(lever.moves, usual):
                        continue
                    if reason := why(lever.moves, there):
                        yield Idle(lever.name, other.name, at, reason)

    def place(self, route: str, levers: Mapping[str, Value]) -> Place:
        """Where who enters by a route meets these levers."""
        return Place(self.policy(levers, route), self.towns[self.first_town], Parameters())

    def bands(self, strengths: str) -> tuple[str, str]:
        """Whose towns make the narrow band, those of one set, and whose the wide one."""
        return strengths if len(self.sets[strengths]) == 1 else CENTRAL, USUAL

    def set_lived(self, name: str, seed: int) -> int:
        """Which set of the ensemble a town lives, by its seed."""
        numbers = self.sets[name]
        return numbers[(seed - 1) % len(numbers)]

    def strengths(self) -> dict[int, Strengths]:
        """All sets that can be lived, by their number, and what else is so in a town of each."""
        numbers = sorted({number for every in self.sets.values() for number in every})
        return {number: strengths_of(number) for number in numbers}


def strengths_of(number: int) -> Strengths:
    """A set of the ensemble, and what is otherwise so in its town."""
    return Ensemble.load(USUAL).at(number)
