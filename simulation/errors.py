"""Errors that say in one line what was wrong and what the nearest right thing is."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

NEAR = 0.7  # 'policy' is near 'policies'; 'oldest first' is not near 'youth first'
SHORT, NEAR_IF_SHORT = 3, 0.6  # one letter of three is wrong
LONGEST = 80  # letters of a value that a message repeats
MOST, FEW = 30, 8  # of more known names than so many a message lists a few


class KringError(ValueError):
    """Bad input, told in one line.

    Examples
    --------
    >>> from kring.simulation.policy import Policy
    >>> Policy.preset("wijkteem")
    Traceback (most recent call last):
        ...
    kring.simulation.errors.KringError: no policy called 'wijkteem'; did you mean 'wijkteam'?
    """


def shown(value: object) -> str:
    """A value as a message repeats it: by its kind where it is long.

    Examples
    --------
    >>> shown("roterdam"), shown(list(range(1000)))
    ("'roterdam'", 'a list')
    """
    text = repr(value)
    return text if len(text) <= LONGEST and "\n" not in text else f"a {type(value).__name__}"


def nearest(name: str, known: Iterable[str], lists: str = "") -> str:
    """Close the message about an unknown name: the known ones that may be meant, or all of them.

    Of very many, what ``lists`` them; else the few that are least unlike, and how many there are.
    """
    name, known = str(name), [str(k) for k in known]
    if meant := alike(name, known):
        return f"did you mean {' or '.join(map(repr, meant))}?"
    if len(known) > MOST and lists:
        return f"{lists} tells what there is"
    if len(known) > MOST:
        few = get_close_matches(name, known, n=FEW, cutoff=0)
        return f"choose from {len(known)}, such as: " + ", ".join(few)
    return "choose from: " + ", ".join(known)


def alike(name: str, known: Iterable[str]) -> list[str]:
    """The known name that is near, or else those of which it is a whole word, or some.

    Examples
    --------
    >>> alike("ofer", ["offer", "uptake"]), alike("hours", ["offer", "talk_hours", "spare_hours"])
    (['offer'], ['talk_hours', 'spare_hours'])
    """
    known = list(known)
    near = NEAR if len(name) > SHORT else NEAR_IF_SHORT
    return get_close_matches(name, known, n=1, cutoff=near) or [
        k for k in known if in_words(name).strip() and in_words(name) in in_words(k)
    ]


def in_words(name: str) -> str:
    """A name as words, each between spaces."""
    return " " + " ".join(re.findall(r"[^\W_]+", name.lower())) + " "
