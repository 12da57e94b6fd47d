"""What the parts of the site take from `experiments`, in one place."""

from kring.experiments.cli import commands as cli
from kring.experiments.measures import MEASURES, measure
from kring.experiments.measures.long_tables import LONG_TABLES
from kring.experiments.observations import ROWS, Row
from kring.experiments.study.files import shipped
from kring.experiments.study.load import read
from kring.experiments.study.spec import Study
from kring.experiments.text.language import DUTCH, ENGLISH, language
from kring.experiments.text.mechanisms import MECHANISMS as CODES
from kring.experiments.text.mechanisms import mechanism

__all__ = [
    "LONG_TABLES",
    "MEASURES",
    "MECHANISMS",
    "ROWS",
    "Row",
    "Study",
    "cli",
    "measure",
    "read",
    "shipped",
]


def _in(code: str, spoken: str) -> str:
    with language(spoken):
        return mechanism(code)


# code -> what it stands for, in English and in Dutch
MECHANISMS = {code: (_in(code, ENGLISH), _in(code, DUTCH)) for code in CODES}
