"""Recognisers: what a person wrote in a cell, as a ledger writes it; one small module a kind.

Each returns a `Reading`: a value, the rule by which it was repaired, or why it cannot be taken.
None of them guesses, and none knows of workbooks, schemas or files.
"""
