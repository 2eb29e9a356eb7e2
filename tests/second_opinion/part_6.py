"""Part 六: points added and taken off."""

from __future__ import annotations

from tests.second_opinion.clause import Clause

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

CLAUSES = {
    "六.1": Clause(SAFETY, "0", low="-10"),
    "六.2": Clause(PRESS, "0", low="-5", high="5"),
    "六.3": Clause(EXAMPLE, "0", high="10"),
}
