"""Fixtures of the browser tests; what they share by import stands in conftest_browser."""

from conftest_browser import base, chromium, server  # noqa: F401
