-- What cases count for on the boards: the facts are a table (gridseat.fact, from resources/facts.toml), and the fold,
-- the reads, the drill-down and the recount all take these rows.

-- When a condition is met: from the start, or never. A fact that may be met later tells the instant instead.
CREATE OR REPLACE FUNCTION gridseat.met(p boolean) RETURNS timestamptz
LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN p THEN '-infinity'::timestamptz ELSE 'infinity' END $$;

-- A fact counts once it has settled: a limit once it is past, a pick-up within a minute once the minute is over. None
-- takes longer than a minute, so only the youngest are looked up.
CREATE OR REPLACE FUNCTION gridseat.is_settled(p_fact text, p_at timestamptz, p_now timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS
$$ SELECT p_at + interval '60 seconds' <= p_now OR coalesce(p_at + gridseat.settles(p_fact) <= p_now, true) $$;

CREATE OR REPLACE FUNCTION gridseat.settles(p_fact text) RETURNS interval
LANGUAGE sql STABLE AS
$$ SELECT f.settles FROM gridseat.fact AS f WHERE f.key = split_part(p_fact, '/', 1) $$;

-- Facts that are kept, with those that are kept apart by class, unit, channel or hour: FACT/BY.
CREATE OR REPLACE FUNCTION gridseat.kept_facts() RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT array_agg(concat_ws('/', f.key, b.by) ORDER BY f.key, b.by)
    FROM gridseat.fact AS f CROSS JOIN LATERAL (SELECT NULL UNION ALL SELECT unnest(f.splits)) AS b (by) WHERE f.kept
$$;

-- Of these facts those whose parts are told apart: those by something, and lengths of time.
CREATE OR REPLACE FUNCTION gridseat.parted(p_facts text[]) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT ARRAY(SELECT x FROM unnest(p_facts) AS x
                 WHERE strpos(x, '/') > 0 OR x IN (SELECT f.key FROM gridseat.fact AS f WHERE f.spans))
$$;

-- Lengths of time are kept in steps of 6 %: the middle of a step is within 3 % of what is in it. Seconds.
CREATE OR REPLACE FUNCTION gridseat.span_step(p interval) RETURNS bigint
LANGUAGE sql IMMUTABLE AS
$$ SELECT floor(ln(greatest(extract(epoch FROM p), 1)) / ln(1.06))::bigint $$;

CREATE OR REPLACE FUNCTION gridseat.span_middle(p_step bigint) RETURNS numeric
LANGUAGE sql IMMUTABLE AS
$$ SELECT round(power(1.06, p_step + 0.5)) $$;

-- A group of classes goes by the id of its first. Which are disputes is looked up once, not for each.
CREATE OR REPLACE FUNCTION gridseat.class_groups() RETURNS TABLE (id bigint, first bigint, dispute boolean)
LANGUAGE sql STABLE ROWS 60 AS $$
    SELECT k.id, min(k.id) OVER (PARTITION BY k.group_name),
           d.groups ? k.group_name
    FROM gridseat.catalogue_class AS k CROSS JOIN (SELECT gridseat.setting('disputes', '["矛盾纠纷"]') OFFSET 0) AS d (groups)
$$;

-- The hour of the week, the first one of Monday being 0.
CREATE OR REPLACE FUNCTION gridseat.week_hour(p_at timestamptz, p_zone text) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT ((date_part('isodow', p_at AT TIME ZONE p_zone) - 1) * 24 + date_part('hour', p_at AT TIME ZONE p_zone))::bigint
$$;

-- Where a fact stands in what is kept of a case.
CREATE OR REPLACE FUNCTION gridseat.fact_place(p_fact text) RETURNS integer
LANGUAGE sql STABLE AS
$$ SELECT f.place FROM gridseat.fact AS f WHERE f.key = split_part(p_fact, '/', 1) $$;

-- What part of a fact a case counts for: its own, or what the case, or the instant, is by.
CREATE OR REPLACE FUNCTION gridseat.part_of(m gridseat.measure, p_by text, p_part bigint, p_at timestamptz, p_zone text) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT CASE p_by WHEN '' THEN p_part WHEN 'class' THEN m.group_id WHEN 'type' THEN m.class_id WHEN 'channel' THEN m.channel_id
                     WHEN 'unit' THEN m.unit_id WHEN 'grid' THEN m.grid_id WHEN 'hour' THEN gridseat.week_hour(p_at, p_zone)
                     WHEN 'day' THEN (p_at AT TIME ZONE p_zone)::date - date '2000-01-01' END
$$;

-- What is kept of a case, of the facts asked for, which may be by class, type, channel, unit, grid, day or hour.
CREATE OR REPLACE FUNCTION gridseat.split_rows(m gridseat.measure, p_facts text[], p_zone text)
RETURNS TABLE (fact text, part bigint, at timestamptz, hit_at timestamptz)
LANGUAGE sql STABLE ROWS 24 AS $$
    SELECT s.* FROM (
        SELECT f.name, gridseat.part_of(m, f.by, m.parts[f.place], m.ats[f.place], p_zone) AS part,
               m.ats[f.place] AS at, m.hits[f.place] AS hit_at
        FROM (SELECT x.name, split_part(x.name, '/', 2) AS by, k.place
              FROM unnest(p_facts) AS x (name) JOIN gridseat.fact AS k ON k.key = split_part(x.name, '/', 1) OFFSET 0) AS f) AS s
    WHERE s.at IS NOT NULL AND s.part IS NOT NULL  -- once for all cases: OFFSET
$$;

-- What the bodies of facts read ($1: the numbers of the cases): the cases, their clocks that count, their leads, and
-- what the timeline says. What was undone was never said.
CREATE OR REPLACE FUNCTION gridseat.fact_scopes(p_bodies text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT format('
        scope AS MATERIALIZED (
            SELECT i.number, i.status, i.status IN (%s) AS open, i.received_at, i.closed_at, i.due, i.class_id,
                   i.channel, i.at_once, i.outcome, i.reworks, i.returns, i.extensions, i.reopens, i.lead_unit_id,
                   i.grid_id, i.claim_until, coalesce(i.organisation_id, i.centre_id) AS at_id, i.restricted,
                   i.centre_id, g.first AS group_id, g.dispute, EXISTS (
                       SELECT FROM gridseat.request AS r
                       WHERE r.number = i.number AND r.kind = ''appeal'' AND r.granted) AS exempt
            FROM gridseat.incident AS i JOIN gridseat.class_groups() AS g ON g.id = i.class_id
            WHERE i.number = ANY ($1)
        ), latest AS MATERIALIZED (
            SELECT DISTINCT ON (k.number, k.stage) k.stage, k.number, k.clock, k.started_at, k.due, k.stopped_at,
                   s.status, s.closed_at, s.at_once, s.reworks, s.exempt, NOT s.exempt AND s.status
                       IN (''dispatched'', ''handling'', ''handled'', ''verified'', ''closed'') AS counts,
                   s.status IN (''handled'', ''verified'', ''closed'') AS answered,
                   NOT (s.outcome IS NOT DISTINCT FROM ''forced'' AND k.stopped_at = s.closed_at) AS by_word
            FROM gridseat.clock AS k JOIN scope AS s ON s.number = k.number WHERE k.stage = ANY (%L)
            ORDER BY k.number, k.stage, k.stopped_seq DESC NULLS FIRST, k.id DESC
        ), undone AS MATERIALIZED (
            SELECT e.number, (e.facts ->> ''undoes'')::integer AS seq, e.seq AS by_seq
            FROM gridseat.timeline AS e WHERE e.number = ANY ($1) AND e.action = ''undo''
        ), sent_to AS MATERIALIZED (
            SELECT p.number, p.organisation_id, p.grid_id, p.since FROM gridseat.party AS p
            WHERE p.number = ANY ($1) AND p.kind = ''lead''
              AND NOT EXISTS (SELECT FROM undone AS u WHERE u.number = p.number AND u.by_seq = p.until_seq)
        ), said AS MATERIALIZED (
            SELECT s.*, p.sent_at, a.arrived_at, e.accepted_at, e.answered_at, e.ended_at, e.agreement
            FROM scope AS s
            LEFT JOIN (SELECT p.number, min(p.since) AS sent_at FROM sent_to AS p GROUP BY p.number) AS p
                ON p.number = s.number
            LEFT JOIN (SELECT p.number, min(p.arrived_at) AS arrived_at FROM gridseat.party AS p
                       WHERE p.number = ANY ($1) GROUP BY p.number) AS a ON a.number = s.number
            LEFT JOIN (SELECT e.number, min(e.at) FILTER (WHERE e.action = ''accept'') AS accepted_at,
                              min(e.at) FILTER (WHERE e.action = ''feedback'') AS answered_at,
                              min(e.at) FILTER (WHERE e.to_status = ''closed'') AS ended_at,
                              (array_agg(e.facts ->> ''agreement'' ORDER BY e.seq DESC)
                                  FILTER (WHERE e.action = ''close''))[1] AS agreement
                       FROM gridseat.timeline AS e
                       WHERE e.number = ANY ($1)
                         AND NOT EXISTS (SELECT FROM undone AS u WHERE u.number = e.number AND u.seq = e.seq)
                       GROUP BY e.number) AS e ON e.number = s.number
        ), answers AS MATERIALIZED (
            SELECT DISTINCT ON (e.number, a.key) e.number, a.key AS question, a.value AS answer, e.at, s.exempt
            FROM gridseat.timeline AS e JOIN scope AS s ON s.number = e.number
            CROSS JOIN LATERAL jsonb_each_text(e.facts) AS a
            WHERE e.number = ANY ($1) AND e.action = ''follow-up'' AND a.value IN (''yes'', ''no'')
            ORDER BY e.number, a.key, e.seq DESC
        )', gridseat.open_list(), ARRAY(SELECT g FROM unnest(ARRAY['accept', 'acknowledge', 'handling', 'verify']) AS g
                                        WHERE strpos(p_bodies, format('stage = %L', g)) > 0))
$$;

-- The question what cases count for: of those in $1, with days in the zone $2.
CREATE OR REPLACE FUNCTION gridseat.measured_words(p_facts text[]) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT format('WITH %s, told AS MATERIALIZED (
            SELECT s.number, array_agg(r.part::bigint ORDER BY f.place) AS parts,
                   array_agg(r.at ORDER BY f.place) AS ats, array_agg(r.hit_at ORDER BY f.place) AS hits,
                   array_agg((r.at AT TIME ZONE $2)::date) FILTER (WHERE r.at IS NOT NULL)
                       || array_agg((r.hit_at AT TIME ZONE $2)::date) FILTER (WHERE isfinite(r.hit_at)) AS days
            FROM scope AS s CROSS JOIN gridseat.fact AS f
            LEFT JOIN (%s) AS r ON r.number = s.number AND r.place = f.place AND r.at IS NOT NULL GROUP BY s.number
        )
        SELECT s.number, s.at_id, NOT s.restricted AND p.above, NOT s.restricted AND NOT p.above, s.group_id, s.class_id,
               array_position(gridseat.channels(), s.channel)::bigint, s.lead_unit_id, s.grid_id,
               ARRAY(SELECT DISTINCT d FROM unnest(t.days) AS d ORDER BY d), t.parts, t.ats, t.hits
        FROM scope AS s JOIN told AS t ON t.number = s.number
        JOIN gridseat.organisation AS a ON a.id = s.at_id JOIN gridseat.organisation AS c ON c.id = s.centre_id
        CROSS JOIN LATERAL (SELECT c.centre AND a.lft BETWEEN c.lft AND c.rgt AS above) AS p', gridseat.fact_scopes(b.bodies), b.bodies)
    FROM (SELECT string_agg(format('SELECT %s AS place, x.* FROM (%s) AS x (number, part, at, hit_at)', f.place, f.body), ' UNION ALL ')
          FROM gridseat.fact AS f WHERE f.key IN (SELECT split_part(x, '/', 1) FROM unnest(p_facts) AS x)) AS b (bodies)
$$;

-- What these cases count for, as they stand now. To plan the question costs as much as to answer it for fifty cases: of few
-- it is one that is planned already.
CREATE OR REPLACE FUNCTION gridseat.measured(p_numbers bigint[], p_facts text[], p_zone text) RETURNS SETOF gridseat.measure
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    v_asked constant text[] := gridseat.asked_facts();
BEGIN
    IF p_numbers = '{}' OR p_facts = '{}' THEN
        RETURN;
    ELSIF cardinality(p_numbers) <= 100 AND NOT p_facts && v_asked THEN
        RETURN QUERY SELECT * FROM gridseat.measured_kept(p_numbers, p_zone);
    ELSIF cardinality(p_numbers) <= 100 AND p_facts <@ v_asked THEN
        RETURN QUERY SELECT * FROM gridseat.measured_asked(p_numbers, p_zone);
    ELSE
        RETURN QUERY EXECUTE gridseat.measured_words(p_facts) USING p_numbers, p_zone;
    END IF;
END $$;

-- Writes those, of all facts that are kept and of all others, once the facts are known.
CREATE OR REPLACE FUNCTION gridseat.write_measured() RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    f record;
BEGIN
    FOR f IN VALUES ('measured_kept', gridseat.kept_facts()), ('measured_asked', gridseat.asked_facts()) LOOP
        EXECUTE format('CREATE OR REPLACE FUNCTION gridseat.%1$I(p_numbers bigint[], p_zone text) RETURNS SETOF gridseat.measure
            LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan AS $f$
            BEGIN RETURN QUERY %2$s; END $f$;
            REVOKE ALL ON FUNCTION gridseat.%1$I(bigint[], text) FROM PUBLIC', f.column1, gridseat.measured_words(f.column2));
    END LOOP;
END $$;
