"""The look-up's index is small and loses nothing: what was put in can be read back."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from pipeline.publication.lookup import Entry, build, normal
from pipeline.publication.lookup.index import ending, shortened
from pipeline.publication.lookup.phonetics import syllables

NAMES = st.text("东西南北庄村镇云阳~=<'\"a1", min_size=1, max_size=6)
KEYS = st.from_regex(r"\A[0-9a-z][0-9a-z-]{0,11}\Z")
PHRASES = st.sampled_from(sorted(PHRASES_DICT))
PIECES = PHRASES | PHRASES.map(lambda phrase: phrase[:-1]) | st.characters(
    min_codepoint=0x3400, max_codepoint=0x9FFF
)  # fmt: skip
UNIT = Entry("单位", "南召县", "u", "nanzhao", also=("南召",))
TOWN = Entry("乡镇", "云阳镇", "t", "411321103", "nanzhao")


def value(script: bytes):
    """Return what the script says."""
    return json.loads(re.sub(r"^window\.\w+=", "", script.decode()).rstrip(";\n"))


def read_back(script: bytes) -> list[tuple[str, str, str]]:
    """Read folder, key and name of every row of an index as the script of the page does."""
    found, last, towns = [], "", []
    for kind, folder, places in value(script)[4]:
        for place, ends in places:
            for text, key in zip(ends[::2], ends[1::2], strict=True):
                if text.startswith("~"):
                    text = ("" if text[1] == "~" else towns[place[1]]) + text[1:]
                if key.startswith("="):
                    key = last[: len(last) - len(key) + 1] + key[1:]
                last = key
                name = text.partition("\t")[0].partition("\n")[0]
                towns += [name] if kind == "乡镇" else []
                found.append((folder, key, name))
    return found


@given(st.lists(st.tuples(st.sampled_from(["村", "工程"]), NAMES, KEYS), max_size=12))
def test_what_is_put_in_is_read_back(rows):
    """Whatever the names and keys, grouped by kind and place."""
    made = [Entry(kind, n, kind, k, "nanzhao", (TOWN.key,)) for kind, n, k in rows]
    entries = [UNIT, TOWN, *made]

    assert sorted(read_back(build(entries))) == sorted((e.folder, e.key, e.name) for e in entries)


def test_a_name_that_repeats_its_township_is_written_short():
    """云阳镇东庄供水站 in 云阳镇; a name that is all place stays whole."""
    assert shortened("云阳镇东庄供水站", "云阳镇") == "~东庄供水站"
    assert shortened("东庄", "云阳镇") == "东庄"
    assert shortened("云阳镇", "云阳镇") == "云阳镇"


def test_a_key_like_the_one_before_says_only_how_it_ends():
    """Codes of neighbours differ in their last digits."""
    assert ending("411321103202", "411321103201") == "=2"
    assert ending("nanzhao-w0010", "411321103201") == "nanzhao-w0010"


def test_the_index_runs_nothing():
    """A name that looks like markup stays text inside the script."""
    script = build([Entry("说明", "</script>", "<b>", "1")])

    assert b"<" not in script


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("ＱＩＮＧＨＥ　ｗａｎｇ", "qinghe wang"), ("“王营村”。", "王营村"),
        ("清河鎮，王營村", "清河镇 王营村"),
        ("wángyíng lǜ", "wangying lu"), ("五.4①", "五 41"), (" ", ""),
    ],
)  # fmt: skip
def test_everything_typed_has_one_normal_form(typed, told):
    """Width, case, marks, accents and traditional characters make no difference."""
    assert normal(typed, {"鎮": "镇", "營": "营"}) == told


@settings(max_examples=40)
@given(st.lists(PIECES, max_size=8).map("".join))
def test_a_text_is_read_as_if_it_were_read_whole(text):
    """Phrases that are read once for all texts change no reading; an unreadable text has none."""
    table = {(c, said) for said, found in syllables([text]).items() for c in found}
    whole: set[tuple[str, str]] = set()
    for part in re.findall("[\u3400-\u4dbf\u4e00-\u9fff]+", text):
        said = lazy_pinyin(part, style=Style.NORMAL, errors="ignore")
        if len(said) == len(part):
            plain = [normal(one, {}).replace("v", "u") for one in said]
            whole |= set(zip(part, plain, strict=True))
    apart = {(c, said) for said, found in syllables(text).items() for c in found}

    assert table - apart == whole - apart
