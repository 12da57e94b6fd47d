"""How the site is built: `python -m sphinx -W --keep-going -b html docs docs/_build`."""

import sys
from pathlib import Path

from docutils import nodes

DOCS = Path(__file__).parent
sys.path[:0] = [str(DOCS), str(DOCS.parent)]

import kring  # noqa: E402

project = "Kring"
author = copyright = "the Kring developers"
release = version = kring.__version__
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "_generated"]
default_role = "code"  # what stands in `ticks` in the code's own documentation is code

myst_enable_extensions = ["attrs_inline", "colon_fence"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "none"  # the text of each parameter says it
napoleon_numpy_docstring, napoleon_google_docstring = True, False
napoleon_use_ivar = True

html_theme = "furo"
html_title = "Kring"
html_static_path = ["_static"]
html_css_files = ["kring.css"]
html_copy_source = html_show_sourcelink = False
html_theme_options = {"navigation_with_keys": True}


WIDE = 130  # characters that fit on no page


def wrap_long_lines(app, doctree, name: str) -> None:
    """Let text with very long lines wrap, as it does on a terminal; tables keep their lines."""
    for block in doctree.findall(nodes.literal_block):
        if any(len(line) > WIDE for line in block.astext().splitlines()):
            block["classes"].append("wrap")


def setup(app) -> None:
    """Write what follows from declarations before the pages are read."""
    import _generate

    app.connect("builder-inited", lambda _: _generate.write())
    app.connect("doctree-resolved", wrap_long_lines)
