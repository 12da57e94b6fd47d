"""Unknowns: which quantities are calibrated, and where each is thought to lie before.

Both follow from the declarations: a strength, or a quantity of the town, that says where it is
likely to lie is not known, and that is its prior.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kring.simulation.errors import KringError, nearest
from kring.simulation.parameters import Parameters
from kring.simulation.settings import Settings
from kring.simulation.town import Town

DECADE = 10  # a prior that spans as much is even in its logarithm
KINDS: tuple[type[Settings], ...] = (Parameters, Town)


@dataclass(frozen=True)
class Unknown:
    """A quantity to be calibrated; its prior is even between low and high, or in the logarithm.

    Attributes
    ----------
    name : str
        Its name in `Parameters` or `Town`.
    low, high : float
        Where it is thought to lie.
    """

    name: str
    low: float
    high: float

    @property
    def is_log(self) -> bool:
        """Whether the prior is even in the logarithm."""
        return self.low > 0 and self.high / self.low >= DECADE

    def value(self, place: np.ndarray) -> np.ndarray:
        """Values at places in the prior, from 0 to 1."""
        if self.is_log:
            return np.asarray(self.low * (self.high / self.low) ** place)
        return np.asarray(self.low + (self.high - self.low) * place)

    def place(self, value: np.ndarray) -> np.ndarray:
        """Where in the prior values lie, from 0 to 1."""
        if self.is_log:
            return np.asarray(np.log(value / self.low) / np.log(self.high / self.low))
        return np.asarray((value - self.low) / (self.high - self.low))


def unknowns(only: Iterable[str] = (), known: Iterable[str] = ()) -> list[Unknown]:
    """What is to be calibrated, strengths first.

    Parameters
    ----------
    only : iterable of str
        Names of quantities, over the whole of their range where they do not say where they are
        likely to lie; if empty, all that do say so.
    known : iterable of str
        Names of those that are known all the same, and left out.

    Raises
    ------
    KringError
        For a name of none.
    """
    kinds = {name: kind for kind in KINDS for name in kind.quantities()}
    for name in only:
        if name not in kinds:
            raise KringError(f"no quantity called {name!r}; {nearest(name, kinds)}")
    said = [name for name, kind in kinds.items() if "likely" in kind.note(name)]
    chosen = [name for name in dict.fromkeys(only or said) if name not in set(known)]
    return [Unknown(name, *kinds[name].likely(name)) for name in chosen]


def valued(unknown: Sequence[Unknown], places: np.ndarray) -> pd.DataFrame:
    """Sets of values at places in the priors: a row a set, a column a quantity."""
    return pd.DataFrame({one.name: one.value(places[:, i]) for i, one in enumerate(unknown)})


def placed(unknown: Sequence[Unknown], sets: pd.DataFrame) -> np.ndarray:
    """Where in the priors sets of values lie: a row a set, a column a quantity, from 0 to 1."""
    return np.column_stack([one.place(sets[one.name].to_numpy()) for one in unknown])


def settings_of(values: Mapping[str, float], town: Town) -> tuple[Town, Parameters]:
    """A town and strengths with these values."""
    facts = {name: value for name, value in values.items() if name in Town.model_fields}
    strengths = {name: value for name, value in values.items() if name not in facts}
    return town.replace(**facts), Parameters().replace(**strengths)
