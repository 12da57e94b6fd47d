"""Figures, drawn from tables only, in the language that is spoken."""
