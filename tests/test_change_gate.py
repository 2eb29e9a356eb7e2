"""The change gate: each manoeuvre is answered by its rule, each harmless twin is let pass."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from changed import (
    EVENTS,
    ISSUES,
    SCHEMAS,
    Act,
    again,
    both,
    cell,
    file_act,
    git,
    repository_of_story,
    rows_of,
    waived,
    without,
    write,
)
from effort import calls
from story import EXAMPLE, qingyuan

from pipeline import changes, checks
from pipeline.checks.collected import collected
from pipeline.trouble import UsageTrouble

SEATS, WORKS, VILLAGES = (
    f"units/nanzhao/{name}.csv" for name in ("responsibilities", "works", "villages")
)
FUNDS, PHONES, TESTS = (f"units/nanzhao/{n}.csv" for n in ("funds", "phones", "water_tests"))
CHECKS, CITY_TESTS = (f"city/checks/nanzhao/{n}.csv" for n in ("issue_events", "water_tests"))
PAPERS, MEETINGS = (f"units/nanzhao/{name}.csv" for name in ("documents", "activities"))


@pytest.fixture(scope="module")
def committed(tmp_path_factory) -> Path:
    """A repository whose only commit holds the story's ledgers in data/."""
    return repository_of_story(tmp_path_factory.mktemp("repository"))


@pytest.fixture
def data(committed, tmp_path) -> Path:
    """The data folder of a copy of that repository, free to be changed."""
    shutil.copytree(committed, tmp_path / "copy", symlinks=True)
    return tmp_path / "copy" / "data"


DONE = dict.fromkeys(SCHEMAS["issue_events"].names, "") | {
    "event_id": "nanzhao-2022-0001-e90", "issue_id": "nanzhao-2022-0001",
}  # fmt: skip
VERIFIED = DONE | {"event": "现场核查通过", "event_on": "2022-09-14", "by_level": "村"}


def step(issue: int, event: str, on: str = "2022-09-14", **more: str) -> Act:
    """Add a step to a problem of the story, by the county's bureau unless it says otherwise."""
    made = {"event_id": f"nanzhao-2022-{issue:04}-e90", "issue_id": f"nanzhao-2022-{issue:04}",
            "event": event, "event_on": on, "by_level": "县", "by_org": "南召县水利局"}  # fmt: skip
    return again(EVENTS, **DONE | made | more)


def problem(like: int, **changed: str) -> Act:
    """Register a problem like one of the story under a number of its own."""
    new = {"issue_id": "nanzhao-2022-0901", "seq_no": "901"}
    return again(ISSUES, like - 1, **new | changed)


def only_its_registration(issue: str) -> Act:
    """Have a problem of which nothing but its registration was published."""

    def act(data: Path) -> None:
        rows = rows_of(data / EVENTS)
        write(data / EVENTS, [r for r in rows if r["issue_id"] != issue or r["event"] == "登记"])
        git(data.parent, "commit", "-qam", "published")

    return act


def file_moved(one: str, other: str) -> Act:
    """Put the rows of one ledger into another of the same kind."""

    def act(data: Path) -> None:
        write(data / other, rows_of(data / other) + rows_of(data / one))
        write(data / one, [])

    return act


def is_given(file: str, column: str, to: str, **where: str) -> Act:
    """Have a cell filled in before the change."""

    def act(data: Path) -> None:
        cell(file, column, to, **where)(data)
        git(data.parent, "commit", "-qam", "published")

    return act


def is_waived(rule: str) -> Act:
    """Have a waiver stand before the change."""

    def act(data: Path) -> None:
        waived(rule, "issues", "nanzhao-2022-0001")(data)
        git(data.parent, "add", "-A")
        git(data.parent, "commit", "-qm", "waiver")

    return act


def is_torn(file: str) -> Act:
    """Have a ledger stand with a line that cannot be read."""

    def act(data: Path) -> None:
        with (data / file).open("a", encoding="utf-8") as ledger:
            ledger.write('"没有关上的引号\n')
        git(data.parent, "commit", "-qam", "torn")

    return act


def mended_funds(data: Path) -> None:
    """Have the ledger of funds as the story has it."""
    shutil.copy(EXAMPLE / FUNDS, data / FUNDS)


def reordered(path: Path) -> None:
    """Write a ledger with its columns from last to first."""
    rows = [list(reversed(line)) for line in csv.reader(path.open(encoding="utf-8", newline=""))]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def five_born_done(data: Path) -> None:
    """Register five problems, each already mended."""
    events = rows_of(data / EVENTS)
    for number in range(5):
        issue = f"nanzhao-2022-{9100 + number}"
        new = {"issue_id": issue, "seq_no": str(9100 + number), "found_on": "2022-09-13"}
        again(ISSUES, number, **new, due_on="2022-10-12", due_text="10月12日前")(data)
        events += [
            DONE | {"event_id": f"{issue}-e0{n}", "issue_id": issue, "event": kind,
                    "event_on": "2022-09-14", "by_level": "乡镇", "by_org": "留山镇人民政府"}
            for n, kind in enumerate(("登记", "整改完成"), 1)
        ]  # fmt: skip
    write(data / EVENTS, events)


MANOEUVRES: dict[str, tuple[Act, set[str]]] = {
    "an overdue issue is deleted": (without(ISSUES), {"CH01"}),
    "an issue is deleted with its events": (
        both(
            without(ISSUES, issue_id="nanzhao-2022-0001"),
            *[without(EVENTS, issue_id="nanzhao-2022-0001")] * 2,
        ),
        {"CH01", "CH07"},
    ),
    "an issue is renumbered": (cell(ISSUES, "issue_id", "nanzhao-2022-0990"), {"CH02"}),
    "a number is given to another seat": (
        both(
            cell(SEATS, "name", "赵新生", 5), cell(SEATS, "duty", "水利监管责任", 5),
            cell(SEATS, "rank", "管水员", 5), cell(SEATS, "place_id", "nanzhao-w0009", 5),
            cell(SEATS, "valid_from", "2022-08-01", 5),
        ),
        {"CH02"},
    ),
    "the deadline moves": (cell(ISSUES, "due_on", "2022-10-30"), {"CH03"}),
    "the text of the deadline moves": (cell(ISSUES, "due_text", "10月30日前"), {"CH03"}),
    "the day of finding moves": (cell(ISSUES, "found_on", "2022-08-20"), {"CH04"}),
    "an outside finding becomes the unit's own": (
        both(
            cell(ISSUES, "channel", "自查", channel="乡村振兴靶向整改"),
            cell(ISSUES, "found_by_level", "村", 1),
        ),
        {"CH05"},
    ),
    "the problem is softened": (cell(ISSUES, "problem", "报告张贴不够及时"), {"CH06"}),
    "the root is softened": (cell(ISSUES, "root_cause", "天气原因"), {"CH06"}),
    "an event is removed": (without(EVENTS, event="整改完成"), {"CH07"}),
    "an event is back-dated": (cell(EVENTS, "event_on", "2022-07-18", event="整改完成"), {"CH08"}),
    "a visit that failed passes": (
        cell(CHECKS, "event", "现场核查通过", event="退回"),
        {"CH08"},
    ),
    "an event goes in before published ones": (
        again(EVENTS, **DONE | {"event": "交办", "event_on": "2022-07-17", "by_level": "县",
                                "by_org": "南召县水利局"}),
        {"CH09"},
    ),
    "households shrink": (cell(VILLAGES, "households", "12"), {"CH11"}),
    "a kind of household vanishes": (cell(VILLAGES, "marginal_households", "0"), {"CH11"}),
    "a works serves fewer": (cell(WORKS, "population", "10"), {"CH11"}),
    "a works is put out of use": (cell(WORKS, "status", "停用"), {"CH12"}),
    "a posting is back-dated": (cell(SEATS, "web_posted_on", "2022-01-02"), {"CH13"}),
    "a person is swapped": (cell(SEATS, "name", "赵新生"), {"CH14"}),
    "a unit verifies itself": (
        again(EVENTS, **VERIFIED | {"by_org": "下关村民委员会"}),
        {"CH15"},
    ),
    "two units in one change": (
        both(
            cell(ISSUES, "remark", "已看"),
            cell("units/wolong/issues.csv", "remark", "已看"),
        ),
        {"CH17"},
    ),
    "a reading changes with the rows": (
        both(
            cell(ISSUES, "remark", "已看"),
            cell("reference/units.csv", "aliases", "别名"),
        ),
        {"CH19"},
    ),
    "the campaign changes with the rows": (
        both(
            cell(ISSUES, "remark", "已看"),
            file_act(lambda data: (data / "campaign.yml").open("a").write("# 改\n")),
        ),
        {"CH19"},
    ),
    "a schema changes with the rows": (
        both(
            cell(ISSUES, "remark", "已看"),
            file_act(lambda data: (data.parent / "issues.yaml").write_text("name: issues\n")),
        ),
        {"CH19"},
    ),
    "a voided problem is registered again with a later deadline": (
        both(
            again(EVENTS, **DONE | {"event": "作废", "event_on": "2022-09-14", "by_level": "县",
                                    "by_org": "南召县水利局", "reason": "登记错了"}),
            again(ISSUES, issue_id="nanzhao-2022-0901", seq_no="901", found_on="2022-09-12",
                  due_on="2022-11-10"),
        ),
        {"CH27"},
    ),
    "a program comes with the rows": (
        both(
            cell(ISSUES, "remark", "已看"),
            file_act(lambda data: (data.parent / "tool.py").write_text("x = 1\n")),
        ),
        {"CH19"},
    ),
    "a file of events vanishes": (
        file_act(lambda data: (data / "units/nanzhao/outages.csv").unlink()),
        {"CH20", "CH01"},
    ),
    "a ledger becomes a link": (
        both(
            file_act(lambda data: (data / FUNDS).rename(data.parent / "elsewhere.csv")),
            file_act(lambda data: (data / FUNDS).symlink_to("../../../elsewhere.csv")),
        ),
        {"CH21", "CH01", "CH19"},
    ),
    "a ledger can be run": (file_act(lambda data: (data / FUNDS).chmod(0o755)), {"CH21"}),
    "funds are raised": (cell(FUNDS, "amount_yuan", "999999"), {"CH22"}),
    "a phone number changes in its row": (cell(PHONES, "number", "0377-10299999"), {"CH22"}),
    "a deed of posting is emptied": (
        cell(SEATS, "board_posted_on", "", web_posted_on="2022-01-16"),
        {"CH23"},
    ),
    "the place of a problem changes": (cell(ISSUES, "category", "其他"), {"CH24"}),
    "an issue is removed and added again under another number, in nearly the same words": (
        both(
            problem(3, issue_id="nanzhao-2022-0991", remark="新登记", measures="换新的浮球阀"),
            without(ISSUES, issue_id="nanzhao-2022-0003"),
        ),
        {"CH02"},
    ),
    "an answer of users is changed": (
        cell(EVENTS, "satisfaction", "满意", event="现场核查不通过"), {"CH08"},
    ),
    "a step goes in on the same day, before a published one": (
        again(EVENTS, **DONE | {"event_id": "nanzhao-2022-0005-e00", "event": "预计完成",
                                "issue_id": "nanzhao-2022-0005", "event_on": "2022-08-14",
                                "by_level": "县", "by_org": "南召县水利局"}),
        {"CH09"},
    ),
    "a village vanishes": (without(VILLAGES), {"CH01"}),
    "a test that failed vanishes": (without(TESTS), {"CH01"}),
    "a works lies idle, since when is not said": (cell(WORKS, "status", "闲置"), {"CH12"}),
    "a works is judged by the lenient limits": (cell(WORKS, "has_limited_source", "是"), {"CH24"}),
    "a works has another source, tested less": (cell(WORKS, "source_type", "地表水"), {"CH24"}),
    "a village is no project village any more": (
        cell(VILLAGES, "is_project_village", "否", is_project_village="是"), {"CH24"},
    ),
    "a paper is back-dated": (cell(PAPERS, "issued_on", "2022-01-04"), {"CH22"}),
    "a meeting is back-dated": (cell(MEETINGS, "held_on", "2022-01-04"), {"CH22"}),
    "a meeting had more people": (cell(MEETINGS, "people_count", "900"), {"CH22"}),
    "a report came in earlier": (cell("city/returns.csv", "received_on", "2022-07-15"), {"CH13"}),
    "a choice of readings changes with the rows": (
        both(cell(ISSUES, "remark", "已看"), cell("reference/readings.csv", "is_chosen", "", 1)),
        {"CH19"},
    ),
    "the problem of others is voided by the county": (
        step(4, "作废", reason="核实后没有这个问题"), {"CH28"},
    ),
    "the problem of others is voided by a village": (
        step(4, "作废", reason="核实后没有", by_level="村", by_org="下关村民委员会"), {"CH28"},
    ),
    "the problem of others is voided as the twin of one that is none": (
        step(4, "作废", reason="与nanzhao-2022-0001重复，并入那一件办理"), {"CH28"},
    ),
    "an overdue problem is voided": (step(3, "作废", reason="登记有误"), {"CH29"}),
    "a completion in time is written down a month after the deadline": (
        both(
            only_its_registration("nanzhao-2022-0003"),
            step(3, "整改完成", "2022-08-02", by_level="乡镇", by_org="城关镇人民政府"),
        ),
        {"CH30"},
    ),
    "more time is granted in time, written down a month after the deadline": (
        both(
            only_its_registration("nanzhao-2022-0003"),
            step(3, "延期批准", "2022-08-02", new_due_on="2022-10-30", reason="汛期不能施工"),
        ),
        {"CH30"},
    ),
    "five problems are registered when they are mended": (five_born_done, {"CH31"}),
    "a voided problem comes back as the unit's own": (
        both(
            step(4, "作废", by_level="市", by_org="南阳市水利局", reason="登记有误"),
            problem(4, channel="自查", found_by_level="村", assignment_id=""),
        ),
        {"CH27"},
    ),
    "a voided problem comes back in a few other words at another works": (
        both(
            step(3, "作废", reason="登记有误"),
            problem(3, works_id="nanzhao-w0002", problem="高位水池浮球有点失灵，经常溢水",
                    found_on="2022-09-12", due_on="2022-11-10"),
        ),
        {"CH27"},
    ),
    "a published row is hidden": (cell(MEETINGS, "is_public", "否", is_public="是"), {"CH32"}),
    "what others found goes to the unit's own ledger": (file_moved(CHECKS, EVENTS), {"CH33"}),
    "a bad test is taken back": (
        both(
            cell(TESTS, "withdrawn_on", "2022-09-14"),
            cell(TESTS, "withdrawn_reason", "送检有误"),
        ),
        {"CH34"},
    ),
    "another name of the same body verifies": (
        step(3, "现场核查通过", by_org="南召县城关镇政府", satisfaction="满意"), {"CH15"},
    ),
    "the same body verifies with a blank in its name": (
        step(3, "现场核查通过", by_org="城关 镇人民政府", satisfaction="满意"), {"CH15"},
    ),
    "the same body verifies with an aside": (
        step(3, "现场核查通过", by_org="城关镇人民政府（代）", satisfaction="满意"), {"CH15"},
    ),
    "the office of the same body verifies": (
        step(3, "现场核查通过", by_org="城关镇人民政府办公室", satisfaction="满意"), {"CH15"},
    ),
    "a works that fails is retired, and nobody gives its villages water": (
        both(
            cell(WORKS, "status", "停用"), cell(WORKS, "status_on", "2022-09-10"),
            cell(WORKS, "replaced_by_id", "nanzhao-w0002"),
        ),
        {"CH36"},
    ),
    "a works has been idle since before it was due for a test": (
        both(cell(WORKS, "status", "闲置"), cell(WORKS, "status_on", "2022-01-10")), {"CH10"},
    ),
    "the day since when a works is idle goes back": (
        both(
            is_given(WORKS, "status_on", "2022-09-10"), cell(WORKS, "status_on", "2022-02-10")
        ),
        {"CH13"},
    ),
    "one day is cut from a deadline, through its words alone": (
        cell(ISSUES, "due_text", "8月13日前"), {"CH03"},
    ),
    "an event is dated one day earlier": (
        cell(EVENTS, "event_on", "2022-07-24", event="整改完成"), {"CH08"},
    ),
    "an event is dated anew under a new number": (
        both(
            cell(EVENTS, "event_id", "nanzhao-2022-0001-e98", event="整改完成"),
            cell(EVENTS, "event_on", "2022-07-18", event_id="nanzhao-2022-0001-e98"),
        ),
        {"CH02", "CH09"},
    ),
    "two problems swap their numbers": (
        both(
            cell(ISSUES, "issue_id", "x", issue_id="nanzhao-2022-0001"),
            cell(ISSUES, "issue_id", "nanzhao-2022-0001", issue_id="nanzhao-2022-0002"),
            cell(ISSUES, "issue_id", "nanzhao-2022-0002", issue_id="x"),
        ),
        {"CH02", "CH05", "CH22"},
    ),
    "settings of git stand among the ledgers": (
        file_act(
            lambda data: (data / "units/nanzhao/.gitattributes").write_text("* export-ignore\n")
        ),
        {"CH21"},
    ),
    "a ledger of another unit is overwritten with ours": (
        both(
            cell(ISSUES, "remark", "已看"),
            file_act(lambda data: shutil.copy(data / ISSUES, data / "units/wolong/issues.csv")),
        ),
        {"CH01", "CH17"},
    ),
    "the day of the data is set back": (
        file_act(
            lambda data: (data / "campaign.yml").write_text(
                (data / "campaign.yml").read_text("utf-8").replace("2022-09-16", "2022-08-01")
            )
        ),
        {"CH35"},
    ),
    "a waiver lasts longer": (
        both(
            is_waived("CH03"),
            cell("city/waivers.csv", "expires_on", "2023-12-31"),
        ),
        {"CH25"},
    ),
    "what stood before cannot be read": (
        both(is_torn(FUNDS), cell(ISSUES, "remark", "已看"), file_act(mended_funds)), {"CH26"},
    ),
}  # fmt: skip

HARMLESS: dict[str, Act] = {
    "nothing": lambda _: None,
    "sorted otherwise": lambda data: write(data / ISSUES, rows_of(data / ISSUES)[::-1]),
    "saved with other line ends": lambda data: write(
        data / FUNDS, rows_of(data / FUNDS), lineterminator="\r\n"
    ),
    "one number written otherwise": cell(FUNDS, "amount_yuan", "23535.0"),
    "a remark": cell(ISSUES, "remark", "已经通知"),
    "measures are told in more words": cell(ISSUES, "measures", "补贴报告，检测后十日内张贴"),
    "a term ends and the next begins": both(
        cell(SEATS, "valid_to", "2022-09-11", rank="主管领导"),
        again(SEATS, 1, resp_id="nanzhao-r90001", name="赵新生", valid_from="2022-09-12",
              valid_to="", web_posted_on="", board_posted_on=""),
    ),
    "a problem is added": again(ISSUES, issue_id="nanzhao-2022-0900", seq_no="900",
                                found_on="2022-09-12", due_on="2022-10-10"),
    "a problem is done": again(EVENTS, **DONE | {"event": "申请销号", "event_on": "2022-09-14",
                                                 "by_level": "乡镇", "by_org": "留山镇人民政府"}),
    "another body verifies": again(
        EVENTS, **VERIFIED | {"by_level": "县", "by_org": "南召县水利局"}
    ),
    "a voided problem is registered again with its own deadline": both(
        again(EVENTS, **DONE | {"event": "作废", "event_on": "2022-09-14", "by_level": "县",
                                "by_org": "南召县水利局", "reason": "登记错了"}),
        again(ISSUES, issue_id="nanzhao-2022-0901", seq_no="901"),
    ),
    "more households": cell(VILLAGES, "households", "600"),
    "the city voids what the city found": step(
        4, "作废", by_level="市", by_org="南阳市水利局", reason="核实后没有这个问题"
    ),
    "one of two registrations of one problem is voided": both(
        problem(4, due_on="2022-08-20"),
        step(4, "作废", reason="与nanzhao-2022-0901重复，并入那一件办理"),
    ),
    "more time is granted before the deadline": step(
        2, "延期批准", new_due_on="2022-10-30", reason="汛期不能施工"
    ),
    "a completion a few days ago is written down": step(
        2, "整改完成", "2022-09-12", by_level="村", by_org="下关村民委员会"
    ),
    "a late completion is written down with its real day": both(
        only_its_registration("nanzhao-2022-0003"),
        step(3, "整改完成", "2022-09-16", reason="实际8月2日完成，漏登", by_org="城关镇人民政府"),
    ),
    "the county verifies the work of a town": step(
        4, "现场核查通过", satisfaction="满意", visited_users="6"
    ),
    "a problem comes back after it was verified": problem(
        5, recurs_of_id="nanzhao-2022-0005", found_on="2022-09-12", due_on="2022-10-10"
    ),
    "a posting is filled in": both(
        is_given(SEATS, "web_posted_on", "", rank="主管领导"),
        cell(SEATS, "web_posted_on", "2022-09-14", rank="主管领导"),
    ),
    "a works is retired, its villages supplied by another": both(
        cell(WORKS, "status", "停用"), cell(WORKS, "status_on", "2022-09-10"),
        cell(WORKS, "replaced_by_id", "nanzhao-w0002"),
    ),
    "a hidden row is published": both(
        is_given(MEETINGS, "is_public", "否"), cell(MEETINGS, "is_public", "是")
    ),
    "a row that was published by mistake is hidden with its reason": both(
        cell(MEETINGS, "is_public", "否"),
        lambda data: waived("CH32", "activities", rows_of(data / MEETINGS)[0]["activity_id"])(data),
    ),
    "a works has another source, with its reason": both(
        cell(WORKS, "source_type", "地表水"), waived("CH24", "works", "nanzhao-w0001")
    ),
    "saved by a spreadsheet": file_act(
        lambda data: (data / ISSUES).write_bytes(
            b"\xef\xbb\xbf" + (data / ISSUES).read_bytes().replace(b"\n", b"\r\n")
        )
    ),
    "columns in another order": file_act(lambda data: reordered(data / FUNDS)),
    "settings of the campaign alone": file_act(
        lambda data: (data / "campaign.yml").open("a").write("# 改\n")
    ),
    "a wrong deadline with its reason": both(
        cell(ISSUES, "due_on", "2022-10-30"), waived("CH03", "issues", "nanzhao-2022-0001")
    ),
    "a whole new ledger": file_act(
        lambda data: write(data / "city" / "waivers.csv", [])
    ),
}  # fmt: skip


def told(data: Path, unit: str | None = None) -> dict[str, set[str]]:
    """Return the ids of rules by severity that the gate answers, waived ones left out."""
    found = changes.judge(changes.change_of(data, "HEAD", SCHEMAS), unit)
    sorted_out: dict[str, set[str]] = {"error": set(), "warning": set()}
    for finding in found:
        if not finding.waived:
            sorted_out[finding.severity].add(finding.rule)
    return sorted_out


@pytest.mark.parametrize("name", MANOEUVRES)
def test_a_manoeuvre_is_answered_by_its_rule(data, name):
    """What makes a unit look better without mending anything is named for what it is."""
    act, rules = MANOEUVRES[name]
    act(data)
    found = told(data)

    assert rules <= found["error"] | found["warning"], found
    assert found["error"] <= rules, found


@pytest.mark.parametrize("name", HARMLESS)
def test_a_harmless_change_passes(data, name):
    """A correction with its reason, honest work and mere re-saving are let through."""
    HARMLESS[name](data)

    assert told(data)["error"] == set()


def test_six_typed_cells_that_lift_a_county_are_all_named(data):
    """The measured case: a finding turned inward, a later deadline, a completion back-dated."""
    both(
        cell(ISSUES, "channel", "自查", channel="乡村振兴靶向整改"),
        cell(ISSUES, "due_on", "2022-10-30", 1),
        cell(EVENTS, "event_on", "2022-07-18", event="整改完成"),
    )(data)

    assert told(data)["error"] == {"CH03", "CH05", "CH08"}


def test_what_is_written_down_late_is_told(data):
    """A posting of long ago that nobody had written down, and a fund entry of spring."""
    both(
        again(FUNDS, 1, fund_entry_id="nanzhao-k0900"),
        cell(TESTS, "posted_on", "2022-06-01", posted_on=""),
    )(data)

    assert told(data)["warning"] == {"CH10"}


def test_many_completions_on_the_last_day_are_told(data):
    """Five at once on the day they are due: told, not accused."""
    issues = rows_of(data / ISSUES)[:5]
    events = rows_of(data / EVENTS)
    for number, issue in enumerate(issues):
        issue_id = issue["issue_id"]
        new = {"issue_id": f"{issue_id[:-4]}{9100 + number}", "due_on": "2022-09-12"}
        again(ISSUES, number, **new, seq_no=str(9100 + number), found_on="2022-09-10")(data)
        events.append(
            DONE | {"event_id": f"{new['issue_id']}-e01", "issue_id": new["issue_id"],
                    "event": "整改完成", "event_on": "2022-09-12", "by_level": "村",
                    "by_org": "某村"}
        )  # fmt: skip
    write(data / EVENTS, events)

    assert "CH16" in told(data)["warning"]


def test_every_rule_of_the_gate_has_its_example():
    """A rule that no manoeuvre here calls forth is one that nobody has seen at work."""
    shown = {rule for _, rules in MANOEUVRES.values() for rule in rules}
    elsewhere = {"CH10", "CH16", "CH18"}  # told by tests of their own below

    assert {rule for rule in collected().rules if rule.startswith("CH")} == shown | elsewhere


def test_a_finished_problem_is_not_taken_up_again_without_a_reason(data):
    """From 整改完成 back to work leads only 退回, or a new problem that recurs: E02 answers."""
    step(1, "预计完成", expected_on="2022-10-30", reason="还没有到货", by_level="村")(data)
    found = checks.run(data, today=lambda: date(2022, 9, 16))
    step(1, "退回", reason="没有修好")(data)

    assert {f.rule for f in found.errors} == {"E02"}


def test_the_records_of_others_are_not_the_units_to_change(data):
    """With `--unit` what the city found about it is refused as well."""
    again(CHECKS, event_id="nanzhao-2022-0005-e07")(data)

    assert "CH18" in told(data, unit="nanzhao")["error"]
    assert "CH18" not in told(data)["error"]


def test_a_submodule_is_no_ledger(data):
    """A folder that points to another repository is named for what it is."""
    top = data.parent
    where = f"160000,{git(top, 'rev-parse', 'HEAD').strip()},data/units/nanzhao/more"
    git(top, "update-index", "--add", "--cacheinfo", where)
    git(top, "commit", "-qm", "module")
    found = changes.judge(changes.change_of(data, "HEAD~1", SCHEMAS, head="HEAD"))

    assert [f.message for f in found if f.rule == "CH21"] == ["data/units/nanzhao/more 成了子模块"]


def test_a_unit_touches_only_its_own_folder(data):
    """With `--unit` another's ledgers are refused."""
    cell("units/wolong/issues.csv", "remark", "已看")(data)

    assert told(data, unit="wolong")["error"] == set()
    assert told(data, unit="nanzhao")["error"] == {"CH18"}


def test_a_waiver_that_was_there_before_silences_nothing_new(data):
    """Each change brings its own reason."""
    waived("CH03", "issues", "nanzhao-2022-0001")(data)
    git(data.parent, "add", "-A")
    git(data.parent, "commit", "-q", "-m", "waiver")
    cell(ISSUES, "due_on", "2022-10-30")(data)
    found = told(data)
    cell("city/waivers.csv", "expires_on", "2023-12-31")(data)

    assert found["error"] == {"CH03"}
    assert told(data)["error"] == {"CH03", "CH25"}


@pytest.mark.parametrize(
    ("column", "day", "why"),
    [("granted_on", "2022-10-16", "才批准"), ("expires_on", "2022-09-01", "到期")],
)
def test_a_waiver_out_of_force_is_no_reason(data, column, day, why):
    """Nobody could read on the site why: it is not published yet, or no more."""
    cell(ISSUES, "due_on", "2022-10-30")(data)
    waived("CH03", "issues", "nanzhao-2022-0001")(data)
    cell("city/waivers.csv", "granted_on", "2022-08-10")(data)
    cell("city/waivers.csv", column, day)(data)
    found = changes.judge(changes.change_of(data, "HEAD", SCHEMAS))

    assert [f.waived for f in found if f.rule == "CH03"] == [False]
    assert why in next(f.message for f in found if f.rule == "CH03")


def test_a_waiver_of_today_is_a_reason_where_the_day_is_not_set(data):
    """Data that stand as of today: what was granted since the last commit holds."""
    cell(ISSUES, "due_on", "2022-10-30")(data)
    waived("CH03", "issues", "nanzhao-2022-0001")(data)
    cell("city/waivers.csv", "granted_on", "2022-10-16")(data)
    change = changes.change_of(data, "HEAD", SCHEMAS)
    found = changes.judge(change, day=date(2022, 10, 16))

    assert [f.waived for f in found if f.rule == "CH03"] == [True]


def test_what_others_did_meanwhile_is_not_this_change(data):
    """A branch is compared with the commit from which it went apart, not with what came since."""
    top = data.parent
    git(top, "checkout", "-q", "-b", "county")
    git(top, "checkout", "-q", "main")
    cell("units/wolong/issues.csv", "remark", "别人改的")(data)
    git(top, "commit", "-qam", "others")
    git(top, "checkout", "-q", "county")
    cell(ISSUES, "remark", "自己改的")(data)
    change = changes.change_of(data, "main", SCHEMAS)

    assert [f.path for f in change.files] == [f"data/{ISSUES}"]


def test_two_commits_are_compared_without_the_working_copy(data):
    """With a head nothing but git's objects is read."""
    cell(ISSUES, "due_on", "2022-10-30")(data)
    git(data.parent, "commit", "-qam", "later")
    shutil.copy(EXAMPLE / ISSUES, data / ISSUES)
    change = changes.change_of(data, "HEAD~1", SCHEMAS, head="HEAD")

    assert [set(row.cells) for row in change.rows] == [{"due_on"}]
    assert change.rows[0].now("due_on") == "2022-10-30"


def test_ledgers_may_stand_at_the_top_of_a_repository(data):
    """A repository of ledgers alone is judged as one that holds the program too."""
    shutil.rmtree(data.parent / ".git")
    git(data, "init", "-q")
    git(data, "add", "-A")
    git(data, "commit", "-q", "-m", "start")
    cell(ISSUES, "due_on", "2022-10-30")(data)

    assert told(data)["error"] == {"CH03"}


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "HEAD:data", "a b", ""])
def test_a_revision_that_is_none_is_refused_in_words(data, revision):
    """Nothing that stands for a revision is taken for an option."""
    with pytest.raises(UsageTrouble, match="没有"):
        changes.change_of(data, revision, SCHEMAS)


def test_a_folder_without_git_is_told(tmp_path):
    """Without a past there is nothing to compare with."""
    shutil.copytree(EXAMPLE, tmp_path / "data")
    with pytest.raises(UsageTrouble, match="git"):
        changes.change_of(tmp_path / "data", "HEAD", SCHEMAS)


def test_check_answers_a_change_in_words(data):
    """The verb: exit code 1, the rule, the place, what was and what is."""
    cell(ISSUES, "due_on", "2022-10-30")(data)
    done = qingyuan("check", "--data", data, "--base", "HEAD", "--no-cache")

    assert done.returncode == 1, done.stdout + done.stderr
    assert "CH03" in done.stdout
    assert "改成了“2022-10-30”" in done.stdout
    assert f"data/{ISSUES} 第2行" in done.stdout


def check_of(data: Path, *more: str) -> dict:
    """Return what the verb says, as JSON."""
    done = qingyuan("check", "--data", data, "--format", "json", "--no-cache", *more)
    return json.loads(done.stdout)


def test_a_correction_with_its_reason_is_checked_as_the_unit_alone(data):
    """The waiver comes with it; nothing but the unit is looked at, and the rest is as it was."""
    both(
        cell(ISSUES, "due_on", "2022-10-30", 1), cell(ISSUES, "due_text", "10月30日前", 1),
        waived("CH03", "issues", "nanzhao-2022-0002"),
    )(data)  # fmt: skip
    answer = check_of(data, "--base", "HEAD")

    assert answer["ok"], answer["findings"]
    assert answer["checked"]["files"] == 1
    assert {f["rule"] for f in answer["findings"] if f["waived"]} == {"CH03"}


def test_a_reason_that_is_none_is_refused_with_the_unit(data):
    """A waiver that names no authority is found though only the unit is looked at."""
    both(
        cell(ISSUES, "due_on", "2022-10-30", 1), cell(ISSUES, "due_text", "10月30日前", 1),
        waived("CH03", "issues", "nanzhao-2022-0002"), cell("city/waivers.csv", "authority", ""),
    )(data)  # fmt: skip
    found = [f for f in check_of(data, "--base", "HEAD")["findings"] if f["severity"] == "error"]

    assert {f["ledger"] for f in found if not f["waived"]} == {"waivers"}


def test_an_error_in_another_file_of_the_unit_is_told(data):
    """What a change makes wrong elsewhere in its unit is refused before it is merged."""
    step(2, "延期批准", new_due_on="2022-10-20", reason="汛期不能施工", evidence_ref="档1")(data)
    git(data.parent, "commit", "-qam", "published")
    both(
        cell(ISSUES, "due_on", "2022-10-30", 1), cell(ISSUES, "due_text", "10月30日前", 1),
        waived("CH03", "issues", "nanzhao-2022-0002"),
    )(data)  # fmt: skip
    errors = [
        f for f in check_of(data, "--base", "HEAD")["findings"]
        if f["severity"] == "error" and not f["waived"]
    ]  # fmt: skip

    assert [(f["rule"], f["ledger"]) for f in errors] == [("E06", "issue_events")]


def test_private_cells_are_not_repeated(data):
    """A reviewer learns that a closed cell changed, not what it said."""
    cell("units/nanzhao/issues.csv", "affected_households", "4000")(data)
    found = changes.judge(changes.change_of(data, "HEAD", SCHEMAS))
    said = [f.message for f in found if f.rule == "CH24"]

    assert said == ["“影响户数”改了"]


def test_a_harmless_second_registration_is_not_even_told(data):
    """With the first deadline nothing is gained by it."""
    HARMLESS["a voided problem is registered again with its own deadline"](data)

    assert "CH27" not in told(data)["warning"]


def test_a_whole_ledger_renumbered_costs_no_more_than_its_rows(data):
    """Thousands of rows under new numbers: each twin is found, and four times as many cost that."""
    path = data / "units/nanzhao/works.csv"
    first = rows_of(path)[0]

    def renumbered(count: int) -> None:
        many = [
            first | {"works_id": f"nanzhao-w{n:04}", "name": f"供水站{n}", "population": str(n)}
            for n in range(count)
        ]
        write(path, many)
        git(data.parent, "commit", "-qam", f"{count} works")
        write(path, [row | {"works_id": f"nanzhao-w{n + 5000:04}"} for n, row in enumerate(many)])

    renumbered(1000)
    few = calls(lambda: told(data))
    renumbered(4000)
    many = calls(lambda: told(data))
    found = told(data)

    assert many < 5 * few
    assert "CH02" in found["error"]
    assert "CH01" not in found["error"]
