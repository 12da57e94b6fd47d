"""The levers of a policy, one file a theme. `kring.simulation.policy.Policy` has them all.

A lever is a field with unit, range, source and a paragraph on its mechanism. At its `neutral` value
(0 where nothing else is said) it does nothing at all, to the last bit.
"""
