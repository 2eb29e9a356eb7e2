"""`qingyuan doctor`: what this machine has, what it lacks, and the command to get it.

Runs on a bare Python, before anything is installed (`make doctor`).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.verbs import owners
from pipeline.verbs.console import CLEAN, ENVIRONMENT, GREEN, RED, YELLOW, Console

NAME = "doctor"
HELP = "看这台机器缺什么，怎么装"
ROOM = 2_000_000_000
"""Bytes of disk a build may need: two releases, caches, the environment."""
TESTS, SIGNING, MERGING = "只有测试要用", "核对签名要用", "合并请求要用"
TOOLS = {
    "LibreOffice": ("soffice", "libreoffice-calc", TESTS),
    "nginx": ("nginx", "nginx-light", TESTS),
    "jq": ("jq", "jq", TESTS),
    "ssh-keygen": ("ssh-keygen", "openssh-client", SIGNING),
    "minisign": ("minisign", "minisign", SIGNING),
}
"""Programs that no site needs: how each is called, its package, what else it is for."""
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
    """One thing a machine should have; without it the site cannot be made.

    `only` says what else alone it is for.
    """

    name: str
    is_there: bool
    remedy: str
    only: str = ""


def arguments(parser: argparse.ArgumentParser) -> None:
    """This verb has no arguments of its own."""


def needs(data: Path) -> list[Need]:
    """Look at this machine, and at who may approve changes of a data folder."""
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
    found.append(Need("Chromium 浏览器", has_browser, "apt-get install -y chromium", only=TESTS))
    places = f"{os.environ.get('PATH', '')}:/usr/sbin"
    for name, (program, package, only) in TOOLS.items():
        is_there = shutil.which(program, path=places) is not None
        found.append(Need(name, is_there, f"apt-get install -y {package}", only=only))
    has_font = any(FONTS.rglob("*CJK*"))
    found.append(Need("中文字体", has_font, "apt-get install -y fonts-noto-cjk", only=TESTS))
    return [*found, *_approvers(data)]


def _approvers(data: Path) -> Iterator[Need]:
    """Yield whether everybody who must approve a change is known, where a forge is used."""
    path = data.resolve().parent / owners.PLACE
    if not path.is_file():
        return
    units = sorted(one.name for one in (data / "units").glob("*") if one.is_dir())
    try:
        known = owners.parsed(json.loads(path.read_bytes()))
    except (OSError, ValueError, RecursionError):
        known = None
    if known is None:
        yield Need(f"审核名单 {owners.PLACE}", False, "读不出来；要写成 {单位: [账号]}", MERGING)
        return
    nobody = owners.empty(known, [owners.CITY, owners.MAINTAINERS, *units])
    remedy = owners.what_to_fill(owners.PLACE, nobody)
    yield Need(f"审核名单 {owners.PLACE}", not nobody, remedy, only=MERGING)


def run(options: argparse.Namespace, console: Console, _today: Callable[[], date]) -> int:
    """List every need; exit 3 if the site cannot be made."""
    broken = False
    for need in needs(options.data):
        if need.is_there:
            console.say(f"✓ {need.name}", GREEN)
            continue
        note = f"（{need.only}）" if need.only else ""
        console.say(f"✗ {need.name}{note}：{need.remedy}", YELLOW if need.only else RED)
        broken |= not need.only
    return ENVIRONMENT if broken else CLEAN
