"""Who must approve a change, and whether they have: nobody speaks for two, nobody for himself."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from changed import ISSUES, cell, git, repository_of_story
from story import PROJECT, qingyuan

from pipeline import changes
from pipeline.changes.approvals import Approval, missing, parties
from pipeline.ledgers import load_schemas
from pipeline.verbs.owners import NOTE, PLACE, parsed

OWNERS = {"city": ["Ci", "both"], "nanzhao": ["na", "both"], "maintainers": ["ma"]}


def given(*accounts: str) -> list[Approval]:
    return [Approval(account, is_given=True, commit="h") for account in accounts]


@pytest.mark.parametrize(
    ("accounts", "author", "left"),
    [
        (("na", "ci"), "clerk", ()),
        (("na",), "clerk", ("city",)),
        (("both",), "clerk", ("nanzhao",)),
        (("both", "na"), "clerk", ()),
        (("both", "ci"), "clerk", ()),
        (("na", "ci"), "NA", ("nanzhao",)),
        (("ma", "x"), "clerk", ("city", "nanzhao")),
        ((), "clerk", ("city", "nanzhao")),
    ],
)
def test_each_party_needs_a_person_of_its_own(accounts, author, left):
    """One who may speak for both counts once; the author counts for nobody."""
    found = missing(("city", "nanzhao"), given(*accounts), OWNERS, author, "h")

    assert len(found) == len(left)
    assert set(found) == set(left) or accounts == ("both",)


def test_an_approval_of_an_earlier_head_does_not_count():
    """What was approved is not what stands."""
    assert missing(("city",), given("ci"), OWNERS, "clerk", "other") == ("city",)


@pytest.fixture
def data(tmp_path) -> Path:
    top = repository_of_story(tmp_path)
    git(top, "checkout", "-q", "-b", "county")
    cell(ISSUES, "remark", "已看")(top / "data")
    git(top, "commit", "-qam", "x")
    return top / "data"


def asked(data: Path, told: object, text: str | None = None, owned: object = None):
    reviews, owners = data.parent.parent / "given.json", data.parent.parent / "owners.json"
    reviews.write_text(json.dumps(told) if text is None else text, encoding="utf-8")
    owners.write_text(json.dumps(OWNERS if owned is None else owned), encoding="utf-8")
    return qingyuan("approvals", "main", "county", "--data", data, "--given", reviews,
                    "--owners", owners, "--author", "clerk")  # fmt: skip


def review(account: str, state: str = "APPROVED", **more: str) -> dict:
    return {"user": {"login": account}, "state": state} | more


def test_the_forge_is_answered_in_words(data):
    """Missing, given, taken back, of an old head; pages of pages; GitLab and Gitee."""
    alone = asked(data, [review("na")])
    assert alone.returncode == 1
    assert "还要市里同意" in alone.stdout
    assert asked(data, [[review("na")], [review("ci")]]).returncode == 0
    assert asked(data, [review("na"), review("ci"), review("ci", "COMMENTED")]).returncode == 0
    for taken_back in ("DISMISSED", "CHANGES_REQUESTED"):
        assert asked(data, [review("na"), review("ci"), review("ci", taken_back)]).returncode == 1
    assert asked(data, [review("na"), review("ci", commit_id="0" * 40)]).returncode == 1
    users = [{"user": {"username": "na"}}, {"user": {"username": "ci"}}]
    assert asked(data, {"approved_by": users}).returncode == 0
    heads = [{"login": "na", "accept": True}, {"login": "ci", "accept": False}]
    assert asked(data, {"assignees": heads}).returncode == 1


@pytest.mark.parametrize("text", ["", "null", "[[[", "5", '{"a": 1}', "[" * 100_000])
def test_an_answer_that_is_none_is_refused_in_words(data, text):
    """No traceback, whatever the forge sends."""
    done = asked(data, None, text)

    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_strange_reviews_approve_nothing(data):
    """Parts of another kind are passed over."""
    assert asked(data, [1, None, {"user": 5, "state": "APPROVED"}, {"user": {}}]).returncode == 1


def test_every_owner_of_the_file_is_a_party():
    """The committed list knows every unit, and CODEOWNERS gives the campaign to the city."""
    owners = json.loads((PROJECT / ".github/owners.json").read_text(encoding="utf-8"))
    units = {folder.name for folder in (PROJECT / "data/units").iterdir()}
    code = (PROJECT / ".github/CODEOWNERS").read_text(encoding="utf-8")

    assert units | {"city", "maintainers", NOTE} == set(owners)
    assert parsed(owners).keys() == units | {"city", "maintainers"}
    assert "/data/campaign.yml @qingyuan/city\n" in code
    rules = json.loads((PROJECT / ".github/rulesets/main.json").read_text(encoding="utf-8"))
    (checks,) = [r for r in rules["rules"] if r["type"] == "required_status_checks"]
    names = {c["context"] for c in checks["parameters"]["required_status_checks"]}
    text = "".join(
        path.read_text(encoding="utf-8") for path in (PROJECT / ".github/workflows").glob("*.yml")
    )
    assert all(f"name: {name}\n" in text for name in names)


def test_a_list_that_is_not_filled_in_says_what_goes_into_it(data):
    """Whose accounts are missing, where, and how that looks; nobody passes till then."""
    done = asked(data, [review("na"), review("ci")], owned={"city": [], "nanzhao": ["na"]})

    assert done.returncode == 1
    assert "市里还没有账号" in done.stdout
    assert '"city": ["账号甲", "账号乙"]' in done.stdout
    assert "单位 nanzhao" not in done.stdout


def test_who_may_speak_for_whom_is_nobodys_own_affair(data):
    """The list itself needs the city and the maintainers."""
    path = data.parent / PLACE
    path.parent.mkdir()
    path.write_text("{}", encoding="utf-8")
    git(data.parent, "add", "-A")
    git(data.parent, "commit", "-qm", "owners")
    change = changes.change_of(data, "HEAD~1", load_schemas(), "HEAD")

    assert parties(change) == ("city", "maintainers")


def test_a_machine_is_told_who_is_missing(tmp_path):
    """`doctor` names the parties without an account, and is content once all have one."""
    data = tmp_path / "data"
    for unit in ("jia", "yi"):
        (data / "units" / unit).mkdir(parents=True)
    (tmp_path / PLACE).parent.mkdir()
    (tmp_path / PLACE).write_text('{"city": ["a"], "maintainers": ["b"], "jia": ["c"], "yi": []}')
    before = qingyuan("doctor", "--data", data)
    (tmp_path / PLACE).write_text('{"city": ["a"], "maintainers": ["b"], "jia": ["c"], "yi": [1]}')
    after = qingyuan("doctor", "--data", data)

    assert "审核名单" in before.stdout
    assert "单位 yi 还没有账号" in before.stdout
    assert '{"yi": ["账号甲", "账号乙"]}' in before.stdout
    assert f"✓ 审核名单 {PLACE}" in after.stdout
    assert before.returncode == after.returncode == 0


def test_a_new_city_begins_with_its_own_list(tmp_path):
    """`init` writes it beside the data with what to fill in; one that is there is kept."""
    start = ("init", tmp_path / "data", "--city", "甲市", "--code", "8901", "--area-code", "0300",
             "--organiser", "甲市水利局", "--site-url", "https://shuili.jiashi.gov.cn/",
             "--unit", "jia=甲县:890121")  # fmt: skip
    done = qingyuan(*start)
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads((tmp_path / PLACE).read_text(encoding="utf-8"))

    assert parsed(told) == {"maintainers": [], "city": [], "jia": []}
    assert "空着的那一方" in "".join(told[NOTE])
    assert str(PLACE) in done.stdout
    shutil.rmtree(tmp_path / "data")
    (tmp_path / PLACE).write_text('{"city": ["a"]}', encoding="utf-8")
    qingyuan(*start)
    assert (tmp_path / PLACE).read_text(encoding="utf-8") == '{"city": ["a"]}'
