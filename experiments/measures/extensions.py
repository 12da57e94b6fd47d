"""Measures of extensions: their weekly outcomes, as long as they are loaded."""

from collections.abc import Iterator, Mapping

from kring.experiments.measures.base import Measure, last
from kring.simulation import beside


class OfExtensions(Mapping[str, Measure]):
    """The outcomes of the extensions that are loaded, by name."""

    def __getitem__(self, name: str) -> Measure:
        one = beside.outcomes()[name]
        return Measure(one.unit, one.en, one.nl, last(name))

    def __iter__(self) -> Iterator[str]:
        return iter(beside.outcomes())

    def __len__(self) -> int:
        return len(beside.outcomes())
