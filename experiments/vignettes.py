"""The study's three vignettes, from simulated events and prices: the sum that leads to each.

The same clients come in in the same month, once with the team as it is and once with a conference
offered to all, and live a year. Of those to whom a vignette applies, and for whose household the
network's support worked, what was spent in that year under both is laid side by side by kind. The
published figures (E33 to E35, role 'validate') are least net savings of such a case.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from experiments.experiment import Setting
from simulation import episodes
from simulation.comparison import interval
from simulation.evidence import figure
from simulation.field import DOMAINS
from simulation.parameters import Parameters
from simulation.policy import Policy
from simulation.result import Result
from simulation.run import simulate
from simulation.town import Town
from simulation.world import settle

WEEKS = 56  # a year after the month in which they come
YEAR = 52
WORKED = 0.5  # of the need is met by the network: its support worked
TEAM = Policy.preset("wijkteam")
CONFERENCE = Policy.preset("eigen_kracht", uptake=1)
COMPONENTS = ("foster care", "inquiry", "conference", "guidance and team")


class Vignette(NamedTuple):
    """One vignette: evidence, what it is about, and to whom it applies.

    `applies` takes the clients at the start, their placements under either policy and returns which
    clients are meant.
    """

    evidence: str
    about: str
    applies: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


def has(rows: np.ndarray, domain: str) -> np.ndarray:
    """Which clients have a problem in a domain."""
    return rows["level"][:, DOMAINS.index(domain)] > 0


def adult_with_household(rows: np.ndarray, before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Adults without children with mental-health complaints whose household or papers suffer."""
    burden = has(rows, "daily_living") | has(rows, "finances")
    return (rows["children"] == 0) & has(rows, "mental_health") & burden


def conflict_divorce(rows: np.ndarray, before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Parents with a conflict at home that reaches the children; no foster care either way."""
    children = has(rows, "parenting") | has(rows, "youth")
    return has(rows, "domestic_relations") & children & (before == 0) & (after == 0)


def foster_care_avoided(rows: np.ndarray, before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Children placed under the team as it is who are not with the conference."""
    return (before > 0) & (after == 0)


VIGNETTES = (
    Vignette("E33", "network support avoids foster care", foster_care_avoided),
    Vignette("E34", "network runs household and paperwork", adult_with_household),
    Vignette("E35", "network supervises after a conflict divorce", conflict_divorce),
)


def placement_weeks(result: Result, *, lived: bool = False) -> np.ndarray:
    """Weeks of foster care by client: of its first year, or only those lived until the end."""
    rows = result.episode_rows[result.episode_rows["kind"] == episodes.PLACEMENT]
    most = WEEKS - rows["week"] - 1 if lived else YEAR
    weeks = np.minimum(rows["amount"], most)
    return np.bincount(rows["client"], weights=weeks, minlength=len(result.client_rows))


def components(result: Result, town: Town) -> pd.DataFrame:
    """EUR by client and component: of the year lived, and of foster care its first year."""
    rows = result.episode_rows[result.episode_rows["kind"] == episodes.PLACEMENT]
    times = np.bincount(rows["client"], minlength=len(result.client_rows))
    met = result.client_rows["conference"] & (result.client_rows["attended"] > 0)
    inquiry = times * town.inquiry_hours * town.price_specialist
    conference = met * town.price_conference
    lived = placement_weeks(result, lived=True) * town.price_placement
    return pd.DataFrame(
        {
            "foster care": placement_weeks(result) * town.price_placement,
            "inquiry": inquiry,
            "conference": conference,
            "guidance and team": result.client_rows["cost"] - lived - inquiry - conference,
        }
    )


def vignette_table(
    setting: Setting, parameters: Parameters, progress: Callable[[int], Any]
) -> pd.DataFrame:
    """The sum of each vignette: saved by component, net, its interval, and the published figure.

    Returns
    -------
    DataFrame
        ``vignette, about, component, clients, eur, low, high, published, prices``: a row a
        component, and one for the net saving (EUR per case; positive is saved).
    """
    town = Town.preset("rotterdam", clients=setting.clients, entry_weeks=4, conference_share=0)
    found: dict[str, list[pd.DataFrame]] = {v.evidence: [] for v in VIGNETTES}
    for seed in setting.seeds:
        people = settle(town, parameters, seed)
        before, after = (
            simulate(people, policy, WEEKS, seed, parameters=parameters)
            for policy in (TEAM, CONFERENCE)
        )
        progress(2)
        saved = components(before, town) - components(after, town)
        worked = after.client_rows["network_help"] >= WORKED
        weeks = placement_weeks(before), placement_weeks(after)
        for vignette in VIGNETTES:
            meant = vignette.applies(people.clients, *weeks) & worked
            found[vignette.evidence].append(saved[meant])
    return pd.concat([sums(v, pd.concat(found[v.evidence])) for v in VIGNETTES])


def sums(vignette: Vignette, cases: pd.DataFrame) -> pd.DataFrame:
    """What a vignette's cases save, by component and net."""
    net = cases.sum(axis=1)
    rows = [(c, *(interval(cases[c]) if len(cases) else (np.nan,) * 3)) for c in COMPONENTS]
    rows.append(("net saving", *(interval(net) if len(cases) else (np.nan,) * 3)))
    table = pd.DataFrame(rows, columns=["component", "eur", "low", "high"])
    table.insert(0, "vignette", vignette.evidence)
    table.insert(1, "about", vignette.about)
    table["cases"] = len(cases)
    table["published"] = np.where(
        table["component"] == "net saving", figure(vignette.evidence), np.nan
    )
    return table


def vignette_lines(table: pd.DataFrame) -> list[str]:
    """Each vignette as a sum, and how it compares with the published figure."""
    lines = ["The study's vignettes, from simulated events and prices (EUR in the first year):"]
    for name, part in table.groupby("vignette", sort=False):
        by = part.set_index("component")
        net = by.loc["net saving"]
        if not net.cases:
            lines.append(f"- {name}, {net.about}: no such case in the towns drawn.")
            continue
        said = " ".join(f"{by.loc[c].eur:+,.0f} {c}" for c in COMPONENTS)
        published = float(net.published)
        verdict = "reached" if net.eur >= published else "NOT reached"
        lines.append(
            f"- {name}, {net.about}: {said} = {net.eur:+,.0f} ({net.low:+,.0f} to "
            f"{net.high:+,.0f}; {net.cases} cases); published: at least {published:,.0f}, "
            f"{verdict}."
        )
    return lines
