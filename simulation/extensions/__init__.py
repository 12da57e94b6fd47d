"""Extensions: mechanisms, levers, columns, episodes and outcomes of one's own, without a fork.

What is loaded here takes part in every run of this process from then on.
"""

from kring.simulation.behaviour.places import MOST_CALLS, MOST_EXTENSIONS
from kring.simulation.beside import LOADED
from kring.simulation.errors import KringError
from kring.simulation.extensions.extension import Extension as Extension


def load(extension: Extension) -> None:
    """Let an extension take part in all runs from now on.

    Raises
    ------
    KringError
        If another of that name does already, or there is no room for it.
    """
    name = extension.name
    if LOADED.get(name) is extension:
        return
    if name in LOADED:
        if LOADED[name].fingerprint() != extension.fingerprint():
            unload(name)  # a newer one, of a notebook
        else:
            return
    for kind, declared in extension.quantities.items():
        for one in declared:
            if one in kind.model_fields:
                raise KringError(f"{name}: {kind.kind}s have a quantity {one!r} already; rename it")
    behaviours = sum(len(one.behaviours) for one in (*LOADED.values(), extension))
    if len(LOADED) >= MOST_EXTENSIONS or behaviours > MOST_CALLS:
        raise KringError(
            f"{name}: there is room for {MOST_EXTENSIONS} extensions with {MOST_CALLS} behaviours"
        )
    for kind, declared in extension.quantities.items():
        if declared:
            kind.take_in(declared)
    LOADED[name] = extension


def unload(name: str) -> None:
    """Take an extension out: later runs are without it."""
    extension = LOADED.pop(name, None)
    if extension is not None:
        for kind, declared in extension.quantities.items():
            if declared:
                kind.leave_out(declared)
