"""Arithmetic: how the math library of a machine rounds, in a word.

Sums and products are the same everywhere, but exponents and logarithms come from the machine's own
math library, which may round otherwise in the last digit: glibc does without FMA and AVX2. Where
this word is the same, so are the numbers to the last bit; where it is not, they may differ there.
"""

import math
import struct
from functools import cache
from hashlib import sha256

TRIED = 2000  # arguments; one in some hundreds is rounded otherwise


@cache
def arithmetic() -> str:
    """Short hash of what the functions that the model uses give here."""
    digest = sha256()
    for i in range(1, TRIED + 1):
        x = i * 0.00173
        found = (math.exp(-x), math.log(x), math.log1p(x), math.cos(x), math.erfc(x))
        digest.update(struct.pack("<5d", *found))
    return digest.hexdigest()[:8]
