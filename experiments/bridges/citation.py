"""How Kring is cited: what `citation.toml` says, with the version, as each reader wants it."""

import tomllib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kring.simulation.errors import KringError, nearest

STYLES = ("text", "bibtex")


@cache
def cited() -> dict[str, Any]:
    """Title, authors, date and what else `citation.toml` says."""
    return tomllib.loads(Path(__file__).with_name("citation.toml").read_text(encoding="utf-8"))


def names() -> list[str]:
    """The authors, by the names they go by."""
    return [
        one.get("name") or f"{one['given-names']} {one['family-names']}"
        for one in cited()["authors"]
    ]


def citation(style: str = "text") -> str:
    """How to cite the version of Kring that is installed.

    Parameters
    ----------
    style : str
        ``"text"``, a line for a list of references, or ``"bibtex"``.

    Returns
    -------
    str
        The reference.

    Raises
    ------
    KringError
        For a style that there is not.

    Examples
    --------
    >>> citation().startswith("The Kring developers (")
    True
    """
    if style not in STYLES:
        raise KringError(f"no style {style!r}; {nearest(style, STYLES)}")
    title, year, now = cited()["title"], cited()["date-released"].year, version("kring")
    if style == "text":
        return f"{', '.join(names())} ({year}). {title} (version {now}) [Computer software]."
    authors = " and ".join(f"{{{name}}}" for name in names())  # in braces: not to be taken apart
    fields = {"author": authors, "title": f"{{{title}}}", "year": year, "version": now}
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join(["@software{kring,", *lines, "}"])


def as_cff(release: str, license: str) -> dict[str, Any]:
    """The same as the Citation File Format has it, of this version and licence."""
    of_it = {"type": "software", "version": release, "license": license}
    return {"cff-version": "1.2.0", **of_it, **cited()}


def makers() -> list[dict[str, Any]]:
    """The authors as RO-Crate has them."""
    return [
        {
            "@id": identifier(one.get("orcid", name)),
            "@type": "Person" if "family-names" in one else "Organization",
            "name": name,
        }
        for one, name in zip(cited()["authors"], names(), strict=True)
    ]


def identifier(name: str) -> str:
    """What somebody goes by in metadata: an address, such as an ORCID, or the name."""
    return name if name.startswith("https://") else f"#{quote(name)}"
