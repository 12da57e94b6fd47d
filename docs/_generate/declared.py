"""What the parts of the site take from `experiments`, in one place."""

from experiments import cli
from experiments.measures import MEASURES, measure
from experiments.reporting.mechanism_words import MECHANISMS as _WORDS
from experiments.running.raw_tables import RAW_TABLES as LONG_TABLES
from experiments.study.file import Study, read, shipped

__all__ = ["LONG_TABLES", "MEASURES", "MECHANISMS", "Study", "cli", "measure", "read", "shipped"]

# code -> what it stands for, in English and in Dutch
MECHANISMS: dict[str, tuple[str, str]] = dict(_WORDS)
