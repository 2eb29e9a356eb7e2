"""One shape for what is wrong with a built site."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Trouble:
    """Something wrong at an address of the site; message and remedy are Chinese."""

    path: str
    message: str
    remedy: str
