"""An extension: mechanisms, levers, strengths, columns, episodes and outcomes of one's own."""

import hashlib
import inspect
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from kring.simulation import draws
from kring.simulation.behaviour.places import TABLES
from kring.simulation.beside import LOADED, OwnOutcome
from kring.simulation.errors import KringError, nearest, shown
from kring.simulation.extensions.asking import EACH
from kring.simulation.extensions.behaviours import (
    AddsUp,
    OwnBehaviour,
    place_of_chance,
    place_of_phase,
)
from kring.simulation.extensions.declaring import check_quantity, is_name, is_number
from kring.simulation.extensions.idle import IdleRule
from kring.simulation.extensions.written import all_called, asked_of_rows, numbers_of, source
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.rows import MAX_TIES
from kring.simulation.settings import Settings, quantity

KINDS = {"whole": "i4", "number": "f8", "yes or no": "?"}  # of a column
HOLDERS = TABLES[: TABLES.index("levers")]  # who can have columns


class OwnColumn(NamedTuple):
    """A column of one's own: whose, its name, type, unit, what it is, and how it begins."""

    of: str
    name: str
    kind: str
    unit: str
    about: str
    begins: float


class Extension:
    """Mechanisms of one's own beside Kring's, in the words of the week, at compiled speed.

    All that it declares has its name before it: a lever ``reach`` of ``visitors`` is called
    ``visitors_reach`` in studies, tables and reports. Nothing of it happens until it is loaded
    (`load`).

    Parameters
    ----------
    name : str
        A short name, such as ``visitors``.
    version : str
        Its version: it stands in the manifest of every study that uses it.
    about, about_nl : str
        What it is, in a sentence of English and of Dutch.

    Raises
    ------
    KringError
        For what is no name.

    Examples
    --------
    >>> visitors = Extension("visitors", version="1.0", about="Volunteers visit who is alone.")
    >>> visitors.lever("reach", 0.0, does="weekly chance of a visitor", nl="bereik",
    ...     unit="per week", low=0, high=1, source="assumption")
    >>> visitors.levers
    ['visitors_reach']
    """

    def __init__(
        self, name: str, *, version: str = "0", about: str = "", about_nl: str = ""
    ) -> None:
        if not is_name(name):
            raise KringError(f"an extension's name is one word, such as 'visitors': {shown(name)}")
        self.name, self.version, self.about, self.about_nl = name, version, about, about_nl
        self.quantities: dict[type[Settings], dict[str, Any]] = {Policy: {}, Parameters: {}}
        self.columns: list[OwnColumn] = []
        self.episodes: dict[str, str] = {}
        self.outcomes: list[OwnOutcome] = []
        self.decisions: list[str] = []
        self.behaviours: list[OwnBehaviour] = []
        self.idle_rules: list[IdleRule] = []
        self.adds_up: AddsUp | None = None
        self.where = ""  # the file or the name by which it was found
        self.contents: dict[Path, bytes] = {}  # of its files, as they were when it was made

    def __repr__(self) -> str:
        return f"<Extension {self.name} {self.version}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return that_is_loaded, (self.name, self.fingerprint())

    def full(self, name: str) -> str:
        """A name of this extension's as everybody else sees it."""
        if not is_name(name):
            raise KringError(
                f"{self.name}: {shown(name)} is no name here: that is one word of small letters, "
                "such as 'weeks_alone', and none of Python's or NumPy's own"
            )
        return f"{self.name}_{name}"

    def _new(self, name: str, known: Iterable[str]) -> str:
        """A name that is declared now, as everybody else sees it."""
        full = self.full(name)
        if name in known or full in known:
            raise KringError(f"{self.name}: {name} is declared twice")
        if LOADED.get(self.name) is self:
            raise KringError(f"{self.name} takes part already: declare {name} before it is loaded")
        return full

    def lever(self, name: str, default: float, /, **declared: Any) -> None:
        """Declare a lever of policies.

        Parameters
        ----------
        name : str
            Its name; in the behaviour it is ``levers.name``.
        default : float
            The value where nothing is said: one at which nothing happens.
        does, nl, unit, source : str
            What it does, its Dutch name, its unit, and where its value comes from.
        low, high : float
            The range that is admitted; ``likely=(low, high)``, the one that is plausible.
        """
        self._quantity(Policy, name, default, declared)

    def strength(self, name: str, default: float, /, **declared: Any) -> None:
        """Declare a strength of a mechanism, which isn't known exactly; as `lever`.

        With ``likely=(low, high)`` the sets of an ensemble each take a value from that range, so
        that an answer's interval holds what isn't known of it. In the behaviour it is
        ``strengths.name``.
        """
        self._quantity(Parameters, name, default, declared)

    def _quantity(
        self, of: type[Settings], name: str, default: float, declared: Mapping[str, Any]
    ) -> None:
        full = self._new(name, [*self.levers, *self.strengths])
        check_quantity(f"{self.name}: {name}", default, declared)
        field = quantity(**declared, default=float(default), extension=self.name)
        field.annotation = float
        self.quantities[of][full] = field

    @property
    def levers(self) -> list[str]:
        """Names of its levers, as a policy has them."""
        return list(self.quantities[Policy])

    @property
    def strengths(self) -> list[str]:
        """Names of its strengths, as parameters have them."""
        return list(self.quantities[Parameters])

    def idle(
        self, *levers: str, why: str, why_nl: str
    ) -> Callable[[Callable[..., bool]], Callable[..., bool]]:
        """Say when levers do nothing, so that `kring check` and reports tell who sets them.

        The function asks for what it needs of ``policy``, ``town`` and ``strengths``, and returns
        whether they do nothing there. A lever that no behaviour reads is told without.

        Parameters
        ----------
        *levers : str
            Names of levers that were declared.
        why, why_nl : str
            Why they do nothing, as the end of a sentence in English and in Dutch.

        Raises
        ------
        KringError
            For an unknown lever, and for what the function can't ask.
        """
        full = tuple(self.full(lever) for lever in levers)
        for one in full:
            if one not in self.levers:
                raise KringError(f"{self.name}: no lever {one!r}; {nearest(one, self.levers)}")

        def put(function: Callable[..., bool]) -> Callable[..., bool]:
            rule = IdleRule(f"{self.name}.{function.__name__}", full, why, why_nl, function)
            rule.check()
            self.idle_rules.append(rule)
            return function

        return put

    def unread(self) -> list[str]:
        """Levers that no behaviour reads, so that they never do anything."""
        asked = {name for one in self.behaviours for name in asked_of_rows(one.function)}
        return [name for name in self.levers if name.removeprefix(f"{self.name}_") not in asked]

    def column(
        self, of: str, name: str, kind: str, *, unit: str = "", about: str, begins: float = 0
    ) -> None:
        """Declare a column of a client, tie, member, professional or team.

        Parameters
        ----------
        of : str
            Whose: ``client``, ``tie``, ``member``, ``professional`` or ``team``.
        name : str
            Its name; in the behaviour it is ``own.name``.
        kind : str
            ``whole``, ``number`` or ``yes or no``.
        unit, about : str
            Unit, and what it is.
        begins : float
            Its value when a run begins.
        """
        for what, said, known in (("of", of, HOLDERS), ("kind", kind, KINDS)):
            if said not in known:
                raise KringError(
                    f"{self.name}: {name}: {what} {shown(said)}; {nearest(said, known)}"
                )
        self._new(name, [column.name for column in self.columns if column.of == of])
        if not is_number(begins):
            raise KringError(f"{self.name}: {name} begins with a number, not {shown(begins)}")
        self.columns.append(OwnColumn(of, name, KINDS[kind], unit, about, begins))

    def row_type(self, of: str) -> np.dtype:
        """The record of its own columns of a client, tie, ...; of its levers, strengths, codes."""
        if of in HOLDERS:
            fields = [(c.name, c.kind) for c in self.columns if c.of == of]
        elif of == "kinds":
            fields = [(name, "i8") for name in self.episodes]
        elif of == "sums":
            told = dict.fromkeys(one.column for one in self.outcomes)
            fields = [(column.removeprefix(f"{self.name}_"), "f8") for column in told]
        else:
            names = self.levers if of == "levers" else self.strengths
            fields = [(name.removeprefix(f"{self.name}_"), "f8") for name in names]
        return np.dtype(fields, align=True)

    def decision(self, name: str) -> np.int64:
        """Name a decision that draws: its luck is nobody else's, whatever else is loaded."""
        if name in self.decisions:
            raise KringError(f"{self.name}: decision {shown(name)} is named twice")
        self.decisions.append(name)
        return draws.decision(f"{self.name}: {name}", again=True)

    def episode(self, name: str, amount: str) -> None:
        """Declare a kind of episode, and what its amount is.

        In the behaviour: ``happened(world, week, client_row, codes.name, amount)``; at most
        as many in a week as a client can have ties (24).
        """
        self._new(name, self.episodes)
        self.episodes[name] = amount

    def outcome(self, name: str, *, column: str, unit: str, en: str, nl: str) -> None:
        """Declare a weekly outcome: the mean of a client's own column over who has entered.

        Parameters
        ----------
        name : str
            Its name; studies ask it as ``visitors_name``.
        column : str
            The column of the client.
        unit, en, nl : str
            Its unit, and what it is in English and in Dutch.
        """
        own = [c.name for c in self.columns if c.of == "client"]
        if column not in own:
            raise KringError(
                f"{self.name}: outcome {name}: a client has no column {shown(column)} of its own; "
                f"{nearest(column, own)}"
            )
        full = self._new(name, [one.name for one in self.outcomes])
        self.outcomes.append(OwnOutcome(full, self.full(column), unit, en, nl))

    def behaviour(
        self, *, before: str | None = None, after: str | None = None, each: str = "client"
    ) -> Callable[[Callable[..., None]], Callable[..., None]]:
        """Put a function before or after a phase of the week, for each client, tie, ...

        Its parameters are what it asks for, by name: ``world, week, seed, team, client,
        client_row, tie, tie_row, member, professional, policy, parameters, town``, and of the
        extension's own ``own`` (columns of whom it is for), ``own_client``, ``levers``,
        ``strengths``, ``codes`` (numbers of its episodes).

        Parameters
        ----------
        before, after : str
            One of them: the phase, as `kring show week` names it.
        each : str
            ``client``, ``tie``, ``professional`` or ``team``.

        Raises
        ------
        KringError
            For an unknown phase, and a parameter that nothing answers to.
        """
        if (before is None) == (after is None):
            raise KringError(f"{self.name}: a behaviour stands either before= or after= a phase")
        if each not in EACH:
            raise KringError(f"{self.name}: each = {shown(each)}; {nearest(each, EACH)}")
        place = place_of_phase(before or after or "", is_after=before is None)
        return lambda function: self._put(function, place, each)

    def modifies(self, chance: str) -> Callable[[Callable[..., float]], Callable[..., float]]:
        """Let a function change a chance that has a name, such as ``chance_to_stop``.

        It asks for ``chance``, and for what `behaviour` lists, and returns the changed chance.

        Raises
        ------
        KringError
            For an unknown chance, and a parameter that nothing answers to.
        """
        place, each = place_of_chance(chance)
        return lambda function: self._put(function, place, each)

    def _put(self, function: Callable[..., Any], place: int, each: str) -> Callable[..., Any]:
        if LOADED.get(self.name) is self:
            raise KringError(f"{self.name} takes part already: unload it, then add to it")
        self.behaviours.append(OwnBehaviour(self, function, place, each))
        for path in self.files():
            self.contents.setdefault(path, path.read_bytes())
        return function

    def all_behaviours(self) -> list[OwnBehaviour]:
        """Its behaviours, and what adds up its outcomes at the end of the week."""
        if self.outcomes and self.adds_up is None:
            self.adds_up = AddsUp(self)
        return [*self.behaviours, *([self.adds_up] if self.adds_up else [])]

    def files(self) -> list[Path]:
        """The files that its behaviour is written in; none in a notebook."""
        found = {inspect.unwrap(b.function).__code__.co_filename for b in self.behaviours}
        paths = [Path(name) for name in found]
        if not all(path.is_file() for path in paths):
            return []
        whole = {p for path in paths for p in siblings(path)}
        return sorted(whole)

    def fingerprint(self) -> str:
        """Short hash of all it is made of."""
        digest = hashlib.sha256(f"{self.name} {self.version} {self.columns}".encode())
        for path in sorted(self.contents):
            digest.update(self.contents[path])
        if not self.contents:
            for one in self.behaviours:
                digest.update(source(one.function).encode())
        for one in self.behaviours:
            for called in all_called(one.function):
                digest.update(numbers_of(called).encode())
        for of, declared in self.quantities.items():
            digest.update(f"{of.__name__} {declared}".encode())
        digest.update(f"{self.episodes} {self.outcomes}".encode())
        return digest.hexdigest()[:16]

    def load(self) -> None:
        """Let it be part of all runs from now on in this process."""
        from kring.simulation.extensions import load

        load(self)

    def unload(self) -> None:
        """Take it out again: later runs are without it."""
        from kring.simulation.extensions import unload

        unload(self.name)


def that_is_loaded(name: str, fingerprint: str) -> Extension:
    """The extension that takes part here, for what was saved with it.

    Raises
    ------
    KringError
        If it isn't loaded, or is another than that was.
    """
    if name not in LOADED:
        raise KringError(f"this was saved with the extension {name!r}: load that first")
    found: Extension = LOADED[name]
    if found.fingerprint() != fingerprint:
        raise KringError(f"this was saved with another {name!r} than the one that is loaded")
    return found


def siblings(path: Path) -> list[Path]:
    """A file; where it is part of a package, all that is in that."""
    in_package = (path.parent / "__init__.py").exists()
    return sorted(path.parent.rglob("*.py")) if in_package else [path]


MOST_OF_ONE_KIND = MAX_TIES  # episodes of one kind that a client can have in a week
