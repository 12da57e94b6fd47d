"""Where behaviour of one's own can be put, and what it can ask for."""

from collections.abc import Iterator

from _generate.markdown import table
from kring.simulation.behaviour.places import OF_TIES
from kring.simulation.extensions.behaviours import CAN_ASK, CHANCES, EACH
from kring.simulation.week import PHASES


def places() -> Iterator[str]:
    """The phases, the chances that have a name, and the parameters that are understood."""
    yield "The phases, in their order: " + ", ".join(f"`{phase.name}`" for phase in PHASES) + "."
    rows = [(f"`{name}`", "tie" if name in OF_TIES else "client", what)
            for name, what in CHANCES.items()]  # fmt: skip
    yield table(("chance", "of a", "what it is"), rows)
    asked = [(f"`{each}`", ", ".join(f"`{name}`" for name in CAN_ASK[each] if name != "chance"))
             for each in EACH]  # fmt: skip
    yield table(("for each", "it can ask for, besides `own`"), asked)
