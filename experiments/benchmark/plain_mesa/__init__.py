"""The same rules as a plain Mesa model: objects with attributes and one shared stream of luck.

Written as one writes a Mesa model from scratch, neither slowed down nor tuned. It serves twice:
the tests hold Kring's results against it, and the benchmark Kring's speed. It keeps no episodes
and does not pair the luck of two policies, which makes it faster than the like of Kring would be.

It covers clients, their networks, plans and problems, and the municipality: professionals who are
ill, leave, learn and account for what they do, the limit on cases, the entrance, agencies, groups,
closing and coming back, and the books. Left out are what comes before the meeting and becomes of
its plan, provisions, foster care, and some levers (campaigns, check-ins, short provisions,
reciprocity): its rules are Kring's at the values of `LEFT_OUT_STRENGTHS` and `LEFT_OUT_TOWN`. With
those of `QUIET_STRENGTHS`, `QUIET_TOWN` and `QUIET_TEAM` the municipality is silent too.

Agents and ties hold what is true of them, and decide. What a week brings to a client stands by
theme, in `entrance`, `case`, `mobilisation`, `plan`, `guidance`, `agency`, `support`, `problem`,
`neighbourhood` and `closing`; `model` puts it in order.
"""

from kring.experiments.benchmark.plain_mesa.model import PlainMesaModel
from kring.experiments.benchmark.plain_mesa.quiet import (
    LEFT_OUT_STRENGTHS,
    LEFT_OUT_TOWN,
    QUIET_STRENGTHS,
    QUIET_TEAM,
    QUIET_TOWN,
)

__all__ = [
    "LEFT_OUT_STRENGTHS",
    "LEFT_OUT_TOWN",
    "QUIET_STRENGTHS",
    "QUIET_TEAM",
    "QUIET_TOWN",
    "PlainMesaModel",
]
