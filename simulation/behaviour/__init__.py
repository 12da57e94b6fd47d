"""What people do: plain functions with a verb for a name, over rows, compiled.

One file an idea. A function says which mechanism it carries; `kring.simulation.week` says when it
acts.
"""
