"""Reading of savings: what a euro invested returns by year, who pays, and what is saved."""

import math
from collections.abc import Iterable
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from experiments.analysis.pairs import runs_of
from experiments.measures.base import PAYER_WORDS
from experiments.reporting import figures
from experiments.reporting.amounts import Amounts
from experiments.reporting.answers import join, listed
from experiments.reporting.general import Tables, between, number
from experiments.study.file import Study
from simulation.comparison import interval
from simulation.money import KINDS, by_payer, payers

YEAR = 52
INVESTED = ["conference", "neighbourhood", "schooling", "campaign"]
TITLES = {
    "en": ("returns per euro invested", "net saving per client (EUR), {years} years together"),
    "nl": (
        "opbrengst per geïnvesteerde euro",
        "netto besparing per cliënt (euro), {years} jaar samen",
    ),
}
NOTES = {
    "en": "by year; against '{first}', on the same people; bars: 95% over the towns drawn; 1: what "
    "is invested comes back",
    "nl": "per jaar; tegenover '{first}', bij dezelfde mensen; balken: 95% over de getrokken "
    "steden; 1: wat is geïnvesteerd komt terug",
}
ANSWER = {
    "whole": {
        "en": "in {years} years, against ‘{first}’ and per client, {parts}.",
        "nl": "in {years} jaar, tegenover ‘{first}’ en per cliënt, {parts}.",
    },
    "more": {"en": "more is saved than invested with {names}",
             "nl": "wordt meer bespaard dan geïnvesteerd met {names}"},
    "less": {"en": "less is saved than invested with {names}",
             "nl": "wordt minder bespaard dan geïnvesteerd met {names}"},
    "unclear": {"en": "it can be either with {names}", "nl": "kan het beide zijn met {names}"},
    "unknown": {"en": "one town cannot tell with {names}",
                "nl": "is het uit één stad niet op te maken met {names}"},
    "from": {"en": "; on average a gain from year {year} on",
             "nl": "; gemiddeld winst vanaf jaar {year}"},
    "paid": {
        "en": "across these policies spending per client changes {parts}.",
        "nl": "over deze keuzes veranderen de uitgaven per cliënt {parts}.",
    },
    "payer": {"en": "by {span} for {payer}", "nl": "met {span} voor {payer}"},
    "nothing": {"en": "not at all for {payer}", "nl": "niet voor {payer}"},
}  # fmt: skip
TABLES = {
    "returns": {
        "en": "What comes back, {years} years together: EUR per client, against ‘{first}’",
        "nl": "Wat er terugkomt, {years} jaar samen: euro per cliënt, tegenover ‘{first}’",
    },
    "returns_head": {
        "en": ("Policy", "Invested", "Saved", "Net saving", "95% interval", "Back per euro"),
        "nl": ("Beleid", "Geïnvesteerd", "Bespaard", "Netto besparing", "95%-interval",
               "Terug per euro"),
    },
    "years": {
        "en": "Net saving by year: EUR per client who came in that year (○: could be none)",
        "nl": "Netto besparing per jaar: euro per cliënt die in dat jaar kwam (○: kan ook nul "
        "zijn)",
    },
    "policy": {"en": "Policy", "nl": "Beleid"},
    "year": {"en": "Year {year}", "nl": "Jaar {year}"},
    "payers": {
        "en": "Who pays: EUR per client more (+) or less (−), against ‘{first}’ (○: could be "
        "none)",
        "nl": "Wie betaalt: euro per cliënt meer (+) of minder (−), tegenover ‘{first}’ (○: kan "
        "ook nul zijn)",
    },
}  # fmt: skip


def tables(study: Study, raw: Tables) -> Tables:
    """What is spent by kind and year, by payer, and what comes back."""
    table = spent(study, raw)
    means = table.groupby(["policy", "year", "kind"], sort=False, as_index=False)["eur"].mean()
    return {
        "spent": means,
        "payers": payer_table(study, table),
        "returns": return_table(study, table),
    }


def years_of(study: Study) -> int:
    """Years that are lived, the last perhaps in part."""
    return math.ceil(study.weeks / YEAR)


def spent(study: Study, raw: Tables) -> pd.DataFrame:
    """EUR by run, year and kind, per client whose need arises in that year."""
    known = raw["runs"][["run", "policy", "seed"]]
    books = known.merge(raw["books"], on="run")
    kinds = books[[f"spent_{kind}" for kind in KINDS]].set_axis(list(KINDS), axis=1)
    town = study.town_of(study.policies[0])
    clients_a_year = town.clients * YEAR / town.entry_weeks
    wide = pd.concat([books[["policy", "seed", "year"]], kinds / clients_a_year], axis=1)
    return wide.melt(["policy", "seed", "year"], var_name="kind", value_name="eur")


def payer_table(study: Study, table: pd.DataFrame) -> pd.DataFrame:
    """EUR per client by policy and payer, and the paired difference with its interval."""
    wide = table.groupby(["policy", "seed", "kind"], sort=False)["eur"].mean().unstack("kind")
    paid = wide.apply(by_payer, axis=1).reset_index()
    first = runs_of(paid, study.policies[0].name).set_index("seed")
    rows = []
    for policy in study.policies:
        mine = runs_of(paid, policy.name).set_index("seed")
        for payer in dict.fromkeys(payers()["payer"]):
            found = interval((mine[payer] - first[payer]).dropna())
            rows.append((policy.name, payer, mine[payer].mean(), *found))
    return pd.DataFrame(rows, columns=["policy", "payer", "eur", "difference", "low", "high"])


def return_table(study: Study, table: pd.DataFrame) -> pd.DataFrame:
    """Returns per euro and net saving per client, by policy and year (0: all years), paired.

    What is spent in a year counts per client who came in that year; in all years, per client who
    came in any.
    """
    keys = ["policy", "seed", "year", "kind"]
    wide = table.set_index(keys)["eur"].unstack("kind").reset_index()
    now, *others = (
        runs_of(wide, policy.name).drop(columns="policy").set_index(["seed", "year"])
        for policy in study.policies
    )
    rows = []
    for policy, mine in zip(study.policies[1:], others, strict=True):
        change = (mine - now).dropna()
        invested = change[INVESTED].sum(axis=1)
        saved = -change.drop(columns=INVESTED).sum(axis=1)
        for year in range(years_of(study) + 1):
            put_in, came_out = (
                (part.groupby("seed").mean() if year == 0 else part.xs(year, level="year"))
                for part in (invested, saved)
            )
            # The quotient of sums: that of a single town has no mean where little is invested.
            returns = jackknife(came_out.to_numpy(), put_in.to_numpy())
            net = interval((came_out - put_in).to_numpy())
            rows.append((policy.name, year, put_in.mean(), came_out.mean(), *returns, *net))
    columns = ["policy", "year", "invested", "saved", "returns", "returns_low", "returns_high"]
    return pd.DataFrame(rows, columns=[*columns, "net", "net_low", "net_high"])


def jackknife(parts: np.ndarray, wholes: np.ndarray) -> tuple[float, float, float]:
    """Quotient of two sums with its 95% interval, leaving out one town at a time (Quenouille).

    NaN where nothing is invested, or its sign is not the same in all towns.
    """
    if wholes.sum() == 0 or (wholes <= 0).any():
        return (float("nan"),) * 3
    whole = parts.sum() / wholes.sum()
    n = len(parts)
    if n < 2:
        return whole, float("nan"), float("nan")
    without = (parts.sum() - parts) / (wholes.sum() - wholes)
    _, low, high = interval(n * whole - (n - 1) * without)
    return whole, low, high


def spans(part: pd.DataFrame, name: str) -> np.ndarray:
    """Lengths of the bars around a value, below and above."""
    return np.nan_to_num([part[name] - part[f"{name}_low"], part[f"{name}_high"] - part[name]])


def chart(study: Study, table: pd.DataFrame, language: str) -> plt.Figure:
    """Left returns per euro by year, right the net saving of all years together."""
    figure, axes = plt.subplots(1, 2, figsize=(12.5, 5.4))
    called = study.called(language)
    names = list(called.values())[1:]
    for i, policy in enumerate(study.policies[1:]):
        mine = table[table["policy"] == policy.name]
        look = {"fmt": "osD^v"[i % 5], "color": figures.COLOURS[i % 6]}
        part, whole = mine[mine["year"] > 0], mine[mine["year"] == 0]
        x = part["year"] + (i - 2) * 0.1
        axes[0].errorbar(
            x, part["returns"], yerr=spans(part, "returns"), label=names[i], capsize=2, **look
        )
        axes[1].errorbar(whole["net"], [i], xerr=spans(whole, "net"), capsize=3, **look)
    axes[0].axhline(1, color=figures.GREY, linestyle=":")
    axes[0].axhline(0, color="black", linewidth=0.8)
    axes[1].axvline(0, color="black", linewidth=0.8)
    for ax, title in zip(axes, TITLES[language], strict=True):
        ax.set_title(title.format(years=years_of(study)))
        figures.number_format(ax, language)
    axes[0].set_xticks(range(1, years_of(study) + 1))
    axes[0].set_xlabel({"en": "year", "nl": "jaar"}[language])
    axes[1].set_yticks(range(len(names)), names)
    axes[1].set_ylim(len(names) - 0.5, -0.5)
    axes[1].grid(axis="x")
    axes[1].grid(axis="y", visible=False)
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=3)
    note = NOTES[language].format(first=next(iter(called.values())))
    figure.supxlabel(note, fontsize=9, color=figures.GREY)
    return figure


def draw(study: Study, tables: Tables, folder: Path) -> None:
    """Returns per euro by year, and net saving over all years."""
    figures.in_both_languages(
        lambda language: chart(study, tables["returns"], language), folder, study.name
    )


def returned(whole: pd.Series, first: pd.Series, last: pd.Series, years: int) -> str:
    """What a euro returns, in words."""
    if np.isnan(whole.returns):
        return "nothing is invested beside the team's own hours"
    return (
        f"each euro invested returns {number(whole.returns)} "
        f"({between(whole.returns_low, whole.returns_high, '')}) in {years} years; in year 1 "
        f"{number(first.returns)}, in year {years} {number(last.returns)}"
    )


def lines(study: Study, tables: Tables) -> Iterable[str]:
    """Returns in all years together, and who pays."""
    table = tables["returns"].set_index(["policy", "year"])
    paid = tables["payers"].set_index(["policy", "payer"])["difference"]
    years = years_of(study)
    yield f"Against '{study.policies[0].name}', on the same people:"
    for policy in study.policies[1:]:
        whole, first, last = (table.loc[(policy.name, year)] for year in (0, 1, years))
        who = ", ".join(
            f"{payer} {number(paid[policy.name, payer], '+')}"
            for payer in dict.fromkeys(payers()["payer"])
        )
        yield (
            f"- {policy.name}: {returned(whole, first, last, years)}; net saving in {years} years "
            f"{number(whole.net, '+')} EUR per client ({between(whole.net_low, whole.net_high)}); "
            f"spent more (EUR per client), by payer: {who}."
        )
    yield ""
    yield "What single cases save in which the network's support worked: `kring run vignettes`."


def first_good_year(net: pd.Series) -> int | None:
    """The year from which every year gives back more than it costs; None if there is none."""
    bad = net.index[~(net > 0)]
    found = max(bad, default=0) + 1
    return found if found <= net.index.max() else None


def verdict(whole: pd.Series) -> str:
    """Whether more or less is saved than invested, as far as chance goes."""
    if np.isnan(whole.net_low):
        return "unknown"
    if whole.net_low > 0:
        return "more"
    return "less" if whole.net_high < 0 else "unclear"


def named(policy: str, table: pd.DataFrame, language: str) -> str:
    """A policy with its net saving, and from which year on it gives back more than it costs."""
    amounts, whole = Amounts("EUR", 0, language), table.loc[0]
    year = first_good_year(table["net"].drop(0))
    text = amounts.signed(whole.net)
    if verdict(whole) == "unclear":
        text = amounts.signed_span(whole.net_low, whole.net_high)
    text += ANSWER["from"][language].format(year=year) if year else ""
    return f"‘{policy}’ ({text})"


def answer(study: Study, tables: Tables, language: str) -> str:
    """With which policies more is saved than invested, from which year, and who pays."""
    first, *others = study.policies
    table = tables["returns"].set_index("policy")
    by_verdict: dict[str, list[str]] = {key: [] for key in ("more", "less", "unclear", "unknown")}
    for policy in others:
        mine = table.loc[policy.name].set_index("year")
        text = named(policy.called(language), mine, language)
        by_verdict[verdict(mine.loc[0])].append(text)
    parts = [
        ANSWER[key][language].format(names=listed(names, language))
        for key, names in by_verdict.items() if names
    ]  # fmt: skip
    whole = ANSWER["whole"][language].format(
        years=years_of(study), first=first.called(language), parts="; ".join(parts)
    )
    paid = [payer_words(payer, part, language) for payer, part in by_payers(study, tables)]
    return join(whole, ANSWER["paid"][language].format(parts=listed(paid, language)))


def by_payers(study: Study, tables: Tables) -> list[tuple[str, pd.DataFrame]]:
    """For each payer the policies but the first."""
    table = tables["payers"]
    table = table[table["policy"] != study.policies[0].name]
    return list(table.groupby("payer", sort=False))


def payer_words(payer: str, part: pd.DataFrame, language: str) -> str:
    """From where to where the spending of a payer changes."""
    who, amounts = PAYER_WORDS[payer][language == "nl"], Amounts("EUR", 0, language)
    if not part["difference"].any():
        return ANSWER["nothing"][language].format(payer=who)
    span = amounts.signed_span(part["difference"].min(), part["difference"].max())
    return ANSWER["payer"][language].format(payer=who, span=span)


def page_tables(study: Study, tables: Tables, language: str) -> list[tuple[str, pd.DataFrame]]:
    """What comes back over all years and by year, and who pays."""
    money, ratio = Amounts("EUR", 0, language), Amounts("", 2, language)
    names = study.called(language)
    table = tables["returns"].assign(policy=tables["returns"]["policy"].map(names))
    rows = [
        (
            row.policy, money.value(row.invested), money.value(row.saved), money.signed(row.net),
            money.signed_span(row.net_low, row.net_high), ratio.value(row.returns),
        )
        for row in table[table["year"] == 0].itertuples()
    ]  # fmt: skip
    returns = pd.DataFrame(rows, columns=TABLES["returns_head"][language])
    by_year = {TABLES["policy"][language]: list(names.values())[1:]}
    for year, part in table[table["year"] > 0].groupby("year"):
        by_year[TABLES["year"][language].format(year=year)] = [
            money.marked(row.net, row.net_low, row.net_high) for row in part.itertuples()
        ]
    by_payer = {TABLES["policy"][language]: list(names.values())[1:]}
    for payer, part in by_payers(study, tables):
        by_payer[PAYER_WORDS[payer][language == "nl"]] = [
            money.marked(row.difference, row.low, row.high) for row in part.itertuples()
        ]
    about = {"years": years_of(study), "first": next(iter(names.values()))}
    found = {"returns": returns, "years": pd.DataFrame(by_year), "payers": pd.DataFrame(by_payer)}
    return [(TABLES[key][language].format(**about), one) for key, one in found.items()]
