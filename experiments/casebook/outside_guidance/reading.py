"""Reading of outside guidance: who said yes and got none, where coordinators are scarce."""

from collections.abc import Iterable

from kring.experiments.analyses.base import Tables
from kring.experiments.reading.answer import told
from kring.experiments.reading.base import Reading
from kring.experiments.reading.differences import Differences
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _
from kring.experiments.text.names import policy_names
from kring.experiments.text.numbers import capital, percent

ALL, SOME = "offered to all", "from 5 problems on"
SCARCE = "from 5, scarce: 5 hours per 100 clients"


class OutsideGuidanceReading(Reading):
    """What an offer to all brings and costs, one to some, and where coordinators are scarce."""

    def lines(self, plan: Plan, tables: Tables) -> Iterable[str]:
        """The policies in words, then who waits for a coordinator."""
        yield from super().lines(plan, tables)
        table = tables["differences"]
        found = table[table["outcome"] == "awaits_coordinator"].set_index("policy")["value"]
        parts = [f"{policy.name} {found[policy.name]:.0%}" for policy in plan.policies[1:]]
        yield ""
        yield (
            "Of those who came, accepted it and no coordinator had time: " + "; ".join(parts) + "."
        )

    def answer(self, plan: Plan, tables: Tables) -> str:
        """What each offer brings and costs, and who finds no coordinator where they are scarce.

        Empty where these policies are not compared.
        """
        names, found = policy_names(plan), Differences(plan, tables)
        if not {ALL, SOME, SCARCE} <= set(names):
            return ""
        waits = found.row(SCARCE, "awaits_coordinator").value
        text = _("with ‘{scarce}’ {waits} wanted it, but no coordinator was available.")
        scarce = text.format(scarce=names[SCARCE], waits=percent(waits))
        lines = [*told(found, ["problems", "supporters", "cash"]), scarce]
        return "\n".join(capital(line) for line in lines)
