"""Chinese words for what argparse says by itself."""

from __future__ import annotations

import argparse

_WORDS = {
    "usage: ": "用法：",
    "positional arguments": "要写的",
    "options": "选项",
    "subcommands": "命令",
    "show this help message and exit": "显示这段说明",
    "%(prog)s: error: %(message)s\n": "%(prog)s：%(message)s\n看用法：%(prog)s --help\n",
    "unrecognized arguments: %s": "不认识：%s",
    "the following arguments are required: %s": "还缺：%s",
    "expected one argument": "后面要写一个值",
    "expected at least one argument": "后面至少写一个值",
    "expected at most one argument": "后面最多写一个值",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)s，可以写：%(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)s 写得不对",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 不够明确：%(matches)s",
    "not allowed with argument %s": "不能和 %s 一起用",
    "one of the arguments %s is required": "下面几个要写一个：%s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "没有 %(parser_name)s 这个命令",
    " (default: %(default)s)": "（默认 %(default)s）",
}


def translate(text: str) -> str:
    """Return the Chinese for one of argparse's own texts; unknown texts pass unchanged."""
    return _WORDS.get(text, text)


def speak_chinese() -> None:
    """Make argparse speak Chinese in this process."""
    argparse._ = translate  # type: ignore[attr-defined]
    argparse.ngettext = lambda one, many, n: translate(one if n == 1 else many)  # type: ignore[attr-defined]
