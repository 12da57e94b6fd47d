"""Make a notebook from its page: the text and the code of one are those of the other.

``python docs/refresh.py lesson`` writes them, without results: those come when somebody runs it.
"""

import json
import re
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent
CODE = re.compile(r"^```python\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
LESSONS = {
    "tutorials/lesson.md": "tutorials/lesson.ipynb",
    "nederlands/les_notebook.md": "nederlands/les_notebook.ipynb",
}
TASKS = {  # of a researcher
    f"tutorials/{task}.md": f"tutorials/{task}.ipynb"
    for task in ("sweep", "sensitivity", "own_survey", "extension")
}
NOTEBOOKS = LESSONS | TASKS
ABOUT = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def cells(text: str) -> list[dict[str, Any]]:
    """The cells of a page: its text, and each block of Python as a cell of code."""
    found: list[dict[str, Any]] = []
    for place, part in enumerate(CODE.split(text)):  # text, code, text, code, ...
        source = part.strip("\n").splitlines(keepends=True)
        if not source:
            continue
        cell: dict[str, Any] = {"id": f"cell-{place}", "metadata": {}, "source": source}
        if place % 2:
            cell |= {"cell_type": "code", "execution_count": None, "outputs": []}
        else:
            cell |= {"cell_type": "markdown"}
        found.append(dict(sorted(cell.items())))
    return found


def notebook_of(page: str) -> str:
    """The notebook of a page, as its file holds it."""
    made = {
        "cells": cells((DOCS / page).read_text(encoding="utf-8")), "metadata": ABOUT,
        "nbformat": 4, "nbformat_minor": 5,
    }  # fmt: skip
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def write(check: bool) -> list[str]:
    """Write the notebooks; list what changed."""
    changed = []
    for page, file in NOTEBOOKS.items():
        path, made = DOCS / file, notebook_of(page)
        if not path.is_file() or path.read_text(encoding="utf-8") != made:
            changed.append(f"docs/{file}")
            if not check:
                path.write_text(made, encoding="utf-8")
    return changed
