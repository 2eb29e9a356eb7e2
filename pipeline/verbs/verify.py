"""`qingyuan verify [DIR]`: look at a built site as a stranger would: everything, all cores.

With `--manifest` a downloaded copy is compared with a manifest, and its signature looked at.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline import verify
from pipeline.findings import printable
from pipeline.trouble import UsageTrouble
from pipeline.verbs.console import CLEAN, GREEN, RED, REFUSED, Console
from pipeline.verify import copies, signatures, weights

NAME = "verify"
HELP = "核验建好的网站：清单、链接、外部请求、个人信息、脚本；--manifest 核对下载的副本"
SHOWN = 50


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "site", nargs="?", type=Path, default=Path("build/public"), metavar="目录", help="网站目录"
    )
    more = (
        ("--manifest", "清单", "只照这份清单核对副本，不要网络：差在哪里、缺什么、多什么"),
        ("--signature", "签名", "清单的签名（.sig 或 .minisig）"),
        ("--allowed-signers", "名单", "认谁的签名：ssh 的 allowed_signers，或 minisign 的公钥"),
    )
    for option, what, said in more:
        parser.add_argument(option, type=Path, metavar=what, help=said)


def run(options: argparse.Namespace, console: Console, _today: Callable[[], date]) -> int:
    """Verify a site in full, or compare a copy with a manifest; exit 1 if anything is wrong."""
    if options.manifest or options.signature or options.allowed_signers:
        return _copy(options, console)
    if not (options.site / "index.html").is_file():
        raise UsageTrouble(f"{options.site} 里没有建好的网站；先运行 make site")
    troubles = verify.verify_site(options.site, full=True, report=console.progress)
    for trouble in troubles[:SHOWN]:
        console.say(f"{trouble.path}：{trouble.message}\n    怎么办：{trouble.remedy}", RED)
    if troubles:
        console.say(f"✗ 有 {len(troubles)} 处问题", RED)
        return REFUSED
    console.say("✓ 核验通过：链接都通，没有外部请求，没有个人信息，清单相符", GREEN)
    if told := weights.said(weights.of_pages(options.site)):
        console.say(f"  注意：{told}")
    return CLEAN


def _copy(options: argparse.Namespace, console: Console) -> int:
    """Compare a copy with its manifest and say in words what is not as it was published."""
    if bool(options.signature) != bool(options.allowed_signers):
        raise UsageTrouble("--signature 和 --allowed-signers 要一起写：签名，和认谁的签名")
    if not options.site.is_dir():
        raise UsageTrouble(f"没有 {options.site} 这个目录")
    manifest = copies.read_manifest(options.manifest or options.site / "manifest.json")
    is_good = _is_signed(options, manifest, console) if options.signature else True
    if manifest.stated and manifest.stated != manifest.digest:
        console.say("清单自己被改过：所列文件的总摘要和它写的不一样", RED)
        is_good = False
    found = copies.compared(options.site, manifest)
    for said, paths in (
        ("内容和清单不符", found.changed),
        ("清单里有，副本里没有", found.missing),
        ("副本里有，清单里没有", found.added),
    ):
        for path in paths[:SHOWN]:
            console.say(f"{printable(path)}：{said}", RED)
        if (rest := len(paths) - SHOWN) > 0:
            console.say(f"还有 {rest} 个文件{said}", RED)
    state = f"，台账版本 {printable(manifest.commit[:12])}" if manifest.commit else ""
    said = f"数据日期 {printable(manifest.as_of) or '没有写'}{state}，总摘要 {manifest.digest}"
    if found.is_none and is_good:
        console.say(f"✓ 副本和清单一个字节不差：{len(manifest.files)} 个文件，{said}", GREEN)
        return CLEAN
    console.say(
        f"✗ 和清单对不上：{len(found.changed)} 个文件改了，缺 {len(found.missing)} 个，"
        f"多 {len(found.added)} 个；{said}",
        RED,
    )
    return REFUSED


def _is_signed(options: argparse.Namespace, manifest: copies.Manifest, console: Console) -> bool:
    for path in (options.signature, options.allowed_signers):
        if not path.is_file():
            raise UsageTrouble(f"没有 {path} 这个文件")
    name = signatures.signer(manifest.path, options.signature, options.allowed_signers)
    if name is None:
        console.say("签名不对：不是名单里的人签的，或者清单在签名以后被改过", RED)
        return False
    console.say(f"✓ 清单是 {printable(name)} 签的，签名以后没有改过", GREEN)
    return True
