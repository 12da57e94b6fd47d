"""Numbers as people write them: 1.000 for a thousand, 2,5 for two and a half."""

import re

from kring.experiments.study.quantities import KINDS
from kring.simulation.country import Country
from kring.simulation.errors import KringError
from kring.simulation.settings import Settings

THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}(\.\d{3})+")
COMMA = re.compile(r"[-+]?\d+,\d+")


def number_or_word(name: str, text: str) -> float | str:
    """What a quantity is set to on the command line: a number, or a word.

    Raises
    ------
    KringError
        For a decimal comma, and a number that can be read in two ways.
    """
    if COMMA.fullmatch(text):
        point = text.replace(",", ".")
        if readings := two_readings(name, point):
            raise KringError(f"{name}={text} can be read in two ways: {readings}")
        raise KringError(f"{name}={text}: a number has a decimal point: {point}")
    if readings := two_readings(name, text):
        raise KringError(f"{name}={text} can be read in two ways: {readings}")
    try:
        return float(text)
    except ValueError:
        return text


def whole_number(text: str) -> int:
    """A whole number of an option, without a sign between its thousands.

    Raises
    ------
    ValueError
        For another text.
    """
    if not re.fullmatch(r"\s*[-+]?[0-9]+\s*", text):
        digits = re.sub(r"[.,'\s\u2019]", "", text)
        is_thousands = re.fullmatch(r"[-+]?\d{1,3}([.,'\s\u2019]\d{3})+", text)
        raise ValueError(
            f"{text!r} is no whole number" + (f": write {digits}" if is_thousands else "")
        )
    return int(text)


def two_readings(name: str, text: str) -> str:
    """How to write a number that can be meant as thousands too; nothing if it can't.

    Examples
    --------
    >>> two_readings("clients", "1.000"), two_readings("clients_per_team", "1.500")
    ('write 1000 or 1', 'write 1500 or 1.5')
    >>> two_readings("mobilisation_hours", "2.500"), two_readings("sick_leave", "0.125")
    ('', '')
    """
    if not THOUSANDS.fullmatch(text):
        return ""
    thousands, number = int(text.replace(".", "")), text.partition(".")[2]
    if text.count(".") > 1:
        return f"write {thousands}"
    is_whole = not number.strip("0")
    if not is_whole and not _can_be(name, thousands):
        return ""
    short = f"{float(text):g}"
    return f"write {thousands} or {short if is_whole or len(short) < len(text) else text + '0'}"


def _can_be(name: str, value: int) -> bool:
    kinds: list[type[Settings]] = [*KINDS.values(), Country]
    for kind in kinds:
        if name in kind.model_fields and "low" in (note := kind.note(name)):
            return bool(note["low"] <= value <= note["high"])
    return False
