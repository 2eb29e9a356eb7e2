"""The change gate: each manoeuvre is answered by its rule, each harmless twin is let pass."""

from __future__ import annotations

import shutil
from pathlib import Path
from time import process_time

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
from story import EXAMPLE, qingyuan

from pipeline import changes
from pipeline.trouble import UsageTrouble

SEATS, WORKS, VILLAGES = (
    f"units/nanzhao/{name}.csv" for name in ("responsibilities", "works", "villages")
)
FUNDS, PHONES, TESTS = (f"units/nanzhao/{n}.csv" for n in ("funds", "phones", "water_tests"))
CHECKS = "city/checks/nanzhao/issue_events.csv"


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
    """Four thousand rows under new numbers: each twin is found, in seconds."""
    path = data / "units/nanzhao/works.csv"
    first = rows_of(path)[0]
    many = [
        first | {"works_id": f"nanzhao-w{n:04}", "name": f"供水站{n}", "population": str(n)}
        for n in range(4000)
    ]
    write(path, many)
    git(data.parent, "commit", "-qam", "many")
    write(path, [row | {"works_id": f"nanzhao-w{n + 5000:04}"} for n, row in enumerate(many)])
    started = process_time()
    found = told(data)

    assert process_time() - started < 20
    assert "CH02" in found["error"]
    assert "CH01" not in found["error"]
