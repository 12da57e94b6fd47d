"""The menu: what a page lets one choose from, and what it starts with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from kring.experiments.explore.shown import SHOWN
from kring.experiments.study.idle import Place, why
from kring.experiments.study.planned_policy import Label
from kring.experiments.text.language import Word
from kring.simulation.ensemble import EFFECT, USUAL, Ensemble
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.town import Town

MOST_LEVERS = 8
DRAWN = 10  # towns
DIGITS = 6  # of a lever, in a link
TINY = 1e-9
CENTRAL = "central"  # one set that fits, in the middle of all
RUNNING = "going_concern"  # a town whose teams have worked for years
# Levers that work through the queue or through who stays away: in a town that begins empty they
# have hardly anything to work on.
TAKES_A_RUNNING_TOWN = (
    "staffing", "caseload_limit", "outreach", "low_threshold", "referral_only", "input_steering",
    "outcome_steering", "closing_adult", "closing_youth", "strict_norm", "hand_over", "check_ins",
)  # fmt: skip


Strengths = tuple[Parameters, Mapping[str, float]]
Value = float | str  # of a lever

# Shares of one whole: where both would be more than that, one gives way.
TOGETHER = ("input_steering", "outcome_steering")


class Lever(NamedTuple):
    """A lever that moves: from where to where and in what steps, or the words it can be."""

    name: str
    low: float
    high: float
    step: float
    options: tuple[str, ...] = ()

    def clamped(self, value: float) -> float:
        """A number within the range."""
        return min(self.high, max(self.low, value))


class Idle(NamedTuple):
    """A lever that does nothing while another stands at a value, and why."""

    lever: str
    while_lever: str
    at: Value
    why: str


# The eight that matter most to what the study asked: who is asked, with how much time, by whom.
LEVERS = (
    Lever("offer", 0, 1, 0.1),
    Lever("mobilisation_hours", 0, 40, 2.5),
    Lever("independent_convener", 0, 1, 0.25),
    Lever("network_makes_plan", 0, 1, 0.25),
    Lever("multi_problem_threshold", 0, 13, 1),
    Lever("outside_guidance", 0, 1, 0.1),
    Lever("staffing", 0.2, 1.5, 0.05),
    Lever("outreach", 0, 1, 0.1),
)
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
        effects = Ensemble.load(corner).sets[EFFECT].sort_values(kind="stable")
        return (int(effects.index[len(effects) // 2]),)

    every = Ensemble.load(USUAL)
    return {
        USUAL: tuple(every.some(DRAWN)),
        "sceptical": middle("sceptical"),
        CENTRAL: (every.central(),),
        "hopeful": middle("hopeful"),
    }


SETS_WORDS = {
    USUAL: Word("we don't know: ten sets that fit", "dat weten we niet: tien passende sets"),
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
        Eight at most.
    presets : tuple of Preset
        Policies by name; the first is the one compared with, with no changes.
    today : Policy
        That first policy.
    towns : dict of str to Town
        The first is where it begins.
    sets : dict of str to tuple of int
        Sets of strengths: numbers in the ensemble, which towns live in turn; the first is where
        it begins.
    weeks, drawn : int
        Weeks that are lived, and towns that are drawn.
    left_out : tuple of str
        Policies of a study that a page cannot show.
    outcomes, not_shown : tuple of str
        Outcomes that are shown, and those of a study that a page cannot show.
    """

    title: Label = TITLE
    levers: tuple[Lever, ...] = LEVERS
    presets: tuple[Preset, ...] = PRESETS
    today: Policy = field(default_factory=Policy)
    towns: Mapping[str, Town] = field(default_factory=towns_offered)
    sets: Mapping[str, tuple[int, ...]] = field(default_factory=sets_offered)
    weeks: int = 104
    left_out: tuple[str, ...] = ()
    drawn: int = DRAWN
    outcomes: tuple[str, ...] = SHOWN
    not_shown: tuple[str, ...] = ()

    @cached_property
    def lever(self) -> dict[str, Lever]:
        """The levers by name."""
        return {lever.name: lever for lever in self.levers}

    def base(self, lever: str) -> Value:
        """Where a lever stands today."""
        value = getattr(self.today, lever)
        return value if isinstance(value, str) else float(value)

    def fitting(self, levers: Mapping[str, Value], stays: str = "") -> dict[str, Value]:
        """These levers, of which shares of one whole are one at most, but for those of today.

        Parameters
        ----------
        levers : mapping of str to float or str
            By name; the others stand as today.
        stays : str
            The one that does not give way.
        """
        at = {name: float(levers.get(name, self.base(name))) for name in TOGETHER}
        over = sum(at.values()) - 1
        gives = [name for name in TOGETHER if name in self.lever and name != stays]
        fitted = dict(levers)
        if over > TINY and gives:
            fitted[gives[-1]] = round(at[gives[-1]] - over, DIGITS)
        moved = [name for name in self.lever if name in fitted]
        return {name: fitted[name] for name in moved if fitted[name] != self.base(name)}

    def is_shown_running(self, lever: str) -> bool:
        """Whether a lever makes the page show a running town in place of the first."""
        return lever in TAKES_A_RUNNING_TOWN and RUNNING in self.towns

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
        town, strengths = self.towns[self.first_town], Parameters()
        usual = Place(self.today, town, strengths)
        for other in self.levers:
            for at in other.options or (other.low, other.high):
                moved = self.fitting({other.name: at}, other.name)
                there = usual._replace(policy=self.today.replace(**moved))
                for lever in self.levers:
                    reason = "" if why(lever.name, usual) else why(lever.name, there)
                    if reason and lever is not other:
                        yield Idle(lever.name, other.name, at, reason)

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
