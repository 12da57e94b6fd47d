"""Levers in words: which do nothing and why, whom they select, and how else they can be read."""

from collections.abc import Iterator

import pandas as pd

from kring.experiments.analyses.levers.numbers import IDLE, SELECTS
from kring.experiments.study import idle
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import Word, _, later, said
from kring.experiments.text.names import policy_names, quantity_name
from kring.experiments.text.numbers import percent, plain
from kring.simulation.beside import loaded

WHY = {
    idle.NOBODY_AT_AGENCY: later("nobody goes to an agency"),
    idle.NO_PLACES: later("agencies have no hours in this town"),
    idle.OFFERED_TO_ALL: later(
        "everybody is offered a conference at the door, and who declines it declines again"
    ),
    idle.NO_COORDINATOR: later("no independent coordinator has an hour"),
    idle.NO_WORK: later("nothing is asked of independent coordinators"),
    idle.NOT_OFFERED: later("there is no offer at the door"),
    idle.NOT_BESIDE: later("there is no guidance beside the team"),
    idle.NOT_SHORT: later("no help is granted for a short time"),
    idle.NOT_ASKED: later("nobody is asked to do it him- or herself"),
    idle.NONE_TOO_COMPLEX: later("no number of problems is too many"),
    idle.NOBODY_DECIDES: later("no worker lets the number of problems decide"),
    idle.ALL_BY_CONFERENCE: later("everybody enters by a conference"),
    idle.NOT_READ: later("no mechanism of its extension reads it"),
}
OTHER_READINGS = {
    "offer_from": later(
        "A conference from {n} problems on is offered at the door here; it can also mean guidance "
        "beside the team after the talk, and the two differ. `conference_from = {n}` asks both."
    ),
    "outside_guidance_from": later(
        "A conference from {n} problems on is guidance beside the team here; it can also mean an "
        "offer at the door, and the two differ. `conference_from = {n}` asks both."
    ),
}


def sentences(plan: Plan, table: pd.DataFrame) -> Iterator[str]:
    """A sentence for each row; the same selection of several policies is said once."""
    said_before = set()
    for row in table.itertuples():
        text = sentence(plan, row)
        if text not in said_before:
            said_before.add(text)
            yield text


def sentence(plan: Plan, row: pd.Series) -> str:
    """A row in words."""
    if row.what == IDLE:
        text = _("{lever} does nothing in ‘{policy}’: {why}.")
        return text.format(
            lever=quantity_name("policy", row.lever),
            policy=policy_names(plan)[row.policy],
            why=why(row.why),
        )
    if row.what == SELECTS:
        return selection(row)
    return _(OTHER_READINGS[row.lever]).format(n=plain(row.problems))


def why(reason: str) -> str:
    """Why a lever does nothing, in words: Kring's own, or those of an extension."""
    if reason in WHY:
        return _(WHY[reason])
    own = {rule.why: rule for one in loaded() for rule in one.idle_rules}
    return said(Word(reason, own[reason].why_nl))


def selection(row: pd.Series) -> str:
    """Whom a number of problems selects."""
    text = (
        _("More than {n} problems ({lever}): {share} of who comes to the team.")
        if row.lever == "multi_problem_threshold"
        else _("From {n} problems on ({lever}): {share} of who comes to the team.")
    )
    return text.format(
        n=plain(row.problems), lever=quantity_name("policy", row.lever), share=percent(row.share)
    )
