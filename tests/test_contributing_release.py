"""The recipes of CONTRIBUTING for those who keep the repository and publish from it (`recipe`)."""

from __future__ import annotations

import json
from collections.abc import Callable

from recipe import Copy


def test_those_who_approve_are_named(following: Callable[[str], Copy]) -> None:
    """The machine says whose accounts are missing, and is content once they are there."""
    copy = following("谁来同意")
    path = copy.path(".github/owners.json")
    assert "市里" in copy.run("qingyuan doctor")
    assert "还没有账号" in copy.run("qingyuan doctor")

    told = json.loads(path.read_text(encoding="utf-8"))
    filled = {party: names or [f"{party}-1", f"{party}-2"] for party, names in told.items()}
    path.write_text(json.dumps(filled, ensure_ascii=False), encoding="utf-8")
    assert "✓ 审核名单" in copy.run("qingyuan doctor")


def test_a_release_is_made_and_kept(following: Callable[[str], Copy]) -> None:
    """History goes along with it, its period is pinned to its tag, and a copy can be compared."""
    copy = following("发布一版，留底")
    copy.commit("起点")
    copy.run("qingyuan check")
    copy.run("qingyuan history --write")
    history = json.loads(copy.path("history.json").read_text(encoding="utf-8"))
    assert history["quality"]
    copy.commit("发布")
    copy.ran(["git", "tag", "2022-09-16"])
    archives = "archives: [2022-08-25]"
    copy.replace("data/campaign.yml", archives, "archives: [2022-09-16@2022-09-16]")
    copy.commit("留底")
    copy.run("make site")
    copy.run("qingyuan verify")
    copy.run("qingyuan verify build/public --manifest build/public/manifest.json")

    page = copy.path("build/public/archive/2022-09-16.html").read_text(encoding="utf-8")
    assert "照台账版本" in page
    copy.ran(["git", "clone", "-q", "--depth=1", f"file://{copy.root}", "../shallow"])
    told = copy.ran(copy.words("qingyuan history --data ../shallow/data")).stdout
    assert "用的是随台账带来的文件" in told
