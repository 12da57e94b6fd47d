"""The commands `kring show` and `kring cite`: what Kring holds, and how to name it."""

from typing import Annotated

import typer

from kring.experiments.cli.options import TakesPart
from kring.simulation.errors import KringError, alike, nearest


def show(
    name: Annotated[
        str | None,
        typer.Argument(
            help="What to show, or a single lever, strength or outcome; leave out for a list."
        ),
    ] = None,
    language: Annotated[
        str, typer.Option("--language", help="en, or nl: names, units and sources in Dutch.")
    ] = "en",
    extension: TakesPart = None,
) -> None:
    """Print a policy, a town, the week, a lever. Numbers have unit, range and source."""
    from kring.experiments.cli import show as showing
    from kring.experiments.text import language as languages

    with languages.language(language):
        things = showing.things()
        if name is None:
            for called, thing in things.items():
                print(f"{called:24s} {thing.about}")
            return
        if name in things:
            print(things[name].text())
        elif found := showing.single(name):
            print(found)
        else:
            singles = showing.singles()
            known = [*things, *singles] if alike(name, singles) else things
            raise KringError(f"nothing called {name!r} to show; {nearest(name, known)}")


def cite(
    bibtex: Annotated[bool, typer.Option("--bibtex", help="As an entry of BibTeX.")] = False,
) -> None:
    """Print how to cite this version of Kring."""
    from kring.experiments.bridges.citation import citation

    print(citation("bibtex" if bibtex else "text"))
