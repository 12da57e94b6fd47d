"""Reading scripts: what some studies make of their runs beyond what every study gets.

A script is named in its study file (`reading = "savings"`) and may have

- ``tables(study, raw)``: more tables, from the runs and raw tables;
- ``draw(study, tables, folder)``: the figures, in place of the general one;
- ``lines(study, tables)``: lines of the reading, in place of the general ones;
- ``printed(study, tables)``: what the command prints before those lines;
- ``answer(study, tables, language)``: two sentences for the top of the report, in place of the
  general ones; empty text where these do better after all;
- ``page_tables(study, tables, language)``: tables for the report as pairs of a title and a
  DataFrame of words, the first column saying what a row is; the general one is then folded.

The last two get the tables as written, all CSV files of the result by name, and are asked only
where every policy has numbers. `experiments/reporting/answers.py` has the words that they share.
"""

from importlib import import_module
from types import ModuleType

from experiments.study.file import Study


def script_of(study: Study) -> ModuleType | None:
    """The reading script of a study, if it names one."""
    return import_module(f"{__name__}.{study.reading}") if study.reading else None
