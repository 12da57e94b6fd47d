"""Options: a study as the command line wants it: smaller, with other seeds or strengths."""

from dataclasses import dataclass
from typing import Any

from kring.experiments.study.own_clients import without_people
from kring.experiments.study.settings import town_of
from kring.experiments.study.spec import SAMPLED, Study
from kring.experiments.study.strengths import TOWNS_A_SET, named, sets_lived
from kring.simulation.errors import KringError

QUICK_CLIENTS, QUICK_SETS, QUICK_SEEDS, QUICK_POINTS = 600, 20, 3, 8
QUICK_COUNTRY = {"municipalities": 40, "clients": 2400}


@dataclass(frozen=True)
class Options:
    """What is otherwise than in a study file.

    Attributes
    ----------
    quick : bool
        A small version, to see that all works: at most 600 clients, those of a town's past among
        them, 20 sets, 8 points; of a single set 3 towns.
    clients, sets, seeds, first_seed : int, optional
        Other numbers of clients, of sets and of towns for each, and another first seed.
    parameters : str, optional
        Other strengths: an ensemble, a single set by name, or a set of the ensemble by number.
    large : bool
        Whether more runs are meant than one asks for by mistake.
    clients_from, ties_from : str, optional
        A table of one's own clients, in place of those of the town, and one of their networks.
    """

    quick: bool = False
    clients: int | None = None
    sets: int | None = None
    seeds: int | None = None
    first_seed: int | None = None
    parameters: str | None = None
    large: bool = False
    clients_from: str | None = None
    ties_from: str | None = None

    def applied_to(self, study: Study) -> dict[str, Any]:
        """The keys of the study with these options."""
        changes: dict[str, Any] = {}
        if self.ties_from and not self.clients_from:
            raise KringError("--ties-from: whose ties they are, a table says: add --clients-from")
        if self.clients_from:
            changes["town"] = with_people_from(study, self.clients_from, self.ties_from)
        if self.clients:
            table = "country" if study.country else "town"
            keys = changes.get(table) or getattr(study, table).model_dump(exclude_unset=True)
            changes[table] = {**keys, "clients": self.clients}
        if self.parameters:
            changes["parameters"] = study.parameters.model_dump() | start_from(self.parameters)
        given = {"sets": self.sets, "seeds": self.seeds, "first_seed": self.first_seed}
        changes |= {name: value for name, value in given.items() if value is not None}
        content = {**study.model_dump(exclude_unset=True), **changes}
        return content | (smaller(Study.model_validate(content)) if self.quick else {})


def with_people_from(study: Study, clients: str, ties: str | None) -> dict[str, Any]:
    """The town of a study with the people of other tables."""
    keys = without_people(study.town.model_dump(exclude_unset=True))
    return keys | {"clients_from": clients} | ({"ties_from": ties} if ties else {})


def start_from(parameters: str) -> dict[str, Any]:
    """What strengths start from: an ensemble or a set by name, or a set by its number."""
    return {"set": int(parameters)} if parameters.isdigit() else {"preset": parameters, "set": None}


def smaller(study: Study) -> dict[str, Any]:
    """The keys of a study that are otherwise in its small version."""
    towns = (
        TOWNS_A_SET if any(sets_lived(study, preset) for preset in named(study)) else QUICK_SEEDS
    )
    changes: dict[str, Any] = {"seeds": min(study.seeds or towns, towns)}
    if study.vary.design not in SAMPLED:
        changes["sets"] = min(study.sets or QUICK_SETS, QUICK_SETS)
    if study.country:
        changes["country"] = {**study.country.model_dump(), **QUICK_COUNTRY}
    elif not study.town.clients_from:
        town, keys = town_of(study, study.policies[0]), study.town.model_dump(exclude_unset=True)
        spans = town.peopled(study.weeks).entry_weeks / town.entry_weeks  # more where it has a past
        changes["town"] = {**keys, "clients": min(town.clients, round(QUICK_CLIENTS / spans))}
    if study.vary.design in SAMPLED:
        vary = study.vary.model_dump(exclude_unset=True)
        changes["vary"] = {**vary, "points": min(study.vary.points, QUICK_POINTS)}
    return changes
