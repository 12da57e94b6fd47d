"""The strengths of the mechanisms, one file a theme. `kring.simulation.parameters.Parameters` has them all."""
