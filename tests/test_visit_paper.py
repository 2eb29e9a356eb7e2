"""Forms of a draw: every drawn place has its sheet, and anybody can draw the same again."""

from __future__ import annotations

import csv
import io
import re
import shlex
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from story import EXAMPLE, qingyuan
from test_papers import text_of
from test_papers_internal import pages_of
from test_papers_pdf import DRAWN, SEED, one_of, pdf_of, sample_of
from test_reports import DAY, snapshot_of

from pipeline import sampling
from pipeline.ledgers.writer import shard_bytes
from pipeline.trouble import UsageTrouble
from pipeline.verbs import visit_paper
from pipeline.verbs.visit_paper import OF


def bare(text: str) -> str:
    """A text without blanks."""
    return re.sub(r"\s", "", text)


def drawn_into(folder: Path, kind: str, count: int = 3):
    """Draw for group 7 into a folder."""
    done = qingyuan(
        "sample", "--data", EXAMPLE, "--as-of", DAY.isoformat(), "--group", "7", "--n", str(count),
        "--kind", kind, "--seed", SEED, "--out", folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done


@pytest.mark.parametrize("name", DRAWN)
def test_every_drawn_place_is_on_the_form_with_room_to_answer(name):
    """Its name and number to write down, boxes to tick, lines to sign on."""
    told, drawn = text_of(pdf_of(name)), sample_of(DRAWN[name]).drawn
    stops = one_of(name).data["stops"]

    assert len(stops) == len(drawn)
    for stop in stops:
        assert bare(stop["id"]) in told
        assert bare(stop["name"]) in told
        assert all(bare(fact["text"]) in told for fact in stop["facts"])
    assert told.count("□") >= 4 * len(stops)
    assert "签字：" in told
    assert "日期：" in told


def test_a_sheet_of_a_works_asks_what_can_be_asked_there():
    """Every question of the lists, with yes, no and not looked at; one sheet after another."""
    data, pages = one_of("spot-check-works").data, pages_of(pdf_of("spot-check-works"))

    assert len(pages) == 1 + len(data["stops"])
    for stop, page in zip(data["stops"], pages[1:], strict=True):
        codes = [item["code"] for one in stop["lists"] for item in one["items"]]
        assert len(codes) > 10
        assert all(code in page for code in codes)
        assert bare(stop["name"]) in bare(page)
        assert bare(page).count("□") >= 3 * len(codes)


def test_a_sheet_of_a_village_names_places_on_a_roster_and_no_household():
    """Which doors is told by numbers; the sheet has no column for a name."""
    for stop in one_of("spot-check-households").data["stops"]:
        places = stop["homes"]["places"]
        assert len(places) == min(sampling.HOMES, stop["homes"]["size"])
    told = text_of(pdf_of("spot-check-households"))
    assert "不写户主的姓名、电话、住址" in told


def test_a_list_of_calls_has_only_published_numbers_and_says_whose():
    """Room for three tries; who answers there is named as published."""
    rows = snapshot_of("story")
    public = {row.number for row in rows["phones"] if row.is_public}
    told = text_of(pdf_of("call-list-phones"))
    for stop in one_of("call-list-phones").data["stops"]:
        facts = {fact["name"]: fact["text"] for fact in stop["facts"]}
        assert facts["电话"] in public
        if stop["stratum"].startswith("责任人"):
            assert facts["谁的"]
    assert "第3次" in told


@pytest.mark.parametrize("kind", sampling.KINDS)
def test_anybody_can_draw_again_what_is_on_the_form(tmp_path, kind):
    """The printed command, run over the printed frame, gives the same rows and frame."""
    drawn_into(tmp_path / "first", kind)
    done = qingyuan(
        "print", OF[kind], "--sample", tmp_path / "first", "--data", EXAMPLE, "-o", tmp_path / "out"
    )
    assert done.returncode == 0, done.stderr
    (path,) = (tmp_path / "out").iterdir()
    told = text_of(path.read_bytes())
    frame = (tmp_path / "first" / "frame.csv").read_bytes()
    rows = (tmp_path / "first" / "rows.csv").read_bytes()
    count = re.search("--n([0-9]+)--kind", told)  # the smallest that gives the same
    assert count
    command = (
        f"qingyuan sample --group 7 --n {count[1]} --kind {kind} --seed {shlex.quote(SEED)}"
        f" --frame frame.csv --as-of {DAY} --batch {path.stem.removeprefix(OF[kind])[1:]}"
        " --out 新目录"
    )
    assert sha256(frame).hexdigest() in told
    assert sha256(rows).hexdigest() in told
    assert bare(command) in told
    words = shlex.split(command)[1:]
    words[words.index("frame.csv")] = str(tmp_path / "first" / "frame.csv")
    words[-1] = str(tmp_path / "again")
    again = qingyuan(*words, "--data", EXAMPLE)
    assert again.returncode == 0, again.stderr
    assert (tmp_path / "again" / "rows.csv").read_bytes() == rows


def test_a_draw_in_the_ledger_is_printed_from_its_rows():
    """Of each group its own places, in their order, with their ids; that they are out is said."""
    rows = snapshot_of("city")
    for form, batch in (("spot-check", "city-k0001"), ("call-list", "city-k0002")):
        mine = [one for one in rows["spot_checks"] if one.batch_id == batch]
        papers = [job() for job in visit_paper.again(rows, DAY, form, batch, None)]
        stops = [stop["id"] for one in papers for stop in one.data["stops"]]

        assert sorted(stops) == sorted(one.draw_id for one in mine)
        assert len({one.name for one in papers}) == len({one.group_no for one in mine})
        assert all("公布" in one.data["recorded"] for one in papers)
        (group,) = (job() for job in visit_paper.again(rows, DAY, form, batch, 7))
        assert {stop["unit"] for stop in group.data["stops"]} == {"南召", "鸭河"}
        assert "没有重抽" in str(group.data["again"])  # the demo keeps no frame


def test_a_draw_that_was_entered_is_printed_as_it_was_drawn(tmp_path):
    """The same places as before the visits, drawn again from the frame of that day."""
    drawn_into(tmp_path / "drawn", "works")
    data, ledger = tmp_path / "data", tmp_path / "drawn" / "rows.csv"
    shutil.copytree(EXAMPLE, data)
    lines = list(csv.DictReader(io.StringIO(ledger.read_text(encoding="utf-8-sig"))))
    for line in lines:
        line["not_done_reason"] = "大水冲断了路"
    schema = snapshot_of("story").schemas["spot_checks"]
    ledger.write_bytes(shard_bytes(schema, lines))
    done = qingyuan("sample", "--enter", ledger, "--released", f"{DAY}", "--data", data)
    assert done.returncode == 0, done.stderr
    batch = lines[0]["batch_id"]
    done = qingyuan("print", "spot-check", "--batch", batch, "--data", data, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    told = text_of((tmp_path / "out" / f"spot-check-{batch}.pdf").read_bytes())

    assert all(bare(line["draw_id"]) in told for line in lines)
    assert "大水冲断了路" in told
    assert f"--batch{batch}" in told
    assert "没有重抽" not in told
    assert "已在2022年9月16日公布" in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("spot-check", "--batch", "city-k9999"), "台账里没有登记 city-k9999"),
        (("call-list", "--batch", "city-k0001"), "city-k0001 是工程检查名单，用 spot-check"),
        (("spot-check", "--batch", "city-k0001", "--group", "20"), "没有第20组的"),
    ],
)
def test_a_batch_that_is_not_there_is_said(arguments, said):
    """No such batch, another form, or another group: said with what there is."""
    form, _, batch, *group = arguments
    with pytest.raises(UsageTrouble, match=said):
        visit_paper.again(snapshot_of("city"), DAY, form, batch, int(group[1]) if group else None)


def test_what_does_not_follow_from_frame_and_seed_is_not_printed(tmp_path):
    """A row exchanged, a frame exchanged, a promise lost: said which, and nothing is printed."""

    def spoil(name: str, change) -> str:
        folder, out = tmp_path / "spoilt", tmp_path / "out"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(tmp_path / "whole", folder)
        change(folder / name)
        done = qingyuan("print", "spot-check", "--sample", folder, "--data", EXAMPLE, "-o", out)
        assert done.returncode == 2, done.stdout
        assert not out.exists()
        return done.stderr

    drawn_into(tmp_path / "whole", "works")

    def exchange(path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("nanzhao-w0003", "nanzhao-w0006"), encoding="utf-8")

    def thin(path: Path) -> None:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[:-1]), encoding="utf-8")

    def forge(path: Path) -> None:
        """Exchange a row and keep the promise to what was exchanged."""
        exchange(path)
        digest = sha256(path.read_bytes()).hexdigest()
        (path.parent / "承诺码.txt").write_text(f"{digest}\n", encoding="utf-8")

    assert "对不上" in spoil("rows.csv", exchange)
    assert "名册对不上" in spoil("frame.csv", thin)
    assert "重抽不出来" in spoil("rows.csv", forge)
    assert "承诺码.txt" in spoil("承诺码.txt", Path.unlink)
    assert "没有能读的 frame.csv" in spoil("frame.csv", Path.unlink)


def test_a_form_is_of_its_own_kind_of_draw_and_stays_out_of_the_ledgers(tmp_path):
    """Calls are no visits; a list in the ledgers could be read by those who are visited."""
    drawn_into(tmp_path / "calls", "phones")

    def printed(*more: str | Path):
        return qingyuan("print", *more, "--sample", tmp_path / "calls", "--data", EXAMPLE)

    wrong = printed("spot-check", "-o", tmp_path / "out")
    ledgers = printed("call-list", "-o", EXAMPLE / "city")

    assert wrong.returncode == ledgers.returncode == 2
    assert "是电话抽查名单，用 call-list" in wrong.stderr
    assert "在台账目录里" in ledgers.stderr
    assert not list((EXAMPLE / "city").glob("*.pdf"))
