"""Fingerprint: a short hash of all code that a result depends on."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from kring.simulation import compiled

EXPERIMENTS = Path(__file__).parents[1]
SOURCES = (  # of `experiments`: what makes runs of a study, lives them and measures them
    *("study/designs.py", "study/extensions.py", "study/lazily.py", "study/own_clients.py"),
    *("study/plan.py", "study/quantities.py", "study/sampling.py", "study/settings.py"),
    "study/spec.py",
    *("measures/*.py", "execution/pieces.py", "execution/worker.py"),
)


@cache
def code() -> str:
    """Short hash of the model, and of what makes runs of a study and measures them."""
    hashed = hashlib.sha256(compiled.fingerprint().encode())
    for path in sorted(path for name in SOURCES for path in EXPERIMENTS.glob(name)):
        hashed.update(path.read_bytes())
    return hashed.hexdigest()[:16]


def digest(value: Any) -> str:
    """Short hash of what JSON can hold."""
    text = json.dumps(value, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
