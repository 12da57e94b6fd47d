"""Measures of single questions about the municipality."""

from experiments.measures.base import Measure

MUNICIPAL_MEASURES: dict[str, Measure] = {}
