"""Part 五: screening, mending, stations, returns and hotlines."""

from __future__ import annotations

from tests.second_opinion.clause import Clause, places
from tests.second_opinion.water import WATER

# 五.1: a mechanism on paper, less unsafe households found from outside.
HOUSEHOLDS = """
SELECT unit_id, 10 - COALESCE((
    SELECT SUM(MAX(0, unsafe_households - COALESCE(repeat_unsafe_households, 0)
        - CASE WHEN says('G11', 'any') THEN 0 ELSE COALESCE(listed_households, 0) END))
    FROM homes WHERE homes.unit_id = p.unit_id AND unsafe_households IS NOT NULL
        AND (out OR says('G11', 'any'))), 0)
FROM papers AS p WHERE kind = '排查机制' GROUP BY unit_id
"""

# 五.2: outside issues late or recurring, and assignments due that no issue carries.
RECTIFICATION = """
WITH RECURSIVE valid AS (
    SELECT *, CASE WHEN says('G36', 'struck') THEN struck_on ELSE done_on END AS ended_on,
        CASE WHEN says('G32', 'never') THEN due_on ELSE limit_on END AS last_on
    FROM issues JOIN lives USING (issue_id) WHERE state <> '已作废'),
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
    SELECT v.*, MIN(last_on, COALESCE((SELECT MIN(h.due_on) FROM inherited AS h
        WHERE h.heir = v.issue_id), last_on)) AS deadline FROM valid AS v
    WHERE found_by_level IN ('市', '省', '国家', '社会') OR assignment_id IS NOT NULL
        OR issue_id IN (SELECT heir FROM inherited) OR says('G12', 'self-included')
        OR (channel = '乡村振兴靶向整改' AND says('G39', 'always-outside'))),
late AS (
    SELECT issue_id FROM outside, run WHERE d > deadline
        AND (ended_on IS NULL OR (ended_on > deadline AND deadline >= year))),
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
    WHERE withdrawn_on IS NULL AND due_on >= year AND due_on < d AND says('G41', 'late-at-due')
        AND assignment_id NOT IN (SELECT assignment_id FROM inherited)
        AND NOT EXISTS (SELECT 1 FROM valid AS v WHERE v.assignment_id = a.assignment_id))
SELECT unit_id, COUNT(*) FROM charged GROUP BY unit_id
"""

# 五.4②: faulty laboratories, where there is a 千吨万人 works in supply.
LABORATORY = """
SELECT u.unit_id, CASE WHEN u.unit_id IN (
        SELECT unit_id FROM supply WHERE works_class = '千吨万人')
    THEN (SELECT TOTAL(times) FROM places AS p WHERE clause_id = '五.4②'
        AND p.unit_id = u.unit_id AND NOT says('G14', 'only-fourth'))
    ELSE 'n/a' END
FROM units AS u
"""

# 五.4④: places (a village only if not registered as no project village), and households
# lacking papers.
LEAFLETS = """
SELECT unit_id, SUM(n) FROM (
    SELECT unit_id, times AS n FROM places WHERE clause_id = '五.4④' AND (place_type <> '村'
        OR place_id NOT IN (SELECT village_code FROM villages WHERE is_project_village <> '是'))
    UNION ALL
    SELECT unit_id, MAX(0, lacking_households - CASE WHEN says('G30', 'per-visit') THEN 0
        ELSE COALESCE(repeat_lacking_households, 0) END)
    FROM homes WHERE lacking_households IS NOT NULL AND out)
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
SELECT unit_id, CASE WHEN COUNT(due_on) = 0 THEN 'n/a'
    WHEN says('G15', 'graded') THEN 2 - 0.5 * COUNT(bad) WHEN COUNT(bad) THEN 0 ELSE 2 END
FROM units LEFT JOIN (SELECT r.unit_id, due_on, CASE WHEN received_on IS NULL
        OR received_on > due_on OR returned_on IS NOT NULL THEN 1 END AS bad
    FROM returns AS r, run
    WHERE due_on >= year AND (due_on < d OR received_on IS NOT NULL)) USING (unit_id)
GROUP BY unit_id
"""

# 五.5②: calls to the county's supervision and service numbers that did not get through.
HOTLINES = """
SELECT unit_id, COUNT(*) FROM calls WHERE role IN ('县级监督', '供水服务') AND dead GROUP BY unit_id
"""

POOL = ("五.4①", "五.4②", "五.4③", "五.4④")
TWO_NUMBERS = ("phones/县级监督", "phones/供水服务")

CLAUSES = {
    "五.1": Clause(HOUSEHOLDS, "10", ("documents/排查机制",)),
    "五.2": Clause(
        RECTIFICATION,
        "17",
        ("issues",),
        each="2",
        faults=("late_or_recurrent_issues", "unlisted_assignments", "dropped_assignments"),
    ),
    "五.3": Clause(WATER, "10", ("works", "villages", "water_tests"), each="1"),
    "五.4①": Clause(places("五.4①"), "2", ("works",), each="0.5"),
    "五.4②": Clause(LABORATORY, "2", ("works",), each="0.5"),
    "五.4③": Clause(places("五.4③"), "2", ("works",), each="0.5"),
    "五.4④": Clause(LEAFLETS, "5", ("works", "villages"), each="0.5"),
    "五.4⑤": Clause(TRAINING, "2", ("activities/培训",)),
    "五.5①": Clause(RETURNS, "2"),
    "五.5②": Clause(HOTLINES, "3", TWO_NUMBERS, each="0.5", faults=("unanswered_hotline_calls",)),
}
