"""Reading of the national poll: what a country's teams say they contribute, and at what cost."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from experiments.analysis.pairs import by_seed, runs_of
from experiments.measures import measure
from experiments.readings.national_poll_words import (
    ANSWER,
    AXES,
    FORMS_NL,
    NOTES,
    TABLES,
    TITLES,
)
from experiments.reporting import figures
from experiments.reporting.amounts import Amounts
from experiments.reporting.answers import join
from experiments.reporting.general import Tables, between, number
from experiments.study.design import country_of, drawn_country, in_municipality
from experiments.study.file import PolicyTable, Study
from simulation.comparison import interval
from simulation.evidence import figure

INTEGRAL, OLD_WAY, NO_TEAM = "all integral teams", "the old way", "entrance by referral only"
BOUNDS = ("strict", "usual", "lenient")
NEEDED = 2  # goals of three, for a municipality to say that its teams contribute


class Goal(NamedTuple):
    """A goal of the reform, and when a municipality says that its teams contribute to it.

    The bound is an assumption, from strict to lenient; a poll asks for opinions, not for bounds.
    """

    en: str
    nl: str
    measure: str
    strict: float
    usual: float
    lenient: float

    def is_met(self, table: pd.DataFrame, how: str) -> pd.Series:
        """Which municipalities meet it; for prevention more is better, else less."""
        bound = getattr(self, how)
        values = table[self.measure]
        return values >= bound if self.measure == "found_early" else values <= bound


GOALS = (
    Goal("own strength and network first", "eigen kracht en netwerk eerst", "alone", 0.5, 0.6, 0.7),
    Goal("a fitting plan in time", "een passend plan op tijd", "without_plan", 0.1, 0.2, 0.4),
    Goal("prevention", "preventie", "found_early", 0.4, 0.3, 0.2),
)
CONTRIBUTES = Goal("contributes", "minstens twee van drie", "", 0, 0, 0)

TOLD = ("outreach_given", "spent", "referrals", "spent_specialist", "problems")


def staffed(study: Study) -> list[PolicyTable]:
    """The policies that are about staff: the first, and those that change nothing else."""
    return [p for p in study.policies if not p.changes() or list(p.changes()) == ["staffing"]]


def tables(study: Study, raw: Tables) -> Tables:
    """The country, the goals by policy and bounds, the forms of teams, and each municipality."""
    for policy in (INTEGRAL, OLD_WAY, NO_TEAM):
        runs_of(raw["runs"], policy)  # the questions are about these
    asked = municipalities(study, raw["runs"])
    return {
        "national": national(study, asked),
        "goals": goals(study, asked),
        "forms": forms(study, asked),
        "municipalities": asked,
    }


def municipalities(study: Study, runs: pd.DataFrame) -> pd.DataFrame:
    """The runs, with what each municipality is and the outreach that it wants."""
    policies = {policy.name: policy for policy in study.policies}
    drawn = {
        seed: drawn_country(country_of(study), study.country.clients, seed)
        for seed in runs["seed"].unique()
    }
    rows = []
    for run in runs[["seed", "policy", "municipality"]].itertuples():
        one = drawn[run.seed][run.municipality]
        wanted = in_municipality(one.policy, policies[run.policy], {}).outreach
        rows.append((one.form, one.town.clients, wanted))
    about = pd.DataFrame(rows, columns=["form", "clients", "outreach_wanted"], index=runs.index)
    table = pd.concat([runs.drop(columns=["run", "key"], errors="ignore"), about], axis=1)
    table["outreach_given"] = table["given_outreach"] * table["outreach_wanted"]
    return table


def national(study: Study, asked: pd.DataFrame) -> pd.DataFrame:
    """Means over clients by policy, with paired differences from the first and intervals."""
    names = [*study.outcomes, "outreach_wanted", "outreach_given"]
    found = by_seed(asked, study, names)
    first = found[0, 0]
    rows = []
    for (policy, _), values in found.items():
        for name in names:
            change = span(values[name] - first[name])
            relative = span(values[name] / first[name].where(first[name] != 0) - 1)
            called = study.policies[policy].name
            rows.append((called, name, values[name].mean(), *change, *relative))
    columns = ["policy", "measure", "value", "difference", "low", "high"]
    return pd.DataFrame(rows, columns=[*columns, "relative", "relative_low", "relative_high"])


def span(values: pd.Series) -> tuple[float, float, float]:
    """Mean and interval over seeds that have a value; NaN if none has."""
    known = values.dropna().to_numpy()
    return interval(known) if len(known) else (np.nan,) * 3


def goals(study: Study, asked: pd.DataFrame) -> pd.DataFrame:
    """Share of municipalities that meet each goal, and at least two of three, by bounds."""
    rows = []
    for policy in staffed(study):
        part = runs_of(asked, policy.name)
        for how in BOUNDS:
            met = pd.DataFrame({goal.en: goal.is_met(part, how) for goal in GOALS})
            met[CONTRIBUTES.en] = met.sum(axis=1) >= NEEDED
            shares = met.groupby(part["seed"]).mean()
            rows += [(policy.name, how, name, *interval(shares[name])) for name in met]
    return pd.DataFrame(rows, columns=["policy", "bounds", "goal", "share", "low", "high"])


def forms(study: Study, asked: pd.DataFrame) -> pd.DataFrame:
    """Means over clients by form of the teams, under the first policy."""
    part = runs_of(asked, study.policies[0].name)
    rows = []
    for form, group in part.groupby("form", sort=False):
        means = {n: over_clients(group[n], group["clients"]) for n in study.outcomes}
        rows.append({"form": form, "municipalities": len(group), **means})
    return pd.DataFrame(rows)


def over_clients(values: pd.Series, clients: pd.Series) -> float:
    """Mean over clients of municipalities that have a value."""
    known = values.notna()
    return float(np.average(values[known], weights=clients[known])) if known.any() else np.nan


def goals_panel(ax: plt.Axes, study: Study, table: pd.DataFrame, language: str) -> None:
    """Shares of municipalities by goal, a mark for each policy of staff, beside the poll."""
    shares = table.set_index(["policy", "goal", "bounds"])["share"]
    every = [*GOALS, CONTRIBUTES]
    for j, policy in enumerate(staffed(study)):
        low, usual, high = (
            np.array([shares[policy.name, goal.en, how] for goal in every]) for how in BOUNDS
        )
        ax.errorbar(
            usual, np.arange(len(every)) + (j - 1.5) * 0.17, xerr=[usual - low, high - usual],
            fmt="osD^v<"[j % 6], capsize=3, color=figures.COLOURS[j % 6],
            label=policy.called(language),
        )  # fmt: skip
    ax.plot(figure("E40"), len(every) - 1, "D", color="black", zorder=5)
    ax.set_xlim(0, 1)
    ax.grid(axis="x")
    ax.grid(axis="y", visible=False)
    words = [goal.nl if language == "nl" else goal.en for goal in GOALS]
    words.append(CONTRIBUTES.nl if language == "nl" else "at least two of three")
    figures.plain_numbers(ax.xaxis, language)
    ax.set_yticks(range(len(words)), words)
    ax.set_ylim(len(words) - 0.5, -0.5)


def outreach_panel(ax: plt.Axes, study: Study, asked: pd.DataFrame, language: str) -> None:
    """Outreach against cases per worker, a dot a municipality."""
    for j, policy in enumerate(staffed(study)):
        part = asked[(asked["policy"] == policy.name) & (asked["outreach_wanted"] > 0)]
        ax.plot(
            part["cases"], part["given_outreach"], "osD^v<"[j % 6],
            color=figures.COLOURS[j % 6], alpha=0.25, markersize=3,
        )  # fmt: skip
    ax.set_xlabel(AXES[language][0])
    ax.set_ylabel(AXES[language][1])
    figures.number_format(ax, language)


def draw(study: Study, tables: Tables, folder: Path) -> None:
    """Goals beside the poll, and outreach against pressure."""

    def chart(language: str) -> plt.Figure:
        figure, axes = plt.subplots(1, 2, figsize=(12.5, 4.8))
        goals_panel(axes[0], study, tables["goals"], language)
        outreach_panel(axes[1], study, tables["municipalities"], language)
        for ax, title in zip(axes, TITLES[language], strict=True):
            ax.set_title(title)
        handles, labels = axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper center", ncols=4)
        figure.supxlabel(NOTES[language], fontsize=9, color=figures.GREY)
        return figure

    figures.in_both_languages(chart, folder, study.name)


def lines(study: Study, tables: Tables) -> Iterable[str]:
    """The national questions, one by one, with what was published."""
    yield from lines_of_goals(study, tables["goals"])
    mean = tables["national"].set_index(["policy", "measure"])
    reached = "; ".join(
        f"{p.name} {mean.loc[(p.name, 'outreach_given'), 'value']:.2f}" for p in staffed(study)
    )
    yield (
        f"- Share of people approached before they asked: {reached}. Published: "
        f"{figure('E38'):.2f} in 2017 and {figure('E39'):.2f} in 2019 (E38, E39)."
    )
    old, new = (mean.loc[(name, "spent"), "value"] for name in (OLD_WAY, INTEGRAL))
    yield (
        f"- Cost with all integral teams against the old way: {new / old - 1:+.0%}; published for "
        f"families with problems: {figure('E41'):+.0%} (E41, not fitted)."
    )
    now = study.policies[0].name
    opened, closed = (mean.loc[(name, "referrals")] for name in (now, NO_TEAM))
    yield (
        f"- Referrals to agencies per person in need: {number(opened.value)} with open teams, "
        f"{number(closed.value)} with entrance by referral only (difference "
        f"{between(closed.low, closed.high)}); specialist care costs "
        f"{mean.loc[(NO_TEAM, 'spent_specialist'), 'relative']:+.0%} without open teams."
    )
    for row in tables["forms"].itertuples():
        yield (
            f"    - {row.form}: spent a year per new client {row.spent:,.0f} EUR, problems "
            f"{row.problems:.2f}, without a plan at six weeks {row.without_plan:.2f}."
        )


def lines_of_goals(study: Study, table: pd.DataFrame) -> Iterable[str]:
    """What teams contribute, as things are and with less staff."""
    share = table.set_index(["policy", "bounds", "goal"])["share"]
    usual, strict, lenient = (
        share[study.policies[0].name, how, CONTRIBUTES.en] for how in ("usual", "strict", "lenient")
    )
    yield (
        f"- Teams contribute (at least two of three goals): {usual:.2f} of municipalities, "
        f"{strict:.2f} by strict and {lenient:.2f} by lenient bounds. The poll of 2019 found "
        f"{figure('E40'):.2f} (E40, not fitted). The bounds are assumptions, and the answer hangs "
        "on them."
    )
    for goal in (*GOALS, CONTRIBUTES):
        said = "; ".join(f"{p.name} {share[p.name, 'usual', goal.en]:.2f}" for p in staffed(study))
        yield f"    - {goal.en}: {said}."


def answer(study: Study, tables: Tables, language: str) -> str:
    """How many municipalities contribute beside the poll; outreach under pressure; cost."""
    percent, names = Amounts("share", 0, language), study.called(language)
    first, staff = study.policies[0].name, staffed(study)[-1].name
    share = tables["goals"].set_index(["policy", "goal", "bounds"])["share"]
    found = {how: share[first, CONTRIBUTES.en, how] for how in BOUNDS}
    is_between = found["strict"] <= figure("E40") <= found["lenient"]
    goals_said = ANSWER["goals"][language].format(
        **{how: percent.value(value) for how, value in found.items()},
        poll=percent.value(figure("E40")),
        place=ANSWER["between" if is_between else "outside"][language],
    )
    mean = tables["national"].set_index(["policy", "measure"])["value"]
    change = mean[INTEGRAL, "spent"] / mean[OLD_WAY, "spent"] - 1
    relative = Amounts("relative", 0, language)
    rest = ANSWER["rest"][language].format(
        staff=names[staff],
        now=percent.value(mean[first, "outreach_given"]),
        then=percent.value(mean[staff, "outreach_given"]),
        integral=names[INTEGRAL],
        old=names[OLD_WAY],
        change=relative.change(change),
        published=relative.change(figure("E41")),
    )
    return join(goals_said, rest)


def page_tables(study: Study, tables: Tables, language: str) -> list[tuple[str, pd.DataFrame]]:
    """The goals beside the poll, the country by policy, and the forms of teams."""
    first = study.policies[0].called(language)
    found = {
        "goals": goals_in_words(study, tables["goals"], language),
        "national": national_in_words(study, tables["national"], language),
        "forms": forms_in_words(tables["forms"], language),
    }
    return [(TABLES[key][language].format(first=first), table) for key, table in found.items()]


def goals_in_words(study: Study, table: pd.DataFrame, language: str) -> pd.DataFrame:
    """A row a goal, a column a policy of staff."""
    percent = Amounts("share", 0, language)
    shares = table.set_index(["policy", "goal", "bounds"])["share"]
    every = [*GOALS, CONTRIBUTES]
    words = [goal.nl if language == "nl" else goal.en for goal in GOALS]
    words.append(CONTRIBUTES.nl if language == "nl" else "at least two of three")
    columns = {TABLES["goal"][language]: words}
    for policy in staffed(study):
        columns[policy.called(language)] = [
            "{1} ({0} – {2})".format(
                *(percent.value(shares[policy.name, goal.en, how]) for how in BOUNDS)
            )
            for goal in every
        ]
    poll = ["" for _ in GOALS] + [percent.value(figure("E40"))]
    return pd.DataFrame({**columns, TABLES["published"][language]: poll})


def heading(name: str, language: str) -> str:
    """What a measure is called above a column."""
    return TABLES[name][language] if name in TABLES else measure(name).words(language)


def amounts_of(name: str, language: str) -> Amounts:
    """How a measure of the country is written."""
    unit = measure(name).unit if name not in TABLES else "share"
    return Amounts(unit, {"share": 0, "EUR": 0}.get(unit, 2), language)


def national_in_words(study: Study, table: pd.DataFrame, language: str) -> pd.DataFrame:
    """A row a policy, a column a measure that the questions are about."""
    by = table.set_index(["measure", "policy"])
    columns = {TABLES["policy"][language]: list(study.called(language).values())}
    for name in TOLD:
        amounts, said = amounts_of(name, language), []
        for row in by.loc[name].loc[[p.name for p in study.policies]].itertuples():
            change = amounts.marked(row.difference, row.low, row.high)
            said.append(amounts.value(row.value) + (f" ({change})" if row.difference else ""))
        columns[heading(name, language)] = said
    return pd.DataFrame(columns)


def forms_in_words(table: pd.DataFrame, language: str) -> pd.DataFrame:
    """A row a form of the teams."""
    names = [FORMS_NL.get(form, form) if language == "nl" else form for form in table["form"]]
    columns = {TABLES["form"][language]: names, TABLES["municipalities"][language]: [
        f"{n:.0f}" for n in table["municipalities"]
    ]}  # fmt: skip
    for name in ("spent", "problems", "without_plan", "referrals"):
        amounts = amounts_of(name, language)
        columns[heading(name, language)] = [amounts.value(value) for value in table[name]]
    return pd.DataFrame(columns)
