"""What an extension knows in a run: a row for each client, tie, ..., and its weekly sums."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from typing import Any, Protocol, Self

import numpy as np

from kring.simulation.behaviour import places
from kring.simulation.beside import DECLARED, beginnings
from kring.simulation.columns import WORDS
from kring.simulation.episodes import KINDS
from kring.simulation.errors import KringError
from kring.simulation.extensions.behaviours import OwnBehaviour
from kring.simulation.extensions.extension import HOLDERS, MOST_OF_ONE_KIND, Extension
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policies, Policy
from kring.simulation.rows import CLIENT, ENTRANCES, TIE, World


class Portion(Protocol):
    """Some teams of a world, as `living` has them."""

    world: World
    own_sums: list[np.ndarray]


ROWS = dict(zip(HOLDERS, ("clients", "ties", "members", "professionals", "teams"), strict=True))
FIRST_KIND = len(KINDS)  # number of the first kind of episode that isn't Kring's


def rows_of(extension: Extension, of: str, n: int) -> np.ndarray:
    """A row for each of so many, with what its columns begin with."""
    rows = np.zeros(n, extension.row_type(of))
    for column in extension.columns:
        if column.of == of:
            rows[column.name] = column.begins
    return rows


class OwnRows:
    """The rows of some extensions in one run.

    Parameters
    ----------
    extensions : sequence of Extension
        Those that are loaded.
    world : World
        The people.
    """

    def __init__(self, extensions: tuple[Extension, ...], world: World) -> None:
        self.extensions = extensions
        self.records: list[Any] = []  # by portion: what is called where
        self.addresses: dict[OwnBehaviour, int] = {}  # of machine code, in this process
        self.tables: list[dict[str, np.ndarray]] = [
            {of: rows_of(one, of, len(getattr(world, rows))) for of, rows in ROWS.items()}
            for one in extensions
        ]

    def __getstate__(self) -> dict[str, Any]:
        return vars(self) | {"addresses": {}}

    def know(self, policies: Iterable[Policy], parameters: Parameters | None) -> None:
        """Refuse a lever or a strength that nothing here listens to.

        Raises
        ------
        KringError
            If its extension isn't loaded, as in another process.
        """
        own = {name for one in self.extensions for name in (*one.levers, *one.strengths)}
        for given in (*policies, *([parameters] if parameters else [])):
            for name in sorted(vars(given).keys() - type(given).model_fields.keys() - own):
                of = [DECLARED[name]] if name in DECLARED else beginnings(name)
                raise KringError(
                    f"the {given.kind} has {name!r}, of the extension "
                    f"{' or '.join(map(repr, of))}, which isn't loaded here: load that first"
                )

    @contextmanager
    def stops_told(self) -> Iterator[None]:
        """Say in a line that compiled code was stopped: by a row that isn't there."""
        try:
            yield
        except RuntimeError:
            if not self.extensions:
                raise
            names = " or ".join(one.name for one in self.extensions)
            raise KringError(
                f"{names} asks for a row that isn't there, by a number out of range: with "
                "NUMBA_DISABLE_JIT=1 before the command, and a small town, Python says in which "
                "line"
            ) from None

    def branched(self) -> Self:
        """The same in memory of its own."""
        other = copy(self)
        other.tables = [{of: rows.copy() for of, rows in each.items()} for each in self.tables]
        return other

    def put_at_work(
        self,
        world: World,
        portions: Sequence[Portion],
        policies: list[Policy],
        parameters: Parameters,
    ) -> None:
        """Let every portion call what the extensions put at each place."""
        beside, first_kind = places.none(), FIRST_KIND
        calls = sorted(
            (behaviour.place, number, i, behaviour)
            for number, one in enumerate(self.extensions)
            for i, behaviour in enumerate(one.all_behaviours())
        )
        self.holds: list[Any] = []  # what is pointed at has to stay
        for number, one in enumerate(self.extensions):
            tables = dict(self.tables[number])
            tables["levers"] = levers_of(one, policies)
            tables["strengths"] = strengths_of(one, parameters)
            tables["kinds"] = np.array(
                [tuple(range(first_kind, first_kind + len(one.episodes)))], one.row_type("kinds")
            )
            first_kind += len(one.episodes)
            beside.room += len(one.episodes) * MOST_OF_ONE_KIND
            for table, rows in tables.items():
                beside.own[number, places.TABLES.index(table)] = rows.ctypes.data
            self.holds.append(tables)
        for i, (_, number, _, behaviour) in enumerate(calls):
            if behaviour not in self.addresses:
                self.addresses[behaviour] = behaviour.address(world)
            beside.address[i] = self.addresses[behaviour]
            beside.extension[i] = number
        at = [place for place, *_ in calls]
        beside.first = np.searchsorted(at, np.arange(places.N_PLACES + 1))
        self.records = []
        for portion in portions:
            own = np.array([beside]).view(np.recarray)[0]  # of one record it makes no copy
            for number, sums in enumerate(portion.own_sums):
                own.own[number, places.TABLES.index("sums")] = sums.ctypes.data
            portion.world = portion.world._replace(extensions=own)
            self.records.append(own)

    def check(self, portions: Sequence[Portion]) -> None:
        """Refuse a run in which more was told than there was room for, or an outcome is no number.

        Raises
        ------
        KringError
            If an extension writes too many episodes, or a column with an outcome isn't finite.
        """
        for portion in portions:
            for one, sums in zip(self.extensions, portion.own_sums, strict=True):
                for column in sums.dtype.names or ():
                    if not np.isfinite(sums[column]).all():
                        raise KringError(
                            f"{one.name}: the column {column!r} of a client, of which it has an "
                            "outcome, became no number (NaN) or endless"
                        )
            self.check_codes(portion.world)
        if any(record.lost for record in self.records):
            names = " or ".join(one.name for one in self.extensions)
            raise KringError(
                f"{names} tells more than {MOST_OF_ONE_KIND} episodes of one kind of a client in a "
                "week"
            )

    def check_codes(self, world: World) -> None:
        """Refuse a code for which there is no word, which only an extension can have written."""
        for of, columns in (("client", CLIENT), ("tie", TIE)):
            rows = getattr(world, ROWS[of])
            for name, _, unit, _ in columns if self.extensions and len(rows) else ():
                most = int(rows[name].max()) if unit in WORDS else 0
                if most >= len(WORDS.get(unit, "?")):
                    names = " or ".join(one.name for one in self.extensions)
                    raise KringError(
                        f"{names}: {name} of a {of} became {most}, for which there is no word"
                    )

    def no_sums(self) -> list[np.ndarray]:
        """Weekly sums by route of entry, of no weeks yet, for each extension."""
        return [np.zeros((0, len(ENTRANCES)), one.row_type("sums")) for one in self.extensions]

    def sums_of(self, portions: Sequence[Portion], weeks: slice) -> list[np.ndarray]:
        """Weekly sums of the own outcomes, a column each, portion by portion."""
        found = []
        for portion in portions:
            sums = {
                outcome.name: own[weeks][outcome.column.removeprefix(f"{one.name}_")]
                for one, own in zip(self.extensions, portion.own_sums, strict=True)
                for outcome in one.outcomes
            }
            if sums:
                shape = next(iter(sums.values())).shape
                found.append(np.empty(shape, [(name, "f8") for name in sums]))
                for name, values in sums.items():
                    found[-1][name] = values
        return found

    def columns_of(self, rows: str) -> dict[str, np.ndarray]:
        """The own columns beside a table of the world, as others call them; read and written."""
        of = next(of for of, name in ROWS.items() if name == rows)
        return {
            f"{one.name}_{name}": table[of][name]
            for one, table in zip(self.extensions, self.tables, strict=True)
            for name in table[of].dtype.names or ()
        }

    def beside(self, world: World) -> World:
        """The world with the own columns of clients and ties beside Kring's."""
        wide: dict[str, Any] = {}
        for rows in ("clients", "ties"):
            if own := self.columns_of(rows):
                wide[rows] = widened(getattr(world, rows), own)
        return world._replace(**wide) if wide else world


def widened(rows: np.ndarray, own: Mapping[str, np.ndarray]) -> np.recarray:
    """Rows with further columns."""
    kind = [(name, rows.dtype[name]) for name in rows.dtype.names or ()]
    wide = np.empty(len(rows), np.dtype([*kind, *((n, v.dtype) for n, v in own.items())]))
    for name, values in own.items():
        wide[name] = values
    for name, _ in kind:
        wide[name] = rows[name]
    return wide.view(np.recarray)


def levers_of(extension: Extension, policies: list[Policy]) -> np.ndarray:
    """Its levers, a record for each policy that is met."""
    told = [tuple(own_values(extension, Policy, policy)) for policy in policies]
    return np.array(told, extension.row_type("levers"))


def strengths_of(extension: Extension, parameters: Parameters) -> np.ndarray:
    """Its strengths, in one record."""
    return np.array(
        [tuple(own_values(extension, Parameters, parameters))], extension.row_type("strengths")
    )


def own_values(extension: Extension, kind: Any, given: Any) -> list[float]:
    """The values of its quantities; settings from before it was loaded have the usual ones."""
    declared = extension.quantities[kind]
    return [float(vars(given).get(name, field.default)) for name, field in declared.items()]


def policies_in_order(policy: Policies | None, teams: Mapping[int, Policy]) -> list[Policy]:
    """The policies that people and teams meet, in the order of the world's rows."""
    if policy is None:
        return [Policy()]
    found = dict(policy) if isinstance(policy, Mapping) else dict.fromkeys(ENTRANCES, policy)
    return [*(found[name] for name in ENTRANCES), *teams.values()]
