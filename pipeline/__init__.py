"""清源 Qingyuan: ledgers in, checks, disclosure and papers out."""

__version__ = "0.1.0"
"""As in pyproject.toml; a test holds them to it."""
