-- Spot checks of two months, one a grid, and the visits to those who live alone that fell due in a year.
INSERT INTO gridseat.spot_check (month, grid_id, kind, record_id, drawn_at, result, wrong, checked_at, checked_by)
SELECT m.month, g.n + 1, 'resident', r.id, m.month, CASE WHEN r.id % 4 <> 0 THEN CASE WHEN r.id % 37 = 0 THEN 'wrong' ELSE 'correct' END END,
       CASE WHEN r.id % 4 <> 0 AND r.id % 37 = 0 THEN ARRAY['phone'] ELSE '{{}}' END,
       CASE WHEN r.id % 4 <> 0 THEN least(m.month + r.id % 28 * interval '1 day', timestamptz '{now}') END,
       CASE WHEN r.id % 4 <> 0 THEN 1 END
FROM public.grids AS g
CROSS JOIN LATERAL (SELECT date_trunc('month', timestamp '{now}')::date - k * interval '1 month' AS month, k FROM generate_series(0, 1) AS k) AS m
CROSS JOIN LATERAL (SELECT CASE WHEN g.n = 0 THEN {grids} ELSE g.n END + m.k * {houses} AS id) AS r
WHERE r.id <= {residents};
INSERT INTO gridseat.visit_rule (code, name, kind, min_age, alone, every_days) VALUES ('alone', '独居老人', NULL, 60, true, 30);
INSERT INTO gridseat.visit_task (rule_id, resident_id, grid_id, due_on, done_on, result, done_by)
SELECT v.id, r.id, r.grid_id, d.due, CASE WHEN d.due <= date '{now}' AND r.id % 8 <> 0 THEN d.due END,
       CASE WHEN d.due <= date '{now}' AND r.id % 8 <> 0 THEN 'well' END, CASE WHEN d.due <= date '{now}' AND r.id % 8 <> 0 THEN 1 END
FROM gridseat.visit_rule AS v JOIN gridseat.resident AS r ON r.id % 45 = 0 AND r.birth_year < 1967
CROSS JOIN LATERAL (SELECT date '{now}' + 7 - (r.id % 30)::integer - 30 * k AS due FROM generate_series(0, 13) AS k) AS d
WHERE v.code = 'alone';
