"""`qingyuan renumber`: rows of two copies that got one id; what is not published gets another."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.changes import merging, renumbering
from pipeline.changes import three as versions
from pipeline.ledgers import load_schemas, together
from pipeline.ledgers.schemas import Schemas
from pipeline.repository import Repository
from pipeline.trouble import UsageTrouble
from pipeline.verbs.console import CLEAN, GREEN, REFUSED, Console

NAME = "renumber"
HELP = "两份台账用了同一个编号：还没公布的那一行换新编号，跟着它的流转、结果一起换；公布过的不动"
OURS, THEIRS = "这边", "那边"
SHOWN = 30


@dataclass(frozen=True)
class _Sides:
    """Whose rows are renumbered and whose are kept: commits, None for the working copy."""

    mine: str | None
    published: str
    is_merging: bool = False
    is_mine_here: bool = True
    """Whether the side that is renumbered is the one that stands in the working copy."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "--onto", metavar="版本", help="已经公布的是哪个版本；不写就看 git 里的主线"
    )
    parser.add_argument(
        "--keep", choices=(OURS, THEIRS), help="合并当中，看不出哪边已经公布时写：哪边的编号不动"
    )


def run(options: argparse.Namespace, console: Console, _today: Callable[[], date]) -> int:
    """Find what clashes, give new ids, write the files; exit 1 where something else is in doubt."""
    data, schemas = options.data, load_schemas()
    if data.is_dir() and together.finish(data):
        console.say("✓ 上次停在半路，现在写完了", GREEN)
    repository = Repository.around(data) if data.is_dir() else None
    if repository is None:
        raise UsageTrouble(f"{data} 不在 git 仓库里，没有另一份可以比")
    sides = _sides(repository, options)
    folder = data.resolve().relative_to(repository.top.resolve()).as_posix()
    three = versions.three_of(repository, folder, schemas, sides.mine, sides.published)
    if torn := versions.unreadable(three):
        raise UsageTrouble(f"{'、'.join(torn)} 读不全，不能换编号；先按 qingyuan check 改好")
    made, numbers = renumbering.renumbered(three)
    for number in numbers[:SHOWN]:
        about = f"（{number.about}）" if number.about else ""
        console.say(f"  {schemas[number.ledger].title} {number.old} → {number.new}{about}")
    if rest := numbers[SHOWN:]:
        console.say(f"  还有 {len(rest)} 行")
    if sides.is_merging:
        made, conflicts = _merged(three, made, sides, schemas, repository.top)
    else:
        conflicts = []
    files = {repository.top / path: content for path, content in made.items()}
    together.write_together(data, files, "撞号的行换新编号")
    for words in conflicts:
        console.complain(words)
    if conflicts:
        console.complain("这些不是编号的事：留下对的一行，删掉 <<<<<<<、=======、>>>>>>> 三行")
    _close(made, numbers, sides, console)
    return REFUSED if conflicts else CLEAN


def _close(
    made: Mapping[str, bytes],
    numbers: list[renumbering.NewNumber],
    sides: _Sides,
    console: Console,
) -> None:
    if not made:
        console.say("✓ 没有撞号的行，什么都没有改", GREEN)
        return
    said = f"换了 {len(numbers)} 个编号" if numbers else "没有撞号的行"
    console.say(f"✓ {said}，写好 {len(made)} 个文件；公布过的编号没有动", GREEN)
    paths = shlex.join(f":/{path}" for path in sorted(made))
    done = "git commit --no-edit" if sides.is_merging else "git commit -m '撞号的行换新编号'"
    console.say(f"  接着运行 qingyuan check；通过后：git add {paths} && {done}")
    console.say("  已经把旧编号报给别人的（纸面、电话里），告诉他新编号")


def _sides(repository: Repository, options: argparse.Namespace) -> _Sides:
    """Tell whose ids are published: main's on the server, or what is named.

    Raises:
        UsageTrouble: it cannot be told.
    """
    other = repository.named("MERGE_HEAD")
    if other is None and repository.named("REBASE_HEAD"):
        raise UsageTrouble(
            "正在变基，换了编号后面几次提交会接错：先 git rebase --abort，再 git merge 主线"
        )
    if other is None:
        mains = repository.main_branches()
        onto = options.onto or next(iter(mains), None) or repository.named("@{upstream}")
        if onto is None:
            raise UsageTrouble("看不出已经公布的是哪个版本；用 --onto 写，如 --onto origin/main")
        return _Sides(None, repository.commit(onto))
    head = repository.commit("HEAD")
    kept = options.keep or _published(repository, head, other)
    if kept is None:
        raise UsageTrouble(
            "看不出哪边的编号已经公布：公布过的是现在这边就加 --keep 这边，"
            "是合并进来的就加 --keep 那边"
        )
    if kept == THEIRS:
        return _Sides(head, other, is_merging=True)
    return _Sides(other, head, is_merging=True, is_mine_here=False)


def _published(repository: Repository, head: str, other: str) -> str | None:
    """Return which side of a merge stands on the main line already; None if none or both do."""
    mains = repository.main_branches()
    is_ours, is_theirs = (
        any(repository.is_within(commit, main) for main in mains) for commit in (head, other)
    )
    if is_ours == is_theirs:
        return None
    return OURS if is_ours else THEIRS


def _merged(
    three: versions.Three,
    made: Mapping[str, bytes],
    sides: _Sides,
    schemas: Schemas,
    top: Path,
) -> tuple[dict[str, bytes], list[str]]:
    """Merge both sides, mine with its new ids, row by row; files that stand so already are left."""
    found: dict[str, bytes] = {}
    conflicts: list[str] = []
    for path, shard in three.shards.items():
        mine, other = made.get(path, three.mine[path]), three.published[path]
        here, there = (mine, other) if sides.is_mine_here else (other, mine)
        merged = merging.merge(schemas[shard.ledger], path, three.base[path], here, there)
        if merged is None:
            conflicts.append(f"{path} 读不全，没有合并")
            continue
        conflicts += [f"{path}：{words}" for words in merged.conflicts]
        place = top / path
        if (place.read_bytes() if place.is_file() else None) != merged.content:
            found[path] = merged.content
    return found, conflicts
