"""The commands `kring explore` and `kring serve`: the model in one page."""

import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kring.experiments.cli.options import whole
from kring.simulation.errors import KringError

if TYPE_CHECKING:  # loaded when a page is made
    from kring.experiments.explore.page import Page

Study = Annotated[
    str | None,
    typer.Argument(help="A study file (.toml), or a study of Kring's own, to choose from."),
]
PAGE = Path("kring.html")


def explore(
    study: Study = None,
    out: Annotated[Path, typer.Option("--out", help="File for the page.")] = PAGE,
    opened: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,
) -> None:
    """Write the model as a page that anybody can open. It needs no Kring and no internet."""
    from kring.experiments.execution.files import write_text

    check(out)
    made = page_for(study)
    write_text(out, made.html)
    print(f"{out} ({out.stat().st_size / 1000:.0f} kB): open it in a browser, or mail it")
    if made.too_large:
        print(f"kring: {out.name} is {made.too_large}", file=sys.stderr)
    if opened:
        webbrowser.open(out.resolve().as_uri())


def check(out: Path) -> None:
    """Refuse a place where no page can stand, before it is made."""
    if out.is_dir():
        raise KringError(f"{out} is a folder; name a file there, such as {out / PAGE}")
    if out.suffix.lower() not in (".html", ".htm"):
        raise KringError(f"{out}: a page is HTML; name it {out.with_suffix('.html')}")


def serve(
    study: Study = None,
    host: Annotated[
        str, typer.Option("--host", help="Address to serve on; this machine alone if not given.")
    ] = "127.0.0.1",
    port: Annotated[int, whole("--port", 0, "Port; a free one if 0.", 65535)] = 8017,
    opened: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,
) -> None:
    """Serve that page, to hand out links. It is static, and nothing is taken in."""
    from kring.experiments.explore.serving import server_of

    made = page_for(study)
    with server_of(made.html, made.policy, host, port) as server:
        address = f"http://{host}:{server.server_port}/"
        print(f"{address} (Ctrl-C ends it)", flush=True)
        if opened:
            webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("ended", file=sys.stderr)


def page_for(study: str | None) -> "Page":
    """The page of a study, by its file or its name; the usual one where none is named."""
    from kring.experiments.explore.absent import absent
    from kring.experiments.explore.making import page_of
    from kring.experiments.explore.of_study import menu_of
    from kring.experiments.study.files import find

    menu = menu_of(find(study) if study else None)
    for line in absent(menu):
        print(f"kring: {line}", file=sys.stderr)
    return page_of(menu)
