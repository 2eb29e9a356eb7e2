"""A second computation of the 23 clauses, in plain SQL, sharing no code with the pipeline.

It is written from data-model.md (conventions, as-of rule, what each clause counts) and
domain.md 1.4, so that a mistake in the pipeline and a mistake here seldom agree.
It knows the options of `OPTIONS`, of most readings only the one chosen in the committed
`readings.csv`, and refuses any other; their numbers are read from the `parameter` column.

Water results are judged here again by `water_limits` (see `VERDICTS`); a stated pass counts
only for a sample without results, a stated failure also where its results do not decide.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

SCHEMAS = Path(__file__).parent.parent / "schemas"
NOT_LOADED = {"patrol_roster"}  # no clause counts it, and it is the largest ledger
Score = tuple[Decimal | None, str]

# The options of each reading that the queries below compute.
OPTIONS = {
    "G1": "three-is-five", "G2": "five", "G3": "milestones", "G4": "twenty-workdays",
    "G5": "exclusive", "G6": "either", "G7": "column-prevails", "G8": "best-single",
    "G9": "above-zero", "G10": "three-years", "G11": "outside", "G12": "outside-only",
    "G13": "uncured|literal|filed-too", "G14": "each-floored", "G15": "binary",
    "G16": "once-charged",
    "G17": "one-clause", "G18": "generated", "G19": "keep-grouping",
    "G20": "national-headings", "G21": "village-and-county", "G22": "screening-tier",
    "G23": "inclusive", "G24": "three-plus-lifted", "G25": "three-stages",
    "G26": "zones-alike", "G27": "literal-with-rate", "G28": "floor-zero",
    "G29": "one-failed-check", "G30": "once", "G31": "still-charged", "G32": "timely-moves",
    "G33": "split", "G34": "counted", "G35": "not-again", "G36": "reported",
    "G37": "once-highest", "G38": "span", "G39": "by-level", "G40": "village",
    "G41": "late-at-due", "G42": "once-a-year|by-frequency", "G43": "latest|any-of-year",
    "G44": "once|each-board",
}  # fmt: skip


# ---------------------------------------------------------------- loading and the as-of rule


@cache
def _schemas() -> dict[str, dict[str, Any]]:
    """Every table schema by name, without those no clause needs."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found = {}
    for path in sorted(SCHEMAS.glob("*.yaml")):
        if path.stem not in NOT_LOADED:
            found[path.stem] = yaml.load(path.read_text("utf-8"), loader)  # noqa: S506 - safe
    return found


def _create(db: sqlite3.Connection) -> None:
    """One empty table a schema, with `home` and `folder` beside its own columns."""
    kinds = {"integer": "INTEGER", "number": "NUMERIC"}
    for name, schema in _schemas().items():
        columns = [f'"{f["name"]}" {kinds.get(f["type"], "TEXT")}' for f in schema["fields"]]
        db.execute(f"CREATE TABLE {name} ({', '.join(columns)}, home TEXT, folder TEXT)")


def _load(db: sqlite3.Connection, data: Path) -> None:
    """Read every CSV file of a data folder into its table."""
    for pattern, home in [
        ("reference/*.csv", "R"),
        ("units/*/*.csv", "U"),
        ("city/*.csv", "C"),
        ("city/checks/*/*.csv", "C"),
    ]:
        for path in sorted(data.glob(pattern)):
            if path.stem in _schemas():
                folder = path.parent.name if "*/*" in pattern else None
                _insert(db, path, home, folder)


def _insert(db: sqlite3.Connection, path: Path, home: str, folder: str | None) -> None:
    """Append one file to its table; a blank cell is NULL."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        header = [*next(rows), "home", "folder"]
        names = ", ".join(f'"{name}"' for name in header)
        marks = ", ".join("?" * len(header))
        db.executemany(
            f"INSERT INTO {path.stem} ({names}) VALUES ({marks})",  # noqa: S608 - schema names
            ([*(cell or None for cell in row), home, folder] for row in rows if row),
        )


def _cut_at(db: sqlite3.Connection, day: str) -> None:
    """Apply the as-of rule: later rows go, later dates inside rows are blanked."""
    for name, schema in _schemas().items():
        dated = schema.get("datingField")
        if dated:
            db.execute(f"DELETE FROM {name} WHERE {dated} > ?", [day])  # noqa: S608
        for field in schema["fields"]:
            column = field["name"]
            if field["type"] == "date" and column != dated and not field.get("isPlan"):
                sql = f"UPDATE {name} SET {column} = NULL WHERE {column} > ?"  # noqa: S608
                db.execute(sql, [day])
    _drop_orphans(db)


def _drop_orphans(db: sqlite3.Connection) -> None:
    """Findings follow their visit, results follow their sample."""
    db.execute("DELETE FROM findings WHERE visit_id NOT IN (SELECT visit_id FROM inspections)")
    db.execute(
        "DELETE FROM water_results WHERE sample_id NOT IN (SELECT sample_id FROM water_tests)"
    )


def _choose(db: sqlite3.Connection, options: Mapping[str, str]) -> None:
    """Put options in force, instead of those that the table chooses."""
    for reading, option in options.items():
        db.execute(
            "UPDATE readings SET is_chosen = CASE option WHEN ? THEN '是' ELSE '否' END"
            " WHERE reading_id = ?",
            [option, reading],
        )


def _chosen(db: sqlite3.Connection) -> dict[str, Any]:
    """The parameter of each reading; ValueError if a choice is not computed here.

    In SQL, says('G13', 'literal') is whether an option is in force.
    """
    rows = db.execute("SELECT reading_id, option, parameter FROM readings WHERE is_chosen = '是'")
    chosen = list(rows)
    options = {reading: option for reading, option, _ in chosen}
    other = set(options) ^ set(OPTIONS)
    other |= {r for r in set(options) & set(OPTIONS) if options[r] not in OPTIONS[r].split("|")}
    if other:
        raise ValueError(f"readings not computed here: {sorted(other)}")
    db.create_function("says", 2, lambda r, o: options[r] == o, deterministic=True)
    return {reading: parameter for reading, _, parameter in chosen}


def _years_before(day: date, years: int) -> date:
    """The same calendar day some years before; 29 February becomes 28."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _start(db: sqlite3.Connection, campaign: dict[str, Any], day: date) -> None:
    """The one-row table `run`: the data date, the two periods and the chosen numbers."""
    number = _chosen(db)
    db.execute(
        "CREATE TABLE run AS SELECT ? AS d, ? AS screen, ? AS year, ? AS recent,"
        " ? AS workday_limit, ? AS recur_days, ? AS calls",
        [
            day.isoformat(),
            str(campaign["screen_from_on"]),
            str(campaign["year_from_on"]),
            _years_before(day, int(number["G10"])).isoformat(),
            number["G4"],
            number["G12"],
            number["G6"],
        ],
    )


def _data_date(campaign: dict[str, Any], as_of: str | None) -> date:
    """The data date asked for, else the campaign's."""
    wanted = as_of or str(campaign["as_of_on"])
    if wanted == "today":
        return datetime.now(timezone(timedelta(hours=8))).date()
    return date.fromisoformat(wanted)


# ------------------------------------------------------------------- judgements and strikes

# One deciding fact judgement a row judged (机构落实: a unit): 终评 over 核查, then the latest.
DECIDING = """
CREATE TABLE deciding AS SELECT * FROM (
    SELECT fact, answer, subject_id, unit_id, ROW_NUMBER() OVER (
        PARTITION BY fact, CASE fact WHEN '机构落实' THEN unit_id ELSE subject_id END
        ORDER BY stage = '终评' DESC, judged_on DESC, judgement_id DESC) AS place
    FROM judgements WHERE home = 'C' AND fact IS NOT NULL AND stage IN ('核查', '终评'))
WHERE place = 1
"""

# The final word on a clause: signed, in points or 不适用.
FINAL = """
SELECT unit_id, clause_id, kind, points FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY unit_id, clause_id
        ORDER BY judged_on DESC, judgement_id DESC) AS place
    FROM judgements WHERE home = 'C' AND stage = '终评' AND signed_on IS NOT NULL
        AND kind IN ('分值', '不适用'))
WHERE place = 1
"""


def _strike(db: sqlite3.Connection) -> None:
    """Take the rows judged untrue (属实, 否) out of the evidence, with what hangs on them."""
    db.execute(DECIDING)
    for name, schema in _schemas().items():
        key = schema["primaryKey"]
        if schema["home"] != "R" and len(key) == 1 and name != "judgements":
            db.execute(
                f"DELETE FROM {name} WHERE {key[0]} IN"  # noqa: S608 - schema names
                " (SELECT subject_id FROM deciding WHERE fact = '属实' AND answer = '否')"
            )
    _drop_orphans(db)


# --------------------------------------------------------------- reported, none, not reported


def _reported(db: sqlite3.Connection, ledger: str, kind: str | None) -> set[str]:
    """Units with a row of the ledger (and kind), or a zero return that covers the data date."""
    column = {"phones": "role", "responsibilities": "place_type"}.get(ledger, "kind")
    test = f"AND {column} = :kind" if kind else ""
    rows = db.execute(
        f"""
        SELECT unit_id FROM {ledger} WHERE home = 'U' {test}
        UNION
        SELECT unit_id FROM nil_returns, run WHERE ledger = :ledger
            AND d BETWEEN covers_from AND covers_to AND (kind IS NULL OR kind = :kind)
        """,  # noqa: S608 - names from CLAUSES
        {"kind": kind, "ledger": ledger},
    )
    return {unit for (unit,) in rows}


# ------------------------------------------------------------------------ life of an issue

REFUSE = {"现场核查不通过": "整改中", "退回": "整改中"}
TRANSITIONS = {
    "未登记": {"登记": "整改中"},
    "整改中": {"交办": "整改中", "延期批准": "整改中", "整改完成": "已报完成"},
    "已报完成": {"申请销号": "待核查", "现场核查通过": "核查通过", **REFUSE},
    "待核查": {"现场核查通过": "核查通过", **REFUSE},
    "核查通过": {"销号": "已销号", **REFUSE},
    "已销号": {"现场核查通过": "已销号", **REFUSE},
    "已作废": {},
}
LEVELS = ["村", "乡镇", "县", "市", "省", "国家"]


@dataclass
class Life:
    """Where an issue stands: state, limit in force, day of the standing 整改完成, 销号 days."""

    limit_on: str
    floor: str  # the lowest level that may extend
    state: str = "未登记"
    done_on: str | None = None

    def take(self, event: str, day: str, level: str, new_due: str | None) -> bool:
        """Apply one event; an event that the state does not allow changes nothing."""
        allowed = TRANSITIONS[self.state]
        if event == "作废" and self.state not in ("未登记", "已作废"):
            self.state = "已作废"
            return True
        if event not in allowed:
            return False
        self.state = allowed[event]
        if event == "整改完成":
            self.done_on = day
        if event in REFUSE:
            self.done_on = None
        if event == "延期批准" and self._admits(day, level, new_due):
            self.limit_on = str(new_due)
        return True

    def _admits(self, day: str, level: str, new_due: str | None) -> bool:
        """In time, to a later day, by a level high enough (G32)."""
        enough = LEVELS.index(level) >= LEVELS.index(self.floor)
        return enough and day <= self.limit_on and new_due is not None and new_due > self.limit_on


def _live(db: sqlite3.Connection) -> None:
    """Fill `lives` (one row an issue) and `closings` (one row an accepted 销号)."""
    lives = {
        issue: Life(due, floor or "县")
        for issue, due, floor in db.execute(
            "SELECT issue_id, issues.due_on, from_level FROM issues"
            " LEFT JOIN assignments USING (assignment_id)"
        )
    }
    events = db.execute("SELECT issue_id, event_id, event, event_on, by_level, new_due_on"
                        " FROM issue_events")  # fmt: skip
    ordered = sorted(events, key=lambda e: (e[0], e[3], int(e[1].rpartition("-e")[2]), e[1]))
    closings = []
    for issue, steps in groupby(ordered, key=lambda e: e[0]):
        if issue in lives:
            for _, _, event, day, level, new_due in steps:
                if lives[issue].take(event, day, level, new_due) and event == "销号":
                    closings.append((issue, day))
    db.execute("CREATE TABLE lives (issue_id, state, limit_on, done_on)")
    db.executemany(
        "INSERT INTO lives VALUES (?, ?, ?, ?)",
        [(issue, life.state, life.limit_on, life.done_on) for issue, life in lives.items()],
    )
    db.execute("CREATE TABLE closings (issue_id, struck_on)")
    db.executemany("INSERT INTO closings VALUES (?, ?)", closings)


# ---------------------------------------------------------------- evidence shared by clauses

SHARED = """
CREATE INDEX lives_key ON lives (issue_id);
CREATE INDEX results_key ON water_results (sample_id);
CREATE INDEX tests_key ON water_tests (sample_id);
CREATE INDEX tests_place ON water_tests (place_id);
CREATE INDEX works_key ON works (works_id);
CREATE INDEX phones_key ON phones (phone_id);
CREATE INDEX seats ON responsibilities (place_id);
CREATE INDEX limits_key ON water_limits (indicator);

-- Every day near the run, whether it is worked, and how many worked days lie up to it.
CREATE TABLE calendar AS
WITH RECURSIVE days (day) AS (
    SELECT date(MIN(d, screen, year), '-400 days') FROM run
    UNION ALL
    SELECT date(day, '+1 day') FROM days, run WHERE day < date(d, '+400 days'))
SELECT day, worked, SUM(worked) OVER (ORDER BY day) AS n FROM (
    SELECT day, COALESCE(is_workday = '是', strftime('%w', day) NOT IN ('0', '6')) AS worked
    FROM days LEFT JOIN workdays ON day_on = day);

-- The 20th working day after a day.
CREATE TABLE twenty AS
SELECT a.day, b.day AS deadline FROM run, calendar AS a
JOIN calendar AS b ON b.worked AND b.n = a.n + workday_limit;
CREATE INDEX twenty_key ON twenty (day);

-- The 20th working day before the data date.
CREATE TABLE twenty_before AS
SELECT b.day FROM run JOIN calendar AS a ON a.day = date(d, '-1 day')
JOIN calendar AS b ON b.worked AND b.n = a.n - workday_limit + 1;

-- A unit's own papers at county level in force; a repeal after the data date is blank already.
CREATE TABLE papers AS
SELECT * FROM documents, run WHERE home = 'U' AND place_type = '县' AND place_id = unit_id
    AND issued_on <= d AND (repealed_on IS NULL OR repealed_on > d);

-- OUT visits in P.
CREATE TABLE out_visits AS
SELECT inspections.* FROM inspections, run WHERE checker_level IN ('市', '省', '国家')
    AND withdrawn_on IS NULL AND visited_on BETWEEN screen AND d;

-- F: what failed at them, and with which clause; places(c) are its distinct places.
CREATE TABLE faults AS
SELECT v.visit_id, v.unit_id, v.place_type, v.place_id, f.item_code, i.clause_id
FROM findings AS f JOIN out_visits AS v USING (visit_id)
JOIN checklist_items AS i USING (item_code) WHERE f.withdrawn_on IS NULL;
CREATE TABLE places AS
SELECT DISTINCT clause_id, unit_id, place_type, place_id FROM faults;

-- OUT series of calls in P: 不通, 不熟悉.
CREATE TABLE calls AS
SELECT c.unit_id, p.role, c.informed = '不熟悉' AS unfamiliar,
    c.call_result IN ('空号停机', '号码有误') OR (c.call_result IN ('无人接听', '占线')
        AND LENGTH(called_at) - LENGTH(REPLACE(called_at, '|', '')) + 1 >= calls) AS dead
FROM run, phone_checks AS c JOIN phones AS p USING (phone_id)
WHERE checker_level IN ('市', '省', '国家') AND withdrawn_on IS NULL
    AND checked_on BETWEEN screen AND d;

-- OUT household checks in P, the four chargeable kinds.
CREATE TABLE homes AS
SELECT household_checks.* FROM household_checks, run
WHERE checker_level IN ('市', '省', '国家') AND withdrawn_on IS NULL
    AND checked_on BETWEEN screen AND d AND household_kind IN
    ('脱贫不稳定户', '边缘易致贫户', '突发严重困难户', '其他脱贫户');

CREATE TABLE supply AS
SELECT * FROM works WHERE status IN ('正常', '间歇', '作用不明显');

-- Water tests in Y, either home.
CREATE TABLE tests AS
SELECT water_tests.* FROM water_tests, run
WHERE withdrawn_on IS NULL AND sampled_on BETWEEN year AND d;
CREATE INDEX tests_in_year ON tests (sample_id);
"""

# The limits that hold for a sample: in force on its day, for its point (全部 = all points of
# drinking water, so not 水源水), the small ones for small works and dispersed supply, the
# relaxed condition for works stated to have it. A result passes if it passes any of them (1), is
# undecided if the detection limit is too coarse for the weakest of them (-1), else fails (0). A
# sample fails if one result fails; one undecided result leaves it undecided (NULL), whatever its
# report concludes, unless that is a failure; so do values that no limit applies to.
VERDICTS = """
CREATE TABLE judged AS
WITH each AS (
SELECT t.sample_id, r.indicator, CASE
    WHEN l.limit_kind = '无异常' THEN r.raw_value IN ('无', '无异常', '未检出')
    WHEN l.limit_kind = '不得检出' THEN CASE
        WHEN r.qualifier IN ('未检出', '小于') THEN CASE WHEN COALESCE(r.value, 0) <= 3 THEN 1 END
        WHEN r.qualifier = '大于' THEN 0
        WHEN r.qualifier IN ('等于', '区间') AND r.value IS NOT NULL THEN r.value = 0
        WHEN r.raw_value IN ('无', '阴性', '未检出') THEN 1 END
    WHEN r.qualifier = '等于' THEN r.value BETWEEN lo AND hi
    WHEN r.qualifier = '区间' THEN r.value_low >= lo AND r.value <= hi
    WHEN r.qualifier = '大于' THEN CASE
        WHEN r.value > hi OR (r.value = hi AND r.raw_value NOT LIKE '≥%') THEN 0
        WHEN l.high IS NULL AND r.value >= lo THEN 1 END
    WHEN r.qualifier = '小于' THEN CASE
        WHEN lo > 0 AND (r.value < lo OR (r.value = lo AND r.raw_value NOT LIKE '≤%')) THEN 0
        WHEN r.value <= hi AND lo <= 0 THEN 1 END
    WHEN r.qualifier = '未检出' THEN CASE WHEN COALESCE(r.value, 0) <= lo AND lo > 0 THEN 0
        WHEN COALESCE(r.value, 0) <= hi AND lo <= 0 THEN 1 END END AS met
FROM tests AS t JOIN water_results AS r USING (sample_id)
LEFT JOIN works AS w ON t.place_type = '工程' AND w.works_id = t.place_id
JOIN (SELECT *, COALESCE(low, 0) AS lo, COALESCE(high, 9e99) AS hi FROM water_limits) AS l
    ON l.indicator = r.indicator
    AND t.sampled_on >= l.valid_from AND (l.valid_to IS NULL OR t.sampled_on <= l.valid_to)
    AND (l.sampling_point = t.sampling_point
        OR (l.sampling_point = '全部' AND t.sampling_point <> '水源水'))
    AND (l.supply_kind = '全部' OR t.place_type = '村'
        OR w.works_class IN ('千人以上', '千人以下'))
    AND (l.condition = '无' OR w.has_limited_source = '是'))
SELECT sample_id, indicator, CASE WHEN MAX(met) = 1 THEN 1
    WHEN COUNT(met) < COUNT(*) THEN -1 ELSE 0 END AS met
FROM each GROUP BY sample_id, indicator;
CREATE INDEX judged_key ON judged (sample_id);

CREATE TABLE verdicts AS
SELECT sample_id, CASE WHEN failed > 0 THEN 0
    WHEN reported = 0 AND conclusion = '达标' THEN 1
    WHEN conclusion = '不达标' AND (reported = 0 OR limited = 0 OR undecided > 0) THEN 0
    WHEN limited > 0 AND undecided = 0 THEN 1 END AS passed
FROM (
    SELECT t.sample_id, t.conclusion,
        (SELECT COUNT(*) FROM water_results AS r WHERE r.sample_id = t.sample_id) AS reported,
        COUNT(j.met) AS limited, COALESCE(SUM(j.met = 0), 0) AS failed,
        COALESCE(SUM(j.met = -1), 0) AS undecided
    FROM tests AS t LEFT JOIN judged AS j USING (sample_id) GROUP BY t.sample_id);
CREATE INDEX verdicts_key ON verdicts (sample_id);
"""


# ---------------------------------------------------------------------------- the clauses


@dataclass(frozen=True)
class Clause:
    """One clause: its query gives (unit_id, number); no row of a unit means 0.

    With `each`, the number is of faults and full - each x number is scored; without, it is
    the points. NULL means not reported, 'n/a' not applicable.
    """

    sql: str
    full: str
    needs: tuple[str, ...] = ()
    each: str | None = None
    low: str = "0"
    high: str | None = None


def _places(clause: str) -> str:
    """How many places failed under a clause."""
    return f"SELECT unit_id, COUNT(*) FROM places WHERE clause_id = '{clause}' GROUP BY unit_id"  # noqa: S608


# 一.1: days on which a 正职 went to works or villages.
LEADERS = """
SELECT unit_id, CASE WHEN COUNT(DISTINCT held_on) >= 3 THEN 5 ELSE 3 END
FROM activities, run WHERE home = 'U' AND kind = '领导督查' AND held_on BETWEEN year AND d
    AND leader_role IN ('党委主要领导', '政府主要领导')
    AND place_ids IS NOT NULL AND evidence_ref IS NOT NULL
GROUP BY unit_id
"""

# 一.2: an assessment system with a provision on it.
ASSESSED = """
SELECT DISTINCT unit_id, 5 FROM papers WHERE kind = '考核体系' AND provision IS NOT NULL
"""

# 二.2: milestones of 维修养护 due in Y, and the share met in time.
MILESTONES = """
SELECT unit_id, CASE WHEN COUNT(due_on) = 0 THEN 'n/a'
    ELSE 5.0 * COUNT(CASE WHEN met_on <= due_on THEN 1 END) / COUNT(due_on) END
FROM units LEFT JOIN (
    SELECT p.unit_id, m.due_on, m.met_on
    FROM run, milestones AS m JOIN projects AS p USING (project_id)
    WHERE p.kind = '维修养护' AND m.due_on BETWEEN year AND d
        AND (m.due_on < d OR m.met_on IS NOT NULL)) USING (unit_id)
GROUP BY unit_id
"""

# 三.1: the union of (a) places found, (b) vacant townships, (c) late site or board.
GOVERNMENT = """
WITH leaders AS (
    SELECT r.*, t.deadline FROM run, responsibilities AS r JOIN twenty AS t ON t.day = r.valid_from
    WHERE r.rank = '主要领导' AND r.duty = '政府主体责任' AND r.place_type IN ('县', '乡镇')
        AND r.valid_from BETWEEN screen AND d),
faulty AS (
    SELECT unit_id, place_type, place_id FROM places WHERE clause_id = '三.1'
    UNION
    SELECT unit_id, '乡镇', division_code FROM divisions, run
    WHERE division_level = '乡级' AND valid_from <= d AND (valid_to IS NULL OR valid_to >= d)
        AND NOT EXISTS (
            SELECT 1 FROM responsibilities AS r, twenty_before AS b
            WHERE r.place_type = '乡镇' AND r.place_id = division_code
                AND r.duty = '政府主体责任' AND r.valid_from <= d
                AND (r.valid_to IS NULL OR r.valid_to >= b.day))
    UNION
    SELECT unit_id, '网站', unit_id FROM leaders, run WHERE web_posted_on > deadline
        OR (web_posted_on IS NULL AND d > deadline AND (valid_to IS NULL OR valid_to > deadline))
    UNION
    SELECT unit_id, CASE WHEN says('G44', 'each-board') THEN place_type ELSE '县' END,
        CASE WHEN says('G44', 'each-board') THEN place_id ELSE unit_id END
    FROM leaders, run WHERE board_posted_on > deadline
        OR (board_posted_on IS NULL AND d > deadline AND (valid_to IS NULL OR valid_to > deadline)))
SELECT unit_id, COUNT(*) FROM faulty GROUP BY unit_id
"""

# 三.2: base from the last outside visit to the site, else from the claim; less the places
# found, without the site if it has lowered the base.
WATER_BUREAU = """
WITH looked AS (
    SELECT v.place_id AS unit_id, v.visit_id, v.visited_on, i.item_code,
        EXISTS (SELECT 1 FROM faults AS f WHERE f.visit_id = v.visit_id
            AND f.item_code = i.item_code) AS failed
    FROM out_visits AS v JOIN checklist_items AS i ON i.item_code IN ('GS5', 'GS6')
        AND holds(v.checklists, i.checklist) AND holds(i.place_types, '网站')
        AND i.works_classes IS NULL AND NOT holds(v.items_skipped, i.item_code)
        AND v.visited_on >= i.valid_from AND (i.valid_to IS NULL OR v.visited_on <= i.valid_to)
    WHERE v.place_type = '网站'),
last AS (
    SELECT DISTINCT unit_id, FIRST_VALUE(visit_id) OVER (
        PARTITION BY unit_id ORDER BY visited_on DESC, visit_id DESC) AS visit_id FROM looked),
visited AS (
    SELECT unit_id, MAX(CASE WHEN failed THEN 0 WHEN item_code = 'GS5' THEN 3 ELSE 1 END) AS base
    FROM looked JOIN last USING (unit_id, visit_id) GROUP BY unit_id),
claimed AS (
    SELECT unit_id, MAX(CASE rank WHEN '主要领导' THEN 3 WHEN '主管领导' THEN 1 END) AS base
    FROM run, responsibilities AS r LEFT JOIN twenty AS t ON t.day = r.valid_to
    WHERE place_type = '县' AND duty = '水利监管责任' AND web_posted_on IS NOT NULL
        AND (valid_to IS NULL OR valid_to >= d OR d <= t.deadline)
    GROUP BY unit_id)
SELECT u.unit_id, COALESCE(v.base, c.base, 0) - 0.5 * (
    SELECT COUNT(*) FROM places AS p WHERE p.clause_id = '三.2' AND p.unit_id = u.unit_id
        AND NOT (p.place_type = '网站' AND p.place_id = u.unit_id AND COALESCE(v.base < 3, 0)))
FROM units AS u LEFT JOIN visited AS v USING (unit_id) LEFT JOIN claimed AS c USING (unit_id)
"""

# 三.3: failed calls to managers, and works without their number.
MANAGERS = """
SELECT unit_id, COUNT(*) FROM (
    SELECT unit_id FROM calls WHERE role = '管理人员' AND (dead OR unfamiliar)
    UNION ALL
    SELECT unit_id FROM places WHERE clause_id = '三.3' AND place_type = '工程')
GROUP BY unit_id
"""

# 四.1: the approved body; the judgement 机构落实 goes before the papers.
BODY = """
SELECT u.unit_id, CASE j.answer WHEN '是' THEN 3 WHEN '部分' THEN 2 WHEN '否' THEN 0
    ELSE COALESCE(p.points, 0) END
FROM units AS u LEFT JOIN deciding AS j ON j.fact = '机构落实' AND j.unit_id = u.unit_id
LEFT JOIN (
    SELECT unit_id, CASE WHEN MAX(COALESCE(has_premises = '是', 0))
        AND MAX(COALESCE(has_staff = '是', 0)) AND MAX(COALESCE(has_funds = '是', 0))
        THEN 3 ELSE 2 END AS points
    FROM papers WHERE kind = '机构批复' AND issuer_level = '政府' GROUP BY unit_id) AS p
USING (unit_id)
"""

# 四.2: the best paper.
RULES = """
SELECT unit_id, MAX(CASE issuer_level
    WHEN '政府' THEN 3 WHEN '领导小组办公室' THEN 2 WHEN '部门' THEN 1 ELSE 0 END)
FROM papers WHERE kind = '管理办法' GROUP BY unit_id
"""

# 四.3: money received for the year (in cents, so that it adds exactly) against 3 yuan a head.
FUND = """
WITH paid AS (
    SELECT unit_id, SUM(CAST(ROUND(amount_yuan * 100) AS INTEGER)) AS cents
    FROM funds, run WHERE entry = '到账' AND entry_on <= d
        AND fund_year = CAST(strftime('%Y', year) AS INTEGER) GROUP BY unit_id),
served AS (SELECT unit_id, SUM(population) AS people FROM works GROUP BY unit_id)
SELECT unit_id, CASE WHEN cents <= 0 THEN 0 WHEN cents >= 300 * COALESCE(people, 0) THEN 5
    WHEN cents >= 50000000 THEN 3 ELSE 1 END
FROM paid LEFT JOIN served USING (unit_id)
"""

# 四.4: a recent plan judged workable; NULL while a recent one still waits for its judgement.
EMERGENCY = """
SELECT p.unit_id, CASE WHEN MAX(COALESCE(j.answer = '是', 0)) THEN 4
    WHEN COUNT(*) > COUNT(j.fact) THEN NULL ELSE 0 END
FROM papers AS p LEFT JOIN deciding AS j ON j.fact = '预案可操作' AND j.subject_id = p.doc_id
WHERE p.kind = '应急预案' AND MAX(p.issued_on, COALESCE(p.revised_on, p.issued_on)) >= p.recent
GROUP BY p.unit_id
"""

# 五.1: a mechanism on paper, less unsafe households found from outside.
HOUSEHOLDS = """
SELECT unit_id, 10 - COALESCE((
    SELECT SUM(MAX(0, unsafe_households - COALESCE(listed_households, 0)
        - COALESCE(repeat_unsafe_households, 0)))
    FROM homes WHERE homes.unit_id = p.unit_id AND unsafe_households IS NOT NULL), 0)
FROM papers AS p WHERE kind = '排查机制' GROUP BY unit_id
"""

# 五.2: outside issues late or recurring, and assignments due that no issue carries.
RECTIFICATION = """
WITH RECURSIVE valid AS (
    SELECT * FROM issues JOIN lives USING (issue_id) WHERE state <> '已作废'),
repeats AS (
    SELECT i.issue_id, o.issue_id AS other, ROW_NUMBER() OVER (PARTITION BY i.issue_id
        ORDER BY INSTR(e.reason, o.issue_id)) AS place
    FROM issue_events AS e JOIN issues AS i USING (issue_id) JOIN lives AS l USING (issue_id)
    JOIN issues AS o ON o.unit_id = i.unit_id AND o.issue_id <> i.issue_id
        AND INSTR(e.reason, o.issue_id)
    WHERE e.event = '作废' AND l.state = '已作废'),
chain (issue_id, heir) AS (
    SELECT issue_id, issue_id FROM repeats
    UNION
    SELECT c.issue_id, r.other FROM chain AS c JOIN repeats AS r ON r.issue_id = c.heir
    WHERE place = 1),
inherited AS (
    SELECT c.heir, a.assignment_id, a.due_on FROM chain AS c JOIN issues AS i USING (issue_id)
    JOIN assignments AS a USING (assignment_id)
    WHERE c.heir IN (SELECT issue_id FROM valid) AND a.withdrawn_on IS NULL),
outside AS (
    SELECT v.*, MIN(limit_on, COALESCE((SELECT MIN(h.due_on) FROM inherited AS h
        WHERE h.heir = v.issue_id), limit_on)) AS deadline FROM valid AS v
    WHERE found_by_level IN ('市', '省', '国家', '社会') OR assignment_id IS NOT NULL
        OR issue_id IN (SELECT heir FROM inherited)),
late AS (
    SELECT issue_id FROM outside, run WHERE d > deadline
        AND (done_on IS NULL OR done_on > deadline)
        AND (deadline >= year OR state IN ('未登记', '整改中'))),
recurring AS (
    SELECT issue_id FROM outside AS o, run WHERE found_on BETWEEN year AND d AND (
        recurs_of_id IS NOT NULL OR EXISTS (
            SELECT 1 FROM valid AS v JOIN closings AS c USING (issue_id)
            WHERE v.issue_id <> o.issue_id AND v.category = o.category
                AND (v.works_id = o.works_id OR (o.works_id IS NULL AND v.works_id IS NULL
                    AND v.village_code = o.village_code))
                AND julianday(o.found_on) - julianday(c.struck_on) BETWEEN 0 AND recur_days))),
charged AS (
    SELECT unit_id, issue_id AS id FROM outside
    WHERE issue_id IN (SELECT * FROM late UNION SELECT * FROM recurring)
    UNION ALL
    SELECT unit_id, assignment_id FROM assignments AS a, run
    WHERE withdrawn_on IS NULL AND due_on >= year AND due_on < d
        AND assignment_id NOT IN (SELECT assignment_id FROM inherited)
        AND NOT EXISTS (SELECT 1 FROM valid AS v WHERE v.assignment_id = a.assignment_id))
SELECT unit_id, COUNT(*) FROM charged GROUP BY unit_id
"""

# Whole calendar periods of each kind since the year began that are over, by their last day.
PERIODS = """
CREATE TABLE periods AS
SELECT per, MIN(day) AS first, MAX(day) AS last FROM (
    SELECT '日' AS per, day, day AS name FROM calendar
    UNION ALL SELECT '周', day, date(day, 'weekday 0') FROM calendar
    UNION ALL SELECT '月', day, strftime('%Y-%m', day) FROM calendar
    UNION ALL SELECT '季', day, strftime('%Y-', day) || (strftime('%m', day) + 2) / 3 FROM calendar
    UNION ALL SELECT '半年', day, strftime('%Y-', day) || (strftime('%m', day) > '06') FROM calendar
    UNION ALL SELECT '年', day, strftime('%Y', day) FROM calendar)
GROUP BY per, name HAVING first >= (SELECT year FROM run) AND last < (SELECT d FROM run);
"""

# 五.3: untested or too seldom tested, out but not posted, failing and not cured, not filed.
WATER = """
WITH own AS (SELECT * FROM tests WHERE home = 'U'),
lab AS (SELECT DISTINCT place_id FROM own WHERE place_type = '工程' AND method = '化验'),
untested AS (
    SELECT unit_id, '工程' AS place_type, works_id AS place_id FROM supply
    WHERE works_id NOT IN (SELECT place_id FROM lab)
    UNION
    SELECT unit_id, '村', village_code FROM villages WHERE dispersed_households > 0
        AND village_code NOT IN (SELECT place_id FROM own WHERE place_type = '村')),
asked AS (
    SELECT s.unit_id, s.works_id, f.frequency_id, f.sampling_point, f.times
    FROM supply AS s JOIN lab ON lab.place_id = s.works_id JOIN test_frequency AS f
        ON (f.source_type IS NULL OR f.source_type = s.source_type)
        AND (f.scale_no IS NULL OR f.scale_no = CASE WHEN capacity_m3d >= 10000 THEN 1
            WHEN capacity_m3d >= 5000 THEN 2 WHEN capacity_m3d >= 1000 THEN 3
            WHEN capacity_m3d >= 100 THEN 4 ELSE 5 END)
    WHERE says('G42', 'by-frequency')),
due AS (
    SELECT frequency_id, p.first, p.last, COUNT(*) OVER (PARTITION BY frequency_id) AS n
    FROM test_frequency AS f JOIN periods AS p ON p.per = f.per AND p.first >= f.valid_from
        AND (f.valid_to IS NULL OR p.last <= f.valid_to)),
kept AS (
    SELECT a.works_id, a.frequency_id, d.first FROM asked AS a
    CROSS JOIN own AS t ON t.place_type = '工程' AND t.place_id = a.works_id
        AND t.sampling_point = a.sampling_point AND t.method IN ('化验', '快检')
    CROSS JOIN due AS d ON d.frequency_id = a.frequency_id AND t.sampled_on BETWEEN first AND last
    GROUP BY a.works_id, a.frequency_id, d.first HAVING COUNT(*) >= times),
enough AS (SELECT works_id, frequency_id, COUNT(*) AS n FROM kept GROUP BY 1, 2),
seldom AS (
    SELECT DISTINCT unit_id, works_id
    FROM asked JOIN (SELECT DISTINCT frequency_id, n FROM due) AS due
        USING (frequency_id) LEFT JOIN enough AS e USING (works_id, frequency_id)
    WHERE due.n > COALESCE(e.n, 0)),
reports AS (
    SELECT *, ROW_NUMBER() OVER (
        PARTITION BY place_id ORDER BY sampled_on DESC, sample_id DESC) AS age
    FROM own WHERE place_type = '工程' AND method = '化验' AND reported_on IS NOT NULL
        AND (SELECT COUNT(*) FROM water_results AS r WHERE r.sample_id = own.sample_id) >= 8),
unposted AS (
    SELECT s.unit_id, '工程' AS place_type, s.works_id AS place_id
    FROM run, supply AS s JOIN reports AS r ON r.place_id = s.works_id
        AND (r.age = 1 OR says('G43', 'any-of-year'))
    JOIN twenty AS t ON t.day = r.reported_on
    WHERE r.posted_on > t.deadline OR (r.posted_on IS NULL AND d > t.deadline)
    UNION
    SELECT unit_id, place_type, place_id FROM places WHERE clause_id = '五.3'
        AND (place_type, place_id) NOT IN (
            SELECT place_type, place_id FROM untested WHERE place_type = '工程')),
latest AS (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY place_type, place_id, sampling_point
        ORDER BY sampled_on DESC, sample_id DESC) AS age
    FROM tests JOIN verdicts USING (sample_id) WHERE passed IS NOT NULL),
failing AS (
    SELECT DISTINCT l.unit_id, l.place_type, l.place_id
    FROM run, latest AS l
    WHERE l.age = 1 AND passed = 0 AND NOT says('G13', 'literal')
        AND NOT EXISTS (SELECT 1 FROM tests AS x
            WHERE x.place_type = l.place_type AND x.place_id = l.place_id
                AND x.sampling_point = l.sampling_point AND x.sampled_on > l.sampled_on
                AND l.sample_id IN (SELECT sample_id FROM judged WHERE met = 0)
                AND NOT EXISTS (
                    SELECT indicator FROM judged WHERE sample_id = l.sample_id AND met = 0
                    EXCEPT
                    SELECT indicator FROM judged WHERE sample_id = x.sample_id AND met = 1))
        AND l.sample_id NOT IN (
            SELECT r.retest_of_id FROM tests AS r JOIN verdicts AS v USING (sample_id)
            WHERE r.retest_of_id IS NOT NULL AND v.passed = 1 AND r.sampled_on >= l.sampled_on)
        AND l.sample_id NOT IN (
            SELECT i.sample_id FROM issues AS i JOIN lives USING (issue_id)
            WHERE i.sample_id IS NOT NULL AND state NOT IN ('已销号', '已作废')
                AND d <= limit_on)),
unfiled AS (
    SELECT DISTINCT unit_id, place_type, place_id FROM faults
    WHERE item_code = 'SZ2' AND says('G13', 'filed-too'))
SELECT unit_id, COUNT(*) FROM (
    SELECT unit_id FROM untested UNION ALL SELECT unit_id FROM unposted
    UNION ALL SELECT unit_id FROM failing UNION ALL SELECT unit_id FROM seldom
    UNION ALL SELECT unit_id FROM unfiled)
GROUP BY unit_id
"""

# 五.4②: faulty laboratories, where there is a 千吨万人 works in supply.
LABORATORY = """
SELECT u.unit_id, CASE WHEN u.unit_id IN (
        SELECT unit_id FROM supply WHERE works_class = '千吨万人')
    THEN (SELECT COUNT(*) FROM places AS p WHERE clause_id = '五.4②' AND p.unit_id = u.unit_id)
    ELSE 'n/a' END
FROM units AS u
"""

# 五.4④: places (a village only if it is a project village), and households lacking papers.
LEAFLETS = """
SELECT unit_id, SUM(n) FROM (
    SELECT unit_id, 1 AS n FROM places WHERE clause_id = '五.4④' AND (place_type <> '村'
        OR place_id IN (SELECT village_code FROM villages WHERE is_project_village = '是'))
    UNION ALL
    SELECT unit_id, MAX(0, lacking_households - COALESCE(repeat_lacking_households, 0))
    FROM homes WHERE lacking_households IS NOT NULL)
GROUP BY unit_id
"""

# 五.4⑤: one training of 管水员 with a sign-in sheet.
TRAINING = """
SELECT DISTINCT unit_id, 2 FROM activities, run WHERE home = 'U' AND kind = '培训'
    AND held_on BETWEEN year AND d AND holds(audience, '管水员') AND people_count >= 1
    AND evidence_ref IS NOT NULL
"""

# 五.5①: all returns due in Y in time and not sent back.
RETURNS = """
SELECT unit_id, CASE WHEN COUNT(due_on) = 0 THEN 'n/a' WHEN COUNT(CASE WHEN
        received_on IS NULL OR received_on > due_on OR returned_on IS NOT NULL THEN 1 END)
    THEN 0 ELSE 2 END
FROM units LEFT JOIN (SELECT r.unit_id, due_on, received_on, returned_on
    FROM returns AS r, run
    WHERE due_on >= year AND (due_on < d OR received_on IS NOT NULL)) USING (unit_id)
GROUP BY unit_id
"""

# 五.5②: calls to the county's supervision and service numbers that did not get through.
HOTLINES = """
SELECT unit_id, COUNT(*) FROM calls WHERE role IN ('县级监督', '供水服务') AND dead GROUP BY unit_id
"""

# Exposures of Y by problem: charged in 六.1 if two or more, else each in 六.2.
EXPOSED = """
WITH happened AS (SELECT incidents.* FROM incidents, run WHERE occurred_on BETWEEN year AND d),
repeated AS (
    SELECT unit_id, problem_no, MAX(is_severe = '是') AS severe FROM happened
    WHERE kind IN ('媒体披露', '行风热线反映') GROUP BY unit_id, problem_no HAVING COUNT(*) >= 2)
"""

# 六.1: accidents, and problems exposed twice or more.
SAFETY = f"""
{EXPOSED}
SELECT unit_id, -SUM(CASE WHEN severe THEN 5 ELSE 1 END) FROM (
    SELECT unit_id, is_severe = '是' AS severe FROM happened WHERE kind = '水污染事件' OR (
        kind IN ('安全事故', '质量事故', '审计查出', '纪检监察查出') AND is_major = '是')
    UNION ALL
    SELECT unit_id, severe FROM repeated)
GROUP BY unit_id
"""  # noqa: S608 - a constant

# 六.2: pieces published, each title once at its highest level, less exposures and notices.
PRESS = f"""
{EXPOSED},
pieces AS (
    SELECT unit_id, title, MAX(CASE host_level
        WHEN '县' THEN 1 WHEN '市' THEN 2 WHEN '省' THEN 3 WHEN '国家' THEN 4 END) AS level
    FROM activities, run WHERE home = 'U' AND kind = '宣传' AND held_on BETWEEN year AND d
    GROUP BY unit_id, title),
counted AS (
    SELECT unit_id, SUM(level = 1) AS county, SUM(level = 2) AS city, SUM(level > 2) AS above
    FROM pieces GROUP BY unit_id)
SELECT unit_id, SUM(points) FROM (
    SELECT unit_id, 3 * above + county + 1.5 * city
        - CASE WHEN county = 0 AND city > 0 THEN 0.5 ELSE 0 END AS points FROM counted
    UNION ALL
    SELECT unit_id, CASE WHEN is_severe = '是' THEN -5 ELSE -2 END FROM happened
    WHERE kind IN ('省通报', '市通报') OR (kind = '媒体披露'
        AND (unit_id, problem_no) NOT IN (SELECT unit_id, problem_no FROM repeated)))
GROUP BY unit_id
"""  # noqa: S608 - a constant

# 六.3: a speech once, experience passed on each time.
EXAMPLE = """
SELECT unit_id, 5 * MAX(kind = '典型发言') + 2 * SUM(kind = '经验转发') FROM activities, run
WHERE home = 'U' AND held_on BETWEEN year AND d AND host_level IN ('市', '省', '国家')
    AND kind IN ('典型发言', '经验转发')
GROUP BY unit_id
"""

TWO_SEATS = ("responsibilities/县", "responsibilities/乡镇")
TWO_NUMBERS = ("phones/县级监督", "phones/供水服务")

CLAUSES = {
    "一.1": Clause(LEADERS, "5", ("activities/领导督查",)),
    "一.2": Clause(ASSESSED, "5", ("documents/考核体系",)),
    "二.2": Clause(MILESTONES, "5", ("projects",)),
    "三.1": Clause(GOVERNMENT, "6", TWO_SEATS, each="0.5"),
    "三.2": Clause(WATER_BUREAU, "3", ("responsibilities/县",)),
    "三.3": Clause(MANAGERS, "6", ("phones/管理人员",), each="0.5"),
    "四.1": Clause(BODY, "3", ("documents/机构批复",)),
    "四.2": Clause(RULES, "3", ("documents/管理办法",)),
    "四.3": Clause(FUND, "5", ("funds", "works")),
    "四.4": Clause(EMERGENCY, "4", ("documents/应急预案",)),
    "五.1": Clause(HOUSEHOLDS, "10", ("documents/排查机制",)),
    "五.2": Clause(RECTIFICATION, "17", ("issues",), each="2"),
    "五.3": Clause(WATER, "10", ("works", "villages", "water_tests"), each="1"),
    "五.4①": Clause(_places("五.4①"), "2", ("works",), each="0.5"),
    "五.4②": Clause(LABORATORY, "2", ("works",), each="0.5"),
    "五.4③": Clause(_places("五.4③"), "2", ("works",), each="0.5"),
    "五.4④": Clause(LEAFLETS, "5", ("works", "villages"), each="0.5"),
    "五.4⑤": Clause(TRAINING, "2", ("activities/培训",)),
    "五.5①": Clause(RETURNS, "2"),
    "五.5②": Clause(HOTLINES, "3", TWO_NUMBERS, each="0.5"),
    "六.1": Clause(SAFETY, "0", low="-10"),
    "六.2": Clause(PRESS, "0", low="-5", high="5"),
    "六.3": Clause(EXAMPLE, "0", high="10"),
}


# ------------------------------------------------------------------------------ the score


def _holds(text: str | None, member: str) -> bool:
    """Whether a cell parted by bars has a member."""
    return member in (text or "").split("|")


def _points(clause: Clause, value: Any) -> Score:
    """Turn the number of a query into points within the bounds of the clause."""
    if value is None:
        return None, "not_reported"
    if value == "n/a":
        return Decimal(clause.full), "not_applicable"
    points = Decimal(str(value))
    if clause.each:
        points = Decimal(clause.full) - Decimal(clause.each) * points
    points = max(Decimal(clause.low), min(Decimal(clause.high or clause.full), points))
    return points.quantize(Decimal("0.01"), ROUND_HALF_UP), "scored"


def _computed(
    db: sqlite3.Connection, units: list[str], reported: dict[str, set[str]]
) -> dict[str, dict[str, Score]]:
    """Every clause of every unit from the evidence."""
    scores: dict[str, dict[str, Score]] = {unit: {} for unit in units}
    for clause_id, clause in CLAUSES.items():
        values = dict(db.execute(clause.sql).fetchall())
        for unit in units:
            said = all(unit in reported[need] for need in clause.needs)
            value = values.get(unit, 0) if said else None
            scores[unit][clause_id] = _points(clause, value)
    return scores


def _finished(db: sqlite3.Connection, scores: dict[str, dict[str, Score]]) -> None:
    """Let a signed final judgement replace what was computed."""
    for unit, clause_id, kind, points in db.execute(FINAL):
        if unit in scores and kind == "分值":
            scores[unit][clause_id] = Decimal(str(points)), "judged"
        elif unit in scores:
            scores[unit][clause_id] = Decimal(CLAUSES[clause_id].full), "not_applicable"


def score(data: Path, as_of: str | None = None, **options: str) -> dict[str, dict[str, Score]]:
    """Points (None if not reported) and status of every clause of every unit of a data folder.

    `options` are readings to be read otherwise than the data choose.
    """
    campaign = yaml.safe_load((data / "campaign.yml").read_text("utf-8"))
    day = _data_date(campaign, as_of)
    db = sqlite3.connect(":memory:")
    try:
        db.create_function("holds", 2, _holds, deterministic=True)
        _create(db)
        _load(db, data)
        _choose(db, options)
        _start(db, campaign, day)
        _cut_at(db, day.isoformat())
        needs = {need for clause in CLAUSES.values() for need in clause.needs}
        reported = {n: _reported(db, n.partition("/")[0], n.partition("/")[2]) for n in needs}
        _strike(db)
        _live(db)
        db.executescript(SHARED + VERDICTS + PERIODS)
        units = [unit for (unit,) in db.execute("SELECT unit_id FROM units ORDER BY sort_no")]
        scores = _computed(db, units, reported)
        _finished(db, scores)
        return scores
    finally:
        db.close()
