-- The figures of the operations board over one stretch, as a person would ask for them: an aggregate of
-- each source. A column is named after its figure, FIGURE_of is what that is taken of.
SELECT c.claimed, p.*, k.*, d.*, v.patrolled, h.households AS patrolled_of, g.joined AS group_reach, h.households AS group_reach_of, g.groups_live, g.groups_live_of, z.patrols,
       l.*, s.seated, s.claims AS load_per_seat, s.seated AS load_per_seat_of, s.minutes AS claim_age, s.claims AS claim_age_of,
       r.reports AS reports_per_worker, w.workers AS reports_per_worker_of, x.visits AS household_visits,
       n.inspected, n.inspected_of, n.passed AS inspection_passed, n.inspected AS inspection_passed_of, f.*
FROM (SELECT count(*) AS claimed FROM gridseat.incident AS i
      WHERE i.status IN ('reported', 'accepted', 'dispatched', 'handling', 'handled', 'verified', 'suspended')
        AND i.claim_until > {present} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted AND i.claim_person_id IN (
            SELECT x.person_id FROM gridseat.presence AS x WHERE x.seen_at > {present} - interval '30 seconds')) AS c
CROSS JOIN (
      SELECT count(*) AS prompt_of, count(*) FILTER (WHERE k.stopped_at <= k.started_at + interval '60 seconds') AS prompt
      FROM gridseat.clock AS k JOIN gridseat.incident AS i ON i.number = k.number
      WHERE k.stage = 'accept' AND k.clock = 'continuous' AND k.started_at BETWEEN {starts} AND {ends}
        AND k.started_at <= {upto} - interval '60 seconds' AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted) AS p
CROSS JOIN (
      SELECT count(*) AS acknowledged_of, count(*) FILTER (WHERE k.stopped_at <= k.due) AS acknowledged
      FROM gridseat.clock AS k JOIN gridseat.incident AS i ON i.number = k.number
      WHERE k.stage = 'acknowledge' AND k.due BETWEEN {starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted
        AND i.status IN ('dispatched', 'handling', 'handled', 'verified', 'closed')) AS k
CROSS JOIN (
      SELECT count(*) FILTER (WHERE a.due) AS on_duty_of, count(*) FILTER (WHERE a.due AND a.came IS NOT NULL) AS on_duty
      FROM gridseat.attendance AS a JOIN gridseat.organisation AS o ON o.id = a.organisation_id
      WHERE a.day BETWEEN {since} AND {until} AND o.lft BETWEEN {lft} AND {rgt}) AS d
CROSS JOIN (
      SELECT greatest(count(*), (SELECT sum(t.households) FROM gridseat.grid_households AS t
                 JOIN gridseat.organisation AS o ON o.id = t.organisation_id WHERE o.lft BETWEEN {lft} AND {rgt}))::bigint AS households
      FROM gridseat.household AS h
      JOIN gridseat.grid AS g ON g.id = h.grid_id JOIN gridseat.organisation AS o ON o.id = g.organisation_id
      WHERE h.left_on IS NULL AND o.lft BETWEEN {lft} AND {rgt}) AS h
CROSS JOIN (
      SELECT count(*) AS patrolled FROM (
          SELECT DISTINCT v.organisation_id, v.household FROM gridseat.visit AS v JOIN gridseat.organisation AS o ON o.id = v.organisation_id
          WHERE v.day BETWEEN {since} AND {until} AND o.lft BETWEEN {lft} AND {rgt}) AS v) AS v
CROSS JOIN (
      SELECT coalesce(sum(m.joined), 0)::bigint AS joined, count(*) AS groups_live_of,
             count(*) FILTER (WHERE m.last_message BETWEEN {since} AND {until}) AS groups_live
      FROM gridseat.message_group AS m JOIN gridseat.organisation AS o ON o.id = m.organisation_id
      WHERE o.lft BETWEEN {lft} AND {rgt}) AS g
CROSS JOIN (
      SELECT count(*) AS patrols FROM gridseat.patrol AS z JOIN gridseat.organisation AS o ON o.id = z.organisation_id
      WHERE z.day BETWEEN {since} AND {until} AND o.lft BETWEEN {lft} AND {rgt}) AS z
CROSS JOIN (
      SELECT count(*) AS answered_15s_of, count(*) FILTER (WHERE l.answered <= l.rang + interval '15 seconds') AS answered_15s
      FROM gridseat.call AS l JOIN gridseat.organisation AS o ON o.id = l.organisation_id
      WHERE l.day BETWEEN {since} AND {until} AND o.lft BETWEEN {lft} AND {rgt}) AS l
CROSS JOIN (
      SELECT count(DISTINCT p.id) AS seated, count(i.number) AS claims,
             coalesce(sum(floor(extract(epoch FROM {present} - i.claim_at) / 60)), 0)::bigint AS minutes
      FROM gridseat.presence AS x JOIN gridseat.person AS p ON p.id = x.person_id
      JOIN gridseat.organisation AS o ON o.id = p.organisation_id
      LEFT JOIN gridseat.incident AS i ON i.claim_person_id = p.id AND i.claim_until > {present} AND NOT i.restricted
      WHERE x.seen_at > {present} - interval '30 seconds' AND o.lft BETWEEN {lft} AND {rgt}) AS s
CROSS JOIN (
      SELECT count(*) AS reports FROM gridseat.incident AS i
      WHERE i.received_at BETWEEN {starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted
        AND i.channel IN ('grid_worker', 'dedicated_grid', 'patrol', 'door_to_door')) AS r
CROSS JOIN (
      SELECT count(*) AS workers FROM gridseat.staff AS s JOIN gridseat.organisation AS o ON o.id = s.organisation_id
      WHERE s.kind IN ('full_time', 'part_time') AND o.lft BETWEEN {lft} AND {rgt}) AS w
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
