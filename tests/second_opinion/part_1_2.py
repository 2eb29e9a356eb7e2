"""Parts 一 and 二: leadership and upkeep."""

from __future__ import annotations

from tests.second_opinion.clause import Clause

# 一.1: days on which a 正职 went to works or villages.
LEADERS = """
WITH went AS (
    SELECT unit_id, held_on, leader_role FROM activities, run
    WHERE home = 'U' AND kind = '领导督查' AND held_on BETWEEN year AND d
        AND (NOT says('G1', 'campaign-only') OR held_on >= campaign_from)
        AND leader_role IN ('党委主要领导', '政府主要领导')
        AND place_ids IS NOT NULL AND evidence_ref IS NOT NULL),
deployed AS (
    SELECT unit_id FROM activities, run
    WHERE home = 'U' AND kind = '安排部署' AND held_on BETWEEN year AND d
    UNION
    SELECT unit_id FROM documents, run
    WHERE home = 'U' AND kind = '安排部署' AND issued_on BETWEEN year AND d)
SELECT unit_id, CASE WHEN says('G1', 'both-leaders') AND COUNT(DISTINCT leader_role) < 2 THEN 0
    WHEN says('G1', 'deployment-required') AND unit_id NOT IN (SELECT unit_id FROM deployed) THEN 0
    WHEN COUNT(DISTINCT held_on) >= CASE WHEN says('G1', 'three-is-three') THEN 4 ELSE 3 END THEN 5
    ELSE 3 END
FROM went GROUP BY unit_id
"""

# 一.2: an assessment system with a provision on it.
ASSESSED = """
SELECT DISTINCT unit_id, 5 FROM papers WHERE kind = '考核体系' AND provision IS NOT NULL
"""

# 二.2: milestones of 维修养护 due in Y, and the share met in time.
MILESTONES = """
SELECT unit_id, CASE
    WHEN COUNT(due_on) = 0 THEN CASE WHEN says('G3', 'rescale') THEN 'out' ELSE 'n/a' END
    WHEN NOT says('G3', 'budget')
    THEN 5.0 * COUNT(CASE WHEN met_on <= due_on THEN 1 END) / COUNT(due_on)
    WHEN SUM(cents) = 0 THEN 'n/a'
    ELSE 5.0 * TOTAL(CASE WHEN met_on <= due_on THEN cents END) / SUM(cents) END
FROM units LEFT JOIN (
    SELECT p.unit_id, m.due_on, m.met_on, CAST(ROUND(budget_yuan * 100) AS INTEGER) AS cents
    FROM run, milestones AS m JOIN projects AS p USING (project_id)
    WHERE p.kind = '维修养护' AND m.due_on BETWEEN year AND d
        AND (m.due_on < d OR m.met_on IS NOT NULL)) USING (unit_id)
GROUP BY unit_id
"""

CLAUSES = {
    "一.1": Clause(LEADERS, "5", ("activities/领导督查",)),
    "一.2": Clause(ASSESSED, "5", ("documents/考核体系",)),
    "二.2": Clause(MILESTONES, "5", ("projects",)),
}
