"""Methods: what each way of drawing points tells of the quantities, and how that is said.

A design of points (Sobol, Morris, Latin hypercube) brings its own indices. All that differs between
them stands in one class for each; which one a study takes is looked up once, by `method_of`.
"""

import warnings
from abc import ABC, abstractmethod
from textwrap import fill
from typing import ClassVar

import numpy as np
import pandas as pd

from kring.experiments.analyses.sensitivity.rank_correlation import (
    RESAMPLES,
    Spans,
    rank_correlations,
)
from kring.experiments.charts import style
from kring.experiments.charts.panels import TITLE
from kring.experiments.extras import extra
from kring.experiments.study.plan import Plan
from kring.experiments.study.sampling import LEVELS, SAMPLE_SEED, problem
from kring.experiments.text import names
from kring.experiments.text.formats import NumberFormat
from kring.experiments.text.language import _

STEP = LEVELS / (2 * (LEVELS - 1))  # how far a Morris path goes at a time, as part of the range


class Method(ABC):
    """A way to lay the spread of an outcome at the door of the quantities.

    Attributes
    ----------
    indices : tuple of str
        Names of its indices in the table.
    main, beside : str
        The index that counts, and the one that pages show beside it; empty if none.
    bars : tuple of str
        The indices that are drawn.
    axis : tuple of float, optional
        From where to where they are drawn; as far as they go if not given.
    needs_all : bool
        Whether it needs a result at every point.
    """

    indices: ClassVar[tuple[str, ...]]
    main: ClassVar[str]
    beside: ClassVar[str] = ""
    bars: ClassVar[tuple[str, ...]]
    axis: ClassVar[tuple[float, float] | None] = None
    needs_all: ClassVar[bool] = True

    @abstractmethod
    def compute(self, plan: Plan, means: np.ndarray, known: np.ndarray) -> dict[str, Spans] | None:
        """Each index of all quantities with its interval; None with too few points.

        Parameters
        ----------
        plan : Plan
            The plan of the study.
        means : ndarray
            An outcome at each point.
        known : ndarray of bool
            Which points have a result.
        """

    def by_luck(self, index: str, luck: float, noise: float) -> float:
        """What luck makes of the index of a quantity that only reshuffles luck; NaN if unknown.

        Parameters
        ----------
        index : str
            The index.
        luck : float
            Share of the variance between points that is luck of the towns drawn.
        noise : float
            Variance that luck gives the mean of a point.
        """
        return np.nan

    def stands_out(self, row: pd.Series) -> bool:
        """Whether an index is more than luck alone would make of it."""
        return bool(row["low"] > np.nan_to_num(row["by_luck"]))

    @abstractmethod
    def format(self, part: pd.DataFrame) -> NumberFormat:
        """How its indices of one outcome are written."""

    def format_main(self, row: pd.Series, written: NumberFormat) -> str:
        """The main index with its interval: `62% (48% to 76%)`, `+0.35 (+0.11 to +0.56)`."""
        text, span = self._main_and_span(row["value"], row["low"], row["high"], written)
        return f"{text} ({span})" if np.isfinite(row["low"]) else text

    @abstractmethod
    def _main_and_span(
        self, value: float, low: float, high: float, written: NumberFormat
    ) -> tuple[str, str]: ...

    def format_beside(self, value: float, written: NumberFormat) -> str:
        """The index beside it."""
        return written.value(value)

    def index_name(self, index: str) -> str:
        """What an index is called where two stand beside each other."""
        return index

    def outcome_head(self, outcome: str) -> str:
        """What stands above the column of an outcome."""
        return names.outcome_name(outcome)

    def panel_title(self, outcome: str) -> str:
        """What stands above the panel of an outcome."""
        return fill(names.outcome_name(outcome), TITLE)

    @abstractmethod
    def most(self) -> str:
        """Which quantity counts most: a sentence with `what`, `name`, `index` and `next`."""

    def none(self) -> str:
        """That no quantity stands out, where luck is no cause: with `what`; empty if not said."""
        return ""

    @abstractmethod
    def note(self) -> str:
        """What the page says of the index."""

    @abstractmethod
    def caption(self) -> str:
        """What stands below the figure, with `when`."""

    def advice(self, plan: Plan) -> list[str]:
        """What is better known of the design before it is run."""
        return []

    def is_wide(self, part: pd.DataFrame) -> bool:
        """Whether its intervals are so wide that more points are needed."""
        return False


class Sobol(Method):
    """Shares of the variance, first-order and total (Saltelli and others 2010)."""

    indices = ("first order", "total")
    main, beside = "total", "first order"
    bars = ("first order", "total")
    axis = (-0.3, 1.3)
    widest = 0.4  # interval of a share from which on the reader is warned

    def compute(self, plan: Plan, means: np.ndarray, known: np.ndarray) -> dict[str, Spans] | None:
        """By SALib."""
        sobol = extra("SALib.analyze.sobol", "a Sobol design", "analysis")
        with warnings.catch_warnings():  # of resamples that are all the same
            warnings.simplefilter("ignore")
            found = sobol.analyze(
                problem(plan.design.factors), means, calc_second_order=False,
                num_resamples=RESAMPLES, seed=SAMPLE_SEED,
            )  # fmt: skip
        return {
            name: around(found[key], found[f"{key}_conf"])
            for name, key in (("first order", "S1"), ("total", "ST"))
        }

    def by_luck(self, index: str, luck: float, noise: float) -> float:
        """Luck has a part in all that its share of the variance is."""
        return luck if index == "total" else np.nan

    def format(self, part: pd.DataFrame) -> NumberFormat:
        """In percents."""
        return NumberFormat("share", 0)

    def _main_and_span(
        self, value: float, low: float, high: float, written: NumberFormat
    ) -> tuple[str, str]:
        value, low, high = np.clip([value, low, high], 0, 1)
        return written.value(value), written.between(low, high)

    def index_name(self, index: str) -> str:
        """By itself, and with all it has a part in."""
        return _("by itself") if index == "first order" else _("with all it has a part in")

    def most(self) -> str:
        """Where most of the spread comes from."""
        return _(
            "most of the spread of {what} between futures comes from {name}, share {index}{next}."
        )

    def note(self) -> str:
        """What a share is."""
        return _(
            "Share of the variance of an outcome between futures that a quantity brings with all "
            "it has a part in, and between brackets its 95% interval; what it does only together "
            "with others is left out of ‘by itself’. Shares may add up to more than 100%. ○: no "
            "more than luck of the towns drawn may give."
        )

    def caption(self) -> str:
        """What bars and dots are."""
        return _(
            "share of the variance between futures, {when}; bars: 95% interval; dotted: what luck "
            "of the towns would give at most"
        )

    def advice(self, plan: Plan) -> list[str]:
        """How many points fill the space evenly."""
        n = plan.design.asked
        if not n & (n - 1):
            return []
        low = 2 ** int(np.log2(n))
        text = _(
            "Sobol's points fill the space evenly in powers of two: {low} or {high} are better "
            "than {n}."
        )
        return [text.format(low=low, high=2 * low, n=n)]

    def is_wide(self, part: pd.DataFrame) -> bool:
        """Whether a share is known badly."""
        return bool((part["high"] - part["low"]).max() > self.widest)


class Morris(Method):
    """Mean, mean absolute and spread of the change over a quantity's range (Campolongo 2007)."""

    indices = ("mu", "mu_star", "sigma")
    main, beside = "mu_star", "mu"
    bars = ("mu_star",)

    def compute(self, plan: Plan, means: np.ndarray, known: np.ndarray) -> dict[str, Spans] | None:
        """By SALib."""
        morris = extra("SALib.analyze.morris", "a Morris design", "analysis")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = morris.analyze(
                problem(plan.design.factors), drawn_points(plan), means, num_resamples=RESAMPLES,
                num_levels=LEVELS, seed=SAMPLE_SEED,
            )  # fmt: skip
        none = np.full(len(plan.design.factors), np.nan)
        return {
            "mu": (np.asarray(found["mu"], float), none, none),
            "mu_star": around(found["mu_star"], found["mu_star_conf"]),
            "sigma": (np.asarray(found["sigma"], float), none, none),
        }

    def by_luck(self, index: str, luck: float, noise: float) -> float:
        """The mean size of the difference of two lucks, over a step.

        Half the mean square of two lucks is their variance; the mean size of a normal number is
        sqrt(2 / pi) of its standard deviation.
        """
        if index != "mu_star":
            return np.nan
        return float(np.sqrt(2 * noise) * np.sqrt(2 / np.pi) / STEP)

    def format(self, part: pd.DataFrame) -> NumberFormat:
        """As the outcome itself."""
        return NumberFormat.of(part["outcome"].iloc[0], part["value"], part["value"])

    def _main_and_span(
        self, value: float, low: float, high: float, written: NumberFormat
    ) -> tuple[str, str]:
        return written.size(value), written.between(max(low, 0), high)

    def format_beside(self, value: float, written: NumberFormat) -> str:
        """With its sign."""
        return written.signed(value)

    def index_name(self, index: str) -> str:
        """Only the change with its sign stands beside the other."""
        return _("on balance") if index == "mu" else index

    def outcome_head(self, outcome: str) -> str:
        """With the unit, for indices have it too."""
        return names.with_unit(outcome)

    def panel_title(self, outcome: str) -> str:
        """With the unit, for indices have it too."""
        return style.panel_title(outcome, TITLE)

    def most(self) -> str:
        """With what it changes most."""
        return _("{what} changes most with {name}, {index} from low to high{next}.")

    def note(self) -> str:
        """What a change is."""
        return _(
            "How much an outcome changes on average, whichever way, when a quantity goes from its "
            "lowest to its highest value, and between brackets the 95% interval. ‘On balance’ has "
            "the sign: where it is much smaller, the quantity works one way at some values of the "
            "others and the other way at others. ○: no more than luck of the towns drawn may give."
        )

    def caption(self) -> str:
        """What bars and dots are."""
        return _(
            "mean absolute change from low to high, {when}; bars: 95% interval; dotted: what luck "
            "of the towns would give at most"
        )


class RankCorrelation(Method):
    """Partial rank correlation of each quantity with the outcome: the others held."""

    indices = ("partial rank correlation",)
    main = "partial rank correlation"
    bars = ("partial rank correlation",)
    axis = (-1.05, 1.05)
    needs_all = False

    def compute(self, plan: Plan, means: np.ndarray, known: np.ndarray) -> dict[str, Spans] | None:
        """Over the points that have a result."""
        found = rank_correlations(drawn_points(plan)[known], means[known])
        return found and {self.main: found}

    def stands_out(self, row: pd.Series) -> bool:
        """Whether its interval leaves out zero."""
        return bool(row["low"] * row["high"] > 0)

    def format(self, part: pd.DataFrame) -> NumberFormat:
        """With two decimals."""
        return NumberFormat("", 2)

    def _main_and_span(
        self, value: float, low: float, high: float, written: NumberFormat
    ) -> tuple[str, str]:
        return written.signed(value), written.signed_span(low, high)

    def most(self) -> str:
        """With what it goes most."""
        return _("{what} goes most with {name}, partial rank correlation {index}{next}.")

    def none(self) -> str:
        """That it goes with nothing."""
        return _("{what}: goes clearly with none of the quantities.")

    def note(self) -> str:
        """What a rank correlation is."""
        return _(
            "Partial rank correlation of a quantity with an outcome, the others held, and between "
            "brackets its 95% interval: +1 or −1 where the outcome always rises or falls with it, "
            "0 where the two have nothing to do with each other. ○: could be none."
        )

    def caption(self) -> str:
        """What bars are."""
        return _(
            "partial rank correlation with the outcome, the others held, {when}; bars: 95% interval"
        )


METHODS: dict[str, Method] = {
    "sobol": Sobol(),
    "morris": Morris(),
    "latin hypercube": RankCorrelation(),
}


def method_of(plan: Plan) -> Method:
    """The method that belongs to how a study's points are drawn."""
    return METHODS[plan.design.method]


def drawn_points(plan: Plan) -> np.ndarray:
    """What was drawn: a row a point, a column a quantity."""
    return np.array([list(point.values()) for point in plan.points], float)


def around(value: np.ndarray, half: np.ndarray) -> Spans:
    """Values with intervals of so much on both sides."""
    value, half = np.asarray(value, float), np.asarray(half, float)
    return value, value - half, value + half
