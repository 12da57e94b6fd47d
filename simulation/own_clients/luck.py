"""Keyed luck for many at once: the numbers that `kring.simulation.draws` gives one by one."""

import math
from collections.abc import Callable

import numpy as np

from kring.simulation import draws

Several = np.ndarray | int
Whole = int | np.integer


def words(seed: int, name: Whole, identities: np.ndarray, week: Several = 0) -> list[np.ndarray]:
    """Four words of 32 bits for each identity."""
    who, run = identities.astype(np.int64), int(seed)
    philox = getattr(draws.philox, "py_func", draws.philox)
    made: list[np.ndarray] = philox(
        who & draws.WORD, (who >> 32) & draws.WORD, np.asarray(week, np.int64), int(name),
        run & draws.WORD, (run >> 32) & draws.WORD, draws.ROUNDS,
    )  # fmt: skip
    return made


def unit(high: np.ndarray, low: np.ndarray) -> np.ndarray:
    """Numbers in [0, 1) of two words each."""
    of_two = getattr(draws._unit, "py_func", draws._unit)
    made: np.ndarray = of_two(high, low)
    return made


def uniforms(seed: int, name: Whole, identities: np.ndarray, week: Several = 0) -> np.ndarray:
    """Numbers in [0, 1), keyed."""
    high, low, _, _ = words(seed, name, identities, week)
    return unit(high, low)


def normals(seed: int, name: Whole, identities: np.ndarray) -> np.ndarray:
    """Standard normal numbers, keyed."""
    a, b, c, d = words(seed, name, identities)
    size = np.sqrt(-2.0 * one_by_one(math.log, 1.0 - unit(a, b)))
    drawn: np.ndarray = size * one_by_one(math.cos, 2.0 * math.pi * unit(c, d))
    return drawn


def one_by_one(function: Callable[[float], float], numbers: np.ndarray) -> np.ndarray:
    """A function of each number: NumPy's own differ in the last bit from processor to processor."""
    return np.fromiter(map(function, numbers.tolist()), float, len(numbers))
