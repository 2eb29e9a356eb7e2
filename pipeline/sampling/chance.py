r"""Chance that can be repeated by hand: a number made of words, the same everywhere and for ever.

No random generator of a language: its algorithm may change, and nobody can check it with a
calculator. SHA-256 is on every machine (`printf '种子\n…' | sha256sum`).
"""

from __future__ import annotations

from fractions import Fraction
from hashlib import sha256

BITS = 256


def chance(*words: str) -> Fraction:
    """Return a number from 0 up to but not 1: the SHA-256 of the words, one a line, by 2^256."""
    return Fraction(int.from_bytes(sha256("\n".join(words).encode()).digest(), "big"), 2**BITS)
