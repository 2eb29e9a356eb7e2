"""Workbooks that go out: the official forms, and a sheet for every ledger, empty or filled.

Each carries what brings it home again: a hidden last column with the permanent id of every row, and
a very hidden sheet that says which ledger, schema, unit and day it was made of.
"""

from pipeline.workbooks.book import HIDDEN_ID, OWN_SHEET, Origin
from pipeline.workbooks.official import forms_workbook
from pipeline.workbooks.template import ledger_workbook

__all__ = ["HIDDEN_ID", "OWN_SHEET", "Origin", "forms_workbook", "ledger_workbook"]
