"""Signatures of a manifest, looked at by the tools that made them: ssh-keygen or minisign.

The only place that calls them. Keys are the office's; nothing is fetched, nothing is trusted that
the given list of signers does not name.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from pipeline.trouble import EnvironmentTrouble

NAMESPACE = "qingyuan"
"""What a signature is for: one made for another purpose does not hold for a manifest."""
MINISIGN = ".minisig"


def signer(manifest: Path, signature: Path, signers: Path) -> str | None:
    """Return who signed a manifest, as the list of signers names him; None if nobody in it did.

    Raises:
        EnvironmentTrouble: the tool that can tell is not installed.
    """
    if signature.name.endswith(MINISIGN):
        done = _run("minisign", "-V", "-q", "-p", signers, "-x", signature, "-m", manifest)
        return signers.name if done.returncode == 0 else None
    found = _run("ssh-keygen", "-Y", "find-principals", "-s", signature, "-f", signers)
    for name in (
        found.stdout.decode("utf-8", "replace").splitlines() if not found.returncode else ()
    ):
        done = _run(
            "ssh-keygen", "-Y", "verify", "-f", signers, "-I", name, "-n", NAMESPACE,
            "-s", signature, given=manifest.read_bytes(),
        )  # fmt: skip
        if done.returncode == 0:
            return name
    return None


def _run(
    tool: str, *arguments: str | Path, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - a fixed tool, no shell
            [tool, *map(str, arguments)], input=given, capture_output=True, check=False
        )
    except FileNotFoundError as trouble:
        package = "openssh-client" if tool == "ssh-keygen" else tool
        raise EnvironmentTrouble(
            f"这台机器没有 {tool}，不能核对签名：请运行 apt-get install -y {package}"
        ) from trouble
