"""What an analysis is: one question asked of the runs of a study, from numbers to page."""

from abc import ABC, abstractmethod
from collections.abc import Iterable

import pandas as pd
from matplotlib.figure import Figure

from kring.experiments.study.plan import Plan
from kring.experiments.text.tables import Section

Tables = dict[str, pd.DataFrame]


class Analysis(ABC):
    """One analysis: whether a study asks for it, its table, what is said and drawn of it.

    A reading of one's own can have others: a class like this, in its `analyses`.

    Attributes
    ----------
    name : str
        Name of its table and of its figure.

    Examples
    --------
    >>> from kring import PageTable, Reading, Section
    >>> class Dearest(Analysis):
    ...     name = "dearest"
    ...
    ...     def title(self):
    ...         return "The dearest run"
    ...
    ...     def applies(self, plan):
    ...         return "cost" in plan.outcomes
    ...
    ...     def table(self, plan, tables):
    ...         return tables["runs"].nlargest(1, "cost")[["policy", "seed", "cost"]]
    ...
    ...     def lines(self, plan, table):
    ...         yield f"The dearest run is one of {table['policy'].iloc[0]}."
    ...
    ...     def section(self, plan, table):
    ...         return Section(self.title(), "", [PageTable.of("", table)], [])
    >>> class WithDearest(Reading):
    ...     def analyses(self, plan):
    ...         return [*super().analyses(plan), Dearest()]
    >>> from kring import Study
    >>> study = Study(policies=["wijkteam"], town="class", weeks=4, sets=1, seeds=2)
    >>> result = study.run("results/dearest", engine="here", reading=WithDearest())
    >>> len(result.tables["dearest"])
    1
    """

    name: str

    @abstractmethod
    def title(self) -> str:
        """What it is about, in the language that is spoken."""

    @abstractmethod
    def applies(self, plan: Plan) -> bool:
        """Whether a study asks for it."""

    @abstractmethod
    def table(self, plan: Plan, tables: Tables) -> pd.DataFrame:
        """Its numbers, from `runs`, the long tables and `differences`."""

    @abstractmethod
    def lines(self, plan: Plan, table: pd.DataFrame) -> Iterable[str]:
        """What it says in a terminal, in English."""

    @abstractmethod
    def section(self, plan: Plan, table: pd.DataFrame) -> Section:
        """What a page shows of it, in the language that is spoken."""

    def chart(self, plan: Plan, table: pd.DataFrame) -> Figure | None:
        """Its figure, in the language that is spoken; none if it has none."""
        return None
