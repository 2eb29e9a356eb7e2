"""Part 四: agency, rules, money, emergency plan."""

from __future__ import annotations

from tests.second_opinion.clause import Clause

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

CLAUSES = {
    "四.1": Clause(BODY, "3", ("documents/机构批复",)),
    "四.2": Clause(RULES, "3", ("documents/管理办法",)),
    "四.3": Clause(FUND, "5", ("funds", "works")),
    "四.4": Clause(EMERGENCY, "4", ("documents/应急预案",)),
}
