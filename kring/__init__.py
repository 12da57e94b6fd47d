"""Kring: support networks around clients of Dutch municipal care, simulated.

What one may build on: the model, studies, analyses and reports. Names are loaded when they are
first used, so that `import kring` costs nothing. All that stands here is promised to stay; what
is behind it, `kring.simulation` and `kring.experiments`, may change. These are folders at the
repository's top, to which links lead from here.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kring.experiments.analyses.base import Analysis as Analysis
    from kring.experiments.analyses.discovery import discover as discover
    from kring.experiments.analyses.ema import as_ema_results as as_ema_results
    from kring.experiments.analyses.ema import ema_model as ema_model
    from kring.experiments.bridges.abc import pyabc_model as pyabc_model
    from kring.experiments.bridges.behaviorspace import as_behaviorspace as as_behaviorspace
    from kring.experiments.bridges.behaviorspace import write_behaviorspace as write_behaviorspace
    from kring.experiments.bridges.citation import citation as citation
    from kring.experiments.bridges.ro_crate import write_ro_crate as write_ro_crate
    from kring.experiments.bridges.salib import as_salib_results as as_salib_results
    from kring.experiments.bridges.salib import salib_problem as salib_problem
    from kring.experiments.calibration.calibrate import calibration as calibration
    from kring.experiments.explore.notebook import explore as explore
    from kring.experiments.measures import MEASURES as MEASURES
    from kring.experiments.pipeline.repeat import repeat_study as repeat_study
    from kring.experiments.pipeline.report import write_report as write_report
    from kring.experiments.pipeline.run import run_study as run_study
    from kring.experiments.pipeline.study import Study as Study
    from kring.experiments.pipeline.study_result import StudyResult as StudyResult
    from kring.experiments.reading.base import Reading as Reading
    from kring.experiments.study.load import read_study as read_study
    from kring.experiments.study.needs import Needs as Needs
    from kring.experiments.study.plan import Plan as Plan
    from kring.experiments.text.language import language as language
    from kring.experiments.text.tables import PageTable as PageTable
    from kring.experiments.text.tables import Section as Section
    from kring.simulation.agents import Client as Client
    from kring.simulation.agents import NetworkMember as NetworkMember
    from kring.simulation.agents import Professional as Professional
    from kring.simulation.comparison import Comparison as Comparison
    from kring.simulation.comparison import compare as compare
    from kring.simulation.country import Country as Country
    from kring.simulation.ensemble import Ensemble as Ensemble
    from kring.simulation.errors import KringError as KringError
    from kring.simulation.evidence import evidence as evidence
    from kring.simulation.field_tables import FieldTables as FieldTables
    from kring.simulation.living import Run as Run
    from kring.simulation.model import SupportNetworkModel as SupportNetworkModel
    from kring.simulation.own_clients.generated import Luck as Luck
    from kring.simulation.own_clients.generated import people_from as people_from
    from kring.simulation.parameters import Parameters as Parameters
    from kring.simulation.policy import Policy as Policy
    from kring.simulation.result import Result as Result
    from kring.simulation.run import run_in as run_in
    from kring.simulation.run import simulate as simulate
    from kring.simulation.town import Town as Town
    from kring.simulation.world import settle as settle

PUBLIC = {  # name -> where it lives
    # The model.
    "Client": "kring.simulation.agents",
    "Comparison": "kring.simulation.comparison",
    "Country": "kring.simulation.country",
    "Ensemble": "kring.simulation.ensemble",
    "FieldTables": "kring.simulation.field_tables",
    "KringError": "kring.simulation.errors",
    "Luck": "kring.simulation.own_clients.generated",
    "NetworkMember": "kring.simulation.agents",
    "Parameters": "kring.simulation.parameters",
    "Policy": "kring.simulation.policy",
    "Professional": "kring.simulation.agents",
    "Result": "kring.simulation.result",
    "Run": "kring.simulation.living",
    "SupportNetworkModel": "kring.simulation.model",
    "Town": "kring.simulation.town",
    "compare": "kring.simulation.comparison",
    "evidence": "kring.simulation.evidence",
    "people_from": "kring.simulation.own_clients.generated",
    "run_in": "kring.simulation.run",
    "settle": "kring.simulation.world",
    "simulate": "kring.simulation.run",
    # Studies, and sets of strengths of one's own.
    "MEASURES": "kring.experiments.measures",
    "calibration": "kring.experiments.calibration.calibrate",
    "Plan": "kring.experiments.study.plan",
    "Study": "kring.experiments.pipeline.study",
    "StudyResult": "kring.experiments.pipeline.study_result",
    "read_study": "kring.experiments.study.load",
    "repeat_study": "kring.experiments.pipeline.repeat",
    "run_study": "kring.experiments.pipeline.run",
    # In a notebook.
    "explore": "kring.experiments.explore.notebook",
    # Analyses and readings of one's own, and reports.
    "Analysis": "kring.experiments.analyses.base",
    "Needs": "kring.experiments.study.needs",
    "PageTable": "kring.experiments.text.tables",
    "Reading": "kring.experiments.reading.base",
    "Section": "kring.experiments.text.tables",
    "discover": "kring.experiments.analyses.discovery",
    "language": "kring.experiments.text.language",
    "write_report": "kring.experiments.pipeline.report",
    # Other tools.
    "as_behaviorspace": "kring.experiments.bridges.behaviorspace",
    "as_ema_results": "kring.experiments.analyses.ema",
    "as_salib_results": "kring.experiments.bridges.salib",
    "citation": "kring.experiments.bridges.citation",
    "ema_model": "kring.experiments.analyses.ema",
    "pyabc_model": "kring.experiments.bridges.abc",
    "salib_problem": "kring.experiments.bridges.salib",
    "write_behaviorspace": "kring.experiments.bridges.behaviorspace",
    "write_ro_crate": "kring.experiments.bridges.ro_crate",
}
__all__ = ["__version__", *PUBLIC]

if not os.path.isdir(os.path.join(__path__[0], "simulation")):  # a checkout without links
    __path__.append(os.path.dirname(__path__[0]))


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used."""
    if name == "__version__":
        from importlib.metadata import version

        return version("kring")
    if name not in PUBLIC:
        from kring.simulation.errors import nearest

        raise AttributeError(f"kring has no {name!r}; {nearest(name, PUBLIC)}")
    value = getattr(import_module(PUBLIC[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
