"""Places of the week, and chances, that have a name: where behaviour of one's own can be put.

What is put there is machine code by itself, found by its address, so that Kring's own week need not
be compiled anew. Without any, a place is one comparison of two numbers.
"""

from typing import Any

import numpy as np

from kring.simulation.compiled import compiled, compiled_apart
from kring.simulation.rows import MAX_TIES

CHANCES = (
    "chance_to_say_yes",  # of a member who is asked
    "chance_to_stop",  # of a supporter, in a week
    "chance_to_end",  # of a tie, in a quarter
    "chance_to_lapse",  # of the network's plan, in a week
    "chance_to_come_back",  # of a client whose case was closed, in a week
)
(TO_SAY_YES, TO_STOP, TO_END, TO_LAPSE, TO_COME_BACK) = range(len(CHANCES))
OF_TIES = CHANCES[:3]  # the others are of clients

N_PHASES = 15
FIRST_PHASE = len(CHANCES)  # before it; one further, after it
N_PLACES = FIRST_PHASE + 2 * N_PHASES
MOST_EXTENSIONS = 16
MOST_CALLS = 96

# Tables with a row for each client, tie, ... that an extension has of its own.
TABLES = ("client", "tie", "member", "professional", "team", "levers", "strengths", "kinds", "sums")

EXTENSIONS = np.dtype(
    [
        ("first", "i8", (N_PLACES + 1,)),  # of the calls at each place, and one past the last
        ("address", "i8", (MOST_CALLS,)),
        ("extension", "i8", (MOST_CALLS,)),
        ("own", "i8", (MOST_EXTENSIONS, len(TABLES))),  # where its tables lie
        ("room", "i8"),  # episodes that a client can have in a week beside Kring's
        ("lost", "i8"),  # whether one had no room
    ]
)


def before(phase: int) -> int:
    """The place before a phase; the next number is the one after it."""
    return FIRST_PHASE + 2 * phase


def none() -> Any:
    """No extensions."""
    return np.zeros(1, EXTENSIONS).view(np.recarray)[0]


class AtAddress:
    """Calls the machine code at an address; Numba is loaded only when this is compiled."""

    plain: dict[int, Any] = {}  # without a compiler: what stands for an address  # noqa: RUF012

    @property
    def _numba_type_(self) -> Any:
        from kring.simulation.at_address import call_type

        return call_type()

    def __call__(self, address: int, *given: Any) -> float:
        """Call it, where nothing is compiled."""
        return float(self.plain[int(address)](*given))


call = AtAddress()


@compiled
def there_is_any(world, place):
    """Whether anything has been put at a place."""
    return world.extensions.first[place] < world.extensions.first[place + 1]


@compiled_apart
def call_each(world, place, row, tie_row, week, chance):
    """Call what was put at a place, in the order in which it was loaded; returns the chance."""
    beside = world.extensions
    for i in range(beside.first[place], beside.first[place + 1]):
        chance = call(beside.address[i], world, beside.extension[i], row, tie_row, week, chance)
    return chance


@compiled
def happens(world, place, team, week):
    """What was put before or after a phase happens, for a team."""
    if there_is_any(world, place):
        call_each(world, place, team.id, -1, week, 0.0)


@compiled
def changed(world, place, chance, client_row, week):
    """A chance of a client as it is changed by what was put there."""
    if there_is_any(world, place):
        return within(call_each(world, place, client_row, -1, week, chance))
    return chance


@compiled
def changed_of_tie(world, place, chance, client_row, tie, week):
    """A chance of a tie as it is changed by what was put there."""
    if there_is_any(world, place):
        tie_row = world.clients[client_row].first_tie + tie.id % MAX_TIES
        return within(call_each(world, place, client_row, tie_row, week, chance))
    return chance


@compiled
def within(chance):
    """A chance within 0 and 1."""
    return min(1.0, max(0.0, chance))
