"""Who must approve a change, and whether they have: nobody speaks for two, nobody for himself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from changed import ISSUES, cell, git, repository_of_story
from story import PROJECT, qingyuan

from pipeline.changes.approvals import Approval, missing

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


def asked(data: Path, told: object, text: str | None = None):
    reviews, owners = data.parent.parent / "given.json", data.parent.parent / "owners.json"
    reviews.write_text(json.dumps(told) if text is None else text, encoding="utf-8")
    owners.write_text(json.dumps(OWNERS), encoding="utf-8")
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

    assert units | {"city", "maintainers"} == set(owners)
    assert "/data/campaign.yml @qingyuan/city\n" in code
    rules = json.loads((PROJECT / ".github/rulesets/main.json").read_text(encoding="utf-8"))
    (checks,) = [r for r in rules["rules"] if r["type"] == "required_status_checks"]
    names = {c["context"] for c in checks["parameters"]["required_status_checks"]}
    text = "".join(
        path.read_text(encoding="utf-8") for path in (PROJECT / ".github/workflows").glob("*.yml")
    )
    assert all(f"name: {name}\n" in text for name in names)
