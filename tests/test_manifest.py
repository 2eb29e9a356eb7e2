"""A stranger's look at a downloaded copy: what differs is said in words, who signed is known."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest
from story import qingyuan
from test_release import PAGE

from pipeline import release


@pytest.fixture
def copy(tmp_path) -> Path:
    """A small release, downloaded."""

    def fill(target):
        target.write("index.html", PAGE.format("首页").encode())
        target.write("data/issues.csv", b"issue_id\nA-1\n")

    folder, build = tmp_path / "copy", tmp_path / "build"
    release.publish(build, fill, facts={"as_of": "2022-08-25", "commit": "a" * 40})
    shutil.copytree(build / "public", folder)
    return folder


def verify(copy: Path, *arguments: str | Path):
    """Run the verb over a copy."""
    return qingyuan("verify", copy, *arguments)


def test_a_true_copy_is_confirmed(copy):
    """Day, commit and the digest of digests, which sha256sum counts alike."""
    done = verify(copy, "--manifest", copy / "manifest.json")
    told = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    lines = "".join(f"{f['sha256']}  {p}\n" for p, f in sorted(told["files"].items()))

    assert done.returncode == 0, done.stdout + done.stderr
    assert told["digest"] == sha256(lines.encode()).hexdigest()
    assert told["digest"] in done.stdout
    assert "2022-08-25" in done.stdout


def test_what_differs_is_said(copy):
    """Changed, missing, added: each by name."""
    manifest = copy.parent / "kept.json"
    shutil.copy(copy / "manifest.json", manifest)
    (copy / "index.html").write_text("<!doctype html>别的", encoding="utf-8")
    (copy / "data" / "issues.csv").unlink()
    (copy / "more.html").write_text("x", encoding="utf-8")
    done = verify(copy, "--manifest", manifest)

    assert done.returncode == 1
    for said in (
        "index.html：内容和清单不符",
        "data/issues.csv：清单里有，副本里没有",
        "more.html：副本里有，清单里没有",
        "1 个文件改了，缺 1 个，多 1 个",
    ):
        assert said in done.stdout


def test_a_link_is_no_file(copy):
    """What leads elsewhere is not the file, whatever stands there."""
    page = copy / "index.html"
    shutil.move(page, copy.parent / "elsewhere.html")
    page.symlink_to(copy.parent / "elsewhere.html")

    assert "index.html：内容和清单不符" in verify(copy, "--manifest", copy / "manifest.json").stdout


def test_a_manifest_that_was_changed_gives_itself_away(copy):
    """A file and its entry changed together: the digest of digests no longer agrees."""
    path = copy / "manifest.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    (copy / "index.html").write_bytes(b"other")
    told["files"]["index.html"] = {"bytes": 5, "sha256": sha256(b"other").hexdigest()}
    path.write_text(json.dumps(told), encoding="utf-8")
    done = verify(copy, "--manifest", path)

    assert done.returncode == 1
    assert "清单自己被改过" in done.stdout


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b'{"files": []}', b'{"files": {"../x": {"bytes": 1, "sha256": ""}}}', b"[" * 9999],
    ids=range(5),
)
def test_a_hostile_manifest_is_refused(copy, content):
    """Exit 2 and words; nothing outside the copy is opened."""
    path = copy.parent / "bad.json"
    path.write_bytes(content)
    done = verify(copy, "--manifest", path)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def needs(tool: str, package: str) -> pytest.MarkDecorator:
    """Leave a test out where its tool is missing; a machine of CI installs it, and fails."""
    missing = shutil.which(tool) is None and not os.environ.get("CI")
    return pytest.mark.skipif(missing, reason=f"apt-get install -y {package}")


@needs("ssh-keygen", "openssh-client")
def test_the_signature_is_looked_at(copy):
    """Signed by whom the list names and unchanged since: anything else is said."""
    keys, signers = copy.parent / "keys", copy.parent / "signers"
    keys.mkdir()
    for name in ("office", "stranger"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(keys / name)],
            check=True,
        )
    public = (keys / "office.pub").read_text(encoding="utf-8")
    signers.write_text(f'slj@example namespaces="qingyuan" {public}', encoding="utf-8")
    path = copy / "manifest.json"

    def signed(by: str) -> Path:
        (copy / "manifest.json.sig").unlink(missing_ok=True)
        subprocess.run(
            ["ssh-keygen", "-q", "-Y", "sign", "-f", str(keys / by), "-n", "qingyuan", str(path)],
            check=True, capture_output=True,
        )  # fmt: skip
        return copy / "manifest.json.sig"

    ask = ("--manifest", path, "--allowed-signers", signers, "--signature")
    good = verify(copy, *ask, signed("office"))
    assert good.returncode == 0, good.stdout + good.stderr
    assert "slj@example 签的" in good.stdout

    assert "签名不对" in verify(copy, *ask, signed("stranger")).stdout

    signature = signed("office")
    path.write_bytes(path.read_bytes() + b"\n")
    changed = verify(copy, *ask, signature)
    assert changed.returncode == 1
    assert "签名不对" in changed.stdout


def test_signature_and_signers_go_together(copy):
    """One without the other proves nothing."""
    assert verify(copy, "--signature", copy / "manifest.json").returncode == 2


@needs("minisign", "minisign")
def test_the_signature_of_minisign_is_looked_at(copy):
    """The office's key signs as the decision record says; another key, another text: said."""
    keys, path = copy.parent / "keys", copy / "manifest.json"
    keys.mkdir()
    for name in ("office", "stranger"):
        pair = ("-p", str(keys / f"{name}.pub"), "-s", str(keys / f"{name}.key"))
        subprocess.run(["minisign", "-G", "-W", *pair], check=True, capture_output=True)

    def signed(by: str) -> Path:
        command = ["minisign", "-S", "-s", str(keys / f"{by}.key"), "-m", str(path)]
        subprocess.run(command, check=True, capture_output=True)
        return copy / "manifest.json.minisig"

    ask = ("--manifest", path, "--allowed-signers", keys / "office.pub", "--signature")
    good = verify(copy, *ask, signed("office"))
    assert good.returncode == 0, good.stdout + good.stderr
    assert "office.pub 签的" in good.stdout

    assert "签名不对" in verify(copy, *ask, signed("stranger")).stdout

    signature = signed("office")
    path.write_bytes(path.read_bytes() + b"\n")
    assert "签名不对" in verify(copy, *ask, signature).stdout


def test_a_machine_without_the_tool_says_how_to_get_it(copy, tmp_path):
    """Exit 3 and the package; a signature that nobody could look at is never taken for good."""
    (copy / "manifest.json.minisig").write_text("x", encoding="utf-8")
    (copy / "manifest.json.sig").write_text("x", encoding="utf-8")
    for name, package in (("minisig", "minisign"), ("sig", "openssh-client")):
        done = qingyuan(
            "verify", copy, "--manifest", copy / "manifest.json", "--signature",
            copy / f"manifest.json.{name}", "--allowed-signers", copy / "manifest.json",
            environment={"PATH": str(tmp_path)},
        )  # fmt: skip

        assert done.returncode == 3
        assert f"apt-get install -y {package}" in done.stderr
