"""Part 三: the three duties posted."""

from __future__ import annotations

from tests.second_opinion.clause import Clause

# 三.1: the union of (a) places found, (b) vacant townships, (c) late site or board.
GOVERNMENT = """
WITH leaders AS (
    SELECT r.*, t.deadline FROM run, responsibilities AS r JOIN twenty AS t ON t.day = r.valid_from
    WHERE r.rank = '主要领导' AND r.duty = '政府主体责任' AND r.place_type IN ('县', '乡镇')
        AND r.valid_from BETWEEN screen AND d),
extras AS (
    SELECT unit_id, '乡镇' AS place_type, division_code AS place_id FROM divisions, run
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
SELECT unit_id, SUM(n) FROM (
    SELECT unit_id, times AS n FROM places WHERE clause_id = '三.1'
    UNION ALL
    SELECT unit_id, 1 FROM extras AS e WHERE says('G34', 'counted') AND NOT EXISTS (
        SELECT 1 FROM places AS p WHERE p.clause_id = '三.1'
            AND p.place_type = e.place_type AND p.place_id = e.place_id))
GROUP BY unit_id
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
SELECT u.unit_id, COALESCE(v.base, c.base, 0) - 0.5 * TOTAL(CASE
    WHEN p.place_type <> '网站' OR p.place_id <> u.unit_id OR COALESCE(v.base, 3) = 3
        OR says('G35', 'charged') THEN times
    WHEN says('G30', 'per-visit') THEN times - (
        SELECT COUNT(*) FROM charges JOIN last USING (visit_id)
        WHERE charges.clause_id = '三.2' AND last.unit_id = u.unit_id) END)
FROM units AS u LEFT JOIN visited AS v USING (unit_id) LEFT JOIN claimed AS c USING (unit_id)
LEFT JOIN places AS p ON p.clause_id = '三.2' AND p.unit_id = u.unit_id
GROUP BY u.unit_id
"""

# 三.3: failed calls to managers, and works without their number.
MANAGERS = """
SELECT unit_id, SUM(n) FROM (
    SELECT unit_id, 1 AS n FROM calls
    WHERE role = '管理人员' AND (dead OR (unfamiliar AND says('G6', 'either')))
    UNION ALL
    SELECT unit_id, times FROM places
    WHERE clause_id = '三.3' AND place_type = '工程' AND NOT says('G29', 'none'))
GROUP BY unit_id
"""

TWO_SEATS = ("responsibilities/县", "responsibilities/乡镇")

CLAUSES = {
    "三.1": Clause(GOVERNMENT, "6", TWO_SEATS, each="0.5", faults=("government_posting_faults",)),
    "三.2": Clause(WATER_BUREAU, "3", ("responsibilities/县",)),
    "三.3": Clause(
        MANAGERS,
        "6",
        ("phones/管理人员",),
        each="0.5",
        faults=("failed_manager_calls", "works_without_manager"),
    ),
}
