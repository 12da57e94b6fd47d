"""The emulator: a line and small networks that learned what the model gives, asked in its place."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kring.experiments.calibration.implausibility import implausibility, tolerance
from kring.experiments.extras import extra
from kring.experiments.observations import Row

NETS = 3
LAYERS = (96, 64)
STIFF = 30.0  # of the line: what two sets or three say is not believed
HELD_OUT = 0.15  # of the sets, by which the error is measured
NEAR = 5.0  # tolerances: errors further off do not matter
FAR = 3.0  # tolerances from which on differences are drawn together


@dataclass(frozen=True)
class Emulator:
    """What the model gives for a set of values, learned from the sets that were simulated.

    Attributes
    ----------
    rows : sequence of Row
        What was observed.
    line : object
        What goes in a straight line with each quantity: few sets tell that already.
    nets : sequence
        Networks that have learned what the line leaves; their mean is taken.
    rmse : ndarray, shape (rows,)
        Error among sets that were held out, near what was observed; the chance of a single
        simulated town is in it.
    """

    rows: Sequence[Row]
    line: Any
    nets: Sequence[Any]
    rmse: np.ndarray

    @classmethod
    def taught(
        cls, rows: Sequence[Row], places: np.ndarray, simulated: np.ndarray, seed: int
    ) -> "Emulator":
        """An emulator that has learned from simulated sets.

        Parameters
        ----------
        rows : sequence of Row
            What was observed.
        places : ndarray, shape (sets, unknowns)
            Where the sets lie in the priors.
        simulated : ndarray, shape (sets, rows)
            What the model gave.
        seed : int
            Seed of the networks and of the sets that are held out.
        """
        networks = extra("sklearn.neural_network", "a calibration", "calibration")
        linear = extra("sklearn.linear_model", "a calibration", "calibration")
        threads = extra("threadpoolctl", "a calibration", "calibration")
        inputs, wanted = _centred(places), _drawn_together(rows, simulated)
        order = np.random.Generator(np.random.Philox(key=[seed, 0])).permutation(len(places))
        out, taught = np.split(order, [max(2, int(HELD_OUT * len(order)))])
        with warnings.catch_warnings(), threads.threadpool_limits(1):
            warnings.simplefilter("ignore")  # of the last step not being the end
            line = linear.Ridge(STIFF).fit(inputs[taught], wanted[taught])
            left = wanted - line.predict(inputs).reshape(wanted.shape)
            nets = [
                networks.MLPRegressor(
                    hidden_layer_sizes=LAYERS, alpha=1e-2, batch_size=min(128, len(taught)),
                    learning_rate_init=1e-3, max_iter=200, early_stopping=len(taught) > 50,
                    n_iter_no_change=10, random_state=seed * NETS + i,
                ).fit(inputs[taught], left[taught])
                for i in range(NETS)
            ]  # fmt: skip
        untested = cls(rows, line, nets, np.zeros(len(rows)))
        off = untested.gives(places[out]) - simulated[out]
        near = np.abs(simulated[out] - _values(rows)) < NEAR * tolerance(rows)
        return cls(rows, line, nets, _root_mean_square(off, near, tolerance(rows)))

    def gives(self, places: np.ndarray) -> np.ndarray:
        """What the model would give: a row a set, a column a row of evidence."""
        # In single precision: the networks' own error is far above it.
        inputs = _centred(places).astype(np.float32)
        drawn = np.mean([_forward(net, inputs) for net in self.nets], axis=0)
        drawn += (inputs @ self.line.coef_.T.astype(np.float32)) + self.line.intercept_
        return np.asarray(_values(self.rows) + FAR * np.sinh(drawn / FAR) * tolerance(self.rows))

    def each(self, places: np.ndarray, variance: np.ndarray | float) -> np.ndarray:
        """The implausibility of each row, for each set, with this variance of what is given."""
        return implausibility(self.rows, self.gives(places), variance)


def _forward(net: Any, inputs: np.ndarray) -> np.ndarray:
    for weights, bias in zip(net.coefs_[:-1], net.intercepts_[:-1], strict=True):
        inputs = np.maximum(inputs @ weights.astype(np.float32) + bias.astype(np.float32), 0)
    out = inputs @ net.coefs_[-1].astype(np.float32) + net.intercepts_[-1].astype(np.float32)
    return np.asarray(out.reshape(len(inputs), -1))


def _values(rows: Sequence[Row]) -> np.ndarray:
    return np.array([row.value for row in rows])


def _centred(places: np.ndarray) -> np.ndarray:
    return np.asarray((places - 0.5) * np.sqrt(12))  # mean 0 and variance 1 over the prior


def _drawn_together(rows: Sequence[Row], simulated: np.ndarray) -> np.ndarray:
    """In tolerances from what was observed, large ones drawn together; who is missing, as usual."""
    off = FAR * np.arcsinh((simulated - _values(rows)) / tolerance(rows) / FAR)
    return np.asarray(np.where(np.isnan(off), np.nanmedian(off, axis=0), off))


def _root_mean_square(off: np.ndarray, near: np.ndarray, unknown: np.ndarray) -> np.ndarray:
    """Error by row among sets that are near; where there are none, as large as the tolerance."""
    count = (near & ~np.isnan(off)).sum(axis=0)
    total = np.nansum(np.where(near, off, 0) ** 2, axis=0)
    return np.asarray(np.where(count > 4, np.sqrt(total / np.maximum(count, 1)), unknown))
