"""Reading of Rotterdam: the study's table, published against simulated, and trajectories."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import pandas as pd

from kring.experiments.analyses.base import Tables
from kring.experiments.casebook.rotterdam.figures import PUBLISHED, table_chart, trajectory_chart
from kring.experiments.casebook.rotterdam.fit import (
    COLUMNS,
    comparable,
    in_a_sentence,
    on_page,
    readable,
    titles,
    to_the_left,
)
from kring.experiments.casebook.rotterdam.sums import trajectories, who_entered
from kring.experiments.observations.table import against_evidence, as_studies
from kring.experiments.reading.answer import ITEM
from kring.experiments.reading.base import Draw, Reading
from kring.experiments.reading.sentences import join
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import _
from kring.experiments.text.numbers import capital
from kring.simulation.rows import ENTRANCES


class RotterdamReading(Reading):
    """How many published figures come out, those that had no say in the fit first."""

    def tables(self, plan: Plan, tables: Tables) -> Tables:
        """The study against what was published, week by week, and who entered."""
        studies = tables["studies"].drop(columns="run")
        registers = as_studies(tables["registers"].drop(columns="run"))
        fit = pd.concat([against_evidence(studies), against_evidence(registers)])
        fit = fit.sort_values("id", ignore_index=True)
        weekly = tables["weekly"]
        weekly = weekly[weekly["entrance"].isin(ENTRANCES)].drop(columns="run")
        mean = weekly.groupby(["entrance", "week"], as_index=False).mean()
        return {
            "table": fit[COLUMNS],
            "fit": fit[["id", *COLUMNS, "role", "deviation", "fits"]],
            "trajectories": trajectories(mean, tables["spread"]),
            "weekly_means": mean,
            "who_entered": who_entered(tables["entrants"], len(tables["runs"])),
        }

    def figures(self, plan: Plan, tables: Tables) -> Mapping[str, Draw]:
        """Trajectories of both routes, supporters, and the table as a picture."""
        table = tables["trajectories"]
        return {
            **{outcome: partial(trajectory_chart, table, outcome) for outcome in PUBLISHED},
            "table": lambda: table_chart(tables["fit"]),
        }

    def printed(self, plan: Plan, tables: Tables) -> str:
        """The study's table, to print before the reading."""
        table = readable(tables["fit"])
        text = table.to_string(index=False, justify="left", formatters=to_the_left(table))
        return f"{text}\n"

    def lines(self, plan: Plan, tables: Tables) -> Iterable[str]:
        """What fits and what does not, by role."""
        fit = comparable(tables["fit"])
        for role, name in (("calibrate", "fitted rows"), ("validate", "rows never fitted")):
            part = fit[fit["role"] == role]
            yield f"Of {len(part)} {name}, {int(part['inside'].sum())} lie inside the interval."
            for row in part[~part["inside"]].itertuples():
                yield f"- Outside: {row.statistic} ({row.group}, {row.moment})."
        numbers = fit[fit["published"].notna()]
        off = numbers[(numbers["role"] == "calibrate") & ~numbers["fits"] & numbers["inside"]]
        for row in off.itertuples():
            what = f"{row.statistic} ({row.group}, {row.moment})"
            yield f"- More than 10% from the published mean: {what}: {row.deviation:+.0%}."

    def answer(self, plan: Plan, tables: Tables) -> str:
        """How many published figures lie inside, those that had no say first, and which do not."""
        fit = comparable(tables["fit"])
        free, used = (fit[fit["role"] == role] for role in ("validate", "calibrate"))
        counts = _(
            "of {n} published figures that had no say in choosing the strengths of the mechanisms, "
            "{k} lie where 95 of 100 such small studies come out, and of {m} by which they were "
            "chosen {j} do."
        ).format(n=len(free), k=free["inside"].sum(), m=len(used), j=used["inside"].sum())
        both = pd.concat([free, used])
        names = [in_a_sentence(row) for row in both[~both["inside"]].itertuples()]
        if not names:
            return join(counts, _("none lies outside."))
        return "\n".join([capital(counts), _("Outside lie:"), *(ITEM + name for name in names)])

    def page_tables(self, plan: Plan, tables: Tables) -> Sequence[tuple[str, pd.DataFrame]]:
        """The study's table: what had no say, what was used to choose, what was put in."""
        fit = tables["fit"]
        return [(title, on_page(fit[fit["role"] == role])) for role, title in titles().items()]
