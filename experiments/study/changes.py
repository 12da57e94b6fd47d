"""What a study sets of the town, a policy, the strengths or the country, beside a named set."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kring.simulation.ensemble import USUAL
from kring.simulation.parameters import Parameters
from kring.simulation.policy import Policy
from kring.simulation.settings import Settings


@dataclass(frozen=True)
class Changes:
    """What is set of one kind of settings. Empty, and false, where nothing is.

    Attributes
    ----------
    kind : type
        What it is set of: `Town`, `Policy`, `Parameters` or `Country`.
    preset : str
        Named set that it starts from; ``is_named`` says whether the study names it.
    given : dict
        Values that the study gives, by quantity.
    silent : tuple of str
        Mechanisms that are switched off.
    """

    kind: type[Settings]
    preset: str
    is_named: bool
    given: Mapping[str, Any]
    silent: tuple[str, ...] = ()

    @property
    def is_ensemble(self) -> bool:
        """Whether it starts from the sets of an ensemble."""
        return self.preset not in self.kind.presets()

    def __bool__(self) -> bool:
        return bool(self.is_named or self.given or self.silent)

    def differences(self) -> dict[str, tuple[Any, Any]]:
        """What is other than in the named set: the value here and the value there.

        Policies stand beside the first set, whichever they start from. The sets of an ensemble
        have no one value: beside them stands none.
        """
        if self.is_ensemble:
            return {name: (value, None) for name, value in self.given.items()}
        first = self.kind.presets()[0]
        usual = self.kind.preset(first if self.kind is Policy else self.preset)
        here = self.kind.preset(self.preset, **self.given)
        pairs = ((name, getattr(here, name), getattr(usual, name)) for name in self.kind.declared())
        return {name: (value, was) for name, value, was in pairs if value != was}


def changes_of(kind: type[Settings], table: Mapping[str, Any]) -> Changes:
    """The changes that a table of a study file makes: a preset, mechanisms, values."""
    given = dict(table)
    preset, silent = given.pop("preset", ""), given.pop("without", ())
    usual = USUAL if kind is Parameters else kind.presets()[0]
    silent = (silent,) if isinstance(silent, str) else tuple(silent)
    return Changes(kind, preset or usual, bool(preset), given, silent)
