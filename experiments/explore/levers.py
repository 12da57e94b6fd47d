"""What moves in a page: levers of a policy, for all or for a route of entry, and its beginning."""

from collections.abc import Collection
from typing import NamedTuple

from kring.simulation.phase_in import Start

Value = float | str  # of a lever

# Levers that work through the queue or through who stays away: in a town that begins empty they
# have hardly anything to work on.
TAKES_A_RUNNING_TOWN = (
    "staffing", "caseload_limit", "outreach", "low_threshold", "referral_only", "input_steering",
    "outcome_steering", "closing_adult", "closing_youth", "strict_norm", "hand_over", "check_ins",
)  # fmt: skip
# Shares of one whole: where both would be more than that, one gives way.
TOGETHER = ("input_steering", "outcome_steering")
BEGINS = "begins"  # no lever of a policy: its words say from which week on, and over how many


class Lever(NamedTuple):
    """A lever that moves: from where to where and in what steps, or the words it can be.

    Attributes
    ----------
    name : str
        What it is called in a link: a lever of a policy, behind a route of entry and a dot where
        the routes meet policies of their own; or ``begins``.
    low, high, step : float
        Its range; of words, their places.
    options : tuple of str
        The words it can be.
    """

    name: str
    low: float
    high: float
    step: float
    options: tuple[str, ...] = ()

    @property
    def route(self) -> str:
        """The route of entry of which it is; empty of both."""
        return self.name.rpartition(".")[0]

    @property
    def moves(self) -> str:
        """What it moves in a policy."""
        return self.name.rpartition(".")[2]

    @property
    def is_of_policy(self) -> bool:
        """Whether it is a lever of a policy, and not when that begins."""
        return self.name != BEGINS

    def clamped(self, value: float) -> float:
        """A number within the range."""
        return min(self.high, max(self.low, value))


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


def named(lever: str, route: str) -> str:
    """What a lever of a policy is called in a page, by its route of entry; of both if empty."""
    return f"{route}.{lever}" if route else lever


def begins(words: Collection[str]) -> Lever:
    """When a policy begins, as a lever in words."""
    return Lever(BEGINS, 0, len(words) - 1, 1, tuple(words))


def word_of(start: Start) -> str:
    """A start as a word: from which week on, and in how many weeks it comes.

    Examples
    --------
    >>> word_of(Start()), word_of(Start(27, phase_in=26))
    ('1', '27+26')
    """
    return f"{start.from_week}+{start.phase_in}" if start.phase_in else str(start.from_week)


def start_of(word: str) -> Start:
    """The start that a word says.

    Examples
    --------
    >>> start_of("27+26")
    Start(from_week=27, phase_in=26)
    """
    week, _, weeks = word.partition("+")
    return Start(int(week), int(weeks or 0))
