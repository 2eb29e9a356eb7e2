"""Measure every row of the budget that exists, each against its peer, and print ratios.

Single times on a shared machine mean little; ratios within one run mean something. Each command is
a whole process, run several times in turn with its peer; the median counts. Nothing here is a test
that can fail: a budget that is missed is marked, and a person decides.
"""

from __future__ import annotations

import csv
import gc
import gzip
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from pipeline import assessment
from pipeline.ledgers import load
from tests.bench import hands, papers, workbooks
from tests.bench.measuring import (
    BIN,
    PROJECT,
    QUIET,
    RUNS,
    Measure,
    median,
    paired,
    qingyuan,
    report,
    run,
)

SECTIONS = 8
"""Tables on a page of the peer."""
ROW = 104
"""Bytes of HTML that a row of such a table becomes."""
PAPERS = "paper"
"""The folder of the store in which papers are kept."""
STEPS = 50
"""Commits of which the history is walked."""
DATES = 60
"""Days on which scores are computed at once."""


def main() -> None:
    """Measure everything and print it."""
    out = Path(tempfile.mkdtemp(prefix="qingyuan-bench-"))
    try:
        cold, warm = _builds(out)
        _checks(out)
        _changes(out)
        _page(out)
        _scores()
        workbooks.measure(out)
        hands.measure(out)
        papers.measure(cold)
        most = max(cold.megabytes, warm.megabytes)
        print(f"全部构建内存 {most:.0f} MB（预算 1000 MB，单个最大进程）")
    finally:
        shutil.rmtree(out, ignore_errors=True)


def _builds(out: Path) -> tuple[Measure, Measure]:
    """Measure a cold build against Hugo, and rebuilds after a change of one county against cold.

    The peer prints nothing, so neither does ours: what is kept of the papers stands beside, and is
    put back where a cold build finds it. A first build tells how many pages of which size there
    are, and what a cold build with its papers takes. All are run in turn, because a shared machine
    is faster in one minute than in the next. Both write into folders that are not there; those of
    earlier runs are moved aside and not removed, because ext4 without a journal takes ten times as
    long to make a file for minutes after many were removed.
    """
    data = out / "data"
    shutil.copytree(PROJECT / "data", data)
    build = qingyuan("build", "--data", str(data), "--out", str(out / "build"))
    first = run(build)
    print(f"整站，冷，连各期报告 {first.seconds:.2f} 秒，处理器 {first.cpu:.2f} 秒")
    shutil.move(out / "build" / "cache" / PAPERS, out / PAPERS)
    hugo = _hugo(out, *_pages(out / "build" / "public"))
    cold, peer, reworded, mended = [], [], [], []
    for number in range(RUNS):
        for made in (out / "build", out / "hugo" / "public"):
            if made.exists():
                made.rename(out / f"{made.name}-{number}")
        shutil.copytree(out / PAPERS, out / "build" / "cache" / PAPERS)
        cold.append(run(build))
        if hugo:
            peer.append(run(hugo))
        with _reworded(data):
            reworded.append(run(build))
            with _mended(data):
                mended.append(run(build))
    whole, warm = median(cold), median(reworded)
    if peer:
        report("整站，冷，报告已排好", whole, "Hugo，一样多一样大的页", median(peer), 1.5)
    else:
        print(f"整站，冷 {whole.seconds:.2f} 秒；没有 Hugo，装上再比：apt-get install -y hugo")
    report("改一个县一句话后重建", warm, "冷建", whole, 0.2)
    report("一个县报完成一件后重建", median(mended), "冷建", whole, 0.2)
    return whole, warm


@contextmanager
def _reworded(data: Path) -> Iterator[None]:
    """Change what one issue of a county says, for a while."""
    with _changed(data / "units" / "nanzhao" / "issues.csv") as ledger:
        text = ledger.read_text(encoding="utf-8")
        ledger.write_text(text.replace("漏水", "漏水，", 1), encoding="utf-8")
        yield


@contextmanager
def _mended(data: Path) -> Iterator[None]:
    """Let a county report an issue done, for a while: counts and charts change as well."""
    with _changed(data / "units" / "nanzhao" / "issue_events.csv") as ledger:
        with ledger.open(encoding="utf-8", newline="") as rows:
            last = {row["issue_id"]: row for row in csv.DictReader(rows)}
        row = next(row for row in last.values() if row["event"] == "登记")
        changes = {"event": "整改完成", "event_on": "2022-09-16"}
        done = row | changes | {"event_id": f"{row['issue_id']}-e02"}
        with ledger.open("a", encoding="utf-8", newline="") as rows:
            csv.writer(rows, lineterminator="\n").writerow(done.values())
        yield


@contextmanager
def _changed(ledger: Path) -> Iterator[Path]:
    """Put a ledger back as it was."""
    content = ledger.read_bytes()
    yield ledger
    ledger.write_bytes(content)


def _pages(public: Path) -> tuple[int, int]:
    """Return how many pages a site has, and how many bytes one has on average."""
    sizes = [path.stat().st_size for path in public.resolve().rglob("*.html")]
    return len(sizes), sum(sizes) // len(sizes)


def _hugo(out: Path, pages: int, size: int) -> list[str] | None:
    """Write a Hugo site with as many pages as ours and as large; None without Hugo."""
    if shutil.which("hugo") is None:
        return None
    site = out / "hugo"
    (site / "content").mkdir(parents=True)
    (site / "layouts" / "_default").mkdir(parents=True)
    (site / "config.toml").write_text(
        'title = "x"\nbaseURL = "/"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n'
    )
    page = "<!doctype html><title>{{ .Title }}</title><h1>{{ .Title }}</h1>{{ .Content }}"
    for name in ("single", "list"):
        (site / "layouts" / "_default" / f"{name}.html").write_text(page)
    row = "| 氟化物 | 0.86 | 不超过 1.2 | 吃多了伤牙伤骨 |\n"
    rows = size // SECTIONS // ROW
    table = "| 项目 | 值 | 限值 | 说明 |\n|---|---|---|---|\n" + row * rows
    body = "\n\n".join(
        f"## 第{n}节\n\n{table}\n日常供水由云阳镇东庄供水站管。" for n in range(SECTIONS)
    )
    for number in range(pages):
        text = f"---\ntitle: 村{number}\n---\n\n{body}\n"
        (site / "content" / f"p{number}.md").write_text(text, encoding="utf-8")
    return ["hugo", "-s", str(site), "--quiet"]


def _checks(out: Path) -> None:
    """Measure the gates against Frictionless alone."""
    package = out / "build" / "datapackage.json"
    ours, theirs = paired(
        qingyuan("check", "--no-cache"), [str(BIN / "frictionless"), "validate", str(package)]
    )
    report("检查，冷，全部四道关", ours, "frictionless validate", theirs, 0.5)
    county, start = paired(
        qingyuan("check", "data/units/nanzhao", "data/city/checks/nanzhao"),
        [str(BIN / "frictionless"), "--version"],
    )
    report("检查一个县", county, "frictionless --version", theirs=start, budget=2)


def _changes(out: Path) -> None:
    """Measure the check of a change of one county against the whole, and a diff of two commits.

    The base is the whole city; what is kept between runs stands as after the check of the base.
    """
    top = out / "repository"
    shutil.copytree(PROJECT / "data", top / "data")

    def git(*arguments: str) -> None:
        names = ("-c", "user.name=x", "-c", "user.email=x@example.invalid")
        subprocess.run(["git", *names, *arguments], cwd=top, check=True, **QUIET)

    git("init", "-b", "main")
    git("add", "-A")
    git("commit", "-m", "base")
    ledger = top / "data" / "units" / "nanzhao" / "issues.csv"
    text = ledger.read_text(encoding="utf-8")
    ledger.write_text(text.replace("，分时供水", "，错峰供水", 1), encoding="utf-8")
    git("commit", "-am", "county")
    git("checkout", "-b", "moved", "main~1")
    papers = top / "data" / "units" / "nanzhao" / "documents.csv"
    papers.write_text(papers.read_text(encoding="utf-8").partition("\n")[0] + "\n")
    git("commit", "-am", "papers gone")
    git("checkout", "main")
    data = ("--data", str(top / "data"))
    run(qingyuan("check", *data))
    ours, full = paired(
        qingyuan("check", *data, "--base", "main~1"), qingyuan("check", *data, "--no-cache")
    )
    report("一个县的改动，连同改动检查", ours, "冷的全部检查", full, 0.1)
    print(f"一个县的改动 {ours.seconds:.2f} 秒（预算 2）{'✓' if ours.seconds <= 2 else '✗ 超了'}")
    for what, head, is_cold in (
        ("两次提交说清改动", "main", False),
        ("同上，什么都没有留", "main", True),
        ("同上，分数变了，什么都没有留", "moved", True),
    ):
        told = _told(out, qingyuan("diff", "main~1", head, *data), is_cold=is_cold)
        report(what, told, "冷的全部检查", full, 0.5)
        print(f"    处理器 {told.cpu:.2f} 秒（墙钟预算 3）")
    for number in range(STEPS):
        more = text.replace("，分时供水", f"，错峰供水{'，' * (number + 1)}", 1)
        ledger.write_text(more, encoding="utf-8")
        git("commit", "-am", f"step {number}")
    walk = _told(out, qingyuan("history", *data), is_cold=True)
    report(f"{STEPS} 次提交的历史，冷走", walk, "冷的全部检查", full, 0.5)
    warm = _told(out, qingyuan("history", *data), is_cold=False)
    report(f"{STEPS} 次提交的历史，走过的", warm, "冷的全部检查", full, 0.1)


def _told(out: Path, command: list[str], *, is_cold: bool) -> Measure:
    """Run a command where nothing is kept between runs, or where all was kept once."""
    place = out / "told"
    place.mkdir(exist_ok=True)
    measures = []
    if not is_cold:
        run(command, cwd=place)
    for _ in range(RUNS):
        if is_cold:
            shutil.rmtree(place / "build", ignore_errors=True)
        measures.append(run(command, cwd=place))
    return median(measures)


def _page(out: Path) -> None:
    """Weigh the heaviest record page, and what a first visit loads."""
    public = out / "build" / "public"
    pages = [p for folder in "vwits" for p in (public / folder).glob("*.html")]
    heaviest = max(pages, key=lambda p: p.stat().st_size)
    first = [
        heaviest,
        public / "assets/qy.css",
        public / "assets/qy.js",
        public / "assets/favicon.svg",
    ]
    weight = sum(len(gzip.compress(p.read_bytes())) for p in first)
    print(
        f"最重的记录页 {heaviest.stat().st_size / 1000:.1f} kB（预算 40）；"
        f"第一次打开共 {weight / 1000:.1f} kB 压缩后（预算 150）"
    )
    index = gzip.compress((public / "assets/lookup-index.js").read_bytes())
    people = gzip.compress((public / "assets/lookup-people.js").read_bytes())
    print(
        f"查找索引 {len(index) / 1000:.1f} kB 压缩后（预算 90），"
        f"责任人 {len(people) / 1000:.1f} kB（用到才下载）"
    )


def _scores() -> None:
    """Time the scores of the whole city inside one process, after the ledgers are loaded.

    As in the verbs, which end when they are done, garbage is not collected meanwhile.
    """
    gc.disable()
    snapshot = load(PROJECT / "data").snapshot
    if snapshot is None:
        raise SystemExit("data/campaign.yml cannot be read")
    last = snapshot.campaign.as_of_on or snapshot.campaign.cut_off_on
    days = [last - timedelta(days=n) for n in range(DATES)]
    for what, chosen, budget in (("一天", [last], 1), (f"{DATES}天", days, 5)):
        started = time.perf_counter()
        units = [len(sheets) for _, sheets in assessment.course(snapshot, chosen)]
        seconds = time.perf_counter() - started
        mark = "✓" if seconds <= budget else "✗ 超了"
        print(f"算分，{units[0]} 个单位 23 条，{what} {seconds:.2f} 秒（预算 {budget}）{mark}")
    started = time.perf_counter()
    assessment.assess(snapshot, last)
    print(f"算分，连口径的全部组合和补救 {time.perf_counter() - started:.2f} 秒")


if __name__ == "__main__":
    main()
