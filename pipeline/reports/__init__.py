"""Periodic reports: what each edition says, computed once from the view; rendered elsewhere."""
