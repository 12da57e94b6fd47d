"""Measures of the routes of entry, for the studies that swap and split them."""

from experiments.measures.base import Measure

ROUTE_MEASURES: dict[str, Measure] = {}
