"""Moments of a study: when its outcomes are measured, and when its policies begin."""

from kring.experiments.measures import is_weekly, part_of
from kring.experiments.measures.year_before import YEAR_BEFORE
from kring.experiments.study.settings import build, own_town
from kring.experiments.study.spec import PolicyTable, Study
from kring.simulation.errors import KringError
from kring.simulation.town import Town

DAYS = 7  # a week


def outcomes_of(study: Study) -> list[str]:
    """What a study measures: each outcome in each of its years, and since people's own entry.

    An outcome that names a moment itself is measured then; what is of teams, and not of clients,
    has no entry to be measured since.
    """
    found: list[str] = []
    for name in study.outcomes:
        of_clients = is_weekly(part_of(name).base)
        moments = [] if "@" in name else [f"@year{year}" for year in study.years]
        if of_clients and "@" not in name:
            moments += [f"@year{y}+{weeks}" for y in study.cohorts for weeks in study.after_entry]
        found += [name + moment for moment in moments or [""]]
    return list(dict.fromkeys(found))


def first_week(study: Study, policy: PolicyTable) -> int:
    """The week in which a policy begins, from 1.

    Raises
    ------
    KringError
        For a date where the study has none, or before it begins; and for a week beside a date.
    """
    if policy.from_date is None:
        return policy.from_week
    if study.begins is None:
        raise KringError(
            "from_date: say when week 1 is: begins = 2026-01-01 above the first [table]"
        )
    if "from_week" in policy.model_fields_set:
        raise KringError("from_week and from_date say the same; leave one of them out")
    days = (policy.from_date - study.begins).days
    if days < 0:
        raise KringError(f"from_date = {policy.from_date}: the study begins on {study.begins}")
    return days // DAYS + 1


def lives_today(study: Study) -> bool:
    """Whether the first policy is lived before others begin."""
    begun = (first_week(study, policy) > 1 or policy.phase_in > 0 for policy in study.policies)
    return any(begun) or has_past(study)


def tables_of(study: Study) -> list[str]:
    """The long tables that are kept: those asked for, and of a past how it stood before week 1."""
    return list(dict.fromkeys([*study.tables, *([YEAR_BEFORE] if has_past(study) else [])]))


def has_past(study: Study) -> bool:
    """Whether a town of the study runs already when week 1 begins; all municipalities do."""
    if study.country:
        return True
    tables = [study.town.changes(), *(policy.town for policy in study.policies)]
    own = own_town(study)
    before = (build(Town, own, tables[0], table).weeks_before for table in tables)
    return any([*before, *study.vary.town.get("weeks_before", ())])


def check_moments(study: Study) -> None:
    """Refuse policies that begin when nothing is lived any more, and a start of the first one.

    Raises
    ------
    KringError
        For the first that makes no sense, named with its key.
    """
    for i, policy in enumerate(study.policies):
        try:
            week = first_week(study, policy)
        except KringError as error:
            raise KringError(f"policies[{i}] ({policy.name!r}): {error}") from None
        if week > (policy.weeks or study.weeks):
            raise KringError(
                f"policies[{i}] ({policy.name!r}): it begins in week {week}, after the "
                f"{policy.weeks or study.weeks} weeks that are lived"
            )
        if i == 0 and (week > 1 or policy.phase_in):
            raise KringError(
                f"policies[0] ({policy.name!r}): the first policy is today's; a later one begins"
            )
