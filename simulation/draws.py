"""Keyed randomness: the same client meets the same luck under every policy.

A draw is a pure function of (run seed, decision name, identity, week). Nothing is shared and
nothing has an order, so a policy, a thread or one more client cannot shift anybody else's luck.
The generator is Philox4x32 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as
1, 2, 3", SC 2011) in its fastest form that passes all tests of randomness there: seven rounds. The
tests hold it against the vectors published with it.
"""

import hashlib
import math

import numpy as np

from kring.simulation.compiled import compiled

WORD = 0xFFFFFFFF
ROUNDS = 7
_names: dict[int, str] = {}


def decision(name: str, *, again: bool = False) -> np.int64:
    """Give a decision its number, the same on every machine.

    Numba compiles a function anew for every plain whole number that it is called with; one of
    NumPy's spares that. With ``again`` the same name may come twice: an extension's, loaded anew.

    Raises
    ------
    ValueError
        If the name is taken: a second attempt needs a second name.
    """
    number = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest(), "little")
    if number in _names and not (again and _names[number] == name):
        raise ValueError(f"decision {name!r} has the number of {_names[number]!r}; rename it")
    _names[number] = name
    return np.int64(number)


def decisions() -> list[str]:
    """All decisions that draw, by name."""
    return sorted(_names.values())


@compiled
def philox(c0, c1, c2, c3, k0, k1, rounds):
    """Four words of 32 bits from a counter of four words and a key of two."""
    for _ in range(rounds):
        product0 = 0xD2511F53 * c0
        product1 = 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (
            ((product1 >> 32) & WORD) ^ c1 ^ k0,
            product1 & WORD,
            ((product0 >> 32) & WORD) ^ c3 ^ k1,
            product0 & WORD,
        )
        k0 = (k0 + 0x9E3779B9) & WORD
        k1 = (k1 + 0xBB67AE85) & WORD
    return c0, c1, c2, c3


@compiled
def _words(seed, name, identity, week):
    who = int(identity)
    run = int(seed)
    return philox(
        who & WORD,
        (who >> 32) & WORD,
        int(week) & WORD,
        int(name),
        run & WORD,
        (run >> 32) & WORD,
        ROUNDS,
    )


@compiled
def _unit(high, low):
    return ((high >> 5) * 67108864.0 + (low >> 6)) / 9007199254740992.0


@compiled
def uniform(seed, name, identity, week):
    """A number in [0, 1), keyed."""
    high, low, _, _ = _words(seed, name, identity, week)
    return _unit(high, low)


@compiled
def four_uniforms(seed, name, identity, week):
    """Four numbers in [0, 1), in steps of 2**-32, for four things that belong together."""
    a, b, c, d = _words(seed, name, identity, week)
    return a / 4294967296.0, b / 4294967296.0, c / 4294967296.0, d / 4294967296.0


@compiled
def normal(seed, name, identity, week):
    """A standard normal number, keyed (Box and Muller 1958, on one Philox block)."""
    a, b, c, d = _words(seed, name, identity, week)
    return math.sqrt(-2.0 * math.log(1.0 - _unit(a, b))) * math.cos(2.0 * math.pi * _unit(c, d))


@compiled
def going_with(seed, name, identity, other, correlation):
    """A standard normal number, keyed, that goes with another such number to this correlation."""
    own = normal(seed, name, identity, 0)
    return correlation * other + math.sqrt(1.0 - correlation * correlation) * own


@compiled
def is_among_highest(number, share):
    """Whether a standard normal number is among this share of the highest."""
    return 0.5 * math.erfc(number / math.sqrt(2.0)) < share
