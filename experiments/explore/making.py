"""Making a page: its menu, the pictures of its presets, and the model as WebAssembly."""

import sys

from tqdm import tqdm

from kring.experiments.execution.manifest import package_versions
from kring.experiments.explore.facts import facts, module
from kring.experiments.explore.menu import Menu
from kring.experiments.explore.page import Page, page
from kring.experiments.explore.shown import followed
from kring.experiments.explore.towns import presets_for
from kring.experiments.study.fingerprint import code

BANDS = 2  # the narrow one and the wide one, each of towns of its own


def page_of(menu: Menu) -> Page:
    """The page of a menu; its presets are lived here."""
    sets = {str(number): strengths for number, strengths in menu.strengths().items()}
    since = followed(menu.outcomes)
    starts = tuple(menu.starts.values())
    given = facts(menu.towns, sets, menu.weeks, menu.today, starts, since)  # may refuse
    runs = BANDS * menu.drawn * len(menu.presets)
    with tqdm(total=runs, desc="presets", unit="run", file=sys.stderr, leave=False) as bar:
        presets = presets_for(menu, lambda done: bar.update(done) and None)
    made = f"Kring {package_versions().get('kring', '')}, code {code()}"
    return page(menu, presets, given, module(), made)
