"""Parts 一 and 二: leadership and upkeep."""

from __future__ import annotations

from tests.second_opinion.clause import Clause

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

CLAUSES = {
    "一.1": Clause(LEADERS, "5", ("activities/领导督查",)),
    "一.2": Clause(ASSESSED, "5", ("documents/考核体系",)),
    "二.2": Clause(MILESTONES, "5", ("projects",)),
}
