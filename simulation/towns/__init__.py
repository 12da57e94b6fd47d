"""The quantities of a town, one file a theme. `kring.simulation.town.Town` has them all."""
