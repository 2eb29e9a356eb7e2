"""Evidence that several clauses count: places found, calls, households, papers, water."""

from __future__ import annotations

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
SELECT documents.* FROM documents, run WHERE home = 'U' AND place_type = '县' AND place_id = unit_id
    AND issued_on <= d AND (repealed_on IS NULL OR repealed_on > d);

-- OUT visits in P.
CREATE TABLE out_visits AS
SELECT inspections.* FROM inspections, run WHERE checker_level IN ('市', '省', '国家')
    AND withdrawn_on IS NULL AND visited_on BETWEEN screen AND d;

-- F: what failed at them, and with which clause.
CREATE TABLE faults AS
SELECT v.visit_id, v.unit_id, v.place_type, v.place_id, f.item_code, i.clause_id, f.finding_id
FROM findings AS f JOIN out_visits AS v USING (visit_id)
JOIN checklist_items AS i USING (item_code) WHERE f.withdrawn_on IS NULL;

-- What of it is charged, by visit (G31), and places(c): how often each counts (G30).
-- An item without a clause stands by its own code: G13 may charge reports not filed (SZ2).
CREATE TABLE charges AS
SELECT DISTINCT COALESCE(clause_id, item_code) AS clause_id, unit_id, place_type, place_id, visit_id
FROM faults AS f WHERE says('G31', 'still-charged') OR NOT EXISTS (
    SELECT 1 FROM issues JOIN lives USING (issue_id)
    WHERE state = '已销号' AND holds(finding_ids, f.finding_id));
CREATE TABLE places AS
SELECT clause_id, unit_id, place_type, place_id,
    CASE WHEN says('G30', 'once') THEN 1 ELSE COUNT(*) END AS times
FROM charges GROUP BY clause_id, unit_id, place_type, place_id;

-- OUT series of calls in P: 不通, 不熟悉.
CREATE TABLE calls AS
SELECT c.unit_id, p.role, c.informed = '不熟悉' AS unfamiliar,
    c.call_result IN ('空号停机', '号码有误') OR (c.call_result IN ('无人接听', '占线')
        AND LENGTH(called_at) - LENGTH(REPLACE(called_at, '|', '')) + 1 >= calls) AS dead
FROM run, phone_checks AS c JOIN phones AS p USING (phone_id)
WHERE checker_level IN ('市', '省', '国家') AND withdrawn_on IS NULL
    AND checked_on BETWEEN screen AND d;

-- Household checks in P, the four chargeable kinds, and whether from outside (OUT).
CREATE TABLE homes AS
SELECT household_checks.*, checker_level IN ('市', '省', '国家') AS out
FROM household_checks, run WHERE withdrawn_on IS NULL
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
