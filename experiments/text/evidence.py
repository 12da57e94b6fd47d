"""The published figures in words: statistic, group, moment and source."""

from kring.experiments.text.language import _
from kring.simulation.evidence import evidence

COLUMNS = ("statistic", "group", "moment", "source")  # of the evidence that a page shows


def statistic(identity: str) -> str:
    """What a published figure is about."""
    return _(evidence().loc[identity, "statistic"])


def group(identity: str) -> str:
    """Whom it is about."""
    return _(evidence().loc[identity, "group"])


def moment(identity: str) -> str:
    """When it was measured."""
    return _(evidence().loc[identity, "moment"])


def source(identity: str) -> str:
    """Where it was published."""
    return _(evidence().loc[identity, "source"])
