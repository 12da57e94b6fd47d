"""Town: what is so. Its people, teams and coordinators, as numbers with sources and ranges."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic.json_schema import SkipJsonSchema

from kring.simulation.field_tables import FieldTables
from kring.simulation.own_clients import AmongOthers, OwnClients, read_clients
from kring.simulation.towns.people import TownPeople
from kring.simulation.towns.prices import TownPrices
from kring.simulation.towns.size import TownSize
from kring.simulation.towns.teams import TownTeams

if TYPE_CHECKING:
    from kring.simulation.own_clients import Network, Table
    from kring.simulation.own_clients.generated import Person


class Town(TownPrices, TownTeams, TownPeople, TownSize):
    """A synthetic town, from a class of 100 clients to a country of 1,200,000.

    Examples
    --------
    >>> Town.preset("rotterdam", clients=100).teams
    1
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(arbitrary_types_allowed=True)
    file: ClassVar[str] = "towns.toml"
    kind: ClassVar[str] = "town"

    field: SkipJsonSchema[FieldTables | None] = Field(
        None,
        description="Numbers of the field's tables that are otherwise; as they are if not given.",
    )
    clients_from: SkipJsonSchema[OwnClients | None] = Field(
        None, description="What is told of the clients by a table of one's own (`from_table`)."
    )

    @classmethod
    def from_table(
        cls,
        table: "Table | None",
        preset: str = "rotterdam",
        /,
        *,
        ties: "Network | None" = None,
        **changes: Any,
    ) -> Self:
        """A town of clients of one's own; what isn't told of them is drawn, given what is.

        Each seed draws it anew. Nothing in a row tells which it was in the table; ids of one's
        own aren't kept.

        Parameters
        ----------
        table : str, Path, DataFrame or None
            A file in CSV or Parquet, or a table: a row a client. What columns it can have is in
            `kring.simulation.own_clients.columns`; all may be left out. None where ``ties`` is a
            graph that says who the clients are (node attribute ``is_client``).
        preset : str
            Named town that has what else is so.
        ties : str, Path, DataFrame or networkx.Graph, optional
            Their networks: a row a tie, with columns as in
            `kring.simulation.own_clients.tie_columns`, or an edge with attributes of the same
            names.
        **changes
            Quantities of the town to change.

        Raises
        ------
        KringError
            In one line: for what is no such table, and for wrong cells by row and column.

        Examples
        --------
        >>> import pandas as pd
        >>> clients = pd.DataFrame({"id": ["a", "b"], "age": [34, 81], "finances": [2, None]})
        >>> Town.from_table(clients).clients
        2
        >>> ties = pd.DataFrame({"client": ["a", "a"], "kind": ["friend", "neighbour"]})
        >>> Town.from_table(clients, ties=ties).clients_from.told()["ties"]
        0.5
        """
        told = read_clients(table, ties)
        return cls.preset(preset, **{"clients": len(told), "clients_from": told, **changes})

    @classmethod
    def from_generator(
        cls,
        person: "Person",
        clients: int,
        preset: str = "rotterdam",
        /,
        *,
        people_seed: int = 1,
        **changes: Any,
    ) -> Self:
        """A town of people of a generator of one's own; what it doesn't tell of them is drawn.

        It is asked once for each person and becomes a table: worker processes get what it told.
        The person with a key is the same however many are asked for.

        Parameters
        ----------
        person : callable
            ``person(key, luck)``, for keys from 0 on, gives a dict of columns of a table of
            clients, and under ``ties`` a list of dicts of columns of a table of ties.
            ``luck.uniform(name)`` and ``luck.normal(name)`` are numbers of that person's own.
        clients : int
            How many persons are asked for.
        preset : str
            Named town that has what else is so.
        people_seed : int
            Seed of their luck. What they don't tell is drawn with the seed of each run.
        **changes
            Quantities of the town to change.

        Raises
        ------
        KringError
            In one line with its key, for a person that is none; and as `from_table`.

        Examples
        --------
        >>> def person(key, luck):
        ...     return {"age": 18 + int(60 * luck.uniform("age")), "ties": [{"kind": "friend"}]}
        >>> Town.from_generator(person, 3).clients
        3
        """
        from kring.simulation.own_clients.generated import people_from

        told = read_clients(*people_from(person, clients, people_seed), in_any_order=False)
        return cls.preset(preset, **{"clients": len(told), "clients_from": told, **changes})

    @classmethod
    def meant(cls, given: object) -> str:
        """What was meant by something that is no town; empty where that isn't clear."""
        is_file = isinstance(given, str) and given.endswith((".csv", ".parquet"))
        is_table = is_file or hasattr(given, "columns")
        return "a table of clients is read by Town.from_table(...)" if is_table else ""

    @model_validator(mode="after")
    def _is_as_told(self) -> Self:
        told = self.clients_from
        if told is None:
            return self
        if self.clients != len(told):
            raise ValueError(
                f"clients = {self.clients} is not possible: the table has {len(told)}, and all of "
                "them are lived"
            )
        if self.entry_weeks < told.weeks:
            raise ValueError(
                f"entry_weeks = {self.entry_weeks} is not possible: in the table somebody enters "
                f"in week {told.weeks}; write entry_weeks = {told.weeks}"
            )
        told.at_teams(self.teams)
        return self

    def peopled(self, weeks: int) -> "Town":
        """The town with people for its past and for so many weeks more, at the same pace.

        A town without a past keeps the people it has. The clients of a table come in the first
        `entry_weeks` weeks from the start on; who came before and who comes later is drawn.

        Examples
        --------
        >>> town = Town(clients=100, entry_weeks=52, weeks_before=104).peopled(52)
        >>> town.clients, town.entry_weeks
        (300, 156)
        """
        if not self.weeks_before:
            return self
        told = self.clients_from
        span = self.weeks_before + (weeks if told is None else max(weeks, self.entry_weeks))
        clients = round(self.clients * span / self.entry_weeks)
        if told is not None:
            told = AmongOthers(told, clients, self.weeks_before, self.entry_weeks)
        return self.replace(clients=clients, entry_weeks=span, clients_from=told)

    @property
    def teams(self) -> int:
        """Number of teams, at least one where there are clients."""
        a_year = self.clients * 52 / max(self.entry_weeks, 52)
        return max(1, round(a_year / self.clients_per_team)) if self.clients else 0
