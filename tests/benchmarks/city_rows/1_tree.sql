-- A city of the largest size known: 22 counties, 264 townships, 4,488 communities, 407 departments, 68,049 grids,
-- 100,556 workers, and a seat with its supervisor in every centre. {now} is the hour at which its clock stands.
INSERT INTO gridseat.organisation (code, name, level, parent_id, lft, rgt, centre)
VALUES ('3701', '大明市', 'city', NULL, 0, 1, true);
INSERT INTO gridseat.organisation (code, name, level, parent_id, lft, rgt, centre)
SELECT '3701' || lpad(n::text, 2, '0'), '第' || n || '县', 'county', o.id, 0, 1, true
FROM generate_series(1, 22) AS n, gridseat.organisation AS o WHERE o.level = 'city';
INSERT INTO gridseat.organisation (code, name, level, parent_id, lft, rgt, centre)
SELECT o.code || lpad((100 + n)::text, 3, '0'), o.name || '第' || n || '镇', 'township', o.id, 0, 1, true
FROM generate_series(1, 12) AS n, gridseat.organisation AS o WHERE o.level = 'county';
INSERT INTO gridseat.organisation (code, name, level, parent_id, lft, rgt)
SELECT o.code || lpad(n::text, 3, '0'), o.name || '第' || n || '村民委员会', 'community', o.id, 0, 1
FROM generate_series(1, 17) AS n, gridseat.organisation AS o WHERE o.level = 'township';
INSERT INTO gridseat.organisation (code, name, level, parent_id, lft, rgt)
SELECT o.code || '-D' || lpad(n::text, 2, '0'), o.name || '第' || n || '局', 'department', o.id, 0, 1
FROM gridseat.organisation AS o CROSS JOIN generate_series(1, 18) AS n
WHERE o.level = 'county' OR (o.level = 'city' AND n <= 11);
SELECT gridseat.renumber_tree();

-- Squares of 300 m side by side, a community's one after another.
CREATE UNLOGGED TABLE public.grids AS
SELECT s.n, c.id AS community_id, c.lft, c.township_id, t.lft AS township_lft, t.parent_id AS county_id
FROM generate_series(0, {grids} - 1) AS s (n)
JOIN (SELECT o.id, o.lft, o.parent_id AS township_id, row_number() OVER (ORDER BY o.lft) - 1 AS k,
             count(*) OVER () AS of_all
      FROM gridseat.organisation AS o WHERE o.level = 'community') AS c ON c.k = s.n * c.of_all / {grids}
JOIN gridseat.organisation AS t ON t.id = c.township_id;
INSERT INTO gridseat.grid (id, code, name, kind, organisation_id, outline) OVERRIDING SYSTEM VALUE
SELECT g.n + 1, 'G' || lpad(g.n::text, 6, '0'), '第' || g.n || '网格', 'comprehensive', g.community_id, '\x'
FROM public.grids AS g;
SELECT setval(pg_get_serial_sequence('gridseat.grid', 'id'), {grids});
INSERT INTO gridseat.grid_ring (grid_id, hole, ring)
SELECT g.n + 1, false, polygon(box(point(114 + g.n % 261 * 0.0034, 36 + g.n / 261 * 0.0027),
                                   point(114.0034 + g.n % 261 * 0.0034, 36.0027 + g.n / 261 * 0.0027)))
FROM public.grids AS g;
INSERT INTO gridseat.staff (id, code, name, kind, grid_id, organisation_id) OVERRIDING SYSTEM VALUE
SELECT w + 1, 'W' || w, '网格员' || w, CASE WHEN w < {grids} THEN 'full_time' ELSE
           (ARRAY['head', 'deputy', 'part_time', 'part_time', 'liaison', 'mediator', 'volunteer'])[1 + w % 7] END,
       g.n + 1, g.community_id
FROM generate_series(0, 100555) AS w JOIN public.grids AS g ON g.n = w * 13::bigint % {grids};
SELECT setval(pg_get_serial_sequence('gridseat.staff', 'id'), 100556);

SELECT gridseat.put_person('seat ' || o.code, '坐席' || o.code, ARRAY['seat', 'supervisor'], o.id, NULL, NULL)
FROM gridseat.organisation AS o WHERE o.centre;
INSERT INTO gridseat.presence (person_id, signed_in_at, seen_at)
SELECT p.id, timestamptz '{now}' - interval '3 hours', timestamptz '{now}'
FROM gridseat.person AS p WHERE p.login LIKE 'seat %';
