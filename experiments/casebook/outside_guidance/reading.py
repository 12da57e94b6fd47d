"""Reading of outside guidance: who said yes and got none, where coordinators are scarce."""

from collections.abc import Iterable

from experiments.analyses.base import Tables
from experiments.reading.base import Reading
from experiments.reading.differences import Differences
from experiments.reading.sentences import change, join, value_and_change
from experiments.study.plan import Plan
from experiments.text.language import _, said
from experiments.text.names import policy_names
from experiments.text.numbers import listed, percent
from experiments.text.periods import after

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
        """What an offer to all brings and costs, one to some, and where coordinators are scarce.

        Empty where these policies are not compared.
        """
        names, found = policy_names(plan), Differences(plan, tables)
        if not {ALL, SOME, SCARCE} <= set(names):
            return ""
        parts = [value_and_change(found, ALL, name) for name in ("problems", "supporters", "cash")]
        waits = found.row(SCARCE, "awaits_coordinator").value
        return join(
            _("{when}, against ‘{first}’, ‘{policy}’ gives {parts}.").format(
                when=after(plan.weeks),
                first=said(plan.policies[0].label),
                policy=names[ALL],
                parts=listed(parts),
            ),
            _(
                "with ‘{some}’ problems are {problems} and what the municipality pays is {cash}; "
                "with ‘{scarce}’ "
                "{waits} of those who came accepted it and found no coordinator with time."
            ).format(
                some=names[SOME],
                scarce=names[SCARCE],
                waits=percent(waits),
                problems=change_of(found, SOME, "problems"),
                cash=change_of(found, SOME, "cash"),
            ),
        )


def change_of(found: Differences, policy: str, outcome: str) -> str:
    """What a policy changes in an outcome."""
    row = found.row(policy, outcome)
    return change(found.format(outcome), row.spread)
