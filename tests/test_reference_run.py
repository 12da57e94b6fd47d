"""A run whose numbers are kept: they change only when somebody means them to.

``python -m tests.test_reference_run --refresh`` writes them anew.
"""

import json
import sys
from pathlib import Path

import numpy as np

from kring.simulation.outcomes import NAMES
from kring.simulation.run import simulate
from kring.simulation.town import Town
from tests.helpers import ROUTES

KEPT = Path(__file__).with_name("reference_run.json")
TOWN = Town(clients=300, clients_per_team=100, conference_share=0.3)
SEED = 2019
WEEKS = (1, 4, 13, 26, 39, 52, 78, 104)
HOW = (
    "The numbers of the reference run have changed. If you meant to change what comes out, write "
    "them anew with `python -m tests.test_reference_run --refresh`, and say in the commit why."
)


def lived() -> dict[str, dict[str, list[float]]]:
    """Outcomes by route of entry, a number for each of `WEEKS`."""
    table = simulate(TOWN, ROUTES, max(WEEKS), SEED).weekly_by_entrance
    table = table[table["week"].isin(WEEKS)]
    return {
        entrance: {name: [float(f"{x:.12g}") for x in part[name]] for name in NAMES}
        for entrance, part in table.groupby("entrance", sort=False)
    }


def test_the_reference_run_gives_the_numbers_that_are_kept():
    kept, now = json.loads(KEPT.read_text(encoding="utf-8")), lived()
    assert now.keys() == kept.keys(), HOW
    apart = [
        f"{entrance}, {name}: {kept[entrance].get(name)} -> {values}"
        for entrance, outcomes in now.items()
        for name, values in outcomes.items()
        if not np.allclose(values, kept[entrance].get(name, np.nan), rtol=1e-9, atol=1e-12)
    ]
    assert not apart, "\n".join([HOW, *apart])


def refresh() -> None:
    """Write the numbers, a line an outcome."""
    routes = [
        f' "{entrance}": {{\n'
        + ",\n".join(f'  "{name}": {json.dumps(values)}' for name, values in outcomes.items())
        + "\n }"
        for entrance, outcomes in lived().items()
    ]
    KEPT.write_text("{\n" + ",\n".join(routes) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["--refresh"]:
        sys.exit(__doc__)
    refresh()
