"""Sets of small whole numbers as bits of one: domains, disciplines, places in a network."""

from kring.simulation.compiled import compiled


@compiled
def bit(place):
    """The set that holds only this place."""
    return 1 << int(place)  # of a byte, NumPy would shift within the byte


@compiled
def has(bits, place):
    """Whether a place is in the set."""
    return bits & bit(place) != 0


@compiled
def first(bits):
    """The lowest place in the set."""
    return count((bits & -bits) - 1)


@compiled
def without_first(bits):
    """The set without its lowest place."""
    return bits & (bits - 1)


@compiled
def count(bits):
    """Number of places in the set."""
    left = int(bits)
    number = 0
    while left:
        left &= left - 1
        number += 1
    return number
