"""Where behaviour of one's own can be put, what it can ask for, and what it can do."""

import inspect
from collections.abc import Iterator

from _generate.markdown import table
from kring import extend
from kring.simulation.behaviour.places import OF_TIES
from kring.simulation.extensions.asking import CAN_ASK, EACH
from kring.simulation.extensions.behaviours import CHANCES
from kring.simulation.week import PHASES

ASKED = {
    "world": "all rows, by number: `world.clients[...]`, `.ties`, `.members`, `.professionals`, "
    "`.teams`, `.policies`; the acts want it",
    "week": "the week, from 1",
    "seed": "`world.seed`, for what chance decides",
    "parameters": "the strengths of Kring's mechanisms: `parameters.willing`",
    "town": "the quantities of the town: `town.sick_leave`",
    "domains": "numbers of the problem domains: `domains.weight[domain]`",
    "kinds": "numbers of the kinds of ties: `kinds.closeness[tie.kind]`",
    "strengths": "the extension's own strengths",
    "codes": "numbers of its own episodes",
    "team": "the team, or the client's",
    "own_team": "its own columns of that team",
    "client_row": "the client's place in `world.clients`",
    "client": "the client, or whose tie it is",
    "own_client": "its own columns of that client",
    "policy": "the levers of Kring's that this client or team meets",
    "levers": "the extension's own levers, as this client or team meets them",
    "tie_row": "the tie's place in `world.ties`",
    "tie": "the tie",
    "own_tie": "its own columns of the tie",
    "member": "who is at the other end of the tie",
    "own_member": "its own columns of that member, who may stand beside other clients too",
    "professional_row": "the professional's place in `world.professionals`",
    "professional": "the professional: a team worker, a coordinator or an agency (`role`)",
    "own_professional": "its own columns of the professional",
}
ACTS = (
    *("uniform", "normal", "is_turn_of", "happened", "set_level", "begin_to_help", "end_help"),
    *("somebody_comes_to_help", "spend", "book"),
)


def places() -> Iterator[str]:
    """The phases, the chances that have a name, and the parameters that are understood."""
    yield "The phases, in their order: " + ", ".join(f"`{phase.name}`" for phase in PHASES) + "."
    rows = [(f"`{name}`", "tie" if name in OF_TIES else "client", what)
            for name, what in CHANCES.items()]  # fmt: skip
    yield table(("chance", "of a", "what it is"), rows)


def asked() -> Iterator[str]:
    """What a behaviour can ask for: for whom, and what it is."""
    names = list(dict.fromkeys(name for each in EACH for name in CAN_ASK[each] if name != "chance"))
    rows = [(f"`{name}`", those_who_can(name), ASKED[name]) for name in names]
    yield table(("parameter", "of each", "what it is"), rows)


def those_who_can(name: str) -> str:
    """For whom a behaviour can ask for it."""
    can = [each for each in EACH if name in CAN_ASK[each]]
    return "any" if len(can) == len(EACH) else ", ".join(can)


def acts() -> Iterator[str]:
    """What a behaviour can do, and what it gives to whom."""
    rows = []
    for name in ACTS:
        act = getattr(extend, name)
        given = ", ".join(inspect.signature(act).parameters)
        rows.append((f"`{name}({given})`", str(act.__doc__).partition("\n")[0]))
    yield table(("act", "what happens"), rows)
