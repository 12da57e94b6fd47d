"""Kring: support networks around clients of Dutch municipal care, simulated.

>>> from kring import Policy, Town, simulate
>>> result = simulate(Town.preset("class"), Policy.preset("wijkteam"), weeks=4)
>>> len(result.weekly)
4
"""

import warnings
from importlib import import_module
from typing import Any

# A bar of Mesa's warns in red, as soon as it is imported, in a notebook without widgets.
warnings.filterwarnings("ignore", message="IProgress not found")

# Loaded when first asked for: who simulates without Mesa does not wait for it.
_HOMES = {
    "Client": "agents",
    "Comparison": "comparison",
    "Ensemble": "ensemble",
    "KringError": "errors",
    "NetworkMember": "agents",
    "Parameters": "parameters",
    "Policy": "policy",
    "Professional": "agents",
    "Result": "result",
    "SupportNetworkModel": "model",
    "Town": "town",
    "compare": "comparison",
    "simulate": "run",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kring.simulation' has no attribute {name!r}")
    return getattr(import_module(f"kring.simulation.{_HOMES[name]}"), name)
