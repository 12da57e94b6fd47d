"""Designs: over which points a study's runs are laid out, what each point is compared with, and
how the result is read. A small family: grid, listed, sampled, Shapley.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from functools import cached_property

import numpy as np

from kring.experiments.measures import MEASURES
from kring.experiments.study.lazily import Lazily, combinations
from kring.experiments.study.quantities import Levels, Point, Value, part, whole_numbers
from kring.experiments.study.sampling import SAMPLE_SEED, rows, sample
from kring.experiments.study.spec import SAMPLED, Vary
from kring.simulation.errors import KringError
from kring.simulation.policy import Policy

MOST_PLAYERS = 10
RESERVED = (  # columns of runs
    *("run", "policy", "point", "set", "seed", "key", "municipality"), *MEASURES,
)  # fmt: skip

Levers = Policy | dict[str, Policy]  # by route of entry where these differ


class Layout(Enum):
    """How the result of a design is read: what stands beside what."""

    POLICIES = "policies beside each other"
    LINE = "along one quantity in numbers"
    CROSSED = "at values that are crossed or listed"
    FUTURES = "over futures drawn"
    SPLIT = "a difference in parts"


class Design(ABC):
    """Points, what each is compared with, and how they are read.

    Parameters
    ----------
    factors : mapping of str to list
        What varies, as `policy.lever`, `town.quantity`, `parameters.strength`, with its levels.
    policies : sequence of Policy or dict
        The study's policies at their own values, around which levers vary.

    Attributes
    ----------
    is_sampled : bool
        Whether points are drawn between low and high: each is a future.
    method : str
        How they are drawn; empty where they are not.
    asked : int
        How many points the study asks to draw; 0 where none are drawn.
    counted : str
        What intervals are over: ``seeds`` or ``points``.
    changes_together : bool
        Whether all that varies changes together from point to point, as one.
    """

    is_sampled = False
    method = ""
    asked = 0
    counted = "seeds"
    changes_together = False

    def __init__(self, factors: Mapping[str, Levels], policies: Sequence[Levers]) -> None:
        self.factors: dict[str, Levels] = dict(factors)
        self.own: list[Levers] = list(policies)

    @cached_property
    @abstractmethod
    def points(self) -> Lazily[Point]:
        """Values of what varies, point by point; one empty point if nothing does."""

    @property
    def layout(self) -> Layout:
        """How the result is read."""
        if not self.factors:
            return Layout.POLICIES
        levels = list(self.factors.values())
        in_numbers = not any(isinstance(value, str) for value in levels[0])
        return Layout.LINE if len(levels) == 1 and in_numbers else Layout.CROSSED

    @property
    def policies(self) -> range:
        """Numbers of the policies that are run at every point."""
        return range(len(self.own))

    def compared_with(self, policy: int, point: int) -> tuple[int, int]:
        """What a policy at a point is compared with: a policy and a point.

        If only levers vary, the same policy at its own values (or the first point); else the first
        policy at the same point, in the same town with the same strengths.
        """
        if self.factors and all(name.startswith("policy.") for name in self.factors):
            return policy, self._point_as_now(policy)
        if self.factors and len(self.own) == 1:
            return 0, 0
        return 0, point

    def _point_as_now(self, policy: int) -> int:
        """The point at which a policy has its own values; the first if there is none."""
        own = self.own[policy]
        levers = (own["team"] if isinstance(own, dict) else own).model_dump()
        now = tuple((name, levers.get(name.partition(".")[2], "")) for name in self.factors)
        return self._places.get(now, 0)

    @cached_property
    def _places(self) -> dict[tuple[tuple[str, Value], ...], int]:
        """At which point what varies has these values; the first where it is twice."""
        return {tuple(point.items()): i for i, point in reversed(list(enumerate(self.points)))}

    def levers(
        self, policy: int, point: Point, build: Callable[[int, Mapping[str, Value]], Levers]
    ) -> Levers:
        """The levers of a policy at a point."""
        return build(policy, part(point, "policy"))

    def people_at(self, point: int) -> str:
        """What sets the people apart who are met at a point: the same text, the same people."""
        return str([i for i in self.points[point].items() if not i[0].startswith("policy.")])

    def rows(self) -> Iterable[int]:
        """The points that stand as rows of their own in a table of results."""
        return range(len(self.points))

    def policy_at(self, policy: int, point: int) -> int:
        """The policy that a row of results is about."""
        return policy


class Grid(Design):
    """All combinations of the levels; without levels, policies alone."""

    @cached_property
    def points(self) -> Lazily[Point]:
        """Every combination, the last factor fastest."""
        return combinations(self.factors)


class Listed(Design):
    """Levels side by side: the first of all, the second of all."""

    changes_together = True

    @cached_property
    def points(self) -> Lazily[Point]:
        """Row by row."""
        size = min(map(len, self.factors.values()), default=1)
        return Lazily(size, lambda i: {name: levels[i] for name, levels in self.factors.items()})


class Sampled(Design):
    """Points drawn between low and high: futures, in which all policies meet the same people."""

    is_sampled = True
    counted = "points"

    def __init__(
        self,
        method: str,
        factors: Mapping[str, Levels],
        points: int,
        policies: Sequence[Levers],
        seed: int = SAMPLE_SEED,
    ) -> None:
        super().__init__(factors, policies)
        self.method: str = method
        self.asked: int = points
        self.seed: int = seed

    @cached_property
    def points(self) -> Lazily[Point]:
        """As they are drawn; whole numbers where a quantity takes no others."""
        counts = whole_numbers(self.factors)

        def at(place: int) -> Point:
            row = zip(self.factors, self._drawn[place], strict=True)
            return {name: round(v) if name in counts else float(v) for name, v in row}

        return Lazily(rows(self.method, self.factors, self.asked), at)

    @cached_property
    def _drawn(self) -> np.ndarray:
        return sample(self.method, self.factors, self.asked, self.seed)

    @property
    def layout(self) -> Layout:
        """Over futures."""
        return Layout.FUTURES

    def compared_with(self, policy: int, point: int) -> tuple[int, int]:
        """The first policy in the same future."""
        return 0, point


class Shapley(Design):
    """Every mix of two policies' levers: what each lever brings of the difference.

    Parameters
    ----------
    policies : sequence of Policy
        The two.
    groups : mapping of str to list of str
        Levers that change together, under one name.

    Raises
    ------
    KringError
        If the policies differ by route of entry, in nothing, or in too much.
    """

    def __init__(self, policies: Sequence[Levers], groups: Mapping[str, list[str]]) -> None:
        super().__init__({}, policies)
        one, other = policies
        if not (isinstance(one, Policy) and isinstance(other, Policy)):
            raise KringError(
                "vary: shapley takes policies that are the same for both routes of entry"
            )
        self.one: Policy = one
        self.other: Policy = other
        self.players: dict[str, list[str]] = players(one.model_dump(), other.model_dump(), groups)

    @cached_property
    def points(self) -> Lazily[Point]:
        """Every mix: for each player 0, as the first policy has it, or 1, as the second has."""
        return combinations(dict.fromkeys(self.players, (0, 1)))

    @property
    def layout(self) -> Layout:
        """In parts."""
        return Layout.SPLIT

    @property
    def policies(self) -> range:
        """One: a mix stands for a policy of its own."""
        return range(1)

    def compared_with(self, policy: int, point: int) -> tuple[int, int]:
        """The first policy as it is."""
        return 0, 0

    def levers(
        self, policy: int, point: Point, build: Callable[[int, Mapping[str, Value]], Levers]
    ) -> Levers:
        """The first policy with the levers of the second that are in the mix."""
        changed = [lever for name, on in point.items() if on for lever in self.players[name]]
        return self.one.replace(**{lever: getattr(self.other, lever) for lever in changed})

    def people_at(self, point: int) -> str:
        """The same people under every mix."""
        return ""

    def rows(self) -> Iterable[int]:
        """The two policies as they are."""
        return (0, len(self.points) - 1)

    def policy_at(self, policy: int, point: int) -> int:
        """The last point has all of the second policy."""
        return int(point > 0)


def design_of(vary: Vary, policies: Sequence[Levers]) -> Design:
    """The design that a study asks for."""
    if vary.design == "shapley":
        return Shapley(policies, vary.groups)
    if vary.design in SAMPLED:
        return Sampled(vary.design, vary.factors(), vary.points, policies, vary.sample_seed)
    return (Grid if vary.design == "grid" else Listed)(vary.factors(), policies)


def players(
    one: Mapping[str, Value], other: Mapping[str, Value], groups: Mapping[str, list[str]]
) -> dict[str, list[str]]:
    """What two policies differ in: levers by themselves, or together under a group's name.

    Raises
    ------
    KringError
        For a group of what does not differ, or more players than can be mixed.
    """
    differ = [name for name in one if one[name] != other[name]]
    grouped = [lever for levers in groups.values() for lever in levers]
    for name, levers in groups.items():
        if not levers or name in RESERVED or (name in differ and name not in levers):
            raise KringError(
                f"vary.groups.{name}: a group takes levers, and a name that nothing else has"
            )
        for lever in levers:
            if lever not in differ:
                raise KringError(f"vary.groups.{name}: the two policies do not differ in {lever!r}")
            if grouped.count(lever) > 1:
                raise KringError(f"vary.groups.{name}: {lever!r} stands in two groups")
    named = {**groups, **{lever: [lever] for lever in differ if lever not in grouped}}
    if not 1 <= len(named) <= MOST_PLAYERS:
        raise KringError(
            f"vary: shapley splits a difference in 1 to {MOST_PLAYERS} levers, here {len(named)}; "
            "put levers that belong together in vary.groups"
        )
    return named
