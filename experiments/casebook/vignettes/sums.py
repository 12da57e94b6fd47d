"""The study's three vignettes: whom each is about, and the sum that leads to what a case saves."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from kring.experiments.analyses.paired import over_sets, runs_of
from kring.experiments.measures.money import paid_here
from kring.experiments.study.plan import Plan
from kring.experiments.text.language import Word
from kring.simulation.evidence import figure

WORKED = 0.5  # of the need is met by the network: its support worked
COMPONENTS = {  # what is paid, by column of the cases
    "foster_care": Word("foster care", "pleegzorg"),
    "inquiry": Word("inquiry", "raadsonderzoek"),
    "conference": Word("conference", "conferentie"),
    "provisions": Word("provisions", "voorzieningen"),
    "agencies": Word("agencies", "instellingen"),
}
NET = Word("net saving", "netto besparing")
CASH = Word("of which cash of the municipality", "waarvan uitgaven van de gemeente")
TIME = Word(
    "time of the team freed, could be worth", "vrijgekomen tijd van het team, waarde hoogstens"
)
KIND_OF = {  # of money, as payers have it, by column of the cases
    "foster_care": "placement", "inquiry": "inquiry", "conference": "conference",
    "provisions": "provision", "agencies": "specialist",
}  # fmt: skip


class Vignette(NamedTuple):
    """One vignette.

    Attributes
    ----------
    evidence : str
        The published figure.
    about : Word
        What it is about.
    applies : callable
        Takes the cases of both policies, client by client, with columns ending in `_before` (the
        team as it is) and `_after` (the conference), and answers which are meant.
    """

    evidence: str
    about: Word
    applies: Callable[[pd.DataFrame], pd.Series]


def foster_care_avoided(cases: pd.DataFrame) -> pd.Series:
    """Children placed under the team as it is who are not with the conference."""
    return (cases["weeks_of_care_before"] > 0) & (cases["weeks_of_care_after"] == 0)


def adult_with_household(cases: pd.DataFrame) -> pd.Series:
    """Adults with mental-health complaints whose household or papers the network runs.

    With the team as it is, a provision does that; with the conference none is needed.
    """
    provided = cases["has_household_help_before"] | cases["has_administration_before"]
    carried = ~cases["has_household_help_after"] & ~cases["has_administration_after"]
    adult = ~cases["children_before"] & cases["had_mental_health_before"]
    return adult & provided & carried


def conflict_divorce(cases: pd.DataFrame) -> pd.Series:
    """Those with a conflict at home that reaches the children, whom the network looks after.

    With the team as it is, the family is guided by a provision; no foster care either way.
    """
    supervised = cases["has_family_guidance_before"] & ~cases["has_family_guidance_after"]
    placed = (cases["weeks_of_care_before"] > 0) | (cases["weeks_of_care_after"] > 0)
    return cases["had_domestic_relations_before"] & supervised & ~placed


VIGNETTES = (
    Vignette(
        "E33",
        Word("network support avoids foster care", "steun voorkomt pleegzorg"),
        foster_care_avoided,
    ),
    Vignette(
        "E34",
        Word("network runs household and paperwork", "netwerk doet huishouden en papieren"),
        adult_with_household,
    ),
    Vignette(
        "E35",
        Word(
            "network supervises after a conflict divorce",
            "netwerk houdt toezicht na een vechtscheiding",
        ),
        conflict_divorce,
    ),
)


def sums(plan: Plan, runs: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """The sum of each vignette: saved by component, net, its interval, and the published figure."""
    team, conference = plan.policies[:2]
    before, after = (
        cases.merge(runs_of(runs, policy.name)[["run", "seed"]]).drop(columns="run")
        for policy in (team, conference)
    )
    both = before.merge(after, on=["seed", "client"], suffixes=("_before", "_after"))
    worked = both[both["network_help_after"] >= WORKED]
    return pd.concat([sum_of(plan, one, worked[one.applies(worked)]) for one in VIGNETTES])


def less(cases: pd.DataFrame, column: str) -> pd.Series:
    """How much less each case costs with the conference, by column of the cases."""
    return cases[f"{column}_before"] - cases[f"{column}_after"]


def sum_of(plan: Plan, vignette: Vignette, cases: pd.DataFrame) -> pd.DataFrame:
    """What a vignette's cases save on average, by component and net; over towns or sets.

    Hours of the team are paid all the same: they are in no saving.
    """
    saved = pd.DataFrame({c: less(cases, c) for c in COMPONENTS})
    own = pd.Series({c: paid_here().get(f"spent_{kind}", 0.0) for c, kind in KIND_OF.items()})
    saved[NET.en], saved[CASH.en] = saved.sum(axis=1), saved @ own
    saved[TIME.en] = less(cases, "team")
    saved = saved.rename(columns={c: word.en for c, word in COMPONENTS.items()})
    rows = []
    for c in saved:
        by_town = over_sets(plan, saved[c].groupby(cases["seed"]).mean())
        rows.append((c, saved[c].mean(), by_town.low, by_town.high))
    table = pd.DataFrame(rows, columns=["component", "eur", "low", "high"])
    table.insert(0, "vignette", vignette.evidence)
    table.insert(1, "about", vignette.about.en)
    table["cases"] = len(cases)
    table["published"] = np.where(table["component"] == NET.en, figure(vignette.evidence), np.nan)
    return table
