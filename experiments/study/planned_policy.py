"""A policy of a study as it is planned: what it is called, and what it sets itself."""

from dataclasses import dataclass
from typing import NamedTuple, Self

from kring.experiments.study.changes import Changes, changes_of
from kring.experiments.study.moments import first_week
from kring.experiments.study.spec import PolicyTable, Study
from kring.simulation.field_tables import FieldTables
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.town import Town


class Label(NamedTuple):
    """What something is called in a study file; in Dutch as in English where it says nothing."""

    en: str
    nl: str = ""


@dataclass(frozen=True)
class PlannedPolicy:
    """A policy of a study, and what it sets itself beside the named sets it starts from.

    Attributes
    ----------
    name : str
        Its name in tables.
    label : Label
        What it is called.
    weeks : int
        Weeks that are lived; ``own_weeks`` says whether it has others than the study.
    from_week, phase_in : int
        First week of the policy, and in how many weeks it comes to all it is; before it, and before
        week 1 in a town that runs already, the first policy is lived.
    changes, conference, town, parameters, field : Changes
        What it sets of levers, of the levers for who enters by a conference, of its town, of the
        strengths, and of the field's tables.
    """

    name: str
    label: Label
    weeks: int
    own_weeks: bool
    from_week: int
    phase_in: int
    changes: Changes
    conference: Changes
    town: Changes
    parameters: Changes
    field: Changes

    @classmethod
    def of(cls, study: Study, policy: PolicyTable) -> Self:
        """A policy of a study file."""
        return cls(
            name=policy.name,
            label=Label(policy.name, policy.nl),
            weeks=policy.weeks or study.weeks,
            own_weeks=policy.weeks is not None,
            from_week=first_week(study, policy),
            phase_in=policy.phase_in,
            changes=changes_of(Policy, policy.changes()),
            conference=changes_of(Policy, policy.conference),
            town=changes_of(Town, policy.town),
            parameters=changes_of(Parameters, policy.parameters),
            field=changes_of(FieldTables, policy.field),
        )
