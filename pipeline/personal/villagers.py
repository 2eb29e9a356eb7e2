"""Names of villagers in running text: who lives somewhere, complains, or has no water.

Chinese has no capitals. A name is a family name with one or two characters more; what tells it
from other words is what stands around it: a word for a villager before it (户主, 五保老人, 投诉人),
a group or village before it and a household after it (四组王建国家断水), or what only a person
does (来电, 反映) or is (大爷, 夫妇). The weaker that sign, the more usual its characters must be.
"""

from __future__ import annotations

import re

from pipeline.patterns import late
from pipeline.personal import surroundings as around
from pipeline.personal.detection import Detection
from pipeline.personal.surnames import COMMON_WORDS, COMPOUND, GIVEN, SINGLE, WORDS

_FAMILY = f"(?:{'|'.join(COMPOUND)}|[{''.join(sorted(SINGLE))}])"
_CANDIDATE = late(f"(?={_FAMILY})")
_HAN = "[\u3400-\u9fff\uf900-\ufaff\u2e80-\u2fdf〇\U00020000-\U0003ffff]"
_ELDER = "大爷|大娘|大妈|大伯|大叔|大婶|奶奶|爷爷|老汉|老太太?|婆婆|婶子"
_FORMS = tuple(
    late(f"(?:{_FAMILY})[ \u3000]?(?P<given>{given})")
    for given in (
        f"{_ELDER}|某{{1,2}}|[×*＊Xx]{{1,2}}",
        f"(?<=[ \u3000]){_HAN}[ \u3000]{_HAN}|{_HAN}{{2}}",
        _HAN,
    )
)
_NO_GIVEN = late(f"(?P<hidden>[某×*＊Xx]+)|(?:{_ELDER})")
_SCHOOLS = ("小学", "中学", "大学")
_CLOSING = frozenset(("", *"，,。；;、（(：:"))
_AND = late("[ \u3000]?(?:[、，,和及与/;；]|以及)[ \u3000]?")


def names_in(text: str) -> list[Detection]:
    """Return where names of villagers stand; who is named in one breath with one is another."""
    spans: list[tuple[int, int]] = []
    for found in _CANDIDATE.finditer(text):
        start, last = found.start(), spans[-1][1] if spans else 0
        if start < last:
            continue
        follows = last > 0 and _AND.fullmatch(text, last, start) is not None
        if end := _name_at(text, start, follows):
            spans += [*_leading_up_to(text, start, last), (start, end)]
    return [Detection("name", *span) for span in spans]


def _name_at(text: str, start: int, follows: bool) -> int | None:
    """Return where the name ends that begins here; `follows` says that one stood just before."""
    for form in _FORMS:
        found = form.match(text, start)
        if found and _reads_as_name(text, found, follows):
            return found.end()
    return None


def _reads_as_name(text: str, found: re.Match[str], follows: bool) -> bool:
    """Weigh what stands before and after against how usual the characters are."""
    given, (start, end) = found["given"].replace(" ", "").replace("\u3000", ""), found.span()
    sign = _sign_before(text, start)
    person = around.AFTER_IS_PERSON.match(text, end) is not None
    called = around.AFTER_CALLS_VILLAGER.match(text, end) is not None
    is_villager = follows or called or sign == "villager"
    if sign == "office" and not around.AFTER_IS_HOME.match(text, end):
        return False
    if other := _NO_GIVEN.fullmatch(given):
        return not other["hidden"] or is_villager or (person and given[0] == "某")
    if not (is_villager or person or sign == "group") or _is_place(text, given, end, person):
        return False
    usual = sum(c in GIVEN for c in given)
    if usual < len(given) and any(c in around.NEVER and c not in GIVEN for c in given):
        return False
    if text.startswith(WORDS, start):
        return usual == len(given) > 1 and is_villager and person
    if is_villager:
        return person or called or _villager_ends(text, start, end, usual, len(given))
    if sign == "group":
        waterless = usual == len(given) > 1 and around.AFTER_IS_WATER.match(text, end)
        return bool(waterless or (person and usual))
    return usual == len(given) > 1 and _stands_alone(text, start, end)


def _villager_ends(text: str, start: int, end: int, usual: int, length: int) -> bool:
    """Whether the name of somebody said to be a villager ends here, by how usual it is."""
    ends = around.AFTER_ENDS.match(text, end) is not None
    if text[start] in COMMON_WORDS:
        return usual == length and (ends if length > 1 else text[end : end + 1] in _CLOSING)
    return (ends and usual > 0) or usual == length > 1


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a name that nothing announces may begin here: before a house it may anywhere."""
    if around.AFTER_IS_HOME.match(text, end):
        return True
    return around.BEFORE_MAY_END.search(text, max(0, start - 2), start) is not None


def _sign_before(text: str, start: int) -> str | None:
    """Say what the words before a name make of it: an officer, a villager, one of a group."""
    last, from_here = text[start - 1 : start], max(0, start - around.LOOK_BACK)
    if last in around.OFFICE_ENDS and around.BEFORE_IS_OFFICE.search(text, from_here, start):
        return "office"
    if last in around.VILLAGER_ENDS and around.BEFORE_IS_VILLAGER.search(text, from_here, start):
        return "villager"
    if last in around.GROUP_ENDS and around.BEFORE_IS_GROUP.search(text, from_here, start):
        return "group"
    return None


def _is_place(text: str, given: str, end: int, person: bool) -> bool:
    """Whether these are the first characters of a place or a house: 程庄组, 李家沟."""
    if given in _SCHOOLS or (given[-1] == "家" and not text.startswith("家", end)):
        return True
    return given[-1] in around.PLACE_ENDS or (
        not person and around.AFTER_IS_PLACE.match(text, end) is not None
    )


def _leading_up_to(text: str, start: int, last: int) -> list[tuple[int, int]]:
    """Return the names before one: of 甲、乙夫妇 the first is a name because the second is."""
    for found in _CANDIDATE.finditer(text, last, start):
        for form in _FORMS[1:]:
            name = form.match(text, found.start(), start)
            if (
                name
                and _AND.fullmatch(text, name.end(), start)
                and around.BEFORE_MAY_END.search(text, last, name.start())
                and all(c in GIVEN for c in name["given"])
                and not text.startswith(WORDS, name.start())
            ):
                return [*_leading_up_to(text, name.start(), last), name.span()]
    return []
