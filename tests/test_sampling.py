"""Draws can be repeated, each place has the probability that is said, the rows pass the gates."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from story import EXAMPLE, qingyuan

from pipeline import sampling
from pipeline.ledgers import load
from pipeline.sampling import Entry
from pipeline.sampling.chance import chance
from pipeline.sampling.homes import homes

DAY = date(2022, 9, 16)
SEED = "摇号 20220829 四十二 七 十三"


@pytest.fixture(scope="module")
def story():
    """The ledgers of the story, as of its day."""
    snapshot = load(EXAMPLE).snapshot
    assert snapshot is not None
    return snapshot.as_of(DAY)


def made(sizes: dict[tuple[str, str], int], weight=lambda n: 1 + n % 4) -> tuple[Entry, ...]:
    """Return a frame of so many works by unit and stratum."""
    return tuple(
        Entry(unit, stratum, "工程", f"{unit}-{stratum}-{n:04d}", weight(n))
        for (unit, stratum), size in sizes.items()
        for n in range(size)
    )


FRAME = made(
    {("a", "县"): 3, ("a", "乡镇"): 60, ("a", "村"): 40, ("b", "乡镇"): 9, ("b", "村"): 90}
)


def test_chance_is_that_of_sha256():
    r"""By hand: printf 'a\nb' | sha256sum, divided by 2^256; our program is not needed."""
    printed = "7e18f737311b2dc3b2f269dd78396b0351f14fb66efa879f768cb23181883c78"

    assert chance("a", "b") == Fraction(int(printed, 16), 2**256)


def test_the_same_frame_and_seed_give_the_same_draw():
    """Whatever the order of the frame; another seed gives others."""
    first = sampling.draw(FRAME, ["a", "b"], 12, SEED)

    assert first == sampling.draw(tuple(reversed(FRAME)), ["b", "a"], 12, SEED)
    assert first == sampling.draw(sampling.thaw(sampling.written(FRAME)), ["a", "b"], 12, SEED)
    assert {one.entry for one in first} != {
        one.entry for one in sampling.draw(FRAME, ["a", "b"], 12, SEED + "。")
    }


def test_one_group_draws_what_all_would():
    """A unit's draw does not depend on which units are drawn with it."""
    alone = sampling.draw(FRAME, ["a"], 12, SEED)
    both = sampling.draw(FRAME, ["a", "b"], 12, SEED)

    assert alone == tuple(one for one in both if one.entry.unit_id == "a")


def test_every_unit_is_looked_at_equally_often():
    """As many in each stratum of each unit, all of those where there are fewer (G27)."""
    drawn = sampling.draw(FRAME, ["a", "b"], 12, SEED)
    sizes = {(d.entry.unit_id, d.entry.stratum): d.sample_size for d in drawn}

    assert sizes["a", "乡镇"] == min(sizes["a", "乡镇"], 9) == sizes["b", "乡镇"]
    assert sizes["a", "村"] == sizes["b", "村"]
    assert sum(size for (unit, _), size in sizes.items() if unit == "a") == 12
    for (unit, stratum), size in sizes.items():
        own = [d for d in drawn if (d.entry.unit_id, d.entry.stratum) == (unit, stratum)]

        assert [d.number for d in own] == list(range(1, len(own) + 1))
        assert [d.is_reserve for d in own] == [n >= size for n in range(len(own))]


@given(st.integers(1, 40), st.lists(st.integers(1, 5000), min_size=1, max_size=7))
def test_shares_of_strata_add_up(count, sizes):
    """No stratum is left out as long as it goes; a larger one never has fewer."""
    told = {f"s{n}": size for n, size in enumerate(sizes)}
    found = sampling.allocate(count, told)

    assert sum(found.values()) == count
    assert count < len(sizes) or min(found.values()) >= 1
    for one in told:
        assert all(found[one] >= found[other] for other in told if told[one] > told[other])


@given(st.lists(st.integers(1, 4), min_size=1, max_size=60), st.integers(1, 60))
def test_probabilities_follow_the_weights_and_add_up(weights, count):
    """Proportional where nothing is certain; their sum is how many are drawn."""
    found = sampling.inclusion(weights, count)

    assert sum(found) == min(count, len(weights))
    assert all(0 < p <= 1 for p in found)
    open_ = [(w, p) for w, p in zip(weights, found, strict=True) if p < 1]
    assert len({Fraction(p, w) for w, p in open_}) <= 1


def test_each_place_is_drawn_as_often_as_is_said():
    """Over 600 seeds the places of one stratum come up as their printed probability says."""
    frame = made({("a", "村"): 24})
    often, said = Counter(), {}
    for number in range(600):
        for one in sampling.draw(frame, ["a"], 5, f"seed {number}"):
            said[one.entry] = one.probability
            often[one.entry] += not one.is_reserve

    assert len(said) == 24
    assert sum(said.values()) == 5
    for one, probability in said.items():
        spread = float(probability * (1 - probability) / 600) ** 0.5
        assert abs(often[one] / 600 - float(probability)) < 4 * spread, one
    heavy = [float(p) for one, p in said.items() if one.weight == 4]
    light = [float(p) for one, p in said.items() if one.weight == 1]
    assert heavy[0] == pytest.approx(4 * light[0])


def test_a_frame_is_what_the_ledgers_say(story):
    """Works in supply, villages with households, numbers that are published; reasons weigh."""
    works = {one.place_id: one for one in sampling.frame(story, DAY, "works")}
    villages = sampling.frame(story, DAY, "households")
    phones = {one.place_id for one in sampling.frame(story, DAY, "phones")}

    assert set(works) == {
        w.works_id for w in story["works"] if w.status in ("正常", "间歇", "作用不明显")
    }
    assert {one.place_id for one in villages} == {
        v.village_code for v in story["villages"] if v.households
    }
    assert phones <= {p.phone_id for p in story["phones"] if p.is_public}
    assert all(one.weight == min(sampling.HEAVIEST, 1 + len(one.reasons)) for one in works.values())
    assert {one.weight for one in works.values()} > {1}


def test_the_weight_of_a_village_tells_nothing_of_its_households(story):
    """Its reasons are published facts: numbers of households move no probability."""
    more = [
        row._replace(unstable_households=99, marginal_households=99) for row in story["villages"]
    ]
    changed = type(story)(
        story.campaign, story.schemas, tables={**story.tables, "villages": tuple(more)}
    )

    assert sampling.frame(changed, DAY, "households") == sampling.frame(story, DAY, "households")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("weight", "gewicht", 1),
        lambda text: text.replace(",1,", ",9,", 1),
        lambda text: text + "a,b\n",
        lambda text: "".join(sorted(text.splitlines(keepends=True), reverse=True)),
        lambda text: text.splitlines(keepends=True)[0],
        lambda text: text.replace("\n", "\r\n"),
        lambda _text: "",
    ],
)
def test_a_frame_that_was_changed_is_refused(spoil):
    """In words, never silently drawn from."""
    with pytest.raises(sampling.DamagedFrame):
        sampling.thaw(spoil(sampling.written(FRAME).decode()).encode())


def test_doors_are_places_on_the_roster(story):
    """Within it, each once, evenly; those of the named kinds first."""
    for village in story["villages"]:
        found = homes(village, SEED)

        assert len(found.places) == len(set(found.places)) == min(sampling.HOMES, found.size)
        assert all(1 <= place <= found.size for place in found.places)


def drawn_into(folder: Path, *more: str, data: Path = EXAMPLE):
    """Draw for group 7 into a folder."""
    return qingyuan(
        "sample", "--data", data, "--as-of", "2022-09-16", "--group", "7", "--n", "4",
        "--seed", SEED, "--out", folder, *more,
    )  # fmt: skip


def test_the_verb_draws_the_same_again_from_the_kept_frame(tmp_path):
    """Byte for byte; the list, the rows and the promise."""
    first, again = tmp_path / "a", tmp_path / "b"
    done = drawn_into(first)
    assert done.returncode == 0, done.stderr
    done = drawn_into(again, "--frame", str(first / "frame.csv"))
    assert done.returncode == 0, done.stderr

    for name in ("名单.html", "rows.csv", "frame.csv", "承诺码.txt"):
        assert (first / name).read_bytes() == (again / name).read_bytes()
    assert (first / "承诺码.txt").read_text().strip() in done.stdout


@pytest.mark.parametrize("kind", sampling.KINDS)
def test_the_list_says_where_to_go_and_how_it_was_drawn(tmp_path, kind):
    """Every drawn place, its number to write down, the method, the warning; nothing from afar."""
    done = drawn_into(tmp_path / "out", "--kind", kind)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "out" / "名单.html").read_text(encoding="utf-8")
    with (tmp_path / "out" / "rows.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    assert rows
    assert all(row["draw_id"] in page and not row["released_on"] for row in rows)
    assert "只供办公用" in page
    assert "系统抽样" in page
    assert SEED in page
    assert "src=" not in page
    assert "http" not in page


@pytest.mark.parametrize(
    "arguments",
    [("--n", "0"), ("--group", "99"), ("--seed", ""), ("--batch", "x"), ("--frame", "no-such-file"),
     ("--frame", "tests/example/city/spot_checks.csv"),
     ("--out", "tests/example/city"), ("--enter", "no-such-file")],
)  # fmt: skip
def test_a_wrong_order_draws_nothing(tmp_path, arguments):
    """Exit 2, in words; nothing is written, least of all into the ledgers."""
    before = sorted(EXAMPLE.rglob("*"))
    done = drawn_into(tmp_path / "out", *arguments)

    assert done.returncode == 2
    assert done.stderr
    assert not (tmp_path / "out").exists()
    assert sorted(EXAMPLE.rglob("*")) == before


def test_a_draw_that_was_made_is_not_overwritten(tmp_path):
    """Nobody draws until he likes what he has; the same draw again changes nothing."""
    assert drawn_into(tmp_path / "out").returncode == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    other = drawn_into(tmp_path / "out", "--seed", SEED + "。")

    assert other.returncode == 2
    assert "已有一次抽样" in other.stderr
    assert drawn_into(tmp_path / "out").returncode == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_a_short_seed_is_told(tmp_path):
    """A promise that can be found by trying is no promise."""
    done = drawn_into(tmp_path / "out", "--seed", "7")

    assert done.returncode == 0
    assert "承诺码先不要公布" in done.stdout


def test_rows_are_entered_only_when_every_place_is_answered(tmp_path):
    """And only as they were drawn."""
    data, out = tmp_path / "data", tmp_path / "out"
    shutil.copytree(EXAMPLE, data)
    assert drawn_into(out, data=data).returncode == 0
    ledger = data / "city" / "spot_checks.csv"
    before = ledger.read_bytes()

    def enter():
        return qingyuan(
            "sample", "--data", data, "--enter", out / "rows.csv", "--released", "2022-09-16"
        )

    early = enter()
    text = (out / "rows.csv").read_text(encoding="utf-8")
    head, *lines = text.splitlines()
    names = head.split(",")
    cells = [line.split(",") for line in lines]
    for row in cells:
        if row[names.index("is_reserve")] == "否":
            row[names.index("not_done_reason")] = "停水检修"
    swapped = [row[:] for row in cells]
    swapped[0][names.index("place_id")] = "nanzhao-w0001x"
    (out / "rows.csv").write_text("\n".join([head, *map(",".join, swapped)]) + "\n", "utf-8")
    exchanged = enter()
    untouched = ledger.read_bytes()
    (out / "rows.csv").write_text("\n".join([head, *map(",".join, cells)]) + "\n", "utf-8")
    done = enter()
    twice = enter()

    assert early.returncode == exchanged.returncode == twice.returncode == 2
    assert "没有查完" in early.stderr
    assert "对不上" in exchanged.stderr
    assert "已经登记过" in twice.stderr
    assert untouched == before
    assert done.returncode == 0, done.stderr
    again = ("--batch", "city-k07101", "--frame", str(out / "frame.csv"))
    assert "一样" in drawn_into(tmp_path / "x", *again, data=data).stdout
    other = drawn_into(tmp_path / "x", *again, "--seed", SEED + "。", data=data)
    assert other.returncode == 1
    assert "重抽的和登记的不同" in other.stderr
    assert not (tmp_path / "x").exists()
    assert qingyuan("check", "--data", data, "--as-of", "2022-09-16").returncode == 0
