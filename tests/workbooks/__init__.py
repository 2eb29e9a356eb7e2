"""Workbooks as clerks keep them, made by a script, each with what must come out of it."""
