"""Extensions: mechanisms, levers, columns, episodes and outcomes of one's own, without a fork.

What is loaded here takes part in every run of this process from then on.
"""

from kring.simulation.behaviour.places import MOST_CALLS, MOST_EXTENSIONS
from kring.simulation.beside import DECLARED, LOADED, outcomes, own_columns
from kring.simulation.errors import KringError, shown
from kring.simulation.extensions.behaviours import COLUMNS
from kring.simulation.extensions.extension import Extension as Extension


def load(extension: Extension) -> None:
    """Let an extension take part in all runs from now on.

    Raises
    ------
    KringError
        If another of that name does already, or there is no room for it.
    """
    if not isinstance(extension, Extension):
        raise KringError(f"{shown(extension)} is no extension: find('visitors.py') gives one")
    name = extension.name
    if LOADED.get(name) is extension:
        return
    if name in LOADED:
        if LOADED[name].fingerprint() != extension.fingerprint():
            unload(name)  # a newer one, of a notebook
        else:
            return
    check_names(extension)
    behaviours = sum(len(one.all_behaviours()) for one in (*LOADED.values(), extension))
    if len(LOADED) >= MOST_EXTENSIONS or behaviours > MOST_CALLS:
        raise KringError(
            f"{name}: there is room for {MOST_EXTENSIONS} extensions with {MOST_CALLS} behaviours"
        )
    for kind, declared in extension.quantities.items():
        if declared:
            kind.take_in(declared)
            DECLARED.update(dict.fromkeys(declared, name))
    LOADED[name] = extension


def check_names(extension: Extension) -> None:
    """Refuse a quantity, a column or an outcome by the name of one that there is."""
    taken = {kind: set(kind.model_fields) for kind in extension.quantities}
    for kind, declared in extension.quantities.items():
        for one in taken[kind].intersection(declared):
            raise KringError(
                f"{extension.name}: there is a quantity {one!r} of a {kind.kind} already; rename it"
            )
    for of, columns in COLUMNS.items():
        known = {*columns, *(column[0] for column in own_columns(of))}
        for column in extension.columns:
            if column.of == of and extension.full(column.name) in known:
                raise KringError(
                    f"{extension.name}: a {of} has a column {extension.full(column.name)!r} "
                    "already; rename it"
                )
    for outcome in extension.outcomes:
        if outcome.name in outcomes():
            raise KringError(
                f"{extension.name}: there is an outcome {outcome.name!r} already; rename it"
            )


def unload(name: str) -> None:
    """Take an extension out: later runs are without it."""
    extension = LOADED.pop(name, None)
    if extension is not None:
        for kind, declared in extension.quantities.items():
            if declared:
                kind.leave_out(declared)
