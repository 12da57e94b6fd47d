"""Handles: a client, a network member, a professional that one can hold, ask and follow.

A handle is a model and the number of a row. Its columns read and write that row; its verbs call
the behaviour functions that the week calls, with all that the model knows filled in by name. So
what a lesson shows of one client is what a run does to everybody.

Verbs do what the week would do now, with the luck of the coming week; most only tell, and those
that write say so. What is done by hand is not written into the episodes.
"""

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar

import mesa
import numpy as np
import pandas as pd

from simulation.behaviour import case, closing, network, problem
from simulation.behaviour import client as a_client
from simulation.behaviour import member as a_member
from simulation.behaviour import professional as a_professional
from simulation.episodes import CLOSINGS
from simulation.errors import KringError, nearest
from simulation.field import DISCIPLINES, DOMAINS, TIE_KINDS
from simulation.levers.team import TASKS
from simulation.result import episode_table
from simulation.rows import (
    CLIENT,
    ENTRANCES,
    GONE,
    MAPPED,
    MEMBER,
    PLANS,
    PROFESSIONAL,
    ROLES,
    STAGES,
    SUPPORTING,
    TIE,
    TIE_STATES,
    UNMAPPED,
)

# Words for the codes of a column, by its unit.
WORDS = {
    "stage": STAGES,
    "entrance": ENTRANCES,
    "plan": PLANS,
    "kind": TIE_KINDS,
    "state": TIE_STATES,
    "discipline": DISCIPLINES,
    "role": ROLES,
}
# Columns that hold the row of somebody, and where to find that handle.
PERSONS = {"caseworker": "professionals", "coordinator": "professionals", "member": "members"}
# Columns that hold a set as bits, and the names of its members.
SETS = {
    **dict.fromkeys(("hidden", "brewing", "passing", "had"), DOMAINS),
    **dict.fromkeys(("at_agency", "referred"), DISCIPLINES),
}
NOBODY = -1


def place(name: str, names: tuple[str, ...]) -> int:
    """Where a name stands among the names there are.

    Raises
    ------
    KringError
        For an unknown name, with the nearest known one.
    """
    if name not in names:
        raise KringError(f"no {name!r}; {nearest(str(name), names)}")
    return names.index(name)


class ByName(Mapping):
    """Some numbers of a row by name, such as what holds the problem of each domain in place."""

    def __init__(self, names: tuple[str, ...], values: np.ndarray) -> None:
        self.names, self.values_in_row = names, values

    def __getitem__(self, name: str) -> float:
        return self.values_in_row[place(name, self.names)].item()

    def __setitem__(self, name: str, value: float) -> None:
        self.values_in_row[place(name, self.names)] = value

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __repr__(self) -> str:
        return repr({name: value for name, value in self.items() if value})


class Levels(ByName):
    """Severity by domain; a level that is changed keeps the client's counts right."""

    def __init__(self, client: "Client") -> None:
        super().__init__(DOMAINS, client.row["level"])
        self.client = client

    def __setitem__(self, name: str, value: int) -> None:
        if value not in range(problem.ACUTE + 1):
            raise KringError(
                f"level {value!r} is not possible: it takes 0 (none) to {problem.ACUTE} (acute)"
            )
        self.client.gets_level(name, value)


def number_column(name: str, about: str) -> property:
    """A column that holds a number or a yes or no."""

    def read(handle: "Handle") -> float:
        return handle.row[name].item()

    def write(handle: "Handle", value: float) -> None:
        handle.row[name] = value

    return property(read, write, doc=about)


def word_column(name: str, about: str, words: tuple[str, ...]) -> property:
    """A column that holds a code, read and written as a word."""

    def read(handle: "Handle") -> str:
        return words[handle.row[name]]

    def write(handle: "Handle", word: str) -> None:
        handle.row[name] = place(word, words)

    return property(read, write, doc=f"{about}: {', '.join(words)}")


def person_column(name: str, about: str, table: str) -> property:
    """A column that holds somebody's row, read and written as a handle; None for nobody."""

    def read(handle: "Handle") -> "Handle | None":
        number = handle.row[name]
        return None if number == NOBODY else getattr(handle.model, table)[number]

    def write(handle: "Handle", person: "Handle | None") -> None:
        handle.row[name] = NOBODY if person is None else person.number

    return property(read, write, doc=about)


def set_column(name: str, about: str, names: tuple[str, ...]) -> property:
    """A column that holds a set as bits, read and written as names."""

    def read(handle: "Handle") -> tuple[str, ...]:
        bits = int(handle.row[name])
        return tuple(word for i, word in enumerate(names) if bits >> i & 1)

    def write(handle: "Handle", words: Iterable[str]) -> None:
        handle.row[name] = sum(1 << i for i in {place(word, names) for word in words})

    return property(read, write, doc=about)


def numbers_column(name: str, about: str, length: int) -> property:
    """A column that holds a number for each domain, discipline or task."""
    names = DOMAINS if length == len(DOMAINS) else DISCIPLINES
    if name in ("wanted", "share"):
        names = TASKS

    def read(handle: "Handle") -> ByName:
        return ByName(names, handle.row[name])

    return property(read, doc=about)


def column(name: str, kind: Any, unit: str, about: str) -> property:
    """The attribute that reads and writes one column of a row."""
    about = f"{about} ({unit})" if unit else about
    if isinstance(kind, tuple):
        return numbers_column(name, about, kind[1][0])
    if unit in WORDS:
        return word_column(name, about, WORDS[unit])
    if name in PERSONS:
        return person_column(name, about, PERSONS[name])
    if name in SETS:
        return set_column(name, about, SETS[name])
    return number_column(name, about)


class Handle:
    """Reads and writes one row of a model's world.

    Parameters
    ----------
    model : SupportNetworkModel
        The model.
    number : int
        Number of the row.
    """

    table: ClassVar[str]  # in the world
    columns: ClassVar[tuple]
    called: ClassVar[str]  # by the behaviour functions
    own: ClassVar[set[str]] = {"model", "number", "unique_id", "pos"}  # not in the row

    def __init_subclass__(cls, table: str = "", columns: tuple = (), called: str = "", **more: Any):
        super().__init_subclass__(**more)
        if table:
            cls.table, cls.columns, cls.called = table, columns, called
            for name, *what in columns:
                if name not in vars(cls):
                    setattr(cls, name, column(name, *what))

    def __init__(self, model: Any, number: int) -> None:
        self.model, self.number = model, number

    @property
    def row(self) -> np.record:
        """The row itself: the memory that the week reads and writes."""
        return getattr(self.model.world, self.table)[self.number]

    def describe(self) -> pd.DataFrame:
        """All columns: value, unit and what it is."""
        rows = [(name, getattr(self, name), unit, about) for name, _, unit, about in self.columns]
        return pd.DataFrame(rows, columns=["column", "value", "unit", "about"]).set_index("column")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.number}>"

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(self._has_no(name))

    def __setattr__(self, name: str, value: Any) -> None:
        # A misspelt column would else become an attribute that nothing reads.
        if not (name in self.own or name.startswith("_") or hasattr(type(self), name)):
            raise AttributeError(self._has_no(name))
        super().__setattr__(name, value)

    def _has_no(self, name: str) -> str:
        known = [n for n in dir(type(self)) if not n.startswith("_")]
        return f"{type(self).__name__} has no {name!r}; {nearest(name, known)}"


def circumstances(handle: Handle, said: Mapping[str, Any]) -> dict[str, Any]:
    """All that a behaviour function may ask for, by the name it has there.

    Parameters
    ----------
    handle : Handle
        Whose verb it is.
    said : mapping
        What the caller gave: another person, hours, a domain.
    """
    world = handle.model.world
    given = world.given[0]
    persons = {handle.called: handle}
    for name, value in said.items():
        if name in ("client", "member"):
            if getattr(value, "called", None) != name:
                raise TypeError(f"{name} takes a handle of a {name}, not {value!r}")
            persons[name] = value
    known = {
        "world": world,
        "p": given.parameters,
        "domains": given.domains,
        "kinds": given.kinds,
        "seed": given.seed,
        "week": handle.model.week,
        **said,
        **{name: person.row for name, person in persons.items()},
    }
    if "domain" in said:
        known["domain"] = place(said["domain"], DOMAINS)
    if "client" in persons:
        client = persons["client"]
        known["client_row"] = client.number
        known["policy"] = world.policies[client.row["policy"]]
        known["helpers"] = client.row["supporting"]
        if "member" in persons:
            known["tie"] = client.tie_with(persons["member"]).row
    elif "worker" in persons:
        known["policy"] = world.policies[world.teams[handle.row["team"]].policy]
    return known


def verb(function: Callable, *asks: str, **usual: Any) -> Callable:
    """Make a method of a behaviour function.

    Parameters
    ----------
    function : callable
        The behaviour: compiled, or plain under ``NUMBA_DISABLE_JIT=1``.
    asks : str
        The arguments that the caller gives; the circumstances give all others.
    usual : dict
        Usual values of these.
    """
    plain = getattr(function, "py_func", function)
    wanted = list(inspect.signature(plain).parameters)
    either = inspect.Parameter.POSITIONAL_OR_KEYWORD
    signature = inspect.Signature(
        [inspect.Parameter("self", either)]
        + [
            inspect.Parameter(name, either, default=usual.get(name, inspect.Parameter.empty))
            for name in asks
        ]
    )

    @functools.wraps(plain)
    def method(*args: Any, **kwargs: Any) -> Any:
        said = signature.bind(*args, **kwargs)
        said.apply_defaults()
        handle = said.arguments.pop("self")
        known = circumstances(handle, said.arguments)
        return function(*(known[name] for name in wanted))

    method.__signature__ = signature
    return method


class Tie(Handle, table="ties", columns=TIE, called="tie"):
    """What a member is to a client: a member who belongs to two networks has two ties."""

    @property
    def client(self) -> "Client":
        """The client."""
        first = self.model.world.clients["first_tie"]
        return self.model.clients[np.searchsorted(first, self.number, side="right") - 1]


class Person(Handle, mesa.Agent):
    """A handle that Mesa's sets of agents can select, group and aggregate.

    `remove` takes the handle out of Mesa's sets; the person stays in the town.
    """

    def __init__(self, model: Any, number: int) -> None:
        Handle.__init__(self, model, number)
        mesa.Agent.__init__(self, model)


class Client(Person, table="clients", columns=CLIENT, called="client"):
    """A client: problems, case, and a network of which part is mapped.

    Examples
    --------
    >>> from simulation.model import SupportNetworkModel
    >>> client = SupportNetworkModel("class", seed=1).clients[0]
    >>> client.stage
    'no need yet'
    >>> client.names_network(hours=30)
    >>> all(0 < member.chance_to_say_yes(client) < 1 for member in client.members)
    True
    """

    # The network comes to light.
    finds = verb(a_client.finds, "member", "hours", hours=0.0)
    names_network = verb(network.map_network, "hours", hours=0.0)  # writes
    # Asking.
    barrier = verb(a_client.barrier, "member")
    asks = verb(a_client.asks, "member")
    brings_along = verb(a_client.brings_along, "member")
    _is_answered = verb(network.ask, "member")  # writes
    # Help.
    is_helped = verb(network.help_out)  # writes
    supporters_reconsider = verb(network.reconsider)  # writes
    # The case.
    is_offered = verb(case.is_offered)
    accepts = verb(a_client.accepts)
    asks_for_a_plan = verb(a_client.asks_for_a_plan)
    _closes = verb(closing.can_close)
    # Problems.
    rate_of_coming = verb(problem.rate_of_coming, "domain")
    eases_by_itself = verb(problem.eases_by_itself, "domain")
    eases_by_network = verb(problem.eases_by_network, "domain")
    eases_by_professional = verb(problem.eases_by_professional, "domain", "guidance")
    worsens = verb(problem.worsens, "guidance", guidance=0.0)
    gets_level = verb(problem.set_level, "domain", "level")  # writes

    @property
    def level(self) -> Levels:
        """Severity by domain, 0 none to 4 acute: ``client.level["finances"] = 3``."""
        return Levels(self)

    @property
    def ties(self) -> list[Tie]:
        """All ties, those that nobody has mapped yet included."""
        first = self.first_tie
        return [Tie(self.model, number) for number in range(first, first + self.n_ties)]

    @property
    def members(self) -> list["NetworkMember"]:
        """The mapped network: members who are known and not gone."""
        there = [tie for tie in self.ties if tie.row["state"] not in (UNMAPPED, GONE)]
        return [tie.member for tie in there]

    def tie_with(self, member: "NetworkMember") -> Tie:
        """What this member is to the client.

        Raises
        ------
        KringError
            If the member belongs to other networks only.
        """
        for tie in self.ties:
            if tie.row["member"] == member.number:
                return tie
        raise KringError(f"{member!r} does not belong to the network of {self!r}")

    def puts_question_to(self, member: "NetworkMember") -> bool:
        """Put the question to a mapped member, and tell whether (s)he now helps. Writes.

        Raises
        ------
        KringError
            If the member is not mapped yet, or was asked before.
        """
        tie = self.tie_with(member)
        if tie.row["state"] != MAPPED:
            raise KringError(f"{member!r} is {tie.state}: only a mapped member can be asked")
        self._is_answered(member)
        return bool(tie.row["state"] == SUPPORTING)

    def can_close(self) -> str:
        """Why the case can close in the coming week, as its episode will say; empty if it cannot.

        The worker may put it off, with the luck of that week.
        """
        why = self._closes()
        return CLOSINGS[why] if why >= 0 else ""

    @property
    def helpers(self) -> dict[str, "Professional"]:
        """The professionals who help now, by discipline."""
        rows = zip(DISCIPLINES, self.row["helpers"], strict=True)
        return {name: self.model.professionals[row] for name, row in rows if row != NOBODY}

    @property
    def episodes(self) -> pd.DataFrame:
        """What has happened to this client so far, week by week."""
        rows = self.model.run.books().in_order()
        return episode_table(rows[rows["client"] == self.number])


class NetworkMember(Person, table="members", columns=MEMBER, called="member"):
    """Somebody in the network of one client or of several: hours to spare, load carried."""

    comes = verb(a_member.comes, "client", "independent", independent=False)
    chance_to_say_yes = verb(a_member.chance_to_say_yes, "client")
    says_yes = verb(a_member.says_yes, "client")
    bond = verb(a_member.bond, "client")
    chance_to_stop = verb(a_member.chance_to_stop, "client")
    stops = verb(a_member.stops, "client")
    steps_in = verb(a_member.steps_in, "client")
    tie_ends = verb(a_member.tie_ends, "client")

    @property
    def ties(self) -> list[Tie]:
        """The ties with each client in whose network (s)he is."""
        numbers = np.flatnonzero(self.model.world.ties["member"] == self.number)
        return [Tie(self.model, int(number)) for number in numbers]


class Professional(Person, table="professionals", columns=PROFESSIONAL, called="worker"):
    """A team worker, an independent coordinator or an agency: hours, cases, beliefs.

    ``worker.wanted["guidance"]`` and ``worker.share["guidance"]`` are by task.
    """

    shares_out_hours = verb(a_professional.shares_out_hours)  # writes
    sees_room = verb(a_professional.sees_room, "client")
    finds_it_too_complex = verb(a_professional.finds_it_too_complex, "client")
    proposes_network = verb(a_professional.proposes_network, "client")
    tells_of_the_right = verb(a_professional.tells_of_the_right, "client")
