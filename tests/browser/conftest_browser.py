"""A real browser on the story's site: from disk, and from a sub-path of a server."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass
class Watched:
    """A page and everything that went wrong on it."""

    page: Page
    base: str
    wrong: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        """Open a page of the site."""
        self.page.goto(f"{self.base}/{address}")
        return self.page


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(root: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """Serve a folder while the block runs; yields the address of the host."""
    answer = functools.partial(handler, directory=str(root))
    httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), answer)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_address[1]}"
    httpd.shutdown()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; a machine without one fails, it does not skip."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("没有 Chromium，请运行：apt-get install -y chromium", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(example_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site in a sub-folder of a server, as it will stand under a .gov.cn address."""
    root = tmp_path_factory.mktemp("server")
    (root / "gov" / "water").mkdir(parents=True)
    (root / "gov" / "water" / "site").symlink_to(example_site)

    with serving(root) as host:
        yield f"{host}/gov/water/site"


@pytest.fixture(params=["file", "http"])
def base(request: pytest.FixtureRequest, example_site: Path, server: str) -> str:
    """The address of the site: from disk, then from a server's sub-path."""
    return example_site.as_uri() if request.param == "file" else server


def watch(context: BrowserContext, base: str) -> Watched:
    """Open a page that remembers console errors, failed requests and requests to other hosts."""
    page = context.new_page()
    watched = Watched(page, base)
    page.on("console", lambda m: watched.wrong.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: watched.wrong.append(str(e)))
    page.on(
        "requestfailed",
        lambda r: (
            None
            if r.failure == "net::ERR_ABORTED"  # the reader went on before an icon came
            else watched.wrong.append(f"failed {r.url}")
        ),
    )
    page.on(
        "response",
        lambda r: watched.wrong.append(f"{r.status} {r.url}") if r.status >= 400 else None,
    )
    page.on(
        "request",
        lambda r: (
            None
            if r.url.startswith((base, "data:", "file:", "http://127.0.0.1"))
            else watched.wrong.append(f"outside {r.url}")
        ),
    )
    return watched
