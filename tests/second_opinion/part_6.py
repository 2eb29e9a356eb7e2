"""Part 六: points added and taken off."""

from __future__ import annotations

from tests.second_opinion.clause import Clause

# Exposures of Y; problems exposed twice or more with what each costs in 六.1 and in 六.2; every
# way to charge some of them here and the others there (`ways`, as sets of bits), or both (G16).
SPLIT = """
WITH RECURSIVE
happened AS (
    SELECT incidents.*, is_severe = '是' AS severe
    FROM incidents, run WHERE occurred_on BETWEEN year AND d),
repeated AS (
    SELECT unit_id, problem_no, CASE WHEN MAX(severe) THEN 5 ELSE 1 END AS here,
        SUM(CASE WHEN kind <> '媒体披露' THEN 0 WHEN severe THEN 5 ELSE 2 END) AS there,
        1 << ROW_NUMBER() OVER (PARTITION BY unit_id ORDER BY problem_no) - 1 AS bit
    FROM happened WHERE kind IN ('媒体披露', '行风热线反映')
    GROUP BY unit_id, problem_no HAVING COUNT(*) >= 2),
grave AS (
    SELECT u.unit_id, TOTAL(CASE severe WHEN 1 THEN 5 WHEN 0 THEN 1 END) AS cost
    FROM units AS u LEFT JOIN happened AS h ON h.unit_id = u.unit_id AND (h.kind = '水污染事件' OR (
        h.kind IN ('安全事故', '质量事故', '审计查出', '纪检监察查出') AND is_major = '是'))
    GROUP BY u.unit_id),
single AS (
    SELECT u.unit_id, TOTAL(CASE severe WHEN 1 THEN 5 WHEN 0 THEN 2 END) AS cost
    FROM units AS u LEFT JOIN happened AS h ON h.unit_id = u.unit_id AND (
        h.kind IN ('省通报', '市通报') OR (h.kind = '媒体披露'
            AND (h.unit_id, problem_no) NOT IN (SELECT unit_id, problem_no FROM repeated)))
    GROUP BY u.unit_id),
pieces AS (
    SELECT unit_id, MAX(CASE host_level
        WHEN '县' THEN 1 WHEN '市' THEN 2 WHEN '省' THEN 3 WHEN '国家' THEN 4 END) AS level,
        MIN(held_on || '/' || activity_id) AS at
    FROM activities, run WHERE home = 'U' AND kind = '宣传' AND held_on BETWEEN year AND d
    GROUP BY unit_id, CASE WHEN says('G37', 'each') THEN activity_id ELSE title END),
first AS (
    SELECT unit_id, level, ROW_NUMBER() OVER (PARTITION BY unit_id
        ORDER BY CASE WHEN says('G16', 'chronological') THEN 0 ELSE level END, at) AS place
    FROM pieces WHERE level <= 2),
press AS (
    SELECT u.unit_id, TOTAL(CASE WHEN level > 2 THEN 3 WHEN level = 2 THEN 1.5 ELSE level END)
        - COALESCE((SELECT 0.5 FROM first AS f
            WHERE f.unit_id = u.unit_id AND place = 1 AND level = 2), 0) AS points
    FROM units AS u LEFT JOIN pieces AS p USING (unit_id) GROUP BY u.unit_id),
ways AS (
    SELECT unit_id, 0 AS mask FROM units
    UNION ALL
    SELECT unit_id, mask + 1 FROM ways WHERE mask + 1 < 1 << (
        SELECT COUNT(*) FROM repeated AS r WHERE r.unit_id = ways.unit_id)),
charged AS (
    SELECT w.unit_id, mask,
        MAX(-10, -g.cost
            - TOTAL(CASE WHEN says('G16', 'both') OR mask & bit THEN here END)) AS six1,
        MAX(-5, MIN(5, p.points - s.cost
            - TOTAL(CASE WHEN says('G16', 'both') OR NOT mask & bit THEN there END))) AS six2,
        MIN(10, TOTAL(CASE WHEN mask & bit THEN here END)) AS moved
    FROM ways AS w JOIN grave AS g USING (unit_id) JOIN single AS s USING (unit_id)
    JOIN press AS p USING (unit_id) LEFT JOIN repeated AS r ON r.unit_id = w.unit_id
    GROUP BY w.unit_id, mask),
settled AS (
    SELECT *, ROW_NUMBER() OVER (
        PARTITION BY unit_id ORDER BY six1 + six2, moved, mask) AS place FROM charged)
"""

# 六.1 and 六.2: what is charged where that leaves fewest points in both together.
SAFETY = f"{SPLIT} SELECT unit_id, six1 FROM settled WHERE place = 1"  # noqa: S608 - a constant
PRESS = f"{SPLIT} SELECT unit_id, six2 FROM settled WHERE place = 1"  # noqa: S608 - a constant

# 六.3: a speech once, experience passed on each time.
EXAMPLE = """
SELECT unit_id, 2 * SUM(kind = '经验转发') + 5 * CASE
    WHEN says('G16', 'each-speech') THEN SUM(kind = '典型发言') ELSE MAX(kind = '典型发言') END
FROM activities, run
WHERE home = 'U' AND held_on BETWEEN year AND d AND host_level IN ('市', '省', '国家')
    AND kind IN ('典型发言', '经验转发')
GROUP BY unit_id
"""

CLAUSES = {
    "六.1": Clause(SAFETY, "0", low="-10"),
    "六.2": Clause(PRESS, "0", low="-5", high="5"),
    "六.3": Clause(EXAMPLE, "0", high="10"),
}
