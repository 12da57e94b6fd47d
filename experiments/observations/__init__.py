"""Observations: the rows of evidence as something to measure, and what the model gives for each."""

from kring.experiments.observations.measure import measure
from kring.experiments.observations.rows import ROWS, Row

__all__ = ["ROWS", "Row", "measure"]
