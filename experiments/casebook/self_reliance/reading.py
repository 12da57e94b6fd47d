"""Reading of self-reliance: what each answer does to who could and to who can't, in short."""

from collections.abc import Iterable

import pandas as pd

from experiments.measures.municipal import GROUPS
from experiments.reporting import general
from experiments.reporting.amounts import Amounts
from experiments.reporting.answers import join, told
from experiments.reporting.charts import after
from experiments.reporting.findings import Findings
from experiments.reporting.general import Tables
from experiments.study.file import Study

ALL, APART = "asked of all", "asked of who can, told apart"
ANSWER = {
    ALL: {
        "en": "{when}, with ‘{policy}’ problems per client are, against ‘{first}’, {could} for "
        "those who could and didn't and {cannot} for those who can't; {began} of the former began "
        "to, {vain} of the latter were asked all the same.",
        "nl": "{when} is het aantal problemen per cliënt met ‘{policy}’, tegenover ‘{first}’, "
        "{could} bij wie het kon en niet deed en {cannot} bij wie het niet kan; {began} van de "
        "eersten begon eraan, {vain} van de laatsten werd het toch gevraagd.",
    },
    APART: {
        "en": "with ‘{policy}’ that is {could} and {cannot}; {began} began to, {vain} were asked "
        "in vain.",
        "nl": "met ‘{policy}’ is dat {could} en {cannot}; {began} begon eraan, {vain} werd het "
        "tevergeefs gevraagd.",
    },
}


def verdict(row: pd.Series) -> str:
    """More, fewer, or perhaps as many."""
    if row["low"] > 0:
        return "more"
    return "fewer" if row["high"] < 0 else "perhaps as many"


def lines(study: Study, tables: Tables) -> Iterable[str]:
    """The policies in words, then what each does to the problems of each group."""
    yield from general.lines(study, tables)
    yield ""
    yield f"In short, problems against '{study.policies[0].name}':"
    found = tables["differences"].set_index(["policy", "outcome"])
    for policy in study.policies[1:]:
        row = found.loc[policy.name]
        parts = [
            f"{verdict(row.loc[f'problems_{g}'])} for who {en}" for g, (en, _) in GROUPS.items()
        ]
        began, vain = row.loc["taken_up", "value"], row.loc["asked_in_vain", "value"]
        yield (
            f"- {policy.name}: "
            + "; ".join(parts)
            + f". Of those who could and didn't {began:.0%} "
            f"began to; of those who can't {vain:.0%} were asked all the same."
        )


def answer(study: Study, tables: Tables, language: str) -> str:
    """What asking everybody, and only who can, does to who could and to who can't.

    Empty where these policies are not compared.
    """
    names, found = study.called(language), Findings(study, tables, language)
    if not {ALL, APART} <= set(names):
        return ""
    percent, sentences = Amounts("share", 0, language), []
    for policy, words in ANSWER.items():
        changes = {
            group: (found.row(policy, f"problems_{group}"), found.amounts(f"problems_{group}"))
            for group in ("could", "cannot")
        }
        said = {g: told(a, r.difference, r.low, r.high) for g, (r, a) in changes.items()}
        sentences.append(
            words[language].format(
                when=after(study.weeks, language),
                policy=names[policy],
                first=study.policies[0].called(language),
                began=percent.value(found.row(policy, "taken_up").value),
                vain=percent.value(found.row(policy, "asked_in_vain").value),
                **said,
            )
        )
    return join(*sentences)
