"""The analyses that come with Kring; a study gets those that it asks for."""

from kring.experiments.analyses.base import Analysis
from kring.experiments.analyses.budget import Frontier, NextBest, Paid
from kring.experiments.analyses.levers import Levers
from kring.experiments.analyses.municipality import Municipality
from kring.experiments.analyses.precision import Precision
from kring.experiments.analyses.regret import Regret
from kring.experiments.analyses.sensitivity import Sensitivity
from kring.experiments.analyses.shapley import Split
from kring.experiments.analyses.standing import Standing
from kring.experiments.analyses.totals import Totals
from kring.experiments.analyses.winners import Winners
from kring.experiments.study.plan import Plan

ANALYSES: tuple[Analysis, ...] = (
    Municipality(), Standing(), Levers(), Totals(), Sensitivity(), Regret(), Split(), Winners(),
    Paid(), NextBest(), Frontier(), Precision(),
)  # fmt: skip


def asked(plan: Plan) -> list[Analysis]:
    """The analyses that a study asks for."""
    return [analysis for analysis in ANALYSES if analysis.applies(plan)]
