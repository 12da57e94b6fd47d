"""What the parts of the site take from `experiments`, in one place."""

from experiments.cli import commands as cli
from experiments.measures import MEASURES, measure
from experiments.measures.long_tables import LONG_TABLES
from experiments.observations import ROWS, Row
from experiments.study.files import shipped
from experiments.study.load import read
from experiments.study.spec import Study
from experiments.text.language import DUTCH, ENGLISH, language
from experiments.text.mechanisms import MECHANISMS as CODES
from experiments.text.mechanisms import mechanism

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
