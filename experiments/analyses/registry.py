"""The analyses that come with Kring; a study gets those that it asks for."""

from experiments.analyses.base import Analysis
from experiments.analyses.budget import Frontier, NextBest, Paid
from experiments.analyses.levers import Levers
from experiments.analyses.municipality import Municipality
from experiments.analyses.precision import Precision
from experiments.analyses.regret import Regret
from experiments.analyses.sensitivity import Sensitivity
from experiments.analyses.shapley import Split
from experiments.analyses.standing import Standing
from experiments.analyses.totals import Totals
from experiments.analyses.winners import Winners
from experiments.study.plan import Plan

ANALYSES: tuple[Analysis, ...] = (
    Municipality(), Standing(), Levers(), Totals(), Sensitivity(), Regret(), Split(), Winners(),
    Paid(), NextBest(), Frontier(), Precision(),
)  # fmt: skip


def asked(plan: Plan) -> list[Analysis]:
    """The analyses that a study asks for."""
    return [analysis for analysis in ANALYSES if analysis.applies(plan)]
