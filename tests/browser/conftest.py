"""Fixtures of the browser tests; what they share by import stands in conftest_browser."""

from conftest_browser import base, chromium, server  # noqa: F401
from conftest_nginx import behind_nginx, sub_site  # noqa: F401
