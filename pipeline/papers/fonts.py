"""Fonts for paper: the office's own where it has them, else the open ones that come with the lock.

An office that signs papers has 仿宋_GB2312, 方正小标宋, 楷体 and 黑体; they may not be shipped, so
they are looked for in the folders the office names, or on its system. Where one is missing, the
open font of the same kind stands in: serif for 仿宋, 小标宋 and 楷体, sans for 黑体.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from pipeline.trouble import EnvironmentTrouble

SERIF, SANS = "Noto Serif SC", "Noto Sans SC"

ROLES: Mapping[str, tuple[str, ...]] = {
    "body": ("FangSong_GB2312", "FangSong", "STFangsong", SERIF),
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "STZhongsong", SERIF),
    "second": ("KaiTi_GB2312", "KaiTi", "STKaiti", SERIF),
    "first": ("SimHei", "STHeiti", SANS),
    "figures": ("SimSun", "STSong", SERIF),
    "plain": (SANS,),
}
"""Fonts by what they are for, the one wanted first; each list ends with one always there."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of a job: those that are there by role, in order of choice, and all of them read.

    `key` names them for what is kept between runs.
    """

    families: Mapping[str, tuple[str, ...]]
    read: Any

    @property
    def key(self) -> str:
        """The families by role in one line."""
        return ";".join(f"{role}={','.join(names)}" for role, names in self.families.items())

    @property
    def stands_in(self) -> tuple[str, ...]:
        """The roles in which an open font stands in for the office's own."""
        return tuple(
            role for role, there in self.families.items() if len(ROLES[role]) > 1 and len(there) < 2
        )


def fonts(folders: Iterable[Path] = (), *, of_system: bool = False) -> Fonts:
    """Return the fonts of some folders, and of the system where asked, over the open ones.

    Without either a paper is set in the open fonts only: so are those on the site, everywhere.

    Raises:
        EnvironmentTrouble: the typesetter, a folder, or an open font is not there.
    """
    try:
        import typst
    except ImportError as missing:
        raise EnvironmentTrouble("没有装排版程序 typst，运行 make setup") from missing
    named = tuple(folders)
    for folder in named:
        if not folder.is_dir():
            raise EnvironmentTrouble(f"没有字体文件夹 {folder}")
    read = typst.Fonts(
        include_system_fonts=of_system,
        include_embedded_fonts=False,
        font_paths=[*map(str, named), str(open_folder())],
    )
    there = set(read.families())
    if lost := {SERIF, SANS} - there:
        raise EnvironmentTrouble(f"没有字体 {'、'.join(sorted(lost))}，运行 make setup")
    return Fonts(
        {role: tuple(name for name in wanted if name in there) for role, wanted in ROLES.items()},
        read,
    )


def open_folder() -> Path:
    """Return the folder of the open fonts."""
    return Path(str(resources.files("pylopdf_fonts_zh_cn")))
