-- once: who lives there, and in what
SELECT 'present' AS by, 'true' AS part, r.residents, r.registered, r.floating, r.elderly, r.alone, r.residents AS density, h.houses,
       h.self_occupied, h.rented, h.vacant, u.households, r.fields + h.fields AS completeness,
       4 * r.residents + 2 * h.houses AS completeness_of, r.fresh + h.fresh AS freshness, r.residents + h.houses AS freshness_of,
       r.residents AS residents_per_grid
FROM (SELECT count(*) AS residents, count(*) FILTER (WHERE r.kind = 'registered') AS registered,
             count(*) FILTER (WHERE r.kind = 'floating') AS floating,
             count(*) FILTER (WHERE r.birth_year <= {year} - 60) AS elderly,
             count(*) FILTER (WHERE r.birth_year <= {year} - 60 AND r.alone) AS alone,
             coalesce(sum(r.filled), 0) AS fields, count(*) FILTER (WHERE r.confirmed_on BETWEEN {today} - 89 AND {today}) AS fresh
      FROM gridseat.resident AS r JOIN gridseat.grid AS g ON g.id = r.grid_id JOIN gridseat.organisation AS o ON o.id = g.organisation_id
      WHERE r.left_on IS NULL AND o.lft BETWEEN {lft} AND {rgt}) AS r
CROSS JOIN (
      SELECT count(*) AS houses, count(*) FILTER (WHERE h.use = 'self_occupied') AS self_occupied,
             count(*) FILTER (WHERE h.use = 'rented') AS rented, count(*) FILTER (WHERE h.use = 'vacant') AS vacant,
             coalesce(sum(h.filled), 0) AS fields, count(*) FILTER (WHERE h.confirmed_on BETWEEN {today} - 89 AND {today}) AS fresh
      FROM gridseat.house AS h JOIN gridseat.grid AS g ON g.id = h.grid_id JOIN gridseat.organisation AS o ON o.id = g.organisation_id
      WHERE h.left_on IS NULL AND o.lft BETWEEN {lft} AND {rgt}) AS h
CROSS JOIN (
      SELECT count(*) AS households
      FROM gridseat.household AS h JOIN gridseat.grid AS g ON g.id = h.grid_id JOIN gridseat.organisation AS o ON o.id = g.organisation_id
      WHERE h.left_on IS NULL AND o.lft BETWEEN {lft} AND {rgt}) AS u;

-- once: grids and their area
SELECT CASE WHEN grouping(g.child) = 0 THEN 'grids' ELSE 'present' END AS by, coalesce(g.child::text, 'true') AS part,
       count(*) AS grids, count(*) AS residents_per_grid_of, count(*) AS staffed_of, count(*) AS load_of,
       round(sum(g.area) / 10000) AS density_of, count(DISTINCT g.organisation_id) AS covered
FROM (SELECT width_bucket(o.lft, {children}) AS child, g.organisation_id, coalesce(a.area, 0) AS area
      FROM gridseat.grid AS g JOIN gridseat.organisation AS o ON o.id = g.organisation_id
      LEFT JOIN (SELECT x.grid_id, sum(gridseat.ring_area(x.ring, x.hole)) AS area FROM gridseat.grid_ring AS x GROUP BY 1) AS a ON a.grid_id = g.id
      WHERE g.kind = 'comprehensive' AND g.ended_at IS NULL AND o.lft BETWEEN {lft} AND {rgt}) AS g
GROUP BY GROUPING SETS ((), (g.child));

-- once: who works there
SELECT CASE WHEN grouping(s.child) = 0 THEN 'workers' WHEN grouping(s.kind) = 0 THEN 'staff' ELSE 'present' END AS by,
       coalesce(s.child::text, s.kind, 'true') AS part, count(*) AS people, count(*) FILTER (WHERE s.worker) AS workers,
       count(DISTINCT s.grid_id) FILTER (WHERE s.worker) AS staffed
FROM (SELECT width_bucket(o.lft, {children}) AS child, s.kind, s.kind IN ('full_time', 'part_time') AS worker, g.id AS grid_id
      FROM gridseat.staff AS s JOIN gridseat.organisation AS o ON o.id = s.organisation_id
      LEFT JOIN gridseat.grid AS g ON g.id = s.grid_id AND g.kind = 'comprehensive' AND g.ended_at IS NULL
      WHERE o.lft BETWEEN {lft} AND {rgt}) AS s
GROUP BY GROUPING SETS ((), (s.child), (s.kind));

-- once: communities, and what is open
SELECT 'present' AS by, 'true' AS part, (SELECT count(*) FROM gridseat.organisation AS o WHERE o.level = 'community' AND o.lft BETWEEN {lft} AND {rgt}) AS covered_of,
       (SELECT count(*) FROM gridseat.incident AS i
        WHERE i.status IN ('reported', 'accepted', 'dispatched', 'handling', 'handled', 'verified', 'suspended')
          AND i.received_at <= {present} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted) AS load;

-- once: what grids found
SELECT CASE WHEN grouping(f.step) = 0 THEN 'step' WHEN grouping(f.child) = 0 THEN 'child' ELSE 'found/class' END AS by,
       coalesce(f.step::text, f.child::text, f.class) AS part, count(*) FILTER (WHERE f.found) AS found, count(*) AS found_of,
       count(*) FILTER (WHERE f.found) AS hits, count(*) AS cases
FROM (SELECT width_bucket(i.received_at, {edges}) AS step, CASE WHEN n.now THEN width_bucket(i.place_lft, {children}) END AS child,
             CASE WHEN n.now THEN k.group_name END AS class,
             i.channel IN ('grid_worker', 'dedicated_grid', 'patrol', 'door_to_door') AS found
      FROM gridseat.incident AS i JOIN gridseat.catalogue_class AS k ON k.id = i.class_id
      CROSS JOIN LATERAL (SELECT i.received_at >= {starts}) AS n (now)
      WHERE i.received_at BETWEEN {before_starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted) AS f
GROUP BY GROUPING SETS ((f.step), (f.child), (f.class));

-- both: checks and visits
SELECT s.accuracy, s.accuracy_of, d.checked, d.checked_of, v.*
FROM (SELECT count(*) AS accuracy_of, count(*) FILTER (WHERE s.result = 'correct') AS accuracy
      FROM gridseat.spot_check AS s JOIN gridseat.grid AS g ON g.id = s.grid_id JOIN gridseat.organisation AS o ON o.id = g.organisation_id
      WHERE s.result IS NOT NULL AND (s.checked_at AT TIME ZONE '{zone}')::date BETWEEN {since} AND {until}
        AND o.lft BETWEEN {lft} AND {rgt}) AS s
CROSS JOIN (
      SELECT count(*) AS checked_of, count(*) FILTER (
                 WHERE (s.checked_at AT TIME ZONE '{zone}')::date BETWEEN s.month AND least(s.month + interval '1 month' - interval '1 day', {until})) AS checked
      FROM gridseat.spot_check AS s JOIN gridseat.grid AS g ON g.id = s.grid_id JOIN gridseat.organisation AS o ON o.id = g.organisation_id
      WHERE s.month BETWEEN date_trunc('month', {since}) AND {until} AND o.lft BETWEEN {lft} AND {rgt}) AS d
CROSS JOIN (
      SELECT count(*) AS visits_of, count(*) FILTER (WHERE v.result <> 'absent') AS visits
      FROM gridseat.visit_task AS v JOIN gridseat.grid AS g ON g.id = v.grid_id JOIN gridseat.organisation AS o ON o.id = g.organisation_id
      WHERE v.due_on BETWEEN {since} AND {until} AND o.lft BETWEEN {lft} AND {rgt}) AS v
