"""What a study says that its page cannot show, in a line each."""

from collections.abc import Iterator

from kring.experiments.explore.menu import Menu
from kring.experiments.text.language import _, said
from kring.experiments.text.names import factor_name, outcome_name
from kring.experiments.text.numbers import listed


def absent(menu: Menu) -> list[str]:
    """What a page leaves out of its study, in the language that is spoken."""
    lines = [line.format(names=listed(names)) for line, names in left_out(menu) if names]
    if not menu.levers_of_study:
        lines.append(_("No lever varies in the study: the levers are those that matter most."))
    return lines


def left_out(menu: Menu) -> Iterator[tuple[str, list[str]]]:
    """Each sentence, with the names that it is about."""
    yield (
        _("Policies left out, for they change town, strengths or over eight levers: {names}."),
        [said(label) for label in menu.left_out],
    )  # fmt: skip
    yield (
        _("Outcomes left out, for a page shows eight, of weekly sums: {names}."),
        [outcome_name(name) for name in menu.not_shown],
    )
    yield (
        _("It varies in the study and stands still here: {names}."),
        [factor_name(name) for name in menu.not_moved],
    )
