"""Pages into their shells: the slots that every page fills, and those that are its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from markupsafe import escape

from pipeline.dates import in_words
from pipeline.disclosure import View
from pipeline.publication import codes, feeds, servers, sharing, shells
from pipeline.publication.page import DIGEST_SHOWN, Page


class Stamp:
    """Fills shells for one view."""

    def __init__(self, view: View, frames: Mapping[str, shells.Shell]) -> None:
        """Take the view and the shells by name."""
        self._campaign = view.campaign
        self._frames = frames
        self._common = _common(view, frames)

    def page(self, page: Page, day: date) -> bytes:
        """Put a page into its shell; `day` is the data date of what it says."""
        filled = {
            "title": str(escape(page.content.title)),
            "description": str(escape(page.content.description)),
            "breadcrumbs": page.crumbs_html(),
            "body": page.content.body,
        }
        content = page.content
        own = self._own(page.path, page.digest, day, page.scope, content.board, content.town)
        if content.archive_of is not None:
            filled |= self._frozen(page, content.archive_of)
        return self._frames[page.shell].stamp(self._common | own | filled)

    def _frozen(self, page: Page, day: date) -> dict[str, str]:
        """Return what a frozen page says instead: its own day, its banner, and no robots."""
        banner = (
            f"<p><b>存档</b>这是{in_words(day)}的样子，不再更新。"
            f'<a href="{page.root}index.html">看现在的</a></p>'
        )
        return {
            "data-date": day.isoformat(),
            "robots": "noindex",
            "banner": self._common["banner"] + banner,
        }

    def prose(self, shell: shells.Shell, day: date) -> bytes:
        """Stamp a page that is prose only; its digest is that of its words."""
        digest = sha256("".join(shell.texts).encode()).hexdigest()
        return shell.stamp(self._common | self._own(shell.path, digest, day))

    def _own(
        self,
        path: str,
        digest: str,
        day: date,
        scope: str = "",
        board: str = "",
        town: str = "",
    ) -> dict[str, str]:
        """Return the slots that every page fills with its own address, digest, feed and picture."""
        root = self._campaign.site_url.rstrip("/") + "/"
        address, mark = root + path, digest[:DIGEST_SHOWN]
        group = scope.removeprefix("g").isdigit()
        return {
            "canonical": str(escape(address)),
            "address": str(escape(address)),
            "digest": mark,
            "feed": "../" * path.count("/") + feeds.address(scope),
            "picture": str(escape(root + sharing.picture_of(town or ("" if group else scope)))),
            "data-date": day.isoformat(),
            "qr": codes.qr(f"{address}?v={board or mark}"),
            "report": servers.report_line(self._campaign, path, mark),
        }


def _common(view: View, frames: Mapping[str, shells.Shell]) -> dict[str, str]:
    """Return the slots that are the same on every page."""
    campaign = view.campaign
    banner = "<p><b>演示数据</b>人名、电话、数字都是编的</p>" if campaign.is_demo else ""
    if view.as_of_on < campaign.screen_from_on:
        begins = in_words(campaign.screen_from_on)
        banner += f"<p><b>排查还没开始</b>{begins}开始；在那以前，没有报来不算漏报</p>"
    told = [
        f"{name}：{campaign.site[key]}"
        for key, name in (("code", "网站标识码"), ("icp", "备案号"), ("police", "公安备案"))
        if campaign.site.get(key)
    ]
    return {
        "policy": str(escape(shells.policy(frames))),
        "robots": "noindex" if campaign.is_demo else "index,follow",
        "banner": banner,
        "sitecode": str(escape(campaign.site.get("code") or "")),
        "subtitle": str(escape(campaign.site["subtitle"])),
        "organiser": str(escape(campaign.organiser)),
        "registration": str(escape("　".join(told) or "网站标识码、备案号待填")),
    }
