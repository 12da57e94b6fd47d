"""A result of a study as an object: its tables, intervals, figures and pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kring.experiments.execution.files import table_of
from kring.experiments.execution.kept import folder_of, opened
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import language, spoken, suffix
from kring.simulation.errors import KringError, nearest, shown

if TYPE_CHECKING:  # what reads and draws is loaded when it is asked for
    import pandas as pd
    import xarray
    from matplotlib.figure import Figure

    from kring.experiments.reading.base import Draw, Reading

ROWS = 12  # of a table in a notebook
LEFT_OUT = ["point", "share", "chance", "compared_with"]  # there; they stand in the table


class TablesByName(dict[str, "pd.DataFrame"]):
    """Tables by name; a slip is told with the nearest."""

    def __missing__(self, name: str) -> "pd.DataFrame":
        raise KringError(f"no table {shown(name)}; {nearest(str(name), self)}")


@dataclass(frozen=True, eq=False, repr=False)
class StudyResult:
    """A finished result of a study.

    Attributes
    ----------
    folder : Path
        The folder in which it lies.
    plan : Plan
        The plan that it came from.
    tables : dict of str to DataFrame
        Its tables by name: ``runs``, a row a run; the long tables that the study keeps;
        ``differences``; and what analyses and its reading make of them.
    text : str
        What the command prints of it, in English.
    failed : int
        How many runs failed; why, stands in ``failures.csv``.
    reading : Reading
        What reads it.

    Examples
    --------
    >>> from kring import Study
    >>> study = Study(policies=["wijkteam", "eigen_kracht"], town="class", weeks=4, sets=2)
    >>> result = study.run("results/class", engine="here")
    >>> result
    <StudyResult 'study' in class: 8 runs; runs, differences, totals>
    >>> list(result.intervals["outcome"])
    ['problems', 'supporters', 'cost']
    >>> result.report("nl").name
    'report_nl.html'
    """

    folder: Path
    plan: Plan
    tables: TablesByName
    text: str
    failed: int
    reading: "Reading" = field(repr=False)

    @classmethod
    def read(cls, folder: str | Path, reading: "Reading | None" = None) -> Self:
        """A result that was kept, with its tables as they were written.

        Parameters
        ----------
        folder : str or Path
            Its folder.
        reading : Reading, optional
            What reads it, in place of the casebook's reading of its study.

        Raises
        ------
        KringError
            If it is no result of Kring, or somebody changed it.
        """
        from kring.experiments.casebook import reading_of
        from kring.experiments.reading.faults import check_reading
        from kring.experiments.report.page import READ, read_tables

        check_reading(reading)
        folder = folder_of(folder)
        made, plan = opened(folder)
        tables = TablesByName()
        for name in made.files:
            if name.endswith(".parquet"):
                found = table_of(made.content(folder, name))
                assert found is not None  # its checksum was right
                tables[name.removesuffix(".parquet")] = found
        tables.update(read_tables(made, folder))
        text = made.content(folder, READ).decode() if READ in made.files else ""
        return cls(folder.resolve(), plan, tables, text, made.failed, reading or reading_of(plan))

    @property
    def intervals(self) -> "pd.DataFrame":
        """Every difference from what it is compared with, and how sure it is.

        Returns
        -------
        DataFrame
            ``policy, point, <what varies>, outcome, unit, value, difference, low, high, share,
            chance, is_clear``: the rows of ``differences`` that are compared with another.
            Between ``low`` and ``high`` lie 95% of the sets or futures; of a single set it is the
            95% interval of the mean. ``is_clear`` says whether the sign is known.
        """
        from kring.experiments.analyses.paired import spread_of
        from kring.experiments.reading.differences import Differences

        differences, of = Differences(self.plan, self.tables), self.tables.get("differences")
        if of is None:
            raise KringError(
                f"{self.folder}: all runs failed, so nothing is known; see failures.csv"
            )
        compared = {
            (name, self.plan.policies[row.policy].name, row.point)
            for name in differences.outcomes()
            for row in differences.compared(name)
        }
        points = of["point"] if "point" in of else [0] * len(of)
        where = [at in compared for at in zip(of["outcome"], of["policy"], points, strict=True)]
        found = of[where].reset_index(drop=True)
        return found.assign(is_clear=[spread_of(row).is_clear for row in found.itertuples()])

    @property
    def figures(self) -> "Figures":
        """Its figures by name, drawn in the language that is spoken when they are asked for."""
        from kring.experiments.reading.base import all_figures

        every = all_figures(self.reading, self.plan, self.tables)
        there = {n: draw for n, draw in every.items() if (self.folder / f"{n}.png").is_file()}
        return Figures(there)

    def answer(self, lang: str | None = None) -> str:
        """What the study found, in sentences: what stands at the top of its page.

        Parameters
        ----------
        lang : str, optional
            ``en`` or ``nl``; the language that is spoken if not given.

        Raises
        ------
        KringError
            For a language that there is not.
        """
        from kring.experiments.reading.base import best_answer
        from kring.experiments.reading.differences import Differences

        with language(lang or spoken()):
            complete = Differences(self.plan, self.tables).are_complete()
            return best_answer(self.reading, self.plan, self.tables, complete)

    def report(self, lang: str | None = None) -> Path:
        """Its page, which stands by itself, in a language.

        Parameters
        ----------
        lang : str, optional
            ``en`` or ``nl``; the language that is spoken if not given.

        Raises
        ------
        KringError
            For a language that there is not.
        """
        with language(lang or spoken()):
            return self.folder / f"report{suffix()}.html"

    def to_xarray(self) -> "xarray.Dataset":
        """The runs and their differences as one data set, with units.

        Returns
        -------
        xarray.Dataset
            Outcomes over ``policy``, ``point``, ``town`` and, of a country, ``municipality``; NaN
            where a run failed. Behind their name ``_difference``, ``_low``, ``_high``, ``_share``
            and ``_chance`` over ``policy`` and, where these aren't futures, ``point``. What varies
            is a coordinate along ``point``; ``seed`` and ``set`` tell what a town was. Each has
            its unit.

        Raises
        ------
        KringError
            Without the extra ``xarray``.
        """
        from kring.experiments.pipeline.arrays import dataset

        return dataset(self.plan, self.tables)

    def __repr__(self) -> str:
        lost = f", {self.failed} failed" if self.failed else ""
        runs = f"{len(self.plan.runs):,} runs{lost}"
        where = f"<StudyResult {self.plan.name!r} in {self.folder.name}"
        return f"{where}: {runs}; {', '.join(self.tables)}>"

    def _repr_html_(self) -> str:
        """The question, the answer and the first differences, in the language that is spoken."""
        from kring.experiments.reading.answer import blocks
        from kring.experiments.text.language import said

        parts = [f"<p><strong>{escape(said(self.plan.question) or self.plan.name)}</strong></p>"]
        for is_list, lines in blocks(self.answer().splitlines()):
            tag = "li" if is_list else "p"
            inner = "".join(f"<{tag}>{escape(line)}</{tag}>" for line in lines)
            parts.append(f"<ul>{inner}</ul>" if is_list else inner)
        if "differences" in self.tables and len(table := self.intervals):
            first = table.head(ROWS).drop(columns=LEFT_OUT, errors="ignore")
            parts.append(first.to_html(index=False, na_rep="", float_format="{:.3g}".format))
        return "".join([*parts, f"<p><code>{escape(str(self.report()))}</code></p>"])


class Figures(Mapping[str, "Figure"]):
    """Figures by name, each drawn when it is asked for.

    Parameters
    ----------
    draws : mapping of str to function
        What draws each.
    """

    def __init__(self, draws: "Mapping[str, Draw]") -> None:
        self._draws = dict(draws)

    def __getitem__(self, name: str) -> "Figure":
        import matplotlib.pyplot as plt

        from kring.experiments.charts.style import style

        if name not in self._draws:
            raise KringError(f"no figure {shown(name)}; {nearest(str(name), self._draws)}")
        with style():
            figure = self._draws[name]()
            assert figure is not None  # one was drawn when the result was written
            plt.close(figure)  # a notebook shows what it is given, and not what is open too
            return figure

    def __contains__(self, name: object) -> bool:
        return name in self._draws

    def __iter__(self) -> Iterator[str]:
        return iter(self._draws)

    def __len__(self) -> int:
        return len(self._draws)

    def __repr__(self) -> str:
        return f"<Figures: {', '.join(self) or 'none'}>"
