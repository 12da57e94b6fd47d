"""Analyses: what is reckoned, drawn and said beside the general reading, as the design asks."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import matplotlib.pyplot as plt
import pandas as pd

from experiments.analysis import futures, seeds_needed, sensitivity, shapley
from experiments.analysis.pairs import is_sampled
from experiments.reporting import (
    analysis_charts,
    figures,
    precision_told,
    regret_told,
    sensitivity_told,
    split_told,
)
from experiments.reporting.report_table import Section
from experiments.reporting.report_words import say
from experiments.study.file import Study


class Analysis(NamedTuple):
    """One analysis.

    Attributes
    ----------
    name : str
        Name of its table and figure.
    applies : callable
        ``applies(study)``: whether the study asks for it.
    table : callable
        ``table(study, runs)``.
    lines : callable
        ``lines(study, table)``, in English, for the reading.
    section : callable
        ``section(study, table, language)``, for the page.
    chart : callable, optional
        ``chart(study, table, language)``.
    """

    name: str
    applies: Callable[[Study], bool]
    table: Callable[[Study, pd.DataFrame], pd.DataFrame]
    lines: Callable[[Study, pd.DataFrame], Iterator[str]]
    section: Callable[[Study, pd.DataFrame, str], Section]
    chart: Callable[[Study, pd.DataFrame, str], plt.Figure] | None = None


ANALYSES = (
    Analysis(
        "sensitivity", is_sampled, sensitivity.indices,
        sensitivity_told.lines, sensitivity_told.section, analysis_charts.sensitivity_chart,
    ),
    Analysis(
        "regret", futures.applies, futures.regret,
        regret_told.lines, regret_told.section, analysis_charts.regret_chart,
    ),
    Analysis(
        "shapley", lambda study: study.vary.design == "shapley", shapley.split,
        split_told.lines, split_told.section, analysis_charts.shapley_chart,
    ),
    Analysis(
        "precision", lambda study: bool(study.precision), seeds_needed.precision,
        precision_told.lines, precision_told.section,
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


def about(analysis: Analysis) -> str:
    """What the lines of an analysis are about."""
    return say(f"{analysis.name}_about", "en") + ":"


def lines(study: Study, found: dict[str, pd.DataFrame]) -> Iterator[str]:
    """What the analyses say."""
    for analysis in asked(study):
        yield ""
        yield about(analysis)
        yield from analysis.lines(study, found[analysis.name])


def sections(study: Study, found: dict[str, pd.DataFrame], language: str) -> list[Section]:
    """What the page shows of the analyses that have something to say."""
    every = [
        analysis.section(study, found[analysis.name], language)
        for analysis in asked(study) if analysis.name in found
    ]  # fmt: skip
    return [section for section in every if section.tables or section.said]
