"""What can go wrong that is neither the data's fault nor a bug."""

from __future__ import annotations


class UsageTrouble(Exception):
    """The command was not given as it should be (exit 2). The message is Chinese, for the user."""


class EnvironmentTrouble(Exception):
    """The machine lacks something: disk, lock, font, browser (exit 3). Chinese, says what to do."""
