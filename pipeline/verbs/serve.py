"""`qingyuan serve`: show the built site on this machine and build again when something changes."""

from __future__ import annotations

import argparse
import functools
import gc
import http.server
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from pipeline.ledgers.schemas import PROJECT
from pipeline.trouble import EnvironmentTrouble
from pipeline.verbs import build
from pipeline.verbs.console import CLEAN, GREEN, Console

NAME = "serve"
HELP = "本机预览网站，台账或页面一改就重建"
WATCHED = ("schemas", "site", "mkdocs.yml")
PAUSE = 1.0
"""Seconds between two looks at the files."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("--port", type=int, default=8000, metavar="端口", help="默认 8000")
    parser.set_defaults(out=Path("build"), audience="public", at=None)


def run(options: argparse.Namespace, console: Console, today: Callable[[], date]) -> int:
    """Build, serve build/public, and build again after every change until stopped."""
    gc.enable()  # this verb goes on
    build.run(options, console, today)
    server = _server(options.out / "public", options.port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    console.say(f"打开 http://127.0.0.1:{server.server_address[1]}/ ；按 Ctrl+C 停下", GREEN)
    try:
        last = _stamp(options.data)
        while not _wait(thread):
            now = _stamp(options.data)
            if now != last:
                last = now
                console.say("有改动，重建")
                build.run(options, console, today)
    except KeyboardInterrupt:
        console.say("已停下")
    finally:
        server.shutdown()
        server.server_close()
    return CLEAN


def _wait(thread: threading.Thread) -> bool:
    """Wait a moment; tell whether the server has ended."""
    thread.join(PAUSE)
    return not thread.is_alive()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """A static file server without a log line for every request."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a missing page with the site's own."""
        page = Path(self.directory) / "404.html"
        if code != http.HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _server(root: Path, port: int) -> http.server.ThreadingHTTPServer:
    handler = functools.partial(_Quiet, directory=str(root))
    try:
        return http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as busy:
        raise EnvironmentTrouble(f"端口 {port} 被占用，用 --port 换一个") from busy


def _files(data: Path) -> Iterator[Path]:
    for root in (data, *(PROJECT / name for name in WATCHED)):
        yield from [root] if root.is_file() else root.rglob("*")


def _stamp(data: Path) -> int:
    """Return the newest change below everything that is watched, and how many files there are."""
    stamps = [path.stat().st_mtime_ns for path in _files(data) if path.is_file()]
    return hash((len(stamps), max(stamps, default=0)))
