"""Reading of outside guidance: who said yes and got none, where coordinators are scarce."""

from collections.abc import Iterable

from experiments import general
from experiments.general import Tables
from experiments.study_file import Study


def lines(study: Study, tables: Tables) -> Iterable[str]:
    """The policies in words, then who waits for a coordinator."""
    yield from general.lines(study, tables)
    table = tables["differences"]
    found = table[table["outcome"] == "awaits_coordinator"].set_index("policy")["value"]
    parts = [f"{policy.name} {found[policy.name]:.0%}" for policy in study.policies[1:]]
    yield ""
    yield "Of those who came, accepted it and no coordinator had time: " + "; ".join(parts) + "."
