"""The files of the forges, run: each step as it stands there, on a bare repository.

No forge is reached from here; what is left untried is the forge's own part: its permissions, its
API beyond the answers written here, and the actions themselves.
"""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from changed import EVENTS, ISSUES, cell, git
from forge import WORKFLOWS, Forge, Job
from story import PROJECT, qingyuan
from test_cycle import ISSUE, done_by_the_clerk

REPO = "repos/qingyuan/ledgers"
OWNERS = {"city": ["c"], "nanzhao": ["n"], "maintainers": ["m"]}
TOKEN, NO_TOKEN = {"APPROVALS_TOKEN": "t"}, {"APPROVALS_TOKEN": ""}


@pytest.fixture(scope="module")
def started(tmp_path_factory) -> Forge:
    """A forge whose repository names those who approve."""
    forge = Forge(tmp_path_factory.mktemp("forge"))
    copy = forge.clone("owners")
    (copy / ".github/owners.json").write_text(json.dumps(OWNERS), encoding="utf-8")
    git(copy, "commit", "-qam", "owners")
    git(copy, "push", "-q", "origin", "HEAD:main")
    return forge


@pytest.fixture
def forge(started) -> Forge:
    """The same, with nothing asked or answered yet."""
    for path in started.api.iterdir():
        path.unlink()
    return started


def answers(forge: Forge, address: str, answer: Any) -> None:
    """Have the API answer."""
    name = "".join(c if c.isalnum() and c.isascii() else "_" for c in address)
    (forge.api / name).write_text(json.dumps(answer), encoding="utf-8")


def written(forge: Forge) -> str:
    """Return what the API was asked to change."""
    path = forge.api / "written"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def steps_of(name: str, *jobs: str) -> set[str]:
    """Return the scripts of a workflow."""
    told = yaml.safe_load((WORKFLOWS / f"{name}.yml").read_text(encoding="utf-8"))["jobs"]
    return {s["run"] for id in jobs or told for s in told[id]["steps"] if "run" in s}


def ran(done: dict[str, Job]) -> set[str]:
    """Return the scripts that were run."""
    return {script for job in done.values() for script in job.ran}


def reported(forge: Forge, name: str) -> Path:
    """Return a branch on which a clerk has reported a problem done."""
    copy = forge.clone(name)
    done_by_the_clerk(copy / "data")
    git(copy, "commit", "-qam", "办结 ::error::x $(touch here)")
    return copy


def test_a_change_that_is_refused_says_so_and_runs_nothing_of_its_own(forge):
    """The program of main judges; that of the change is data. Annotation, summary, attachments."""
    copy = reported(forge, "refused")
    cell(ISSUES, "due_on", "2022-10-30", issue_id=ISSUE)(copy / "data")
    with (copy / "pipeline/__init__.py").open("a", encoding="utf-8") as file:
        file.write("import os\nopen(os.environ['FORGE_API'] + '/hacked', 'w').close()\n")
    for name in ("gate", "preview"):
        (copy / ".ci" / name).write_text("touch $FORGE_API/hacked\nexit 0\n", encoding="utf-8")
    git(copy, "commit", "-qam", "改期")
    event = forge.asked(copy)
    job = forge.run("check", event, jobs=["data"])["data"]

    assert not job.passed
    assert f"::error file=data/{ISSUES},line=" in job.said
    assert "CH03" in job.said
    assert "CH19" in job.said
    assert "CH03" in job.summary
    kept = {path.name for path in (forge.kept / "review").iterdir()}
    assert kept == {"check.json", "diff.json", "review.md"}
    assert not (forge.api / "hacked").exists()
    assert not list(forge.root.glob("space-*/**/here"))


def test_a_good_change_is_checked_previewed_and_told(forge):
    """Every step of the two workflows; the comment is written once, then kept up to date."""
    copy = reported(forge, "good")
    event = forge.asked(copy)
    done = forge.run("check", event)

    assert all(job.passed for job in done.values()), done["data"].said + done["tests"].said
    assert ran(done) == steps_of("check")
    assert "报整改完成" in done["data"].summary
    assert done["tests"].summary
    assert "make test" in (forge.api / "made").read_text(encoding="utf-8")
    with tarfile.open(forge.kept / "changed-pages/pages.tar.gz") as pages:
        names = set(pages.getnames())
    assert f"./i/{ISSUE}.html" in names
    assert "./assets/qy.css" in names
    assert len([n for n in names if n.startswith("./v/")]) < 5

    head = event["event"]["pull_request"]["head"]["sha"]
    answers(forge, f"{REPO}/pulls?state=open&per_page=100", [{"head": {"sha": head}, "number": 7}])
    answers(forge, f"{REPO}/issues/7/comments", [])
    after = event | {"event": {"workflow_run": {"event": "pull_request", "head_sha": head}}}
    told = forge.run("comment", after)
    assert all(job.passed for job in told.values()), told["review"].said
    assert ran(told) == steps_of("comment")
    assert f"POST {REPO}/issues/7/comments\nbody=@comment.md" in written(forge)
    comment = (forge.kept / "comment/comment.md").read_text(encoding="utf-8")
    assert comment.startswith("<!-- qingyuan-review -->\n### 这次改动")
    assert "报整改完成" in comment

    mine = {"user": {"login": "github-actions[bot]"}, "body": comment, "id": 42}
    fake = {"user": {"login": "clerk"}, "body": comment, "id": 41}
    answers(forge, f"{REPO}/issues/7/comments", [fake, mine])
    forge.run("comment", after)
    assert f"PATCH {REPO}/issues/comments/42\n" in written(forge)
    answers(forge, f"{REPO}/pulls?state=open&per_page=100", [])
    assert "comment" not in forge.run("comment", after)


def test_only_a_change_of_the_program_is_left_to_the_tests(forge):
    """No ledger differs: the gate says so, the attachments are there, the preview is empty."""
    copy = forge.clone("program")
    (copy / "Makefile").open("a").write("# more\n")
    git(copy, "commit", "-qam", "program")
    job = forge.run("check", forge.asked(copy), jobs=["data"])["data"]

    assert job.passed, job.said
    assert "台账没有改" in job.summary


def review(account: str, commit: str, state: str = "APPROVED") -> dict[str, Any]:
    """Return a review as GitHub tells it."""
    return {"user": {"login": account}, "state": state, "commit_id": commit}


def test_approvals_are_those_of_the_head_that_stands(forge):
    """Both parties, of this head: then it may be merged; if the head has moved, it may not."""
    copy = reported(forge, "approved")
    event = forge.asked(copy)
    request = event["event"]["pull_request"]
    head = request["head"]["sha"]

    def asked(*reviews: dict[str, Any], moved: str = head) -> Job:
        answers(forge, f"{REPO}/pulls/7", request | {"head": {"sha": moved}})
        answers(forge, f"{REPO}/pulls/7/reviews", [list(reviews)])
        done = forge.run("approvals", event)
        assert ran(done) == steps_of("approvals")
        return done["approvals"]

    alone = asked(review("n", head))
    assert not alone.passed
    assert "还要市里同意" in alone.said
    assert asked(review("n", head), review("c", head)).passed
    assert not asked(review("n", head), review("clerk", head)).passed
    assert not asked(review("n", head), review("c", "0" * 40)).passed
    moved = asked(review("n", head), review("c", head), moved="1" * 40)
    assert not moved.passed
    assert "合并请求已经到 111111111111" in moved.said


def test_what_is_no_longer_the_newest_is_not_published(forge):
    """Tested, built, verified; then main moves on: the site stays as it was."""
    event = forge.pushed()
    answers(forge, f"{REPO}/commits/main", {"sha": event["sha"]})
    done = forge.run("publish", event)
    assert all(job.passed for job in done.values()), done["build"].said
    assert ran(done) == steps_of("publish")
    assert "是最新的" in done["deploy"].said
    assert (forge.kept / "pages/index.html").is_file()
    manifest = json.loads((forge.kept / "pages/manifest.json").read_text(encoding="utf-8"))
    assert manifest["commit"] == event["sha"]
    updates = (forge.kept / "pages/updates.html").read_text(encoding="utf-8")
    assert "没有提交记录" not in updates

    def moves_on() -> None:
        answers(forge, f"{REPO}/commits/main", {"sha": "2" * 40})

    late = forge.run("publish", event, jobs=["deploy"], meanwhile=moves_on)["deploy"]
    assert not late.passed
    assert "分支已经到 222222222222" in late.said
    assert "不发布" in late.said


def test_the_list_of_what_stands_is_one_issue(forge):
    """Opened once, then kept up to date."""
    event = forge.pushed() | {"event_name": "schedule"}
    answers(forge, f"{REPO}/issues?state=open&labels=standing", [])
    done = forge.run("standing", event)
    assert all(job.passed for job in done.values()), done["write"].said
    assert ran(done) == steps_of("standing")
    assert f"POST {REPO}/issues\n" in written(forge)
    assert (forge.kept / "standing/standing.md").read_text(encoding="utf-8").startswith("## ")

    answers(forge, f"{REPO}/issues?state=open&labels=standing", [{"number": 5}])
    forge.run("standing", event)
    assert f"PATCH {REPO}/issues/5\n" in written(forge)


def gitlab(forge: Forge, job: str, ref: str, **variables: str) -> tuple[int, str, Path]:
    """Run a job of the GitLab file as its runner does: lines of one script, in a clone."""
    told = yaml.safe_load((PROJECT / ".gitlab-ci.yml").read_text(encoding="utf-8"))[job]
    space = forge.root / f"gitlab-{job}" / "builds"
    n = 0
    while space.exists():
        n += 1
        space = forge.root / f"gitlab-{job}-{n}" / "builds"
    forge.checked_out(space, ref, told.get("variables", {}).get("GIT_DEPTH") == "0")
    more = {"CI_DEFAULT_BRANCH": "main", "CI_API_V4_URL": "api", "CI_PROJECT_ID": "1"}
    done = forge.bash("\n".join(told["script"]), space, more | variables)
    return done.returncode, done.stdout + done.stderr, space


def test_gitlab_does_the_same(forge):
    """Refused and accepted, approved by two, published only from the newest."""
    copy = reported(forge, "gitlab")
    head = forge.asked(copy)["event"]["pull_request"]["head"]["sha"]
    request = {"CI_MERGE_REQUEST_IID": "7", "CI_COMMIT_SHA": head}
    code, said, space = gitlab(forge, "check", "gitlab", **request)
    assert code == 0, said
    assert "报整改完成" in (space / "review/review.md").read_text(encoding="utf-8")

    address = "api/projects/1/merge_requests/7"
    answers(forge, address, {"author": {"username": "clerk"}, "sha": head})
    answers(forge, f"{address}/approvals", {"approved_by": [{"user": {"username": "n"}}]})
    code, said, _ = gitlab(forge, "approvals", "gitlab", **request, **TOKEN)
    assert code == 1
    assert "还要市里同意" in said
    both = [{"user": {"username": name}} for name in ("n", "c")]
    answers(forge, f"{address}/approvals", {"approved_by": both})
    code, said, _ = gitlab(forge, "approvals", "gitlab", **request, **TOKEN)
    assert code == 0, said
    assert "推送以后撤销同意" in said
    code, said, _ = gitlab(forge, "approvals", "gitlab", **request, **NO_TOKEN)
    assert code == 1
    assert "APPROVALS_TOKEN" in said

    assert gitlab(forge, "tests", "main")[0] == 0
    code, said, space = gitlab(forge, "pages", "main", CI_COMMIT_SHA=forge.head())
    assert code == 0, said
    assert (space / "public/index.html").is_file()


def test_gitlab_refuses_what_github_refuses_and_publishes_only_the_newest(forge):
    """The same words for the same change."""
    copy = forge.clone("gitlab-refused")
    cell(EVENTS, "event_on", "2022-07-18", event="整改完成")(copy / "data")
    git(copy, "commit", "-qam", "x")
    forge.asked(copy, 8)
    code, said, _ = gitlab(forge, "check", "gitlab-refused", CI_MERGE_REQUEST_IID="8")
    assert code == 1
    assert "CH08" in said

    before = forge.head("main~1")
    told = yaml.safe_load((PROJECT / ".gitlab-ci.yml").read_text(encoding="utf-8"))["pages"]
    (refusing,) = [line for line in told["script"] if " newest " in line]
    space = forge.root / "gitlab-late"
    forge.checked_out(space, before, whole=True)
    done = forge.bash(f"make setup\n{refusing}", space, {"CI_DEFAULT_BRANCH": "main"})
    assert done.returncode == 1
    assert "不发布" in done.stdout


def test_gitee_checks_the_same(forge):
    """Its commands in a clone of a branch."""
    copy = reported(forge, "gitee")
    forge.asked(copy)
    told = yaml.safe_load((PROJECT / ".workflow/check.yml").read_text(encoding="utf-8"))
    (step,) = told["stages"][0]["steps"]
    space = forge.root / "gitee-space" / "work"
    forge.checked_out(space, "gitee", whole=False)
    done = forge.bash("\n".join(step["commands"]), space, {})

    assert done.returncode == 0, done.stdout + done.stderr
    assert "报整改完成" in (space / "review/review.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("told", ["", "main", "0" * 39, "$(touch x)"])
def test_a_forge_that_does_not_say_what_is_newest_publishes_nothing(told):
    """Nothing is guessed: exit 2, in words."""
    done = qingyuan("newest", f"--now={told}")

    assert done.returncode == 2
    assert "不猜" in done.stderr
