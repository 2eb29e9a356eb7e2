"""Sampling: who is looked at from outside, drawn so that anybody can draw it again.

Pure: rows go in, a frame comes out; a frame and a seed go in, the same drawn places come out on
every machine. Knows nothing of files, points, pages, nor of what the visits will find.
"""

from pipeline.sampling.batch import (
    AFTERWARDS,
    GUESSABLE,
    Batch,
    answered,
    next_batch,
    promise,
    unanswered,
)
from pipeline.sampling.drawing import RESERVES, Drawn, allocate, draw, inclusion
from pipeline.sampling.frame import HEAVIEST, KINDS, PLACES, Entry, frame
from pipeline.sampling.frozen import COLUMNS, DamagedFrame, digest, thaw, version, written
from pipeline.sampling.homes import HOMES, Homes, homes

__all__ = [
    "AFTERWARDS",
    "COLUMNS",
    "GUESSABLE",
    "HEAVIEST",
    "HOMES",
    "KINDS",
    "PLACES",
    "RESERVES",
    "Batch",
    "DamagedFrame",
    "Drawn",
    "Entry",
    "Homes",
    "allocate",
    "answered",
    "digest",
    "draw",
    "frame",
    "homes",
    "inclusion",
    "next_batch",
    "promise",
    "thaw",
    "unanswered",
    "version",
    "written",
]
