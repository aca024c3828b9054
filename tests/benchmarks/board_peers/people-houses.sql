-- The figures of the people and houses board over one stretch, as a person would ask for them: an aggregate of
-- each source. A column is named after its figure, FIGURE_of is what that is taken of.
SELECT r.residents, r.registered, r.floating, r.elderly, r.alone, r.residents AS density, g.hectares AS density_of, h.houses,
       h.self_occupied, h.rented, h.vacant, u.households, r.fields + h.fields AS completeness,
       4 * r.residents + 2 * h.houses AS completeness_of, r.fresh + h.fresh AS freshness, r.residents + h.houses AS freshness_of,
       r.residents AS residents_per_grid, g.grids AS residents_per_grid_of,
       s.accuracy, s.accuracy_of, s.accuracy_of AS checked, d.checked_of, v.*, g.grids, w.workers, w.staffed, g.grids AS staffed_of, c.*, i.found, i.found_of, o.load, g.grids AS load_of
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
      WHERE h.left_on IS NULL AND o.lft BETWEEN {lft} AND {rgt}) AS u
CROSS JOIN (
      SELECT count(*) AS accuracy_of, count(*) FILTER (WHERE s.result = 'correct') AS accuracy
      FROM gridseat.spot_check AS s JOIN gridseat.grid AS g ON g.id = s.grid_id JOIN gridseat.organisation AS o ON o.id = g.organisation_id
      WHERE s.result IS NOT NULL AND (s.checked_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN {since} AND {until}
        AND o.lft BETWEEN {lft} AND {rgt}) AS s
CROSS JOIN (
      SELECT count(*) AS checked_of
      FROM gridseat.spot_check AS s JOIN gridseat.grid AS g ON g.id = s.grid_id JOIN gridseat.organisation AS o ON o.id = g.organisation_id
      WHERE s.month BETWEEN date_trunc('month', {since}) AND {until} AND o.lft BETWEEN {lft} AND {rgt}) AS d
CROSS JOIN (
      SELECT count(*) AS visits_of, count(*) FILTER (WHERE v.result <> 'absent') AS visits
      FROM gridseat.visit_task AS v JOIN gridseat.grid AS g ON g.id = v.grid_id JOIN gridseat.organisation AS o ON o.id = g.organisation_id
      WHERE v.due_on BETWEEN {since} AND {until} AND o.lft BETWEEN {lft} AND {rgt}) AS v
CROSS JOIN (
      SELECT count(DISTINCT g.id) AS grids, round(coalesce(sum(gridseat.ring_area(x.ring, x.hole)), 0) / 10000) AS hectares
      FROM gridseat.grid AS g JOIN gridseat.organisation AS o ON o.id = g.organisation_id
      LEFT JOIN gridseat.grid_ring AS x ON x.grid_id = g.id
      WHERE g.kind = 'comprehensive' AND g.ended_at IS NULL AND o.lft BETWEEN {lft} AND {rgt}) AS g
CROSS JOIN (
      SELECT count(*) AS workers, count(DISTINCT g.id) AS staffed
      FROM gridseat.staff AS s JOIN gridseat.organisation AS o ON o.id = s.organisation_id
      LEFT JOIN gridseat.grid AS g ON g.id = s.grid_id AND g.kind = 'comprehensive' AND g.ended_at IS NULL
      WHERE s.kind IN ('full_time', 'part_time') AND o.lft BETWEEN {lft} AND {rgt}) AS w
CROSS JOIN (
      SELECT count(*) AS covered_of, count(*) FILTER (WHERE EXISTS (SELECT FROM gridseat.grid AS g
                 WHERE g.organisation_id = o.id AND g.kind = 'comprehensive' AND g.ended_at IS NULL)) AS covered
      FROM gridseat.organisation AS o WHERE o.level = 'community' AND o.lft BETWEEN {lft} AND {rgt}) AS c
CROSS JOIN (
      SELECT count(*) AS found_of,
             count(*) FILTER (WHERE i.channel IN ('grid_worker', 'dedicated_grid', 'patrol', 'door_to_door')) AS found
      FROM gridseat.incident AS i
      WHERE i.received_at BETWEEN {starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted) AS i
CROSS JOIN (
      SELECT count(*) AS load FROM gridseat.incident AS i
      WHERE i.status IN ('reported', 'accepted', 'dispatched', 'handling', 'handled', 'verified', 'suspended')
        AND i.received_at <= {present} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted) AS o
