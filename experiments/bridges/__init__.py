"""Bridges: studies and results as other tools have their own."""
