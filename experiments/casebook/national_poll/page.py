"""The tables of the national poll on a page."""

import pandas as pd

from kring.experiments.analyses.paired import spread_of
from kring.experiments.casebook.national_poll.goals import (
    BOUNDS,
    GOALS,
    KEYS,
    goals_in_words,
    staffed,
)
from kring.experiments.measures import MEASURES
from kring.experiments.study.plan import Plan
from kring.experiments.text import names
from kring.experiments.text.formats import NumberFormat
from kring.experiments.text.language import Word, _, said
from kring.experiments.text.numbers import percent
from kring.simulation.evidence import figure

NATIONAL = (
    *("outreach_given", "cash", "cash_agencies", "free_hours", "cost_others", "referrals"),
    "problems",
)
OF_FORMS = ("cash", "problems", "without_plan", "referrals")
FORMS = {
    form.en: form
    for form in (
        Word("broad", "breed"),
        Word("broad for complex cases", "breed voor complexe zaken"),
        Word("by domain", "per domein"),
        Word("front with specialists behind", "generalisten voorop, specialisten erachter"),
    )
}


def goals_on_page(plan: Plan, table: pd.DataFrame) -> pd.DataFrame:
    """A row a goal, a column a policy of staff."""
    shares = table.set_index(["policy", "goal", "bounds"])["share"]
    columns = {_("Goal"): goals_in_words()}
    for policy in staffed(plan):
        columns[said(policy.label)] = [
            "{1} ({0} – {2})".format(*(percent(shares[policy.name, goal, how]) for how in BOUNDS))
            for goal in KEYS
        ]
    columns[_("poll of 2019")] = ["" for _goal in GOALS] + [percent(figure("E40"))]
    return pd.DataFrame(columns)


def national_on_page(plan: Plan, table: pd.DataFrame) -> pd.DataFrame:
    """A row a policy, a column a measure that the questions are about."""
    by = table.set_index(["measure", "policy"])
    columns = {_("Policy"): list(names.policy_names(plan).values())}
    for name in NATIONAL:
        written, cells = format_of(name), []
        for row in by.loc[name].loc[[policy.name for policy in plan.policies]].itertuples():
            change = written.marked(spread_of(row))
            cells.append(written.value(row.value) + (f" ({change})" if row.difference else ""))
        columns[heading(name)] = cells
    return pd.DataFrame(columns)


def forms_on_page(table: pd.DataFrame) -> pd.DataFrame:
    """A row a form of the teams."""
    columns = {
        _("Form"): [said(FORMS.get(form, Word(form))) for form in table["form"]],
        _("municipalities"): [f"{n:.0f}" for n in table["municipalities"]],
    }
    for name in OF_FORMS:
        columns[heading(name)] = [format_of(name).value(value) for value in table[name]]
    return pd.DataFrame(columns)


def heading(name: str) -> str:
    """What a measure is called above a column."""
    return names.outcome_name(name) if name in MEASURES else _("approached before they ask")


def format_of(name: str) -> NumberFormat:
    """How a measure of the country is written."""
    unit = MEASURES[name].unit if name in MEASURES else "share"
    return NumberFormat(unit, {"share": 0, "EUR": 0, "hours": 1}.get(unit, 2))
