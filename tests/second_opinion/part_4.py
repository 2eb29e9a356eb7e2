"""Part 四: agency, rules, money, emergency plan."""

from __future__ import annotations

from tests.second_opinion.clause import Clause

# 四.1: the approved body; the judgement 机构落实 goes before the papers.
BODY = """
WITH bodies AS (
    SELECT unit_id, CASE WHEN MAX(COALESCE(has_premises = '是', 0))
        AND MAX(COALESCE(has_staff = '是', 0)) AND MAX(COALESCE(has_funds = '是', 0))
        THEN '是' ELSE '部分' END AS stands
    FROM papers WHERE kind = '机构批复' AND issuer_level = '政府' GROUP BY unit_id)
SELECT u.unit_id, CASE COALESCE(j.answer, b.stands, '否')
    WHEN '是' THEN CASE WHEN says('G7', 'literal') THEN 2 ELSE 3 END
    WHEN '部分' THEN CASE WHEN says('G7', 'literal') THEN 0
        WHEN says('G7', 'column-prevails') THEN 2 END
    ELSE 0 END
FROM units AS u LEFT JOIN deciding AS j ON j.fact = '机构落实' AND j.unit_id = u.unit_id
LEFT JOIN bodies AS b ON b.unit_id = u.unit_id
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
        AND fund_year = money_year GROUP BY unit_id),
served AS (SELECT unit_id, SUM(population) AS people FROM works GROUP BY unit_id)
SELECT unit_id, CASE
    WHEN COALESCE(cents, 0) <= 0 THEN CASE WHEN says('G9', 'literal') THEN 1 ELSE 0 END
    WHEN cents >= 300 * COALESCE(people, 0) THEN 5 WHEN cents >= 50000000 THEN 3 ELSE 1 END
FROM units LEFT JOIN paid USING (unit_id) LEFT JOIN served USING (unit_id)
"""

# 四.4: a recent plan judged workable; NULL while a recent one still waits for its judgement.
EMERGENCY = """
SELECT p.unit_id, CASE WHEN MAX(COALESCE(j.answer = '是', 0)) THEN 4
    WHEN COUNT(*) > COUNT(j.fact) THEN NULL ELSE 0 END
FROM run, papers AS p
LEFT JOIN deciding AS j ON j.fact = '预案可操作' AND j.subject_id = p.doc_id
WHERE p.kind = '应急预案' AND MAX(p.issued_on, COALESCE(p.revised_on, p.issued_on)) >= recent
GROUP BY p.unit_id
"""

CLAUSES = {
    "四.1": Clause(BODY, "3", ("documents/机构批复",)),
    "四.2": Clause(RULES, "3", ("documents/管理办法",)),
    "四.3": Clause(FUND, "5", ("funds", "works")),
    "四.4": Clause(EMERGENCY, "4", ("documents/应急预案",)),
}
