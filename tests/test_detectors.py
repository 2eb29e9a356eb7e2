"""Detectors of personal data: found however it is written, and nothing else taken for it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from effort import ends
from hypothesis import given
from hypothesis import strategies as st

from pipeline.personal import detect, kinds_in, mask
from pipeline.personal.numbers import check_digit, passes_luhn

FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
BIRTHDAYS = st.dates(date(1900, 1, 1), date(2026, 12, 31))


@st.composite
def identity_numbers(draw: st.DrawFn) -> str:
    province = draw(st.sampled_from(["11", "31", "41", "42", "65", "81"]))
    place = draw(st.integers(0, 9999))
    digits = f"{province}{place:04}{draw(BIRTHDAYS):%Y%m%d}{draw(st.integers(0, 999)):03}"
    return digits + check_digit(digits)


mobiles = st.builds(
    lambda head, tail: f"{head}{tail:08}",
    st.sampled_from(["130", "139", "150", "158", "166", "177", "188", "191", "199"]),
    st.integers(0, 99_999_999),
)
frames = st.sampled_from(
    ["{}", "身份证{}号", "（{}）", "联系：{}。", "甲,{},乙", "张三{}", "号码 {} 已核"]
)


@given(identity_numbers(), frames)
def test_every_identity_number_is_found_and_starred(number: str, frame: str) -> None:
    for written in (number, number.lower(), number.translate(FULL_WIDTH), number.translate(ARABIC)):
        text = frame.format(written)
        (found,) = detect(text)

        assert (found.kind, found.is_sure) == ("identity", True)
        assert text[found.start : found.end] == written
        assert written not in mask(text)
        assert detect(mask(text)) == []


@given(identity_numbers(), st.sampled_from(" -.·　－—_/"))
def test_separators_do_not_hide_an_identity_number(number: str, mark: str) -> None:
    for sizes in ((6, 8, 4), (6, 4, 4, 4), (1,) * 18, (3, 3, 4, 4, 4), (14, 4), (17, 1)):
        parts, last = [], 0
        for size in sizes:
            parts.append(number[last : last + size])
            last += size

        assert [f.kind for f in detect(mark.join(parts))] == ["identity"]


@given(mobiles, frames)
def test_every_mobile_is_found_and_starred(number: str, frame: str) -> None:
    spaced = f"{number[:3]} {number[3:7]} {number[7:]}"
    for written in (number, spaced, spaced.replace(" ", "-"), f"+86{number}", f"86-{number}"):
        text = frame.format(written)

        assert [f.kind for f in detect(text)] == ["mobile"]
        assert detect(mask(text)) == []


@given(st.integers(10**15, 10**16 - 1))
def test_luhn_holds_for_one_check_digit_in_ten(number: int) -> None:
    head = str(number)[:-1]

    assert sum(passes_luhn(head + str(digit)) for digit in range(10)) == 1


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("6222020000000000026", ["card"]),
        ("6222 0200 0000 0000 026", ["card"]),
        ("卡号：4367420000000009", ["card"]),
        ("411321900307129", ["identity"]),
        ("411321199003071291", ["identity"]),
        ("zhang.san@example.com", ["contact"]),
        ("微信号：water_2022", ["contact"]),
        ("13900001234、15800001234", ["mobile", "mobile"]),
        ("13900001234 15800001234", ["mobile", "mobile"]),
        ("张三13900001234,411321199003071290", ["mobile", "identity"]),
        ("tel:13900001234", ["mobile"]),
        ("id411321199003071290", ["identity"]),
    ],
)
def test_personal_data_is_told_by_kind(text: str, kinds: list[str]) -> None:
    assert [f.kind for f in detect(text)] == kinds


@pytest.mark.parametrize(
    "text",
    [
        *"411321103201 411321103 411321 0377-63123456 0377-10001234 400-123-4567".split(),
        *"95598 12345 12314 2022-08-10 2022-08-10T09:30 20220810 20220810123456".split(),
        *"2022081012345678 1390000.00 139000元 1390000123 139000012345".split(),
        *"411321199013071290 411321199002301290 991321199003071290 91411300MA1234567X".split(),
        *"12411300417123456A HN13900001234 WT411321199003071290A".split(),
        *"sha256:9f13900001234ab 6222020000000000025 4113211032010001".split(),
        *"41132110320120001 nanzhao-2022-0031-e02 city-v00012-f01 127.0.0.1".split(),
        *"宛水农〔2022〕20号 水质@3处 @ 在微信群里公布 QQ群 ①②③ 3.2万 138".split(),
        *"http://www.example.gov.cn/2022/0810/123456.html 1.2.3.4.5.6.7.8.9.0.1".split(),
        "411321103201|411321103202",
        *("2022.8.20-2022.8.25", "", "110.5 35.2 20.6 18.9 17.0", "2022-08-10 2022-08-25"),
        *("GB 5749-2006", "1 2 3 4 5 6 7 8 9 10 11 12"),
    ],
)
def test_codes_dates_and_amounts_are_left_alone(text: str) -> None:
    assert detect(text) == []
    assert mask(text) == text


def test_no_code_or_date_of_the_model_is_taken_for_personal_data() -> None:
    """Division codes with any serial of up to three digits, and runs of dates."""
    days = [date(2022, 1, 1) + timedelta(days=n) for n in range(0, 730, 7)]
    texts = [
        f"4113{unit:02}{town:03}{village:03}"
        for unit in range(2, 30)
        for town in (1, 103, 400)
        for village in (1, 201, 405)
    ]
    texts += [f"{a} {b}" for a in days for b in days[:20]]
    texts += [f"{a:%Y%m%d}-{b:%Y%m%d}" for a in days for b in days[:20]]

    assert [t for t in texts if detect(t)] == []


@given(st.text(alphabet="0123456789０１Xx -.@微信QQ张a", max_size=60))
def test_whatever_the_text_places_are_true_and_masking_ends(text: str) -> None:
    found = detect(text)

    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert len(mask(text)) >= 0
    assert [f for f in detect(mask(text)) if f.kind != "contact"] == []


@pytest.mark.parametrize(
    "text",
    [
        *("1" * 300_000, "1 " * 150_000, "1-2." * 80_000, "a@" * 150_000, "a" * 300_000 + "@"),
        *("微信" * 99_999, "13900001234" * 30_000, "x" * 300_000, "1" + " " * 300_000),
        "a.b" * 99_999 + "@a." * 9_999,
    ],
    ids=range(10),
)
def test_no_text_takes_long(text: str) -> None:
    with ends():
        detect(text)


@given(st.text("一二三四五六七八九零〇十百千两组号楼户王手机电话卡证微信", min_size=1, max_size=4))
def test_few_han_characters_hold_no_number(text: str) -> None:
    """So a name of the usual length is not searched for any."""
    assert kinds_in(text) <= {"contact", "name"}
