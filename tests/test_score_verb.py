"""`qingyuan score`: text, csv and JSON; what assumed rows change; what is refused."""

from __future__ import annotations

import csv
import io
import json
import shutil

import jsonschema
import pytest
from story import EXAMPLE, PROJECT, qingyuan

from pipeline.assessment.editions.y2022 import EDITION

CONTRACT = json.loads((PROJECT / "schemas/contracts/score.json").read_text(encoding="utf-8"))


def scored(*arguments):
    """Return the JSON answer about the story."""
    done = qingyuan("score", "--data", EXAMPLE, "--format", "json", *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def header(ledger: str, unit: str = "nanzhao") -> list[str]:
    path = EXAMPLE / "units" / unit / f"{ledger}.csv"
    return path.read_text(encoding="utf-8").splitlines()[0].split(",")


def write(folder, name: str, ledger: str, *rows: dict[str, str]):
    """Write a file of assumed rows and return it."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, header(ledger), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    return path


def points(answer: dict, unit: str, clause: str) -> float | None:
    (one,) = [u for u in answer["units"] if u["unit"] == unit]
    return next(c["points"] for c in one["clauses"] if c["id"] == clause)


def test_the_json_keeps_its_contract():
    """All units, all clauses, in official order, on the data date and before anything happened."""
    for arguments in ((), ("--as-of", "2022-01-01"), ("--as-of", "2021-01-01")):
        answer = scored(*arguments)

        jsonschema.validate(answer, CONTRACT)
        for unit in answer["units"]:
            assert [c["id"] for c in unit["clauses"]] == list(EDITION.clauses)


def test_one_unit_can_be_asked_for_by_any_of_its_names():
    """Id, name or short name; the sheet is the same."""
    by_id, by_name = scored("--unit", "nanzhao"), scored("--unit", "南召县")

    assert by_id == by_name
    assert [u["unit"] for u in by_id["units"]] == ["nanzhao"]


def test_an_unknown_unit_is_a_slip_of_usage():
    """Exit 2, and the units that there are."""
    done = qingyuan("score", "--data", EXAMPLE, "--unit", "长安")

    assert done.returncode == 2
    assert "nanzhao" in done.stderr


def test_text_names_every_clause_with_its_arithmetic():
    """The sheet of a unit reads from top to bottom as Annex 3 does."""
    done = qingyuan("score", "--data", EXAMPLE, "--unit", "nanzhao")

    assert done.returncode == 0
    places = [done.stdout.index(f"  {clause}  ") for clause in EDITION.clauses]
    assert places == sorted(places)
    assert "换口径" in done.stdout


def test_csv_has_a_row_for_every_unit_and_clause():
    """Under a Chinese header, with rows and readings parted by bars."""
    done = qingyuan("score", "--data", EXAMPLE, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))

    assert len(rows) == 3 * len(EDITION.clauses)
    assert {"单位", "条款", "得分", "算法", "依据的记录", "口径"} <= set(rows[0])


def test_the_same_input_gives_the_same_bytes():
    """Whatever the time zone, the locale and the hash seed."""
    elsewhere = {"TZ": "America/Lima", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "5"}

    one = qingyuan("score", "--data", EXAMPLE, "--format", "json")
    two = qingyuan("score", "--data", EXAMPLE, "--format", "json", environment=elsewhere)

    assert one.stdout == two.stdout


TRAINING = {
    "activity_id": "nanzhao-a0901", "unit_id": "nanzhao", "kind": "典型发言",
    "held_on": "2022-09-01", "host_level": "省", "title": "供水管护经验发言", "org": "省水利厅",
    "is_public": "是",
}  # fmt: skip


def test_assumed_rows_change_the_points_they_should(tmp_path):
    """A speech that was not registered would add five points in 六.3 and nothing elsewhere."""
    file = write(tmp_path, "plan-activities.csv", "activities", TRAINING)
    before = scored()

    after = scored("--assume", str(file))
    told = qingyuan("score", "--data", EXAMPLE, "--unit", "nanzhao", "--assume", file).stdout

    assert points(after, "nanzhao", "六.3") == points(before, "nanzhao", "六.3") + 5
    for unit in before["units"]:
        for clause in unit["clauses"]:
            if (unit["unit"], clause["id"]) != ("nanzhao", "六.3"):
                assert points(after, unit["unit"], clause["id"]) == clause["points"]
    assert "假设的结果" in told
    assert "六.3" in told


def test_an_assumed_row_takes_the_place_of_the_one_with_its_key(tmp_path):
    """A report posted in time in place of one posted late; the ledger itself is not touched."""
    path = EXAMPLE / "units" / "nanzhao" / "phones.csv"
    with path.open(encoding="utf-8", newline="") as file:
        row = next(r for r in csv.DictReader(file) if r["role"] == "县级监督")
    file = write(tmp_path, "phones.csv", "phones", row | {"service_hours": "全天"})

    assert scored("--assume", str(file)) == scored()
    assert "全天" not in path.read_text(encoding="utf-8").split(row["phone_id"])[1].split("\n")[0]


def test_readings_can_be_assumed_as_well(tmp_path):
    """What if the bureau chose otherwise: the reading's own rows, with another one chosen."""
    lines = (EXAMPLE / "reference" / "readings.csv").read_text(encoding="utf-8").splitlines()
    with (EXAMPLE / "reference" / "readings.csv").open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["reading_id"] == "G9"]
    for row in rows:
        row["is_chosen"] = "是" if row["option"] == "literal" else "否"
    path = tmp_path / "readings.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, lines[0].split(","), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)

    answer = scored("--assume", str(path))

    readings = {r for u in answer["units"] for c in u["clauses"] for r in c["readings"]}
    assert "G9/above-zero" not in readings


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ({"held_on": "2022.9.1"}, "日期"),
        ({"host_level": "县"}, ""),
        ({"place_ids": "nanzhao-w9999"}, ""),
    ],
)
def test_a_bad_assumption_is_refused_at_its_line(tmp_path, change, title):
    """Assumed rows pass every gate that registered rows pass; no score is printed."""
    file = write(tmp_path, "activities.csv", "activities", TRAINING | change)

    done = qingyuan("score", "--data", EXAMPLE, "--assume", file)

    assert done.returncode == 1
    assert f"{file} 第2行" in done.stderr
    assert title in done.stderr
    assert "总分" not in done.stdout
    assert "Traceback" not in done.stderr


def test_a_file_that_names_no_ledger_is_a_slip_of_usage(tmp_path):
    """So are a file that does not exist and one whose rows belong to two units."""
    stray = write(tmp_path, "things.csv", "activities", TRAINING)
    mixed = write(
        tmp_path,
        "activities.csv",
        "activities",
        TRAINING,
        TRAINING | {"activity_id": "wolong-a0901", "unit_id": "wolong"},
    )
    for file, word in ((stray, "哪个台账"), (tmp_path / "none.csv", "没有"), (mixed, "分成几个")):
        done = qingyuan("score", "--data", EXAMPLE, "--assume", file)

        assert done.returncode == 2
        assert word in done.stderr


def test_refused_data_is_not_scored(tmp_path):
    """One cell that cannot be read, and no number is printed."""
    data = tmp_path / "data"
    shutil.copytree(EXAMPLE, data)
    path = data / "units" / "nanzhao" / "issues.csv"
    path.write_text(path.read_text("utf-8").replace("2022-08-", "2022/08/", 1), encoding="utf-8")

    done = qingyuan("score", "--data", data, "--format", "json")

    assert done.returncode == 1
    assert done.stdout == ""
    assert "issues.csv" in done.stderr


def test_a_missing_ledger_says_which_clauses_it_silences(tmp_path):
    """Without funds 四.3 is not reported, the total a span, and the reason names the ledger."""
    data = tmp_path / "data"
    shutil.copytree(EXAMPLE, data)
    (data / "units" / "nanzhao" / "funds.csv").unlink()

    done = qingyuan("score", "--data", data, "--unit", "nanzhao", "--format", "json")
    (unit,) = json.loads(done.stdout)["units"]

    silent = {c["id"]: c["because"] for c in unit["clauses"] if c["status"] == "not_reported"}
    assert "维修基金" in silent["四.3"]
    assert unit["total"] is None
    assert unit["rank"] is None
    assert unit["span"][1] - unit["span"][0] >= 5
