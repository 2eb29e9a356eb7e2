"""The jobs of the GitLab file that write, run as they stand with curl against a small server.

The server answers as GitLab documents its notes and issues; what is left untried is GitLab itself.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from forge import STUBS, Forge
from story import qingyuan
from test_forges import forge, gitlab, reported, started

__all__ = ["forge", "started"]

MARK = "<!-- qingyuan-review -->"
TOKEN = "told-to-nobody"  # noqa: S105 - opens nothing but the server of this test


class GitLab:
    """What the server holds, and what it was asked to change."""

    def __init__(self) -> None:
        """Hold a note by which somebody pretends to be us."""
        self.notes = [{"id": 41, "author": {"username": "clerk"}, "body": f"{MARK}\nall is well"}]
        self.issues: list[dict] = []
        self.asked: list[str] = []

    def answer(self, method: str, path: str, given: dict[str, str]) -> object:
        """Answer one request; None where there is no such thing."""
        if method != "GET":
            self.asked.append(f"{method} {path}")
        match path.removeprefix("/api/v4").strip("/").split("/"):
            case ["user"]:
                return {"username": "robot"}
            case ["projects", "1", "merge_requests", "7", "notes", *own]:
                return self._write(method, self.notes, own, "id", given)
            case ["projects", "1", "issues", *own]:
                return self._write(method, self.issues, own, "iid", given)
        return None

    def _write(
        self, method: str, held: list[dict], own: list[str], key: str, given: dict[str, str]
    ) -> object:
        if method == "GET":
            return held
        if method == "POST" and not own:
            held.append({key: 50 + len(held), "author": {"username": "robot"}} | given)
            return held[-1]
        found = [one for one in held if own == [str(one[key])]]
        if method != "PUT" or not found:
            return None
        found[0].update(given)
        return found[0]

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Serve while the block runs; yields the address of the API."""
        held = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer("GET")

            def do_POST(self) -> None:
                self._answer("POST")

            def do_PUT(self) -> None:
                self._answer("PUT")

            def _answer(self, method: str) -> None:
                size = int(self.headers.get("Content-Length") or 0)
                given = parse_qs(self.rfile.read(size).decode("utf-8"), keep_blank_values=True)
                known = self.headers.get("PRIVATE-TOKEN") == TOKEN
                told = {name: values[-1] for name, values in given.items()}
                answer = held.answer(method, urlsplit(self.path).path, told) if known else None
                self.send_response(200 if answer is not None else 404 if known else 401)
                self.end_headers()
                self.wfile.write(json.dumps(answer).encode())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/api/v4"
        server.shutdown()


@pytest.fixture
def programs(tmp_path) -> str:
    """The forge's programs but for curl, which is the machine's own."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for stub in STUBS.iterdir():
        if stub.name != "curl":
            (folder / stub.name).symlink_to(stub)
    return f"{folder}:{os.environ['PATH']}"


def test_one_note_says_what_a_change_means_and_is_kept_up_to_date(forge: Forge, programs):
    """Written once, then written anew; the note of one who pretends to be us is left alone."""
    copy = reported(forge, "noted")
    head = forge.asked(copy)["event"]["pull_request"]["head"]["sha"]
    server = GitLab()
    with server.serving() as address:
        given = {"CI_MERGE_REQUEST_IID": "7", "CI_COMMIT_SHA": head, "CI_API_V4_URL": address,
                 "PATH": programs}  # fmt: skip
        for _ in range(2):
            code, said, space = gitlab(forge, "comment", "noted", REVIEW_TOKEN=TOKEN, **given)
            assert code == 0, said
            assert TOKEN not in said
        wrong = gitlab(forge, "comment", "noted", REVIEW_TOKEN="another", **given)  # noqa: S106
        silent = gitlab(forge, "comment", "noted", REVIEW_TOKEN="", **given)

    assert server.asked == [
        "POST /api/v4/projects/1/merge_requests/7/notes",
        "PUT /api/v4/projects/1/merge_requests/7/notes/51",
    ]
    assert server.notes[0]["body"] == f"{MARK}\nall is well"
    assert server.notes[1]["body"] == (space / "review/comment.md").read_text(encoding="utf-8")
    assert server.notes[1]["body"].startswith(f"{MARK}\n### 这次改动")
    assert "报整改完成" in server.notes[1]["body"]
    assert wrong[0] != 0
    assert silent[0] == 0
    assert "没有 REVIEW_TOKEN" in silent[1]
    assert (silent[2] / "review/comment.md").is_file()


def test_what_stands_is_one_issue(forge: Forge, programs):
    """Opened once with its label, then kept up to date."""
    server = GitLab()
    with server.serving() as address:
        given = {"CI_COMMIT_SHA": forge.head(), "CI_API_V4_URL": address, "PATH": programs}
        for _ in range(2):
            code, said, _ = gitlab(forge, "standing", "main", REVIEW_TOKEN=TOKEN, **given)
            assert code == 0, said

    (issue,) = server.issues
    assert [line.split()[0] for line in server.asked] == ["POST", "PUT"]
    assert issue["labels"] == "standing"
    assert issue["description"].startswith("<!-- qingyuan-standing -->\n## ")


@pytest.mark.parametrize(
    ("listed", "code", "said"),
    [
        ([], 0, ""),
        ([{"id": 3, "author": {"username": "Robot"}, "body": MARK}], 0, "3"),
        ([{"id": 3, "user": {"login": "robot"}, "body": f"x{MARK}"}], 0, ""),
        ([{"id": "3; rm -rf /", "user": {"login": "robot"}, "body": MARK}], 0, ""),
        ([{"id": 3, "author": {"username": "clerk"}, "body": MARK}], 0, ""),
        ([None, 4, {"body": 5}], 0, ""),
        ({"message": "404"}, 2, ""),
    ],
)
def test_which_note_is_ours(tmp_path: Path, listed, code, said):
    """By account and by mark; what is no list of notes is refused in words."""
    (tmp_path / "account").write_text('{"username": "robot"}', encoding="utf-8")
    (tmp_path / "listed").write_text(json.dumps(listed), encoding="utf-8")
    done = qingyuan(
        "mine", "review", "--listed", tmp_path / "listed", "--account", tmp_path / "account"
    )

    assert done.returncode == code, done.stderr
    assert done.stdout.strip() == said
    assert "Traceback" not in done.stderr
