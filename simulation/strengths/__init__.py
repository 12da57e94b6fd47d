"""The strengths of the mechanisms, one file a theme. `simulation.parameters.Parameters` has them all."""
