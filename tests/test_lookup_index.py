"""The look-up's index is small and loses nothing: what was put in can be read back."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from pipeline.publication.lookup import Entry, build, ending, shortened

NAMES = st.text("东西南北庄村镇云阳~=<'\"a1", min_size=1, max_size=6)
KEYS = st.from_regex(r"\A[0-9a-z][0-9a-z-]{0,11}\Z")


def read_back(script: bytes) -> list[Entry]:
    """Read an index as the script of the page does."""
    _, rows = json.loads(script.decode().removeprefix("window.qyIndex=").rstrip(";\n"))
    found, last = [], ""
    for kind, folder, places in rows:
        for where, ends in places:
            for name, key in zip(ends[::2], ends[1::2], strict=True):
                if name.startswith("~"):
                    name = (where[-int(name[1]) :] if name[1] != "0" else "") + name[2:]
                if key.startswith("="):
                    key = last[: len(last) - len(key) + 1] + key[1:]
                last = key
                found.append(Entry(kind, name, where, folder, key))
    return found


@given(
    st.lists(
        st.builds(
            Entry,
            st.sampled_from(["村", "工程"]),
            NAMES,
            NAMES,
            st.sampled_from(["v", "w"]),
            KEYS,
        ),
        max_size=12,
    )
)
def test_what_is_put_in_is_read_back(entries):
    """Whatever the names and keys, grouped by kind and place."""
    assert sorted(read_back(build(entries, ())), key=repr) == sorted(entries, key=repr)


def test_a_name_that_repeats_its_place_is_written_short():
    """云阳镇东庄供水站 in 南召云阳镇; a name that is all place stays whole."""
    assert shortened("云阳镇东庄供水站", "南召云阳镇") == "~3东庄供水站"
    assert shortened("东庄", "南召云阳镇") == "东庄"
    assert shortened("云阳镇", "南召云阳镇") == "云阳镇"


def test_a_key_like_the_one_before_says_only_how_it_ends():
    """Codes of neighbours differ in their last digits."""
    assert ending("411321103202", "411321103201") == "=2"
    assert ending("nanzhao-w0010", "411321103201") == "nanzhao-w0010"


def test_the_index_runs_nothing():
    """A name that looks like markup stays text inside the script."""
    script = build([Entry("村", "</script>", "<b>", "v", "1")], ())

    assert b"<" not in script
