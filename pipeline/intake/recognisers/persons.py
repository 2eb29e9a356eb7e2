"""Names of persons: two in a cell, an inner blank, the post in brackets, before or behind."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pipeline.intake.recognisers.reading import KEPT, Reading

_PARTS = re.compile(r"[、，,;；/\\|\r\n]+|\s和\s")
_BRACKETS = re.compile(r"^(.*?)[（(]([^（）()]*)[）)](.*)$")
_POST = re.compile(
    r"(?:党委|党组|支部|村支部)?(?:副?(?:书记|镇长|乡长|县长|区长|市长|局长|主任|站长|所长|科长|股长|厂长|"
    r"经理|支书|部长|队长|组长)|管水员|村支书|村主任|负责人|工作人员|干事|专干|委员)"
)
_BELOW = re.compile(rf"[\r\n]+\s*(?:([（(])|({_POST.pattern})(?=\s*(?:$|[、，,;；/\r\n])))")
"""A post that stands on a line of its own below the name."""
_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}(?:[·•・][\u3400-\u9fff]{1,8})*")
_FIGURES = re.compile("[0-9]{7}")
_INNER = re.compile(r"^([\u3400-\u9fff])[ \u3000\u00a0]+([\u3400-\u9fff])$")
_WORDS = re.compile("公司|委员会|村委会|政府|水利局|供水|单位|中心|待定|相关|全体|各村")


@dataclass(frozen=True, slots=True)
class Persons:
    """Who answers: the first is the principal, the others stand beside."""

    principal: Reading
    post: str = ""
    others: tuple[str, ...] = ()


@lru_cache(maxsize=KEPT)
def read_persons(text: str) -> Persons:
    """Read a cell of names."""
    whole = _BELOW.sub(lambda found: found[1] or f"（{found[2]}）", text.strip())
    parts = [part for piece in _PARTS.split(whole) if (part := piece.strip(" \t\u3000\u00a0"))]
    if not parts:
        return Persons(Reading())
    names: list[tuple[str, str]] = []
    for part in parts:
        for piece in _apart(part):
            name, post = _one(piece)
            if not name:
                if _FIGURES.search(piece):
                    said = "姓名里写了号码"
                    return Persons(Reading(problem=said, remedy="姓名和电话分成两格写"))
                problem = f"“{piece}”不像姓名"
                return Persons(
                    Reading(problem=problem, remedy="只写姓名，职务写在括号里，如 张三（镇长）")
                )
            names.append((name, post))
    (first, post), others = names[0], [name for name, _ in names[1:]]
    rules = []
    if len(names) > 1:
        rules.append("两个以上的人，第一个是责任人，其他的是其他责任人")
    if any(p for _, p in names):
        rules.append("职务分开记")
    if first != text and not rules:
        rules.append("姓名里的空格去掉")
    return Persons(Reading(first, "；".join(rules)), post, tuple(others))


def _apart(part: str) -> list[str]:
    """Part names that only blanks part; one blank inside two characters is one name."""
    if _INNER.match(part) or "(" in part or "（" in part:
        return [part]
    words = part.split()
    if len(words) > 1 and all(len(word) == 1 for word in words) and len(words) <= 4:
        return ["".join(words)]
    if len(words) > 1 and all(_NAME.fullmatch(word) for word in words):
        if any(_POST.fullmatch(word) for word in words):
            return [part]
        return words
    return [part]


def _one(piece: str) -> tuple[str, str]:
    """Return name and post of one person; a blank name where it is none."""
    post = ""
    if found := _BRACKETS.match(piece):
        piece, post = f"{found[1]}{found[3]}", found[2].strip()
        if not piece.strip():
            return "", ""
        if _NAME.fullmatch(post) and _POST.search(piece) and not _POST.search(post):
            piece, post = post, piece
    bare = unicodedata.normalize("NFC", piece.strip())
    if inner := _INNER.match(bare):
        bare = inner[1] + inner[2]
    words = bare.split()
    if not post and len(words) == 2:
        if _POST.search(words[1]):
            bare, post = words
        elif _POST.search(words[0]):
            post, bare = words
    if not post and (found := re.fullmatch(rf"(.{{2,4}}?)({_POST.pattern})", bare)):
        bare, post = found[1], found[2]
    bare = bare.replace("•", "·").replace("・", "·")
    if not _NAME.fullmatch(bare) or _WORDS.search(bare):
        return "", ""
    return bare, post
