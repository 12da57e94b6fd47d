"""What an extension's behaviour can do besides Kring's own acts."""

from kring.simulation import episodes
from kring.simulation.compiled import compiled


@compiled
def happened(world, week, client_row, kind, amount):  # type: ignore[no-untyped-def]
    """Write an episode of one's own, where the run keeps episodes.

    Parameters
    ----------
    kind : int
        Its number: ``codes.name`` for the kind that was declared as ``name``.
    amount : float
        Its size, as it was declared.
    """
    episodes.log(world, week, client_row, kind, 0, amount)
