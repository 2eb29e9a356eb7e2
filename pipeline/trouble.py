"""What can go wrong that is neither the data's fault nor a bug; and how a bug says where it is."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager


class UsageTrouble(Exception):
    """The command was not given as it should be (exit 2). The message is Chinese, for the user."""


class EnvironmentTrouble(Exception):
    """The machine lacks something: disk, lock, font, browser (exit 3). Chinese, says what to do."""


class Bug(Exception):
    """The program's own fault, said in Chinese by what it was doing (exit 4)."""


@contextmanager
def making(what: str) -> Iterator[None]:
    """Say of a fault of the program what was being made.

    Raises:
        Bug: anything failed that is not the machine's or the command's fault.
    """
    try:
        yield
    except (Bug, OSError, UsageTrouble, EnvironmentTrouble):
        raise
    except Exception as fault:
        raise Bug(f"做{what}的时候出错：{type(fault).__name__}：{fault}") from fault


_ADVICE = {
    errno.ENOSPC: "磁盘满了，清出一些空间再运行",
    errno.EDQUOT: "磁盘配额用完了，清出一些空间再运行",
    errno.EFBIG: "文件大小受了限制，放开限制（ulimit -f unlimited）再运行",
    errno.EACCES: "没有权限，检查文件和目录的属主",
    errno.EPERM: "没有权限，检查文件和目录的属主",
    errno.EROFS: "所在的磁盘是只读的，换一个能写的地方",
    errno.ELOOP: "这里是一个链接，不往链接后面写；换成真正的文件再运行",
    errno.ENOENT: "没有这个文件或目录",
    errno.ENOTDIR: "这里该是目录，却是一个文件；移走它再运行",
    errno.EISDIR: "这里该是文件，却是一个目录；移走它再运行",
    errno.EEXIST: "这里已经有东西了；移走它再运行",
    errno.EMFILE: "打开的文件太多，放开限制（ulimit -n）再运行",
    errno.ENFILE: "打开的文件太多，关掉一些程序再运行",
    errno.ENOMEM: "内存不够，关掉一些程序再运行",
    errno.ENAMETOOLONG: "文件名太长，把目录移到路径短一些的地方",
    errno.EIO: "磁盘读写出错，检查磁盘",
}


def advice(trouble: OSError) -> str:
    """Say in Chinese what the machine refused, what to do about it, and for which file."""
    unknown = f"系统不答应（{errno.errorcode.get(trouble.errno or 0, '原因不明')}），检查磁盘和权限"
    place = f"（{trouble.filename}）" if trouble.filename else ""
    return _ADVICE.get(trouble.errno or 0, unknown) + place
