"""Sent: a plan on its way to a worker, where first all that takes part in it has to be found."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, Self

from kring.experiments.study.extensions import Needed, lived_with
from kring.experiments.study.plan import Plan, resolved
from kring.simulation.own_clients import OwnClients


class Sent(NamedTuple):
    """What a worker gets of a plan: the study's text, what its table tells, and its extensions."""

    text: str
    told: OwnClients | None
    extensions: tuple[Needed, ...]

    @classmethod
    def of(cls, plan: Plan) -> Self:
        """What is sent of a plan."""
        return cls(*plan.__reduce__()[1])

    @contextmanager
    def arrived(self) -> Iterator[Plan]:
        """The plan, with what takes part in it while it is lived; it is resolved once.

        Raises
        ------
        KringError
            If an extension isn't there, or is another than the study began with.
        """
        with lived_with(self.extensions):
            yield resolved(*self)
