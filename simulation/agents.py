"""The people that one can hold, ask and follow: a client, a network member, a professional.

Each is a handle on a row, with the verbs that fit (`kring.simulation.handles` says how they
work), and an agent to Mesa.
"""

from typing import TYPE_CHECKING, Any

import mesa
import numpy as np
import pandas as pd

from kring.simulation.behaviour import case, closing, network, problem
from kring.simulation.behaviour import client as a_client
from kring.simulation.behaviour import member as a_member
from kring.simulation.behaviour import professional as a_professional
from kring.simulation.columns import NOBODY, ByName
from kring.simulation.episodes import CLOSINGS
from kring.simulation.errors import KringError, shown
from kring.simulation.field import DISCIPLINES, DOMAINS
from kring.simulation.handles import Handle, verb
from kring.simulation.result.tables import episode_table
from kring.simulation.rows import (
    CLIENT,
    GONE,
    MAPPED,
    MEMBER,
    PROFESSIONAL,
    SUPPORTING,
    TIE,
    UNMAPPED,
)

if TYPE_CHECKING:
    import networkx


class Tie(Handle, table="ties", columns=TIE, called="tie"):
    """What a member is to a client: a member who belongs to two networks has two ties."""

    @property
    def client(self) -> "Client":
        """The client."""
        first = self.model.world.clients["first_tie"]
        return self.model.clients[np.searchsorted(first, self.number, side="right") - 1]

    @property
    def knows(self) -> list["Tie"]:
        """The other ties of this client whose member knows this one."""
        return self.client.ties_at(self.row["knows"])


class Person(Handle, mesa.Agent):
    """A handle that Mesa's sets of agents can select, group and aggregate.

    `remove` takes the handle out of Mesa's sets; the person stays in the town.
    """

    def __init__(self, model: Any, number: int) -> None:
        Handle.__init__(self, model, number)
        mesa.Agent.__init__(self, model)

    def __reduce__(self) -> Any:
        return held, (self.model, self.table, self.number)


def held(model: Any, table: str, number: int) -> "Person":
    """The handle that a model has on somebody."""
    person: Person = getattr(model, table)[number]
    return person


class Levels(ByName):
    """Severity by domain; a level that is changed keeps the client's counts right."""

    def __init__(self, client: "Client") -> None:
        super().__init__(DOMAINS, client.row["level"])
        self.client = client

    def __setitem__(self, name: str, value: int) -> None:
        if isinstance(value, bool) or value not in range(problem.ACUTE + 1):
            raise KringError(
                f"level {value!r} is not possible: it takes 0 (none) to {problem.ACUTE} (acute)"
            )
        self.client.gets_level(name, value)


class Client(Person, table="clients", columns=CLIENT, called="client"):
    """A client: problems, case, and a network of which part is mapped.

    Examples
    --------
    >>> from kring.simulation.model import SupportNetworkModel
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
    worsens = verb(problem.worsens, "domain", "guidance", guidance=0.0)
    gets_level = verb(problem.set_level, "domain", "level")  # writes

    @property
    def level(self) -> Levels:
        """Severity by domain, 0 none to 4 acute: ``client.level["finances"] = 3``."""
        return Levels(self)

    @level.setter
    def level(self, value: Any) -> None:
        raise KringError('level: set it by domain, such as client.level["finances"] = 3')

    @property
    def ties(self) -> list[Tie]:
        """All ties, those that nobody has mapped yet included."""
        first = self.first_tie
        return [Tie(self.model, number) for number in range(first, first + self.n_ties)]

    def ties_at(self, places: int) -> list[Tie]:
        """The ties at the places in the network that are on in these bits."""
        return [tie for place, tie in enumerate(self.ties) if places >> place & 1]

    @property
    def supporting(self) -> list[Tie]:
        """The ties that give support."""
        return self.ties_at(self.row["supporting"])

    def network(self) -> "networkx.Graph[Any]":
        """The client and everybody in the network, those not mapped yet included, as a graph.

        Returns
        -------
        networkx.Graph
            Node ``"client"``, and a node for each member by number of the row. Edges between the
            client and a member have the tie's ``kind``, ``state``, ``closeness`` (0 to 1) and
            ``hours`` of help (a week); between two members, that they know each other.
            `Town.from_table` reads it as the network of a client.

        Examples
        --------
        >>> from kring.simulation.model import SupportNetworkModel
        >>> graph = SupportNetworkModel("class", seed=1).clients[0].network()
        >>> graph.degree("client") == len(graph) - 1
        True
        """
        import networkx

        graph = networkx.Graph()
        graph.add_node("client", is_client=True, number=self.number, problems=self.problems)
        ties = self.ties
        for tie in ties:
            member, about = tie.member, ("kind", "state", "closeness", "hours")
            graph.add_node(member.number, spare_hours=member.spare_hours, load=member.load)
            graph.add_edge("client", member.number, **{name: getattr(tie, name) for name in about})
        for tie in ties:
            for other in tie.knows:
                graph.add_edge(tie.member.number, other.member.number)
        return graph

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
        if getattr(member, "called", None) != "member":
            raise KringError(f"member takes a handle of a member, not {shown(member)}")
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
        """Why the case closes in the coming week, with its luck; empty if it does not."""
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
        records = self.model.run.records()
        rows = records.episodes_in_order()
        return episode_table(rows[rows["client"] == self.number], records.beside.kinds)


class NetworkMember(Person, table="members", columns=MEMBER, called="member"):
    """Somebody in the network of one client or of several: hours to spare, load carried.

    Examples
    --------
    >>> from kring.simulation.model import SupportNetworkModel
    >>> member = SupportNetworkModel("class", seed=1).members[0]
    >>> 0 <= member.chance_to_stop(member.ties[0].client) <= 1
    True
    """

    helps_already = verb(a_member.helps_already, "client")
    helps_at_once = verb(a_member.helps_at_once, "client")
    comes = verb(
        a_member.comes, "client", "independent", "prepared", independent=False, prepared=1.0
    )
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

    Examples
    --------
    >>> from kring.simulation.model import SupportNetworkModel
    >>> worker = SupportNetworkModel("class", seed=1).professionals[0]
    >>> worker.role, int(worker.cases), worker.contract > 0
    ('team worker', 0, True)
    """

    shares_out_hours = verb(a_professional.shares_out_hours)  # writes
    sees_room = verb(a_professional.sees_room, "client")
    finds_it_too_complex = verb(a_professional.finds_it_too_complex, "client")
    proposes_network = verb(a_professional.proposes_network, "client")
    tells_of_the_right = verb(a_professional.tells_of_the_right, "client")
