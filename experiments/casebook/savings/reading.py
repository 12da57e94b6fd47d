"""Reading of savings: what a euro of cash returns by year, who pays, and what time is freed."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from kring.experiments.analyses.base import Tables
from kring.experiments.analyses.paired import spread_of
from kring.experiments.casebook.savings.chart import savings_chart
from kring.experiments.casebook.savings.sums import (
    PAID,
    TIME,
    a_client,
    by_part,
    by_payers,
    first_good_year,
    payer_table,
    return_table,
    time_table,
    years_of,
)
from kring.experiments.measures.money import MUNICIPALITY, PAYER_WORDS
from kring.experiments.reading.answer import ITEM
from kring.experiments.reading.base import Draw, Reading
from kring.experiments.reading.lines import sure
from kring.experiments.study.plan import Plan
from kring.experiments.text.formats import NumberFormat
from kring.experiments.text.language import Word, _, said
from kring.experiments.text.names import policy_names
from kring.experiments.text.numbers import listed

EUROS, RATIO, HOURS = NumberFormat("EUR", 0), NumberFormat("", 2), NumberFormat("hours", 1)
MORE, LESS, UNCLEAR, UNKNOWN = VERDICTS = ("more", "less", "unclear", "unknown")


class SavingsReading(Reading):
    """With which policies more cash is saved than invested, from when, who pays, time freed."""

    def tables(self, plan: Plan, tables: Tables) -> Tables:
        """What is paid by part and year, by payer, what comes back, and what time is freed."""
        table = a_client(plan, tables)
        return {
            "cash": by_part(table),
            "payers": payer_table(plan, table),
            "returns": return_table(plan, table),
            "time": time_table(plan, table),
        }

    def figures(self, plan: Plan, tables: Tables) -> Mapping[str, Draw]:
        """Returns per euro by year, and net saving over all years."""
        return {plan.name: lambda: savings_chart(plan, tables["returns"])}

    def lines(self, plan: Plan, tables: Tables) -> Iterable[str]:
        """Returns in all years together, and who pays."""
        table = tables["returns"].set_index("policy")
        paid, time = tables["payers"].set_index("policy"), tables["time"].set_index("policy")
        yield f"Against '{plan.policies[0].name}', on the same people:"
        for policy in plan.policies[1:]:
            name = policy.name
            text = in_a_line(table.loc[name], paid.loc[name], time.loc[name], years_of(plan))
            yield f"- {name}: {text}."
        yield ""
        yield (
            "What single cases save in which the network's support worked: `kring run vignettes`."
        )

    def answer(self, plan: Plan, tables: Tables) -> str:
        """With which policies more cash is saved than invested, who else pays, time freed."""
        others = by_payers(plan, tables["payers"])
        paid = [payer_in_words(*each) for each in others if each[0] != MUNICIPALITY]
        lead = _(
            "Net saving of cash of the municipality in {years} years, per client, compared with "
            "‘{first}’:"
        ).format(years=years_of(plan), first=said(plan.policies[0].label))
        beside = _(
            "Across these policies cost to others changes {parts}, and time of the team that is "
            "freed, which is no saving, by {hours} a year per client."
        ).format(parts=listed(paid), hours=hours_in_words(tables["time"]))
        every = (ITEM + each for each in saved_with(plan, tables["returns"]))
        return "\n".join([lead, *every, beside])

    def page_tables(self, plan: Plan, tables: Tables) -> Sequence[tuple[str, pd.DataFrame]]:
        """What comes back over all years and by year, and who pays."""
        years, first = years_of(plan), said(plan.policies[0].label)
        returns = tables["returns"]
        returns = returns.assign(policy=returns["policy"].map(policy_names(plan)))
        return [
            (
                _("Cash that comes back, {years} years together: EUR per client, against ‘{first}’")
                .format(years=years, first=first),
                returns_in_words(returns[returns["year"] == 0]),
            ),
            (
                _(
                    "Net saving of cash by year: EUR per client who came in that year (○: could "
                    "be none)"
                ),
                years_in_words(plan, returns[returns["year"] > 0]),
            ),
            (
                _(
                    "Who pays: EUR per client more (+) or less (−), against ‘{first}’ (○: could "
                    "be none)"
                ).format(first=first),
                payers_in_words(plan, tables["payers"]),
            ),
            (
                _(
                    "Time freed a year per client: hours of the team that are paid and that no "
                    "task takes, and what they could be worth; no saving (○: could be none)"
                ),
                time_in_words(plan, tables["time"]),
            ),
        ]  # fmt: skip


def in_a_line(returns: pd.DataFrame, paid: pd.DataFrame, time: pd.DataFrame, years: int) -> str:
    """What a policy returns and saves in cash, who pays more, and what time is freed."""
    by_year, more = returns.set_index("year"), paid.set_index("payer")["difference"]
    together = by_year.loc[0]
    who = ", ".join(f"{payer} {EUROS.signed(more[payer])}" for payer in PAID)
    return (
        f"{returned(by_year, years)}; net saving of cash in {years} years "
        f"{EUROS.signed(together.net)} per client "
        f"({sure(spread_of(together, 'net', 'net_'), EUROS)}); "
        f"paid more per client, by payer: {who}; time freed "
        f"{HOURS.signed(time.set_index('measure').loc['free_hours', 'difference'])} hours"
    )


def returned(by_year: pd.DataFrame, years: int) -> str:
    """What a euro returns, in all years, the first and the last."""
    together, first, last = (by_year.loc[year] for year in (0, 1, years))
    if np.isnan(together.returns):
        return "no cash is invested"
    return (
        f"each euro invested returns {RATIO.value(together.returns)} "
        f"({RATIO.between(together.returns_low, together.returns_high)}) in {years} years; in year "
        f"1 {RATIO.value(first.returns)}, in year {years} {RATIO.value(last.returns)}"
    )


def verdict(together: pd.Series) -> str:
    """Whether more or less is saved than invested, as far as that is known."""
    net = spread_of(together, "net", "net_")
    if np.isnan(net.low):
        return UNKNOWN
    if not net.is_clear:
        return UNCLEAR
    return MORE if net.middle > 0 else LESS


def saved_with(plan: Plan, table: pd.DataFrame) -> Iterable[str]:
    """With which policies more is saved than invested, and with which less."""
    found: dict[str, list[str]] = {key: [] for key in VERDICTS}
    returns = table.set_index("policy")
    for policy in plan.policies[1:]:
        by_year = returns.loc[policy.name].set_index("year")
        found[verdict(by_year.loc[0])].append(f"‘{said(policy.label)}’ {net_saving(by_year)}")
    sentences = {
        MORE: _("saves more than it costs: {names}"),
        LESS: _("costs more than it saves: {names}"),
        UNCLEAR: _("it is uncertain with {names}"),
        UNKNOWN: _("one town cannot tell of {names}"),
    }
    for key, names in found.items():
        if names:
            yield sentences[key].format(names="; ".join(names)) + "."


def net_saving(by_year: pd.DataFrame) -> str:
    """A net saving, and from which year on a policy gives back more than it costs."""
    together, year = by_year.loc[0], first_good_year(by_year["net"].drop(0))
    parts = []
    if verdict(together) != UNKNOWN:
        parts.append(EUROS.signed_span(together.net_low, together.net_high))
    if year:
        parts.append(_("on average a gain from year {year} on").format(year=year))
    return EUROS.signed(together.net) + (f" ({'; '.join(parts)})" if parts else "")


def payer_in_words(payer: str, part: pd.DataFrame) -> str:
    """From where to where the spending of a payer changes."""
    who = said(Word(*PAYER_WORDS[payer]))
    if not part["difference"].any():
        return _("not at all for {payer}").format(payer=who)
    span = EUROS.signed_span(part["difference"].min(), part["difference"].max())
    return _("by {span} for {payer}").format(payer=who, span=span)


def returns_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """What comes back over all years together, a row a policy."""
    rows = [
        (
            row.policy, EUROS.value(row.invested), EUROS.value(row.saved), EUROS.signed(row.net),
            EUROS.signed_span(row.net_low, row.net_high), RATIO.value(row.returns),
        )
        for row in table.itertuples()
    ]  # fmt: skip
    head = [
        _("Policy"), _("Invested"), _("Saved"), _("Net saving"), _("95% interval"),
        _("Back per euro"),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=head)


def years_in_words(plan: Plan, table: pd.DataFrame) -> pd.DataFrame:
    """Net saving, a row a policy, a column a year."""
    columns = policy_column(plan)
    for year, part in table.groupby("year"):
        columns[_("Year {year}").format(year=year)] = [
            EUROS.marked(spread_of(row, "net", "net_")) for row in part.itertuples()
        ]
    return pd.DataFrame(columns)


def payers_in_words(plan: Plan, table: pd.DataFrame) -> pd.DataFrame:
    """What is spent more, a row a policy, a column a payer."""
    columns = policy_column(plan)
    for payer, part in by_payers(plan, table):
        columns[said(Word(*PAYER_WORDS[payer]))] = [
            EUROS.marked(spread_of(row)) for row in part.itertuples()
        ]
    return pd.DataFrame(columns)


def hours_in_words(table: pd.DataFrame) -> str:
    """From where to where the free hours of the team change."""
    hours = table.loc[table["measure"] == "free_hours", "difference"]
    return _("{span} hours").format(span=HOURS.signed_span(hours.min(), hours.max()))


def time_in_words(plan: Plan, table: pd.DataFrame) -> pd.DataFrame:
    """Time freed, a row a policy: hours, and what they could be worth."""
    columns = policy_column(plan)
    heads = ((_("Hours"), HOURS), (_("Could be worth"), EUROS))
    for name, (head, written) in zip(TIME, heads, strict=True):
        part = table[table["measure"] == name]
        columns[head] = [written.marked(spread_of(row)) for row in part.itertuples()]
    return pd.DataFrame(columns)


def policy_column(plan: Plan) -> dict[str, list[str]]:
    """The first column: all policies but the first."""
    return {_("Policy"): list(policy_names(plan).values())[1:]}
