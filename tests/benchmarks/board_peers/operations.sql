-- once: how soon cases were picked up
SELECT 'step' AS by, width_bucket(k.started_at, {edges})::text AS part,
       count(*) FILTER (WHERE k.stopped_at <= k.started_at + interval '60 seconds') AS prompt, count(*) AS prompt_of
FROM gridseat.clock AS k JOIN gridseat.incident AS i ON i.number = k.number
WHERE k.stage = 'accept' AND k.clock = 'continuous' AND k.started_at BETWEEN {before_starts} AND {ends}
  AND k.started_at <= {ends} - interval '60 seconds' AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted GROUP BY 2;

-- once: what was to be acknowledged
SELECT CASE WHEN grouping(k.step) = 0 THEN 'step' ELSE 'child' END AS by, coalesce(k.step, k.child)::text AS part,
       count(*) FILTER (WHERE k.stopped_at <= k.due) AS acknowledged, count(*) AS acknowledged_of
FROM (SELECT width_bucket(k.due, {edges}) AS step, CASE WHEN k.due >= {starts} THEN width_bucket(i.place_lft, {children}) END AS child,
             k.stopped_at, k.due
      FROM gridseat.clock AS k JOIN gridseat.incident AS i ON i.number = k.number
      WHERE k.stage = 'acknowledge' AND k.due BETWEEN {before_starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted
        AND i.status IN ('dispatched', 'handling', 'handled', 'verified', 'closed')) AS k
GROUP BY GROUPING SETS ((k.step), (k.child));

-- once: what fell due, by unit
SELECT 'on_time/unit' AS by, u.code AS part, count(*) AS cases,
       count(*) FILTER (WHERE i.status IN ('handled', 'verified', 'closed') AND k.stopped_at <= k.due) AS hits
FROM gridseat.clock AS k JOIN gridseat.incident AS i ON i.number = k.number JOIN gridseat.organisation AS u ON u.id = i.lead_unit_id
WHERE k.stage = 'handling' AND k.due BETWEEN {starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted
  AND i.status IN ('dispatched', 'handling', 'handled', 'verified', 'closed') GROUP BY u.code;

-- once: what was handled, by unit
SELECT 'rework/unit' AS by, u.code AS part, count(*) AS cases, count(*) FILTER (WHERE i.reworks > 0) AS hits
FROM gridseat.clock AS k JOIN gridseat.incident AS i ON i.number = k.number JOIN gridseat.organisation AS u ON u.id = i.lead_unit_id
WHERE k.stage = 'verify' AND k.started_at BETWEEN {starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted
  AND NOT i.at_once GROUP BY u.code;

-- once: what was closed, by hour of the week
SELECT 'closed/hour' AS by, ((extract(isodow FROM c.at) - 1) * 24 + extract(hour FROM c.at))::integer::text AS part, count(*) AS cases
FROM (SELECT i.closed_at AT TIME ZONE '{zone}' AS at FROM gridseat.incident AS i
      WHERE i.status = 'closed' AND i.closed_at BETWEEN {starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted) AS c
GROUP BY 2;

-- once: what reporters answered
SELECT 'answers' AS by, 'true' AS part,
       count(*) FILTER (WHERE t.facts ->> 'contacted' IN ('yes', 'no')) AS reached_of, count(*) FILTER (WHERE t.facts ->> 'contacted' = 'yes') AS reached,
       count(*) FILTER (WHERE t.facts ->> 'solved' IN ('yes', 'no')) AS solved_of, count(*) FILTER (WHERE t.facts ->> 'solved' = 'yes') AS solved,
       count(*) FILTER (WHERE t.facts ->> 'satisfied' IN ('yes', 'no')) AS satisfied_of, count(*) FILTER (WHERE t.facts ->> 'satisfied' = 'yes') AS satisfied
FROM gridseat.timeline AS t JOIN gridseat.incident AS i ON i.number = t.number
WHERE t.action = 'follow-up' AND t.at BETWEEN {starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted;

-- once: what grids found
SELECT 'step' AS by, width_bucket(i.received_at, {edges})::text AS part, count(*) AS reports_per_worker FROM gridseat.incident AS i
WHERE i.received_at BETWEEN {before_starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted
  AND i.channel IN ('grid_worker', 'dedicated_grid', 'patrol', 'door_to_door') GROUP BY 2;

-- once: what holds now
SELECT 'present' AS by, 'true' AS part, c.claimed, s.seated, s.claims AS load_per_seat, s.seated AS load_per_seat_of,
       s.minutes AS claim_age, s.claims AS claim_age_of, w.workers AS reports_per_worker_of, g.joined AS group_reach, h.households AS group_reach_of,
       h.households AS patrolled_of, g.groups AS groups_live_of
FROM (SELECT count(*) AS claimed FROM gridseat.incident AS i
      WHERE i.status IN ('reported', 'accepted', 'dispatched', 'handling', 'handled', 'verified', 'suspended')
        AND i.claim_until > {present} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted AND i.claim_person_id IN (
            SELECT x.person_id FROM gridseat.presence AS x WHERE x.seen_at > {present} - interval '30 seconds')) AS c
CROSS JOIN (
      SELECT count(DISTINCT p.id) AS seated, count(i.number) AS claims,
             coalesce(sum(floor(extract(epoch FROM {present} - i.claim_at) / 60)), 0)::bigint AS minutes
      FROM gridseat.presence AS x JOIN gridseat.person AS p ON p.id = x.person_id
      JOIN gridseat.organisation AS o ON o.id = p.organisation_id
      LEFT JOIN gridseat.incident AS i ON i.claim_person_id = p.id AND i.claim_until > {present} AND NOT i.restricted
      WHERE x.seen_at > {present} - interval '30 seconds' AND o.lft BETWEEN {lft} AND {rgt}) AS s
CROSS JOIN (
      SELECT count(*) AS workers FROM gridseat.staff AS s JOIN gridseat.organisation AS o ON o.id = s.organisation_id
      WHERE s.kind IN ('full_time', 'part_time') AND o.lft BETWEEN {lft} AND {rgt}) AS w
CROSS JOIN (
      SELECT coalesce(sum(m.joined), 0)::bigint AS joined, count(*) AS groups
      FROM gridseat.message_group AS m JOIN gridseat.organisation AS o ON o.id = m.organisation_id WHERE o.lft BETWEEN {lft} AND {rgt}) AS g
CROSS JOIN (
      SELECT greatest(count(*), (SELECT sum(t.households) FROM gridseat.grid_households AS t
                 JOIN gridseat.organisation AS o ON o.id = t.organisation_id WHERE o.lft BETWEEN {lft} AND {rgt}))::bigint AS households
      FROM gridseat.household AS h
      JOIN gridseat.grid AS g ON g.id = h.grid_id JOIN gridseat.organisation AS o ON o.id = g.organisation_id
      WHERE h.left_on IS NULL AND o.lft BETWEEN {lft} AND {rgt}) AS h;

-- both: daily work
SELECT d.*, v.patrolled, g.groups_live, z.patrols, l.*, x.visits AS household_visits,
       n.inspected, n.inspected_of, n.passed AS inspection_passed, n.inspected AS inspection_passed_of, f.*
FROM (SELECT count(*) FILTER (WHERE a.due) AS on_duty_of, count(*) FILTER (WHERE a.due AND a.came IS NOT NULL) AS on_duty
      FROM gridseat.attendance AS a JOIN gridseat.organisation AS o ON o.id = a.organisation_id
      WHERE a.day BETWEEN {since} AND {until} AND o.lft BETWEEN {lft} AND {rgt}) AS d
CROSS JOIN (
      SELECT count(*) AS patrolled FROM (
          SELECT DISTINCT v.organisation_id, v.household FROM gridseat.visit AS v JOIN gridseat.organisation AS o ON o.id = v.organisation_id
          WHERE v.day BETWEEN {since} AND {until} AND o.lft BETWEEN {lft} AND {rgt}) AS v) AS v
CROSS JOIN (
      SELECT count(*) AS groups_live FROM gridseat.message_group AS m JOIN gridseat.organisation AS o ON o.id = m.organisation_id
      WHERE m.last_message BETWEEN {since} AND {until} AND o.lft BETWEEN {lft} AND {rgt}) AS g
CROSS JOIN (
      SELECT count(*) AS patrols FROM gridseat.patrol AS z JOIN gridseat.organisation AS o ON o.id = z.organisation_id
      WHERE z.day BETWEEN {since} AND {until} AND o.lft BETWEEN {lft} AND {rgt}) AS z
CROSS JOIN (
      SELECT count(*) AS answered_15s_of, count(*) FILTER (WHERE l.answered <= l.rang + interval '15 seconds') AS answered_15s
      FROM gridseat.call AS l JOIN gridseat.organisation AS o ON o.id = l.organisation_id
      WHERE l.day BETWEEN {since} AND {until} AND o.lft BETWEEN {lft} AND {rgt}) AS l
CROSS JOIN (
      SELECT count(*) AS visits FROM gridseat.visit AS v JOIN gridseat.organisation AS o ON o.id = v.organisation_id
      WHERE v.day BETWEEN {since} AND {until} AND o.lft BETWEEN {lft} AND {rgt}) AS x
CROSS JOIN (
      SELECT count(*) AS inspected_of, count(*) FILTER (WHERE n.passed IS NOT NULL) AS inspected, count(*) FILTER (WHERE n.passed) AS passed
      FROM gridseat.inspection AS n JOIN gridseat.organisation AS o ON o.id = n.organisation_id
      WHERE NOT n.hidden AND n.month BETWEEN date_trunc('month', {since}) AND {until} AND o.lft BETWEEN {lft} AND {rgt}) AS n
CROSS JOIN (
      SELECT count(*) AS flags_kept_of, count(*) FILTER (WHERE f.kept) AS flags_kept
      FROM gridseat.flag_month AS f JOIN gridseat.organisation AS o ON o.id = f.organisation_id
      WHERE f.month BETWEEN date_trunc('month', {since}) AND {until} AND o.lft BETWEEN {lft} AND {rgt}) AS f
