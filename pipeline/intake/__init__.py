"""Intake: what clerks keep in Excel, WPS or CSV becomes rows of ledgers, or an answer to them.

A file is looked at from outside before it is opened; its tables are found by their labels; every
cell is read by a small recogniser that repairs what is beyond doubt and asks about the rest; rows
are matched with those that stand; the gates judge the outcome as they judge any ledger.
"""
