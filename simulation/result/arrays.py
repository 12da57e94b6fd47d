"""A result as one labelled data set (xarray): weeks, routes, clients as coordinates, and units."""

from typing import TYPE_CHECKING, Any

import numpy as np

from kring.simulation import outcomes
from kring.simulation.errors import KringError
from kring.simulation.result.dictionary import dictionary
from kring.simulation.result.tables import values_of
from kring.simulation.rows import ENTRANCES

if TYPE_CHECKING:
    import xarray

    from kring.simulation.result import Result


def dataset(result: "Result") -> "xarray.Dataset":
    """The tables of a result that go by week, and its panel of clients.

    Raises
    ------
    KringError
        Without the extra `xarray`.
    """
    try:
        import xarray
    except ImportError:
        raise KringError("a data set of xarray needs: pip install 'kring[xarray]'") from None
    told = {(one.table, one.column): one for one in dictionary(result.panels, result.beside)}

    def labelled(table: str, column: str, dims: tuple[str, ...], values: Any) -> "xarray.Variable":
        one = told[table, column]
        return xarray.Variable(dims, values, {"units": one.unit, "long_name": one.about})

    weekly, routes = result.weekly, result.weekly_by_entrance
    found = {}
    for name in outcomes.NAMES:
        found[name] = labelled("weekly", name, ("week",), weekly[name])
        apart = routes[name].to_numpy().reshape(len(ENTRANCES), -1)
        found[f"{name}_by_entrance"] = labelled(
            "weekly_by_entrance", name, ("entrance", "week"), apart
        )
    for name in outcomes.MUNICIPAL_NAMES:
        found[name] = labelled("municipality", name, ("week",), result.municipality[name])
    coordinates: dict[str, Any] = {"week": weekly["week"].to_numpy(), "entrance": list(ENTRANCES)}
    if panel := result.panels.get("clients"):
        weeks, clients = panel.rows.shape
        columns = values_of(panel.columns, panel.rows.reshape(-1), panel.names)
        for name, values in columns.items():
            each = np.asarray(values).reshape(weeks, clients)
            dims = ("panel_week", "client")
            found[f"client_{name}"] = labelled("panel of clients", name, dims, each)
        coordinates["panel_week"] = np.arange(panel.first, panel.first + weeks)
        coordinates["client"] = panel.who["client"]
    about = {"seed": result.seed, "weeks": result.weeks, "model": "Kring"}
    return xarray.Dataset(found, coordinates, about)
