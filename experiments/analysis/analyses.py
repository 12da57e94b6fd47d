"""Analyses: what is reckoned, drawn and said beside the general reading, as the design asks."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import matplotlib.pyplot as plt
import pandas as pd

from experiments.analysis import futures, seeds_needed, sensitivity, shapley
from experiments.analysis.pairs import is_sampled
from experiments.reporting import analysis_charts, figures
from experiments.study.file import Study


class Analysis(NamedTuple):
    """One analysis.

    Attributes
    ----------
    name : str
        Name of its table and figure.
    about : str
        What its lines are about.
    applies : callable
        ``applies(study)``: whether the study asks for it.
    table : callable
        ``table(study, runs)``.
    lines : callable
        ``lines(study, table)``.
    chart : callable, optional
        ``chart(study, table, language)``.
    """

    name: str
    about: str
    applies: Callable[[Study], bool]
    table: Callable[[Study, pd.DataFrame], pd.DataFrame]
    lines: Callable[[Study, pd.DataFrame], Iterator[str]]
    chart: Callable[[Study, pd.DataFrame, str], plt.Figure] | None = None


ANALYSES = (
    Analysis(
        "sensitivity", "What it depends on:", is_sampled,
        sensitivity.indices, sensitivity.lines, analysis_charts.sensitivity_chart,
    ),
    Analysis(
        "regret", "How far behind the best policy, future by future:", futures.applies,
        futures.regret, futures.lines, analysis_charts.regret_chart,
    ),
    Analysis(
        "shapley", "Lever by lever:", lambda study: study.vary.design == "shapley",
        shapley.split, shapley.lines, analysis_charts.shapley_chart,
    ),
    Analysis(
        "precision", "How precise the differences are:", lambda study: bool(study.precision),
        seeds_needed.precision, seeds_needed.lines,
    ),
)  # fmt: skip


def asked(study: Study) -> list[Analysis]:
    """The analyses that a study asks for."""
    return [analysis for analysis in ANALYSES if analysis.applies(study)]


def tables(study: Study, runs: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The table of each analysis that the study asks for, by name."""
    return {analysis.name: analysis.table(study, runs) for analysis in asked(study)}


def draw(study: Study, found: dict[str, pd.DataFrame], folder: Path) -> None:
    """Draw the figures of the analyses, from their tables."""
    for analysis in asked(study):
        if analysis.chart and len(found[analysis.name]):
            chart = partial(analysis.chart, study, found[analysis.name])
            figures.in_both_languages(chart, folder, f"{study.name}_{analysis.name}")


def lines(study: Study, found: dict[str, pd.DataFrame]) -> Iterator[str]:
    """What the analyses say."""
    for analysis in asked(study):
        yield ""
        yield analysis.about
        yield from analysis.lines(study, found[analysis.name])
