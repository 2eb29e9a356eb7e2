"""The book that the clauses of this edition are written in."""

from __future__ import annotations

from pipeline.annexes import Y2022
from pipeline.assessment.rulebook import ClauseBook

BOOK = ClauseBook(Y2022)
clause = BOOK.clause
