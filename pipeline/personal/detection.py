"""What a find of personal data is: its kind and its place in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["identity", "mobile", "card", "contact", "secret", "place", "name"]


@dataclass(frozen=True, slots=True)
class Detection:
    """One piece of personal data and where it stands in the text it was found in."""

    kind: Kind
    start: int
    end: int
    is_sure: bool = True
    """Whether the check digit (where the kind has one) is right too."""
