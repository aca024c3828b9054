-- A month of daily work in the whole city, and a year of it in its first county.
CREATE UNLOGGED TABLE public.days AS
SELECT date '{now}' - k AS day, k < 31 AS everywhere FROM generate_series(0, 395) AS k;
INSERT INTO gridseat.attendance (staff_id, day, organisation_id, due, came, went)
SELECT s.id, d.day, s.organisation_id, x.k % 7 < 6, CASE WHEN x.k % 17 <> 0 THEN d.day + interval '8 hours' END,
       CASE WHEN x.k % 17 <> 0 AND d.day < date '{now}' THEN d.day + interval '17 hours' END
FROM public.days AS d JOIN gridseat.staff AS s ON s.kind IN ('full_time', 'part_time') AND (d.everywhere OR s.grid_id <= 3093)
CROSS JOIN LATERAL (SELECT s.id + (d.day - date '2020-01-01') AS k) AS x;
INSERT INTO gridseat.patrol (staff_id, started, ended, day, grid_id, organisation_id)
SELECT s.id, d.day + interval '9 hours', d.day + interval '10 hours', d.day, s.grid_id, s.organisation_id
FROM public.days AS d JOIN gridseat.staff AS s ON s.kind = 'full_time' AND (d.everywhere OR s.grid_id <= 3093)
WHERE (s.id + (d.day - date '2020-01-01')) % 3 <> 0;
INSERT INTO gridseat.grid_households (grid_id, organisation_id, households)
SELECT g.n + 1, g.community_id, 20 + g.n % 9 FROM public.grids AS g;
INSERT INTO gridseat.message_group (code, name, organisation_id, grid_id, joined, last_message)
SELECT 'Q' || g.n, '第' || g.n || '网格群', g.community_id, g.n + 1, 10 + g.n % 11, date '{now}' - (g.n % 40)::integer
FROM public.grids AS g;
INSERT INTO gridseat.visit (organisation_id, household, day, staff_id, grid_id, met)
SELECT g.community_id, h.code, d.day, s.id, h.grid_id, h.id % 6 <> 0
FROM public.days AS d JOIN gridseat.household AS h ON h.id % 60 = (d.day - date '2020-01-01') % 60 AND (d.everywhere OR h.grid_id <= 3093)
JOIN public.grids AS g ON g.n = h.grid_id - 1
JOIN (SELECT min(x.id) AS id, x.grid_id FROM gridseat.staff AS x GROUP BY x.grid_id) AS s ON s.grid_id = h.grid_id;
INSERT INTO gridseat.call (organisation_id, code, day, rang, answered)
SELECT o.id, d.day || '-' || k, d.day, d.day + k * interval '20 minutes', CASE WHEN k % 19 <> 0 THEN d.day + k * interval '20 minutes' + k % 23 * interval '1 second' END
FROM public.days AS d JOIN gridseat.organisation AS o ON o.level = 'township' CROSS JOIN generate_series(1, 20) AS k WHERE d.everywhere;
INSERT INTO gridseat.flag_month (organisation_id, month, flag_id, kept, note, told_by, told_at)
SELECT o.id, m.month, f.id, (o.id + f.id) % 29 <> 0, '', 1, m.month
FROM gridseat.organisation AS o CROSS JOIN gridseat.flag AS f
CROSS JOIN (SELECT (date_trunc('month', timestamp '{now}') - k * interval '1 month')::date AS month FROM generate_series(0, 12) AS k) AS m
WHERE o.level = 'community' AND f.ended_at IS NULL;
INSERT INTO gridseat.inspection_draw (organisation_id, month, mode, subject, seed, until, drawn_by)
SELECT o.id, m.month, 'on_site', 'workers', 'seed', timestamptz '{now}', 1
FROM gridseat.organisation AS o
CROSS JOIN (SELECT (date_trunc('month', timestamp '{now}') - k * interval '1 month')::date AS month FROM generate_series(0, 12) AS k) AS m
WHERE o.level = 'county';
INSERT INTO gridseat.inspection (draw_id, month, staff_id, organisation_id, passed, note, told_by, told_at)
SELECT d.id, d.month, s.id, s.organisation_id, s.id % 9 <> 0, '', 1, d.month
FROM gridseat.inspection_draw AS d JOIN gridseat.organisation AS o ON o.id = d.organisation_id
JOIN gridseat.staff AS s ON s.id % 50 = 0 AND s.kind IN ('full_time', 'part_time')
JOIN gridseat.organisation AS p ON p.id = s.organisation_id AND p.lft BETWEEN o.lft AND o.rgt;
DROP TABLE public.days, public.grids;
