"""Long tables: what a run can keep beside its outcomes, many rows a run."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from kring.experiments.measures.base import YEAR
from kring.experiments.measures.groups import FEWEST, GROUPS, by_group, without_few
from kring.experiments.measures.money import three_measures
from kring.experiments.measures.year_before import YEAR_BEFORE, year_before
from kring.experiments.observations.interviews import repeat_survey
from kring.experiments.observations.measure import CLIENTS, followed
from kring.simulation import episodes
from kring.simulation.comparison import by_entrance
from kring.simulation.errors import KringError
from kring.simulation.field import DOMAINS, N_PROVISIONS, PROVISIONS, TIE_KINDS
from kring.simulation.outcomes import MUNICIPAL_NAMES
from kring.simulation.result import Result
from kring.simulation.rows import ENTRANCES, World
from kring.simulation.survey import DRAWN, WAVES, eligible
from kring.simulation.town import Town
from kring.simulation.world import settle

PROVISION_COLUMNS = [name.replace(" ", "_") for name in PROVISIONS]
REPEATS = 100  # surveys held in each simulated town


class LongTable(NamedTuple):
    """One long table.

    Attributes
    ----------
    about : str
        What a row is.
    of : callable
        ``of(result, town)`` gives the table; of one beside the first policy
        ``of(result, town, first)``, with the table `ends` of the same people under that.
    keep : tuple of int
        Weeks of which everything known of the clients must be kept.
    episodes : bool
        Whether it reads what happened to whom.
    is_of_clients : bool
        Whether a row is a client: none is written of people of one's own.
    is_beside_first : bool
        Whether it says how a run differs from the first policy's on the same people.
    """

    about: str
    of: Callable[..., pd.DataFrame]
    keep: tuple[int, ...] = ()
    episodes: bool = False
    is_of_clients: bool = False
    is_beside_first: bool = False


def of_enough(table: pd.DataFrame, people: str, town: Town) -> pd.DataFrame:
    """The rows of a table, of people of one's own those about at least `FEWEST` of them.

    The column ``people`` says about how many a row is.
    """
    if town.clients_from is None:
        return table
    return table[table[people] >= FEWEST].reset_index(drop=True)


def weekly(result: Result, town: Town) -> pd.DataFrame:
    """Every outcome, week by week, of all clients and by route of entry."""
    return of_enough(by_entrance(result), "entered", town)


def as_settled(result: Result, town: Town) -> World:
    """The people of a run before anything happened."""
    return settle(town.peopled(result.weeks), result.parameters, result.seed)


def ends(result: Result, town: Town) -> pd.DataFrame:
    """How many problems each client ends with, what each was before, and what came of an offer."""
    rows, start = result.client_rows, as_settled(result, town)
    n = len(rows)
    nearest = np.full(n, len(TIE_KINDS), np.int8)
    np.minimum.at(nearest, np.repeat(np.arange(n), start.clients["n_ties"]), start.ties["kind"])
    met, accepted, proposed = rows["attended"] > 0, rows["accepted"], rows["proposed"]
    table = pd.DataFrame(
        {
            "client": np.arange(n, dtype=np.int32),
            "problems": rows["problems"].astype(np.int8),
            "problems_at_entry": rows["problems_at_entry"],
            "children": rows["children"],
            "age": rows["age"],
            "ties": start.clients["n_ties"],
            "nearest": nearest,
            "offer": np.select([met, accepted, proposed], [3, 2, 1]).astype(np.int8),
        }
    )
    return table[result.here]


def groups(result: Result, town: Town, first: pd.DataFrame) -> pd.DataFrame:
    """How many of each group end with fewer and with more problems than under the first policy."""
    own, usual = (table.assign(seed=result.seed) for table in (ends(result, town), first))
    counted = by_group(own, usual).drop(columns="seed")
    return counted if town.clients_from is None else without_few(counted)


def books(result: Result, town: Town) -> pd.DataFrame:
    """The books of teams and money, summed by year, and the three measures of money in them."""
    year = (result.municipality["week"] - 1) // YEAR + 1
    books = result.municipality[list(MUNICIPAL_NAMES)].groupby(year.rename("year")).sum()
    return books.join(three_measures(books, result.price_regular)).reset_index()


def studies(result: Result, town: Town) -> pd.DataFrame:
    """The Rotterdam study, held a hundred times among these clients."""
    if result.weeks != WAVES[1]:
        raise KringError(f"tables: 'studies' takes {WAVES[1]} weeks, the study's two waves")
    for group in DRAWN:
        if not len(eligible(result, group)):
            raise KringError(
                f"tables: 'studies' has nobody to interview by the route {group}; take more "
                "clients, or a larger conference_share"
            )
    return repeat_survey(result, REPEATS)


def registers(result: Result, town: Town) -> pd.DataFrame:
    """What registers and other studies found, measured in a smaller town of the same kind."""
    smaller = town.replace(clients=CLIENTS, clients_from=None)
    return pd.DataFrame([followed(smaller, result.parameters, result.seed)])


def spread(result: Result, town: Town) -> pd.DataFrame:
    """How many clients have how many problems, week by week, by route of entry."""
    weeks, routes, counts = result.spread.shape
    week, route = np.indices((weeks, routes)).reshape(2, -1)
    table = pd.DataFrame(
        result.spread.reshape(-1, counts), columns=[f"with_{n}" for n in range(counts)]
    )
    table["people"] = table.sum(axis=1)
    table.insert(0, "week", week + 1)
    table.insert(1, "entrance", np.array(ENTRANCES, object)[route])
    return of_enough(table, "people", town).drop(columns="people")


def entrants(result: Result, town: Town) -> pd.DataFrame:
    """Who came by each route of entry: means of what they were before anything was done."""
    rows = []
    for i, entrance in enumerate(ENTRANCES):
        part = result.client_rows[result.client_rows["entrance"] == i]
        if len(part):
            rows.append(
                {
                    "entrance": entrance,
                    "clients": len(part),
                    "problems_at_entry": part["problems_at_entry"].mean(),
                    "low_education": part["low_education"].mean(),
                    "assistance": part["assistance"].mean(),
                    "with_children": (part["children"] > 0).mean(),
                    "latent_network": part["n_ties"].mean(),
                }
            )
    return of_enough(pd.DataFrame(rows), "clients", town)


def cases(result: Result, town: Town) -> pd.DataFrame:
    """What each client was like at the start, was helped by, and cost, by component (EUR).

    Foster care and provisions are those of their first year, be it lived or not; the rest is what
    was spent. What agencies cost is known of the town: it is divided over whom they took in, by
    what these cost beside.
    """
    world = as_settled(result, town)
    start, n = world.clients, len(world.clients)
    placed = result.episode_rows[result.episode_rows["kind"] == episodes.PLACEMENT]
    has, granted, provided = provisions_granted(result, world.provisions, n)
    left = result.weeks - placed["week"] - 1

    def weeks_of_care(most: np.ndarray | int) -> np.ndarray:
        weeks = np.minimum(placed["amount"], most)
        return np.bincount(placed["client"], weights=weeks, minlength=n)

    times = np.bincount(placed["client"], minlength=n)
    met = result.client_rows["conference"] & (result.client_rows["attended"] > 0)
    inquiry = times * town.inquiry_hours * town.price_specialist
    conference = met * town.price_conference
    lived = weeks_of_care(left) * town.price_placement
    had = {f"had_{name}": start["level"][:, i] > 0 for i, name in enumerate(DOMAINS)}
    hours = result.client_rows["cost"] - lived - inquiry - conference - provided
    agencies = of_agencies(result, hours)
    return pd.DataFrame(
        {
            "client": np.arange(n, dtype=np.int32),
            "children": start["children"] > 0,
            **had,
            **{f"has_{name}": has[:, i] for i, name in enumerate(PROVISION_COLUMNS)},
            "network_help": result.client_rows["network_help"],
            "weeks_of_care": weeks_of_care(YEAR),
            "foster_care": weeks_of_care(YEAR) * town.price_placement,
            "inquiry": inquiry,
            "conference": conference,
            "provisions": granted,
            "agencies": agencies,
            "team": hours - agencies,
        }
    )


def of_agencies(result: Result, hours: np.ndarray) -> np.ndarray:
    """Which part of what each client's hours cost (EUR) was paid to agencies."""
    taken_in = result.episode_rows[result.episode_rows["kind"] == episodes.REFERRAL]["client"]
    theirs = np.where(np.isin(np.arange(len(hours)), taken_in), hours, 0.0)
    spent = float(result.municipality["spent_specialist"].sum())
    part: np.ndarray = theirs * min(1.0, spent / max(float(theirs.sum()), 1e-9))
    return part


def provisions_granted(
    result: Result, one: np.record, clients: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What provisions each client had: which, what their first year costs, and what was paid.

    Returns
    -------
    tuple of ndarray
        Shape (clients, kinds), yes or no; and twice (clients,), EUR.
    """
    decided = result.episode_rows[result.episode_rows["kind"] == episodes.PROVISION]
    grants = decided[decided["detail"] < N_PROVISIONS]
    who, kind = grants["client"], grants["detail"]
    price = one["hours"] * one["tariff"]
    has = np.zeros((clients, N_PROVISIONS), bool)
    has[who, kind] = True
    first_year = has @ (price * np.minimum(one["weeks"], YEAR))
    lived = np.minimum(one["weeks"][kind], result.weeks - grants["week"]) * price[kind]
    return has, first_year, np.bincount(who, weights=lived, minlength=clients)


LONG_TABLES: dict[str, LongTable] = {
    "weekly": LongTable("a week: every outcome, of all and by route of entry", weekly),
    "ends": LongTable(
        "a client: problems at the end, what (s)he was before, what came of an offer",
        ends,
        is_of_clients=True,
    ),
    GROUPS: LongTable(
        "a group of clients: how many end better and worse off than under the first policy",
        groups,
        is_beside_first=True,
    ),
    "books": LongTable(
        "a year: the books of teams and money; cash, time and cost to others",
        books,
    ),
    YEAR_BEFORE: LongTable(
        "what a town that runs already has in each half of the year before week 1", year_before
    ),
    "studies": LongTable(
        "a repeat of the Rotterdam study: what it finds", studies, keep=(WAVES[0],)
    ),
    "registers": LongTable("a town: the evidence that no interview gives (E68 to E75)", registers),
    "spread": LongTable("a week and route of entry: clients by number of problems", spread),
    "entrants": LongTable("a route of entry: who came by it", entrants),
    "cases": LongTable(
        "a client: problems at the start, help, cost by kind",
        cases,
        episodes=True,
        is_of_clients=True,
    ),
}
