"""Reading of outside guidance: who said yes and got none, where coordinators are scarce."""

from collections.abc import Iterable

from experiments.reporting import general
from experiments.reporting.amounts import Amounts
from experiments.reporting.answers import amount, join, listed, told
from experiments.reporting.charts import after
from experiments.reporting.findings import Findings
from experiments.reporting.general import Tables
from experiments.study.file import Study

ALL, SOME, SCARCE = (
    "offered to all", "from 5 problems on", "from 5, scarce: 5 hours per 100 clients",
)  # fmt: skip
ANSWER = {
    "all": {
        "en": "{when}, against ‘{first}’, ‘{policy}’ gives {parts}.",
        "nl": "{when} geeft ‘{policy}’, tegenover ‘{first}’, {parts}.",
    },
    "scarce": {
        "en": "with ‘{some}’ problems are {problems} and spending is {spent}; with ‘{scarce}’ "
        "{waits} of those who came accepted it and found no coordinator with time.",
        "nl": "met ‘{some}’ is het aantal problemen {problems} en zijn de uitgaven {spent}; met "
        "‘{scarce}’ zei {waits} van wie er kwam ja, maar had geen coördinator tijd.",
    },
}


def lines(study: Study, tables: Tables) -> Iterable[str]:
    """The policies in words, then who waits for a coordinator."""
    yield from general.lines(study, tables)
    table = tables["differences"]
    found = table[table["outcome"] == "awaits_coordinator"].set_index("policy")["value"]
    parts = [f"{policy.name} {found[policy.name]:.0%}" for policy in study.policies[1:]]
    yield ""
    yield "Of those who came, accepted it and no coordinator had time: " + "; ".join(parts) + "."


def answer(study: Study, tables: Tables, language: str) -> str:
    """What an offer to all brings and costs, one to some, and where coordinators are scarce.

    Empty where these policies are not compared.
    """
    names, found = study.called(language), Findings(study, tables, language)
    if not {ALL, SOME, SCARCE} <= set(names):
        return ""
    parts = [amount(found, ALL, name) for name in ("problems", "supporters", "spent")]
    some = {name: found.row(SOME, name) for name in ("problems", "spent")}
    return join(
        ANSWER["all"][language].format(
            when=after(study.weeks, language),
            first=study.policies[0].called(language),
            policy=names[ALL],
            parts=listed(parts, language),
        ),
        ANSWER["scarce"][language].format(
            some=names[SOME],
            scarce=names[SCARCE],
            waits=Amounts("share", 0, language).value(
                found.row(SCARCE, "awaits_coordinator").value
            ),
            **{n: told(found.amounts(n), r.difference, r.low, r.high) for n, r in some.items()},
        ),
    )
