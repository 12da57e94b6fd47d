"""Kring: support networks around clients of Dutch municipal care, simulated.

What one may build on: the model, studies, analyses and reports. Names are loaded when they are
first used, so that `import kring` costs nothing. All that stands here is promised to stay; the
folders `simulation` and `experiments` behind it may change.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.analyses.base import Analysis as Analysis
    from experiments.analyses.discovery import discover as discover
    from experiments.analyses.ema import as_ema_results as as_ema_results
    from experiments.analyses.ema import ema_model as ema_model
    from experiments.bridges.abc import pyabc_model as pyabc_model
    from experiments.bridges.behaviorspace import as_behaviorspace as as_behaviorspace
    from experiments.bridges.behaviorspace import write_behaviorspace as write_behaviorspace
    from experiments.bridges.ro_crate import write_ro_crate as write_ro_crate
    from experiments.bridges.salib import as_salib_results as as_salib_results
    from experiments.bridges.salib import salib_problem as salib_problem
    from experiments.explore.notebook import explore as explore
    from experiments.measures import MEASURES as MEASURES
    from experiments.pipeline.repeat import repeat_study as repeat_study
    from experiments.pipeline.report import write_report as write_report
    from experiments.pipeline.run import StudyResult as StudyResult
    from experiments.pipeline.run import run_study as run_study
    from experiments.reading.base import Reading as Reading
    from experiments.study.load import read_study as read_study
    from experiments.study.needs import Needs as Needs
    from experiments.study.plan import Plan as Plan
    from experiments.text.language import language as language
    from experiments.text.tables import PageTable as PageTable
    from experiments.text.tables import Section as Section
    from simulation.agents import Client as Client
    from simulation.agents import NetworkMember as NetworkMember
    from simulation.agents import Professional as Professional
    from simulation.comparison import Comparison as Comparison
    from simulation.comparison import compare as compare
    from simulation.country import Country as Country
    from simulation.ensemble import Ensemble as Ensemble
    from simulation.errors import KringError as KringError
    from simulation.evidence import evidence as evidence
    from simulation.field_tables import FieldTables as FieldTables
    from simulation.living import Run as Run
    from simulation.model import SupportNetworkModel as SupportNetworkModel
    from simulation.own_clients.generated import Luck as Luck
    from simulation.own_clients.generated import people_from as people_from
    from simulation.parameters import Parameters as Parameters
    from simulation.policy import Policy as Policy
    from simulation.result import Result as Result
    from simulation.run import run_in as run_in
    from simulation.run import simulate as simulate
    from simulation.town import Town as Town
    from simulation.world import settle as settle

PUBLIC = {  # name -> where it lives
    # The model.
    "Client": "simulation.agents",
    "Comparison": "simulation.comparison",
    "Country": "simulation.country",
    "Ensemble": "simulation.ensemble",
    "FieldTables": "simulation.field_tables",
    "KringError": "simulation.errors",
    "Luck": "simulation.own_clients.generated",
    "NetworkMember": "simulation.agents",
    "Parameters": "simulation.parameters",
    "Policy": "simulation.policy",
    "Professional": "simulation.agents",
    "Result": "simulation.result",
    "Run": "simulation.living",
    "SupportNetworkModel": "simulation.model",
    "Town": "simulation.town",
    "compare": "simulation.comparison",
    "evidence": "simulation.evidence",
    "people_from": "simulation.own_clients.generated",
    "run_in": "simulation.run",
    "settle": "simulation.world",
    "simulate": "simulation.run",
    # Studies.
    "MEASURES": "experiments.measures",
    "Plan": "experiments.study.plan",
    "StudyResult": "experiments.pipeline.run",
    "read_study": "experiments.study.load",
    "repeat_study": "experiments.pipeline.repeat",
    "run_study": "experiments.pipeline.run",
    # In a notebook.
    "explore": "experiments.explore.notebook",
    # Analyses and readings of one's own, and reports.
    "Analysis": "experiments.analyses.base",
    "Needs": "experiments.study.needs",
    "PageTable": "experiments.text.tables",
    "Reading": "experiments.reading.base",
    "Section": "experiments.text.tables",
    "discover": "experiments.analyses.discovery",
    "language": "experiments.text.language",
    "write_report": "experiments.pipeline.report",
    # Other tools.
    "as_behaviorspace": "experiments.bridges.behaviorspace",
    "as_ema_results": "experiments.analyses.ema",
    "as_salib_results": "experiments.bridges.salib",
    "ema_model": "experiments.analyses.ema",
    "pyabc_model": "experiments.bridges.abc",
    "salib_problem": "experiments.bridges.salib",
    "write_behaviorspace": "experiments.bridges.behaviorspace",
    "write_ro_crate": "experiments.bridges.ro_crate",
}
__all__ = ["__version__", *PUBLIC]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used."""
    if name == "__version__":
        from importlib.metadata import version

        return version("kring")
    if name not in PUBLIC:
        from simulation.errors import nearest

        raise AttributeError(f"kring has no {name!r}; {nearest(name, PUBLIC)}")
    value = getattr(import_module(PUBLIC[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
