"""Town: what is so. Its people, teams and coordinators, as numbers with sources and ranges."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic.json_schema import SkipJsonSchema

from kring.simulation.choices import QUEUE_KEPT_BY
from kring.simulation.field_tables import FieldTables
from kring.simulation.own_clients import AmongOthers, OwnClients, read_clients
from kring.simulation.settings import Settings, choice, quantity

if TYPE_CHECKING:
    from kring.simulation.own_clients import Network, Table
    from kring.simulation.own_clients.generated import Person

ASSUMED = "assumption"


class Town(Settings):
    """A synthetic town, from a class of 100 clients to a country of 1,200,000.

    Examples
    --------
    >>> Town.preset("rotterdam", clients=100).teams
    1
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(arbitrary_types_allowed=True)
    file: ClassVar[str] = "towns.toml"
    kind: ClassVar[str] = "town"

    name: str = Field("", description="Name of the town.")
    clients: int = quantity(
        "Clients who enter within `entry_weeks`, by both routes together.",
        nl="cliënten",
        unit="clients", low=0, high=20_000_000, source="E05 E06: 5460 + 140",
    )  # fmt: skip
    conference_share: float = quantity(
        "Share of the clients who enter by way of a conference; they have accepted it already.",
        nl="deel dat via een conferentie binnenkomt",
        unit="share", low=0, high=1, source="E05 E06: 140 of 5600", code="M24",
    )  # fmt: skip
    clients_per_team: float = quantity(
        "Clients a year for which one team stands; sets the number of teams.",
        nl="cliënten per jaar voor één team",
        unit="clients", low=1, high=2000, source="E06 E47: 5600 / 42",
    )  # fmt: skip
    entry_weeks: int = quantity(
        "Weeks over which the clients enter.",
        nl="weken waarin cliënten binnenkomen",
        unit="weeks", low=1, high=10_000, source="E06: a year",
    )  # fmt: skip
    weeks_before: int = quantity(
        "Weeks that the town has already lived, under today's policy, when week 1 begins; people come in "
        "at the same pace before and after. 0: it begins empty, with whom enters within `entry_weeks`.",
        nl="weken die de gemeente al draait",
        unit="weeks", low=0, high=2000, source="long enough for cases, waiting list, beliefs, groups and "
        "returns to stand still (tested)",
    )  # fmt: skip
    problems_team: float = quantity(
        "Mean number of problems of clients who enter by the team.",
        nl="problemen bij binnenkomst via het team",
        unit="problems", low=1, high=12, likely=(4, 9), source="set so that the full first wave finds E11: 4.7",
        code="M24",
    )  # fmt: skip
    problems_conference: float = quantity(
        "Mean number of problems of clients who enter by a conference.",
        nl="problemen bij binnenkomst via een conferentie",
        unit="problems", low=1, high=12, likely=(5, 12), source="set so that the full first wave finds E10: 6.0",
        code="M24",
    )  # fmt: skip
    problems_spread: float = quantity(
        "Spread of heaviness between clients (standard deviation on the log odds scale).",
        nl="spreiding van de zwaarte tussen cliënten",
        unit="log odds", low=0, high=3, likely=(0.3, 1.0), source=ASSUMED,
    )  # fmt: skip
    severity: float = quantity(
        "Mean level of a problem at intake, 1 (mild) to 4 (acute): 5 less the field's score.",
        nl="gemiddelde ernst van een probleem bij begin",
        unit="level", low=1, high=4, likely=(1.9, 2.7), source=ASSUMED,
    )  # fmt: skip
    school_team: float = quantity(
        "Share with at most secondary school among team clients.",
        nl="hoogstens middelbare school, via het team",
        unit="share", low=0, high=1, source="E08: 0.40", code="M24",
    )  # fmt: skip
    school_conference: float = quantity(
        "Share with at most secondary school among conference clients.",
        nl="hoogstens middelbare school, via een conferentie",
        unit="share", low=0, high=1, source="E07: just under 0.70", code="M24",
    )  # fmt: skip
    assistance_team: float = quantity(
        "Share on social assistance among team clients.",
        nl="met bijstand, via het team",
        unit="share", low=0, high=1, source="E09 for the order only; assumption", code="M24",
    )  # fmt: skip
    assistance_conference: float = quantity(
        "Share on social assistance among conference clients.",
        nl="met bijstand, via een conferentie",
        unit="share", low=0, high=1, source="E09 for the order only; assumption", code="M24",
    )  # fmt: skip
    children_team: float = quantity(
        "Share with children at home among team clients.",
        nl="met kinderen thuis, via het team",
        unit="share", low=0, high=1, source=ASSUMED,
    )  # fmt: skip
    children_conference: float = quantity(
        "Share with children at home among conference clients.",
        nl="met kinderen thuis, via een conferentie",
        unit="share", low=0, high=1, source=ASSUMED,
    )  # fmt: skip
    older: float = quantity(
        "Share of 75 and older (to 95) among clients without children at home.",
        nl="75-plussers onder cliënten zonder kinderen thuis",
        unit="share", low=0, high=0.5, likely=(0.05, 0.25), source=ASSUMED,
    )  # fmt: skip
    school_with_problems: float = quantity(
        "How far little schooling goes with heaviness, and so with more problems.",
        nl="samenhang van weinig opleiding met problemen",
        unit="correlation", low=0, high=0.6, likely=(0.1, 0.4), source=ASSUMED,
    )  # fmt: skip
    assistance_with_problems: float = quantity(
        "How far social assistance goes with heaviness.",
        nl="samenhang van bijstand met problemen",
        unit="correlation", low=0, high=0.6, likely=(0.1, 0.5), source=ASSUMED,
    )  # fmt: skip
    dependence_with_problems: float = quantity(
        "How far low self-reliance goes with heaviness.",
        nl="samenhang van weinig zelfredzaamheid met problemen",
        unit="correlation", low=0, high=0.6, likely=(0.1, 0.5), source=ASSUMED,
    )  # fmt: skip
    age_with_network: float = quantity(
        "How far age goes with a smaller network.",
        nl="samenhang van leeftijd met een klein netwerk",
        unit="correlation", low=0, high=0.6, likely=(0.1, 0.3), source=ASSUMED,
    )  # fmt: skip
    school_with_network: float = quantity(
        "How far little schooling goes with a smaller network.",
        nl="samenhang van weinig opleiding met een klein netwerk",
        unit="correlation", low=0, high=0.6, likely=(0.05, 0.3), source=ASSUMED,
    )  # fmt: skip
    children_with_family: float = quantity(
        "How much larger the share of family is in the networks of clients with children at home "
        "than in those of others.",
        nl="meer familie in het netwerk van wie kinderen heeft",
        unit="share", low=0, high=0.3, likely=(0.05, 0.2), source=ASSUMED,
    )  # fmt: skip
    network: float = quantity(
        "Mean size of the latent network of a client with 10 levels of severity, before the limit "
        "of 24.",
        nl="grootte van het nog onbekende netwerk",
        unit="persons", low=0, high=24, likely=(8, 16), source=ASSUMED, code="M3",
    )  # fmt: skip
    network_spread: float = quantity(
        "Spread of that size between clients (standard deviation): a few have nobody, some many.",
        nl="spreiding van die grootte",
        unit="persons", low=0, high=10, likely=(5, 9), source=ASSUMED,
    )  # fmt: skip
    acquainted: float = quantity(
        "Share of pairs of members of the same kind who know each other; half of it for others.",
        nl="leden van een netwerk die elkaar kennen",
        unit="share", low=0, high=1, likely=(0.4, 0.8), source=ASSUMED, code="M5",
    )  # fmt: skip
    shared_members: float = quantity(
        "Share of ties whose member also belongs to another client's network in the neighbourhood.",
        nl="banden met wie ook in een ander netwerk zit",
        unit="share", low=0, high=1, likely=(0.01, 0.1), source=ASSUMED,
    )  # fmt: skip
    spare_hours: float = quantity(
        "Median of the hours a member has to spare for help.",
        nl="uren die een netwerklid over heeft",
        unit="hours per week", low=0, high=40, likely=(2, 8), source="E54: others than heavy carers give 8",
    )  # fmt: skip
    spare_spread: float = quantity(
        "Spread of those hours between members (standard deviation of their logarithm).",
        nl="spreiding van die uren",
        unit="log hours", low=0, high=2, likely=(0.2, 0.8), source=ASSUMED,
    )  # fmt: skip
    cases_per_worker: float = quantity(
        "Cases a full-time worker carries when the team is staffed for its year's clients.",
        nl="zaken van een voltijds werker bij bezetting op de norm",
        unit="cases", low=1, high=200, source="E51: 16 to 18",
    )  # fmt: skip
    case_weeks: float = quantity(
        "Weeks a case is open, as the staffing assumes.",
        nl="duur van een zaak waarop de bezetting rekent",
        unit="weeks", low=1, high=520, source="E48 and E68: most cases are closed within a year",
    )  # fmt: skip
    case_length: float = quantity(
        "How long cases stay open, against what the strengths of closing give: the chances to "
        "close are divided by it. For a municipality of one's own it is found from its open cases "
        "and its wait.",
        nl="duur van zaken, tegen de gebruikelijke",
        unit="times the usual", low=0.25, high=4, source="1 in the towns of the study; fitted to "
        "the figures of a municipality", code="M17",
    )  # fmt: skip
    case_hours: float = quantity(
        "Hours of guidance that a problem asks for, against what the strengths give. For a "
        "municipality of one's own it is found from its figures.",
        nl="uren die een zaak vraagt, tegen de gebruikelijke",
        unit="times the usual", low=0.25, high=4, source="1 in the towns of the study; fitted to "
        "the figures of a municipality", code="M19",
    )  # fmt: skip
    client_hours: float = quantity(
        "Hours a week that a full-time worker has for clients and accounting for them, after leave, "
        "travel and meetings.",
        nl="uren voor cliënten, per voltijds werker",
        unit="hours per week", low=0, high=40, likely=(16, 24), source=ASSUMED,
    )  # fmt: skip
    intake_weeks: float = quantity(
        "Weeks, on average, from the door until the talk can be planned, if a worker has room.",
        nl="weken tot een gesprek kan worden gepland",
        unit="weeks", low=0, high=52, likely=(8, 24),
        source="E49: nine of ten without a plan at six weeks", code="M19",
    )  # fmt: skip
    coordinator_hours: float = quantity(
        "Hours a week of independent coordinators within reach, per 100 clients a year.",
        nl="uren van onafhankelijke coördinatoren, per 100 cliënten",
        unit="hours per week", low=0, high=1000, source="assumption: engaged per conference",
    )  # fmt: skip
    sick_leave: float = quantity(
        "Share of the time that team workers are on sick leave.",
        nl="ziekteverzuim van werkers",
        unit="share", low=0, high=0.5, source=ASSUMED, code="M19",
    )  # fmt: skip
    sick_weeks: float = quantity(
        "Mean length of a sick leave.",
        nl="duur van een ziekmelding",
        unit="weeks", low=1, high=52, source=ASSUMED, code="M19",
    )  # fmt: skip
    staff_turnover: float = quantity(
        "Share of team workers who leave in a year; their cases go to colleagues.",
        nl="verloop onder werkers",
        unit="per year", low=0, high=1, source=ASSUMED, code="M19",
    )  # fmt: skip
    weeks_to_fill: float = quantity(
        "Weeks that a place stays vacant.",
        nl="duur van een vacature",
        unit="weeks", low=0, high=104, source=ASSUMED,
        code="M19",
    )  # fmt: skip
    hesitant: float = quantity(
        "Share of people in need who come only when a problem is acute, or by a low threshold.",
        nl="mensen die pas komen als het acuut is",
        unit="share", low=0, high=1, source="domain M18; assumption", code="M18",
    )  # fmt: skip
    queue_weeks: float = quantity(
        "Length of the waiting list today, in weeks of people who come: in a town that runs already "
        "the staff is what keeps it so.",
        nl="lengte van de wachtlijst nu, in weken instroom",
        unit="weeks", low=0, high=104, likely=(14, 26), source=ASSUMED, code="M19",
    )  # fmt: skip
    queue_kept_by: str = choice(
        "What keeps the waiting list of a town that runs already as long as it is: the staff, which "
        "follows what is asked of it; or, where the staff was told, the cases, of which it comes out "
        "how long they last and how many hours they take.",
        nl="waardoor de wachtlijst is zoals hij is",
        options=QUEUE_KEPT_BY, source="staff in the towns of the study; cases in a municipality "
        "of one's own", code="M19",
    )  # fmt: skip
    put_off_by_wait: float = quantity(
        "Share of people in need whom each week of the queue puts off; they come when a problem is "
        "acute, or not.",
        nl="mensen die per week wachttijd wegblijven",
        unit="share per week", low=0, high=0.2, likely=(0, 0.02), source=ASSUMED, code="M19",
    )  # fmt: skip
    leave: float = quantity(
        "Share of people in need who leave the municipality in a year: they move, die, or go to live "
        "in an institution.",
        nl="mensen die per jaar uit de gemeente vertrekken",
        unit="per year", low=0, high=0.5, likely=(0.05, 0.15), source=ASSUMED,
    )  # fmt: skip
    does_what_can: float = quantity(
        "Share of clients who do themselves what they can.",
        nl="cliënten die zelf doen wat ze kunnen",
        unit="share", low=0, high=1, likely=(0.3, 0.9), source="domain: could and doesn't; assumption", code="M12",
    )  # fmt: skip
    recruiting_weeks: float = quantity(
        "Weeks until all coordinators whom a new policy contracts have been found; they come one after "
        "the other.",
        nl="weken om nieuwe coördinatoren te vinden",
        unit="weeks", low=0, high=260, likely=(13, 104), source=ASSUMED, code="M6",
    )  # fmt: skip
    agency_hours: float = quantity(
        "Hours a week of each agency behind the team, per 100 clients a year.",
        nl="uren van elke instelling achter het team, per 100 cliënten",
        unit="hours per week", low=0, high=1000, source=ASSUMED, code="M23",
    )  # fmt: skip
    price_conference: float = quantity(
        "Price of a conference with 30 hours of the coordinator, these included; with fewer, by part.",
        nl="prijs van een conferentie",
        unit="EUR", low=1000, high=6000, source="E44: 1900 to 4500, the middle",
    )  # fmt: skip
    price_regular: float = quantity(
        "Price of an hour of regular guidance.",
        nl="prijs van een uur gewone begeleiding",
        unit="EUR per hour", low=20, high=200, source="E52",
    )  # fmt: skip
    price_specialist: float = quantity(
        "Price of an hour by mental health, addiction and disability workers.",
        nl="prijs van een uur specialistische begeleiding",
        unit="EUR per hour", low=20, high=250, source="E52: specialist guidance",
    )  # fmt: skip

    price_placement: float = quantity(
        "Price of foster care for one child.",
        nl="prijs van pleegzorg voor één kind",
        unit="EUR per week", low=100, high=2000, source="assumption: allowance and guidance, about "
        "24,000 a year; no tariff in the evidence", code="M13",
    )  # fmt: skip
    inquiry_hours: float = quantity(
        "Hours of the child-protection inquiry before a placement, at the specialist price.",
        nl="uren van een raadsonderzoek",
        unit="hours", low=0, high=200, source=ASSUMED, code="M13",
    )  # fmt: skip
    price_campaign: float = quantity(
        "Price of a campaign on the right to a plan that reaches everybody in a year, per client a "
        "year.",
        nl="prijs van een campagne, per cliënt",
        unit="EUR", low=0, high=500, source=ASSUMED, code="M21",
    )  # fmt: skip

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
            `kring.simulation.own_clients.columns`; all may be left out. None where ``ties`` is a graph
            that says who the clients are (node attribute ``is_client``).
        preset : str
            Named town that has what else is so.
        ties : str, Path, DataFrame or networkx.Graph, optional
            Their networks: a row a tie, with columns as in `kring.simulation.own_clients.tie_columns`,
            or an edge with attributes of the same names.
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
