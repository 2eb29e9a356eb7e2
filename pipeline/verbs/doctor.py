"""`qingyuan doctor`: what this machine has, what it lacks, and the command to get it.

Runs on a bare Python, before anything is installed (`make doctor`).
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.verbs.console import CLEAN, ENVIRONMENT, GREEN, RED, YELLOW, Console

NAME = "doctor"
HELP = "看这台机器缺什么，怎么装"
ROOM = 2_000_000_000
"""Bytes of disk a build may need: two releases, caches, the environment."""
FONTS = Path("/usr/share/fonts")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = (
    "frictionless",
    "jinja2",
    "matplotlib",
    "mkdocs",
    "pandas",
    "pylopdf_fonts_zh_cn",
    "pypinyin",
    "typst",
    "yaml",
)


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a machine should have; without it the site (or only the tests) cannot be made."""

    name: str
    is_there: bool
    remedy: str
    only_tests: bool = False


def arguments(parser: argparse.ArgumentParser) -> None:
    """This verb has no arguments of its own."""


def needs() -> list[Need]:
    """Look at this machine."""
    found = [
        Need("Python 3.11 以上", sys.version_info >= (3, 11), "apt-get install -y python3"),
        Need(
            "python3-venv",
            all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")),
            "apt-get install -y python3-venv",
        ),
        Need("git", shutil.which("git") is not None, "apt-get install -y git"),
        Need("make", shutil.which("make") is not None, "apt-get install -y make"),
    ]
    missing = [name for name in PACKAGES if importlib.util.find_spec(name) is None]
    found.append(
        Need(
            "建站要用的 Python 包" + (f"（缺 {'、'.join(missing)}）" if missing else ""),
            not missing,
            "make setup",
        )
    )
    room = shutil.disk_usage(Path()).free
    found.append(Need(f"磁盘空间（还有 {room // 10**9} GB）", room > ROOM, "清出 2 GB 以上的空间"))
    has_browser = any(shutil.which(name) for name in BROWSERS)
    found.append(
        Need("Chromium 浏览器", has_browser, "apt-get install -y chromium", only_tests=True)
    )
    has_office = shutil.which("soffice") is not None
    how = "apt-get install -y libreoffice-calc"
    found.append(Need("LibreOffice", has_office, how, only_tests=True))
    has_nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") is not None
    found.append(Need("nginx", has_nginx, "apt-get install -y nginx-light", only_tests=True))
    has_font = any(FONTS.rglob("*CJK*"))
    found.append(Need("中文字体", has_font, "apt-get install -y fonts-noto-cjk", only_tests=True))
    return found


def run(_options: argparse.Namespace, console: Console, _today: Callable[[], date]) -> int:
    """List every need; exit 3 if the site cannot be made."""
    broken = False
    for need in needs():
        if need.is_there:
            console.say(f"✓ {need.name}", GREEN)
            continue
        note = "（只有测试要用）" if need.only_tests else ""
        console.say(f"✗ {need.name}{note}：{need.remedy}", YELLOW if need.only_tests else RED)
        broken |= not need.only_tests
    return ENVIRONMENT if broken else CLEAN
