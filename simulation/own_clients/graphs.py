"""Graphs of networkx as tables: who is a client, and who is in whose network."""

from typing import TYPE_CHECKING, Any

from kring.simulation.errors import KringError
from kring.simulation.own_clients.cells import short, text_of
from kring.simulation.own_clients.columns import ID, with_network
from kring.simulation.own_clients.tie_columns import CLIENT, KNOWS, MEMBER
from kring.simulation.own_clients.ties import listed

if TYPE_CHECKING:
    import networkx
    import pandas as pd

IS_CLIENT = "is_client"
WORKED_OUT = (IS_CLIENT, "number", "problems", "load", "hours")  # by the model itself


def is_graph(given: Any) -> bool:
    """Whether this is a graph of networkx."""
    return hasattr(given, "nodes") and hasattr(given, "adj")


def clients_of(graph: "networkx.Graph[Any]") -> "pd.DataFrame":
    """The table of clients in a graph: the nodes that say of themselves that they are.

    Raises
    ------
    KringError
        If there are none.
    """
    import pandas as pd

    rows = [
        {ID: text_of(node), **with_network(told(of), len(network_of(graph, node)))}
        for node, of in graph.nodes.items()
        if of.get(IS_CLIENT)
    ]
    if not rows:
        raise KringError(
            f"the graph has no clients: give their nodes the attribute {IS_CLIENT}=True"
        )
    return pd.DataFrame(rows, dtype=object)


def ties_of(graph: "networkx.Graph[Any]", ids: set[str]) -> "pd.DataFrame":
    """The table of ties in a graph: a row for each edge between a client and somebody else.

    Parameters
    ----------
    graph : networkx.Graph
        Nodes are persons, edges those who are something to each other.
    ids : set of str
        Which nodes are clients.

    Raises
    ------
    KringError
        For an edge between two clients, and edges that have a direction.
    """
    import pandas as pd

    if graph.is_directed():
        raise KringError("the graph has directions, and a tie has none: give graph.to_undirected()")
    rows = []
    for node in graph.nodes:
        if text_of(node) not in ids:
            continue
        network = network_of(graph, node)
        for other in network:
            if text_of(other) in ids:
                raise KringError(
                    f"the graph joins two clients, {short(node)} and {short(other)}, and a client "
                    "can't be in another's network: leave that edge out"
                )
            known = [text_of(one) for one in network if one != other and graph.has_edge(other, one)]
            row = {CLIENT: text_of(node), MEMBER: text_of(other), KNOWS: listed(known)}
            rows.append(row | told(graph.nodes[other]) | told(of_edge(graph, node, other)))
    return pd.DataFrame(rows, columns=None if rows else [CLIENT], dtype=object)


def network_of(graph: "networkx.Graph[Any]", node: Any) -> list[Any]:
    """Who is something to somebody."""
    return [other for other in graph.adj[node] if other != node]


def of_edge(graph: "networkx.Graph[Any]", one: Any, other: Any) -> dict[str, Any]:
    """What an edge tells; of several between the same two, the first."""
    found: dict[str, Any] = graph.adj[one][other]
    return next(iter(found.values())) if graph.is_multigraph() else found


def told(attributes: dict[str, Any]) -> dict[str, Any]:
    """What a node or an edge tells, without what the model works out itself."""
    return {name: value for name, value in attributes.items() if name not in WORKED_OUT}
