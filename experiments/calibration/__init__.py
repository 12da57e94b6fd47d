"""Setting the strengths that nobody has measured by the figures that somebody has."""
