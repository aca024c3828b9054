-- A million cases over 13 months: six in ten settled at once, four in ten dispatched, of which some come back, are late
-- or restricted. Where the clock stands decides how far each has come.
CREATE FUNCTION pg_temp.chance(n bigint, k bigint) RETURNS float8 LANGUAGE sql IMMUTABLE AS
$$ SELECT (hashint8extended(n, k) & 1048575) / 1048576.0 $$;
CREATE FUNCTION pg_temp.upto(n bigint, k bigint, most interval) RETURNS interval LANGUAGE sql IMMUTABLE AS
$$ SELECT most * power((hashint8extended(n, k) & 1048575) / 1048576.0, 2) $$;
CREATE FUNCTION pg_temp.by_now(t timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN t <= timestamptz '{now}' THEN t END $$;

SET LOCAL session_replication_role = replica;  -- no check of each row's keys
CREATE UNLOGGED TABLE public.cases AS
SELECT t.n, t.at_once, t.received, t.grid_n, t.unit_k, k.class_id, k.dispute, t.channel, h.seconds, a.accepted, d.dispatched,
       d.sent_on, e.acknowledged, e.arrived, f.answered, v.verified, c.closed, pg_temp.chance(t.n, 20) < 0.003 AS restricted,
       CASE WHEN pg_temp.chance(t.n, 21) < CASE WHEN t.at_once THEN 0.1 ELSE 0.6 END
            THEN pg_temp.by_now(c.closed + interval '1 hour' + pg_temp.upto(t.n, 22, '2 days')) END AS asked
FROM (
    SELECT n, pg_temp.chance(n, 1) < 0.6 AS at_once, timestamptz '{now}' - ({cases} + 1000 - n) * interval '34 seconds' AS received,
           floor({grids} * pg_temp.chance(n, 2))::bigint AS grid_n, floor(18 * power(pg_temp.chance(n, 3), 2))::bigint AS unit_k,
           (gridseat.channels())[1 + floor(16 * power(pg_temp.chance(n, 4), 2))::integer] AS channel
    FROM generate_series(1001, {cases} + 1000) AS n) AS t
JOIN (SELECT g.id AS class_id, g.dispute, row_number() OVER (ORDER BY g.id) - 1 AS place, count(*) OVER () AS of_all
      FROM gridseat.class_groups() AS g) AS k ON k.place = floor(k.of_all * power(pg_temp.chance(t.n, 5), 2))
CROSS JOIN LATERAL (SELECT (ARRAY[7200, 14400, 86400, 172800, 432000])[1 + k.class_id % 5] AS seconds) AS h
CROSS JOIN LATERAL (SELECT CASE WHEN NOT t.at_once THEN pg_temp.by_now(t.received + pg_temp.upto(t.n, 6, '10 minutes')) END AS accepted) AS a
CROSS JOIN LATERAL (SELECT pg_temp.by_now(a.accepted + pg_temp.upto(t.n, 7, '1 hour')) AS dispatched,
                           CASE WHEN pg_temp.chance(t.n, 8) < 0.05
                                THEN pg_temp.by_now(a.accepted + interval '90 minutes') END AS sent_on) AS d
CROSS JOIN LATERAL (SELECT pg_temp.by_now(d.dispatched + pg_temp.upto(t.n, 9, '1 hour')) AS acknowledged,
                           CASE WHEN pg_temp.chance(t.n, 10) < 0.7
                                THEN pg_temp.by_now(d.dispatched + pg_temp.upto(t.n, 11, '2 hours')) END AS arrived) AS e
CROSS JOIN LATERAL (SELECT pg_temp.by_now(e.acknowledged + h.seconds * interval '1 second' * pg_temp.chance(t.n, 12)
                               * CASE WHEN pg_temp.chance(t.n, 13) < 0.1 THEN 4 ELSE 1 END) AS answered) AS f
CROSS JOIN LATERAL (SELECT pg_temp.by_now(f.answered + pg_temp.upto(t.n, 14, '6 hours')) AS verified) AS v
CROSS JOIN LATERAL (SELECT pg_temp.by_now(CASE WHEN t.at_once THEN t.received + pg_temp.upto(t.n, 15, '20 minutes')
                               ELSE v.verified + pg_temp.upto(t.n, 16, '1 day') END) AS closed) AS c;
CREATE UNLOGGED TABLE public.units AS
SELECT u.parent_id AS county_id, u.id, row_number() OVER (PARTITION BY u.parent_id ORDER BY u.id) - 1 AS k
FROM gridseat.organisation AS u WHERE u.level = 'department';
ANALYZE public.cases; ANALYZE public.grids; ANALYZE public.units;

INSERT INTO gridseat.incident (number, status, title, class_id, priority, channel, restricted, centre_id, centre_lft,
    organisation_id, place_lft, grid_id, place, lon, lat, datum, received_at, recorded_at, recorded_by, at_once, lead_unit_id,
    returns, extensions, reworks, reopens, outcome, due, due_stage, closed_at, changed_at, last_seq)
SELECT c.n, s.status, '占道经营 ' || c.n, c.class_id, 3, c.channel, c.restricted, g.township_id, g.township_lft,
       g.community_id, g.lft, g.n + 1, '第' || g.n || '网格', 114.0017 + g.n % 261 * 0.0034, 36.00135 + g.n / 261 * 0.0027, 'WGS-84',
       c.received, c.received, 1, c.at_once AND c.n % 2 = 0, u.id,
       (c.dispatched IS NOT NULL AND pg_temp.chance(c.n, 30) < 0.03)::integer,
       (c.dispatched IS NOT NULL AND pg_temp.chance(c.n, 31) < 0.04)::integer,
       (c.answered IS NOT NULL AND pg_temp.chance(c.n, 32) < 0.05)::integer, 0,
       CASE WHEN s.status = 'closed' THEN CASE WHEN NOT c.at_once THEN 'done' WHEN c.n % 2 = 0 THEN 'at_once' ELSE 'answered' END END,
       s.due, s.stage, c.closed, coalesce(c.closed, c.received), s.seq
FROM public.cases AS c JOIN public.grids AS g ON g.n = c.grid_n
LEFT JOIN public.units AS u ON u.county_id = g.county_id AND u.k = c.unit_k AND c.dispatched IS NOT NULL
CROSS JOIN LATERAL (
    SELECT 'closed' AS status, NULL AS stage, NULL::timestamptz AS due, CASE WHEN c.asked IS NULL THEN 8 ELSE 9 END AS seq WHERE c.closed IS NOT NULL
    UNION ALL SELECT 'verified', 'close', c.verified + interval '1 day', 7 WHERE c.closed IS NULL AND c.verified IS NOT NULL
    UNION ALL SELECT 'handled', 'verify', c.answered + interval '4 hours', 6 WHERE c.verified IS NULL AND c.answered IS NOT NULL
    UNION ALL SELECT 'handling', 'handling', c.dispatched + c.seconds * interval '1 second', 5 WHERE c.answered IS NULL AND c.acknowledged IS NOT NULL
    UNION ALL SELECT 'dispatched', 'acknowledge', c.dispatched + interval '30 minutes', 3 WHERE c.acknowledged IS NULL AND c.dispatched IS NOT NULL
    UNION ALL SELECT 'accepted', 'dispatch', c.accepted + interval '15 minutes', 2 WHERE c.dispatched IS NULL AND c.accepted IS NOT NULL
    UNION ALL SELECT 'reported', 'accept', c.received + interval '15 minutes', 1 WHERE c.accepted IS NULL AND c.closed IS NULL) AS s;
SELECT setval('gridseat.incident_number', {cases} + 1000);

INSERT INTO gridseat.clock (number, round, stage, started_seq, started_at, seconds, clock, due, stopped_seq, stopped_at)
SELECT c.n, 1, s.stage, s.seq, s.since, s.seconds, 'continuous', s.since + s.seconds * interval '1 second',
       CASE WHEN s.until IS NOT NULL THEN s.seq + 1 END, s.until
FROM public.cases AS c CROSS JOIN LATERAL (VALUES
    ('accept', 1, c.received, 900, coalesce(c.accepted, c.closed)), ('dispatch', 2, c.accepted, 900, c.dispatched),
    ('acknowledge', 3, c.dispatched, 1800, c.acknowledged), ('handling', 3, c.dispatched, c.seconds, c.answered),
    ('verify', 6, c.answered, 14400, c.verified), ('close', 7, c.verified, 86400, c.closed)) AS s (stage, seq, since, seconds, until)
WHERE s.since IS NOT NULL;

-- Who was sent on had another lead before.
INSERT INTO gridseat.party (number, organisation_id, kind, since_seq, since, until_seq, arrived_seq, arrived_at)
SELECT c.n, u.id, 'lead', 3, CASE WHEN u.k = c.unit_k THEN coalesce(c.sent_on, c.dispatched) ELSE c.dispatched END,
       CASE WHEN u.k <> c.unit_k THEN 4 END, CASE WHEN c.arrived IS NOT NULL AND u.k = c.unit_k THEN 5 END,
       CASE WHEN u.k = c.unit_k THEN c.arrived END
FROM public.cases AS c JOIN public.grids AS g ON g.n = c.grid_n
JOIN public.units AS u ON u.county_id = g.county_id AND (u.k = c.unit_k OR (c.sent_on IS NOT NULL AND u.k = (c.unit_k + 1) % 18))
WHERE c.dispatched IS NOT NULL;

INSERT INTO gridseat.timeline (number, seq, round, at, actor_id, centre_id, action, from_status, to_status, facts, command_id,
                               answer, seen, restricted, bytes, hash)
SELECT c.n, s.seq, 1, s.at, 1, g.township_id, s.action, s.was, s.now, s.facts, gen_random_uuid(), '{{}}', ARRAY[g.township_id],
       c.restricted, '\x', '\x'
FROM public.cases AS c JOIN public.grids AS g ON g.n = c.grid_n
CROSS JOIN LATERAL (VALUES
    (1, 'report', NULL, 'reported', c.received, '{{}}'::jsonb), (2, 'accept', 'reported', 'accepted', c.accepted, '{{}}'),
    (3, 'dispatch', 'accepted', 'dispatched', c.dispatched, '{{}}'), (4, 'acknowledge', 'dispatched', 'handling', c.acknowledged, '{{}}'),
    (5, 'arrive', 'handling', 'handling', c.arrived, '{{}}'), (6, 'feedback', 'handling', 'handled', c.answered, '{{}}'),
    (7, 'verify', 'handled', 'verified', c.verified, '{{}}'),
    (8, CASE WHEN c.at_once THEN 'answer' ELSE 'close' END, 'verified', 'closed', c.closed,
        CASE WHEN c.dispute AND c.n % 3 <> 0 THEN jsonb_build_object('agreement', CASE WHEN c.n % 5 = 0 THEN 'no' ELSE 'yes' END) ELSE '{{}}' END),
    (9, 'follow-up', 'closed', 'closed', c.asked, jsonb_build_object('contacted', CASE WHEN c.n % 11 = 0 THEN 'no' ELSE 'yes' END,
        'solved', CASE WHEN c.n % 13 = 0 THEN 'no' WHEN c.n % 11 = 0 THEN 'unknown' ELSE 'yes' END,
        'satisfied', CASE WHEN c.n % 7 = 0 THEN 'no' WHEN c.n % 11 = 0 THEN 'unknown' ELSE 'yes' END)))
    AS s (seq, action, was, now, at, facts)
WHERE s.at IS NOT NULL ORDER BY s.at, c.n, s.seq;

-- Each seat has claimed three open cases of its own.
UPDATE gridseat.incident AS i SET (claim_person_id, claim_at, claim_until)
    = (x.person_id, timestamptz '{now}' - interval '4 minutes', timestamptz '{now}' + interval '6 minutes')
FROM (SELECT i.number, p.id AS person_id, row_number() OVER (PARTITION BY p.id ORDER BY i.number DESC) AS k
      FROM gridseat.incident AS i JOIN gridseat.person AS p ON p.organisation_id = i.centre_id
      WHERE i.status IN ('reported', 'accepted') AND p.login LIKE 'seat %') AS x
WHERE x.number = i.number AND x.k <= 3;
UPDATE gridseat.fold SET epoch = NULL;  -- all cases are to be counted anew
DROP TABLE public.cases, public.units;
SET LOCAL session_replication_role = origin;
