-- once: what came in, and how far it has come
WITH r AS MATERIALIZED (
    SELECT width_bucket(i.received_at, {edges}) AS step, CASE WHEN n.now THEN k.group_name END AS class,
           CASE WHEN n.now THEN i.channel END AS channel,
           CASE WHEN n.now THEN ((extract(isodow FROM n.at) - 1) * 24 + extract(hour FROM n.at))::integer END AS hour,
           i.status = 'closed' AND i.closed_at <= n.upto AS closed, t.accepted_at <= n.upto AS accepted, greatest(t.accepted_at, p.sent_at) <= n.upto
               AND t.accepted_at IS NOT NULL AND p.sent_at IS NOT NULL AS sent, t.answered_at <= n.upto AS answered,
           num_nonnulls(t.accepted_at, p.sent_at, t.answered_at) = 3 AS whole
    FROM gridseat.incident AS i JOIN gridseat.catalogue_class AS k ON k.id = i.class_id
    CROSS JOIN LATERAL (SELECT i.received_at >= {starts} AS now, i.received_at AT TIME ZONE '{zone}' AS at,
                               CASE WHEN i.received_at >= {starts} THEN {ends} ELSE {before_ends} END AS upto) AS n
    LEFT JOIN (SELECT t.number, min(t.at) FILTER (WHERE t.action = 'accept') AS accepted_at,
                      min(t.at) FILTER (WHERE t.action = 'feedback') AS answered_at FROM gridseat.timeline AS t
               WHERE t.action IN ('accept', 'feedback') AND t.at >= {before_starts} GROUP BY t.number) AS t ON t.number = i.number
    LEFT JOIN (SELECT p.number, min(p.since) AS sent_at FROM gridseat.party AS p
               WHERE p.kind = 'lead' AND p.since >= {before_starts} GROUP BY p.number) AS p ON p.number = i.number
    WHERE i.received_at BETWEEN {before_starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted
)
SELECT CASE WHEN grouping(r.step) = 0 THEN 'step' WHEN grouping(r.class) = 0 THEN 'received/class'
            WHEN grouping(r.channel) = 0 THEN 'received/channel' ELSE 'received/hour' END AS by,
       coalesce(r.step::text, r.class, r.channel, r.hour::text) AS part, count(*) AS received, count(*) FILTER (WHERE r.closed) AS hits,
       count(*) FILTER (WHERE r.accepted) AS acceptance, count(*) AS acceptance_of, count(*) FILTER (WHERE r.sent) AS sent,
       count(*) FILTER (WHERE r.sent AND r.answered) AS answered,
       count(*) FILTER (WHERE r.sent AND r.answered AND r.closed) AS finished, count(*) FILTER (WHERE r.closed AND NOT r.whole) AS direct
FROM r GROUP BY GROUPING SETS ((r.step), (r.class), (r.channel), (r.hour));

-- once: what was closed
WITH c AS MATERIALIZED (
    SELECT width_bucket(i.closed_at, {edges}) AS step, i.closed_at >= {starts} AS now, i.outcome, d.dispute, t.facts ->> 'agreement' AS agreement,
           extract(epoch FROM i.closed_at - i.received_at) AS seconds
    FROM gridseat.incident AS i JOIN gridseat.class_groups() AS d ON d.id = i.class_id
    LEFT JOIN gridseat.timeline AS t ON d.dispute AND t.number = i.number AND t.action = 'close'
    WHERE i.status = 'closed' AND i.closed_at BETWEEN {before_starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted
)
SELECT 'step' AS by, c.step::text AS part, count(*) AS closed, count(*) FILTER (WHERE c.outcome IN ('answered', 'at_once')) AS at_once,
       count(*) AS at_once_of, count(*) FILTER (WHERE c.dispute AND c.agreement IS NOT NULL) AS mediated,
       count(*) FILTER (WHERE c.dispute) AS mediated_of, count(*) FILTER (WHERE c.dispute AND c.agreement = 'yes') AS agreement,
       count(*) FILTER (WHERE c.dispute AND c.agreement IS NOT NULL) AS agreement_of, NULL::numeric AS to_close, NULL::numeric AS to_close_p90
FROM c GROUP BY c.step
UNION ALL
SELECT 'stretch', c.now::text, NULL, NULL, NULL, NULL, NULL, NULL, NULL, percentile_disc(0.5) WITHIN GROUP (ORDER BY c.seconds),
       percentile_disc(0.9) WITHIN GROUP (ORDER BY c.seconds)
FROM c WHERE c.step <> 2 GROUP BY c.now;

-- once: what fell due
SELECT CASE WHEN grouping(k.step) = 0 THEN 'step' ELSE 'child' END AS by, coalesce(k.step, k.child)::text AS part,
       count(*) FILTER (WHERE k.closed) AS closing, count(*) AS closing_of, count(*) FILTER (WHERE k.on_time) AS on_time, count(*) AS on_time_of
FROM (SELECT width_bucket(k.due, {edges}) AS step, CASE WHEN k.due >= {starts} THEN width_bucket(i.place_lft, {children}) END AS child,
             i.status = 'closed' AND i.closed_at <= CASE WHEN k.due >= {starts} THEN {ends} ELSE {before_ends} END AS closed,
             i.status IN ('handled', 'verified', 'closed') AND k.stopped_at <= k.due AS on_time
      FROM gridseat.clock AS k JOIN gridseat.incident AS i ON i.number = k.number
      WHERE k.stage = 'handling' AND k.due BETWEEN {before_starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted
        AND i.status IN ('dispatched', 'handling', 'handled', 'verified', 'closed')) AS k
GROUP BY GROUPING SETS ((k.step), (k.child));

-- once: what was handled
SELECT 'step' AS by, width_bucket(k.started_at, {edges})::text AS part, count(*) FILTER (WHERE i.reworks > 0) AS rework, count(*) AS rework_of
FROM gridseat.clock AS k JOIN gridseat.incident AS i ON i.number = k.number
WHERE k.stage = 'verify' AND k.started_at BETWEEN {before_starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt}
  AND NOT i.restricted AND NOT i.at_once GROUP BY 2;

-- once: what was dispatched
WITH s AS MATERIALIZED (
    SELECT width_bucket(p.since, {edges}) AS step, p.since >= {starts} AS now, p.first = p.last AS correct, i.returns,
           extract(epoch FROM p.since - i.received_at) AS seconds
    FROM (SELECT p.number, min(p.since) AS since, min(p.organisation_id) AS first, max(p.organisation_id) AS last
          FROM gridseat.party AS p WHERE p.kind = 'lead' GROUP BY p.number) AS p
    JOIN gridseat.incident AS i ON i.number = p.number
    WHERE p.since BETWEEN {before_starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted
)
SELECT 'step' AS by, s.step::text AS part, count(*) FILTER (WHERE s.correct) AS correct, count(*) AS correct_of,
       count(*) FILTER (WHERE s.returns > 0) AS returned, count(*) AS returned_of, NULL::numeric AS to_dispatch, NULL::numeric AS to_dispatch_p90
FROM s GROUP BY s.step
UNION ALL
SELECT 'stretch', s.now::text, NULL, NULL, NULL, NULL, percentile_disc(0.5) WITHIN GROUP (ORDER BY s.seconds),
       percentile_disc(0.9) WITHIN GROUP (ORDER BY s.seconds)
FROM s WHERE s.step <> 2 GROUP BY s.now;

-- once: what was accepted
WITH a AS MATERIALIZED (
    SELECT width_bucket(t.at, {edges}) AS step, t.at >= {starts} AS now, i.extensions, extract(epoch FROM t.at - i.received_at) AS seconds
    FROM gridseat.timeline AS t JOIN gridseat.incident AS i ON i.number = t.number
    WHERE t.action = 'accept' AND t.at BETWEEN {before_starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted
)
SELECT 'step' AS by, a.step::text AS part, count(*) FILTER (WHERE a.extensions > 0) AS extension, count(*) AS extension_of,
       NULL::numeric AS to_accept, NULL::numeric AS to_accept_p90
FROM a GROUP BY a.step
UNION ALL
SELECT 'stretch', a.now::text, NULL, NULL, percentile_disc(0.5) WITHIN GROUP (ORDER BY a.seconds), percentile_disc(0.9) WITHIN GROUP (ORDER BY a.seconds)
FROM a WHERE a.step <> 2 GROUP BY a.now;

-- once: what was closed for the first time
SELECT 'step' AS by, width_bucket(t.at, {edges})::text AS part, count(*) FILTER (WHERE i.reopens > 0) AS reopening, count(*) AS reopening_of
FROM gridseat.timeline AS t JOIN gridseat.incident AS i ON i.number = t.number
WHERE t.action IN ('answer', 'close') AND t.at BETWEEN {before_starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted
GROUP BY 2;

-- once: where somebody arrived
SELECT 'stretch' AS by, (p.arrived_at >= {starts})::text AS part,
       percentile_disc(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM p.arrived_at - i.received_at)) AS to_arrival,
       percentile_disc(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM p.arrived_at - i.received_at)) AS to_arrival_p90
FROM gridseat.party AS p JOIN gridseat.incident AS i ON i.number = p.number
WHERE p.arrived_at BETWEEN {before_starts} AND {ends} AND width_bucket(p.arrived_at, {edges}) <> 2
  AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted GROUP BY 2;

-- once: what reporters answered
SELECT 'step' AS by, width_bucket(t.at, {edges})::text AS part,
       count(*) FILTER (WHERE t.facts ->> 'contacted' IN ('yes', 'no')) AS reached_of, count(*) FILTER (WHERE t.facts ->> 'contacted' = 'yes') AS reached,
       count(*) FILTER (WHERE t.facts ->> 'solved' IN ('yes', 'no')) AS solved_of, count(*) FILTER (WHERE t.facts ->> 'solved' = 'yes') AS solved,
       count(*) FILTER (WHERE t.facts ->> 'satisfied' IN ('yes', 'no')) AS satisfied_of, count(*) FILTER (WHERE t.facts ->> 'satisfied' = 'yes') AS satisfied
FROM gridseat.timeline AS t JOIN gridseat.incident AS i ON i.number = t.number
WHERE t.action = 'follow-up' AND t.at BETWEEN {before_starts} AND {ends} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted
GROUP BY 2;

-- once: what is open
SELECT 'present' AS by, 'true' AS part, count(*) AS open, count(*) FILTER (WHERE i.due <= {present}) AS overdue FROM gridseat.incident AS i
WHERE i.status IN ('reported', 'accepted', 'dispatched', 'handling', 'handled', 'verified', 'suspended')
  AND i.received_at <= {present} AND i.place_lft BETWEEN {lft} AND {rgt} AND NOT i.restricted
