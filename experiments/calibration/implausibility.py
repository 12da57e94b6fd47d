"""Implausibility: how far what is simulated lies from what was observed, for all that is not known.

Three things are told apart: the observation's own sampling error, what a model of this kind is off
by although its mechanisms are right, and the chance of the towns drawn; an emulator adds a fourth,
its own error.
"""

from collections.abc import Sequence

import numpy as np

from kring.experiments.observations import Row

RULED_OUT = 3.0  # standard deviations: by Pukelsheim's rule hardly any true set is so far off
MEETS = 2.0  # within what the observation leaves open
NOBODY = 99.0  # where the group is empty there is nothing to compare


def implausibility(
    rows: Sequence[Row], simulated: np.ndarray, variance: np.ndarray | float = 0.0
) -> np.ndarray:
    """How far off each row is, in standard deviations of all that is not known.

    Parameters
    ----------
    rows : sequence of Row
        What was observed.
    simulated : ndarray, shape (sets, rows)
        What the model gives.
    variance : ndarray, shape (rows,), or float
        Variance of the simulated values: by chance, or by an emulator.

    Returns
    -------
    ndarray, shape (sets, rows)
        Not negative; of an ordering, only what falls short counts.
    """
    off = np.array([row.value for row in rows]) - simulated
    off = np.where([row.ordering for row in rows], np.maximum(off, 0), np.abs(off))
    off = off / np.sqrt(tolerance(rows) ** 2 + variance)
    return np.asarray(np.nan_to_num(off, nan=NOBODY))


def tolerance(rows: Sequence[Row]) -> np.ndarray:
    """Standard deviation of the sampling error and the model's discrepancy together, by row."""
    both: np.ndarray = np.sqrt([row.sd**2 + row.discrepancy**2 for row in rows])
    return both
