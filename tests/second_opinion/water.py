"""Clause 五.3: tested, posted, passing, filed."""

from __future__ import annotations

# 五.3: untested or too seldom tested, out but not posted, failing and not cured, not filed.
WATER = """
WITH own AS (SELECT * FROM tests WHERE home = 'U'),
lab AS (SELECT DISTINCT place_id FROM own WHERE place_type = '工程' AND method = '化验'),
untested AS (
    SELECT unit_id, '工程' AS place_type, works_id AS place_id FROM supply
    WHERE works_id NOT IN (SELECT place_id FROM lab)
    UNION
    SELECT unit_id, '村', village_code FROM villages
    WHERE dispersed_households > 0 AND says('G40', 'village')
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
overdue AS (
    SELECT DISTINCT s.unit_id, '工程' AS place_type, s.works_id AS place_id
    FROM run, supply AS s JOIN reports AS r ON r.place_id = s.works_id
        AND (r.age = 1 OR says('G43', 'any-of-year'))
    JOIN twenty AS t ON t.day = r.reported_on
    WHERE r.posted_on > t.deadline OR (r.posted_on IS NULL AND d > t.deadline)),
seen AS (
    SELECT unit_id, place_type, place_id, times FROM places WHERE clause_id = '五.3'
        AND (place_type, place_id) NOT IN (SELECT place_type, place_id FROM untested)),
latest AS (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY place_type, place_id, sampling_point
        ORDER BY sampled_on DESC, sample_id DESC) AS age
    FROM tests JOIN verdicts USING (sample_id) WHERE passed = 0),
failing AS (
    SELECT DISTINCT l.unit_id, l.place_type, l.place_id
    FROM run, latest AS l
    WHERE l.age = 1 AND NOT says('G13', 'literal')
        AND (l.place_type = '工程' OR (l.place_type = '村' AND says('G40', 'village')))
        AND NOT EXISTS (SELECT 1 FROM tests AS x
            WHERE x.place_type = l.place_type AND x.place_id = l.place_id
                AND x.sampling_point = l.sampling_point AND x.sampled_on > l.sampled_on
                AND l.sample_id IN (SELECT sample_id FROM judged WHERE met = 0)
                AND NOT EXISTS (
                    SELECT indicator FROM judged WHERE sample_id = l.sample_id AND met = 0
                    EXCEPT
                    SELECT indicator FROM judged WHERE sample_id = x.sample_id AND met = 1))
        AND NOT EXISTS (SELECT 1 FROM tests AS x JOIN verdicts AS v USING (sample_id)
            WHERE x.place_type = l.place_type AND x.place_id = l.place_id
                AND x.sampling_point = l.sampling_point AND x.sampled_on > l.sampled_on
                AND v.passed = 1
                AND l.sample_id NOT IN (SELECT sample_id FROM judged WHERE met = 0))
        AND l.sample_id NOT IN (
            SELECT r.retest_of_id FROM tests AS r JOIN verdicts AS v USING (sample_id)
            WHERE r.retest_of_id IS NOT NULL AND v.passed = 1 AND r.sampled_on >= l.sampled_on)
        AND l.sample_id NOT IN (
            SELECT i.sample_id FROM issues AS i JOIN lives USING (issue_id)
            WHERE i.sample_id IS NOT NULL AND state NOT IN ('已销号', '已作废')
                AND d <= limit_on AND NOT reopened))
SELECT unit_id, SUM(n) FROM (
    SELECT unit_id, 1 AS n FROM untested
    UNION ALL SELECT unit_id, 1 FROM seldom
    UNION ALL SELECT unit_id, times FROM seen
    UNION ALL SELECT unit_id, 1 FROM overdue
    WHERE (place_type, place_id) NOT IN (SELECT place_type, place_id FROM seen)
    UNION ALL SELECT unit_id, 1 FROM failing
    UNION ALL SELECT unit_id, times FROM places
    WHERE clause_id = 'SZ2' AND says('G13', 'filed-too'))
GROUP BY unit_id
"""
