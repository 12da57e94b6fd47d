"""The same rules as a plain Mesa model: objects with attributes and one shared stream of luck.

Written as one writes a Mesa model from scratch, neither slowed down nor tuned. It serves twice:
the tests hold Kring's results against it, and the benchmark Kring's speed. It keeps no episodes
and does not pair the luck of two policies, which makes it faster than the like of Kring would be.

It covers the core: clients, their networks, professionals' hours, plans and problems. The team's
working life (illness, learning, accounting, agencies, returns), what comes before the plan and what
becomes of it, provisions and the neighbourhood are left out: its rules are Kring's at the values of
`QUIET_STRENGTHS`, `QUIET_TOWN` and `QUIET_TEAM`.

Agents and ties hold what is true of them, and decide. What a week brings to a client stands by
theme, in `case`, `mobilisation`, `plan`, `guidance`, `support` and `problem`; `model` puts it in
order.
"""

from experiments.benchmark.plain_mesa.model import PlainMesaModel
from experiments.benchmark.plain_mesa.quiet import QUIET_STRENGTHS, QUIET_TEAM, QUIET_TOWN

__all__ = ["QUIET_STRENGTHS", "QUIET_TEAM", "QUIET_TOWN", "PlainMesaModel"]
