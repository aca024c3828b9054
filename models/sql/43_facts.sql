-- What cases count for on the boards, each fact defined once: the fold, the reads, the drill-down and the recount
-- all take these rows. They depend neither on who asks nor on the hour: what only time decides is asked when read.

-- When a condition is met: from the start, or never. A fact that may be met later tells the instant instead.
CREATE OR REPLACE FUNCTION gridseat.met(p boolean) RETURNS timestamptz
LANGUAGE sql IMMUTABLE AS
$$ SELECT CASE WHEN p THEN '-infinity'::timestamptz ELSE 'infinity' END $$;

-- From when on a fact counts, after its instant; null: whenever that is. A limit counts once it is past, a pick-up
-- within a minute once the minute is over.
CREATE OR REPLACE FUNCTION gridseat.settles(p_fact text) RETURNS interval
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN p_fact IN ('overdue', 'closing', 'on_time', 'unit', 'acknowledged') THEN interval '0'
                WHEN p_fact = 'prompt' THEN interval '60 seconds' END
$$;

CREATE OR REPLACE FUNCTION gridseat.is_settled(p_fact text, p_at timestamptz, p_now timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS
$$ SELECT coalesce(p_at + gridseat.settles(p_fact) <= p_now, true) $$;

-- Facts that are kept; who holds a claim changes without an entry, so that one is always asked.
CREATE OR REPLACE FUNCTION gridseat.kept_facts() RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT array_agg(f.fact) FROM gridseat.board_facts() AS f WHERE f.fact <> 'claimed' $$;

-- Cases with a limit of a stage, at its due. Left out are those in which the stage does not count any more: sent
-- back, suspended, merged, withdrawn, cancelled.
CREATE OR REPLACE FUNCTION gridseat.fact_due(p_stage text, p_columns text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT format('SELECT %s FROM latest WHERE stage = %L
        AND status IN (''dispatched'', ''handling'', ''handled'', ''verified'', ''closed'')', p_columns, p_stage)
$$;

-- A group of classes goes by the id of its first.
CREATE OR REPLACE FUNCTION gridseat.class_groups() RETURNS TABLE (id bigint, first bigint)
LANGUAGE sql STABLE ROWS 60 AS
$$ SELECT k.id, min(k.id) OVER (PARTITION BY k.group_name) FROM gridseat.catalogue_class AS k $$;

-- Rows of number, part (of a chart), at (the instant that dates the case), hit_at. $2: the zone of the hours.
CREATE OR REPLACE FUNCTION gridseat.board_facts() RETURNS TABLE (fact text, body text)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    VALUES
    ('received', 'SELECT number, 0, received_at, gridseat.met(channel IN (
         ''grid_worker'', ''dedicated_grid'', ''patrol'', ''door_to_door'')) FROM scope'),
    ('class', 'SELECT s.number, k.first, s.received_at, gridseat.met(s.status = ''closed'')
         FROM scope AS s JOIN gridseat.class_groups() AS k ON k.id = s.class_id'),
    ('hour', 'SELECT number, extract(hour FROM received_at AT TIME ZONE $2), received_at, gridseat.met(true) FROM scope'),
    ('closed', 'SELECT number, 0, closed_at, gridseat.met(true) FROM scope WHERE status = ''closed'''),
    ('open', format('SELECT number, 0, received_at, gridseat.met(true) FROM scope WHERE status IN (%s)', gridseat.open_list())),
    ('overdue', format('SELECT number, 0, due, gridseat.met(true) FROM scope WHERE status IN (%s)', gridseat.open_list())),
    ('claimed', format('SELECT number, 0, received_at, gridseat.met(true) FROM scope
         WHERE status IN (%s) AND claim_until > desk.now()', gridseat.open_list())),
    ('closing', gridseat.fact_due('handling',
         'number, 0, due, coalesce(CASE WHEN status = ''closed'' THEN closed_at END, ''infinity'')')),
    ('on_time', gridseat.fact_due('handling', 'number, 0, due, gridseat.met(answered AND by_word AND stopped_at <= due)')),
    ('unit', gridseat.fact_due('handling', 'number, lead_unit_id, due, gridseat.met(answered AND by_word AND stopped_at <= due)')
         || ' AND lead_unit_id IS NOT NULL'),
    ('acknowledged', gridseat.fact_due('acknowledge', 'number, 0, due, gridseat.met(by_word AND stopped_at <= due)')),
    ('prompt', 'SELECT number, 0, started_at, gridseat.met(stopped_at <= started_at + interval ''60 seconds'')
         FROM latest WHERE stage = ''accept'' AND clock = ''continuous'''),
    ('rework', 'SELECT number, 0, started_at, gridseat.met(reworks > 0) FROM latest WHERE stage = ''verify'' AND NOT at_once'),
    ('correct', 'SELECT p.number, 0, min(p.since), gridseat.met(min(p.organisation_id) = max(p.organisation_id)
                AND min(coalesce(p.grid_id, 0)) = max(coalesce(p.grid_id, 0)))
         FROM gridseat.party AS p
         WHERE p.number = ANY ($1) AND p.kind = ''lead'' AND NOT EXISTS (
             SELECT FROM gridseat.timeline AS e WHERE e.number = p.number AND e.seq = p.until_seq AND e.action = ''undo'')
         GROUP BY p.number'),
    ('satisfied', 'SELECT number, 0, at, gridseat.met(facts ->> ''satisfied'' = ''yes'') FROM (
             SELECT DISTINCT ON (e.number) e.number, e.at, e.facts FROM gridseat.timeline AS e
             WHERE e.number = ANY ($1) AND e.action = ''follow-up'' AND e.facts ? ''satisfied''
             ORDER BY e.number, e.seq DESC) AS said')
$$;

-- The clock of each stage that counts for a case: the running one, else the one that stopped last. by_word: it was
-- stopped by the unit's word, not by force.
CREATE OR REPLACE FUNCTION gridseat.latest_clocks(p_bodies text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(format('latest AS MATERIALIZED (
        SELECT DISTINCT ON (k.number, k.stage) k.stage, k.number, k.clock, k.started_at, k.due, k.stopped_at,
               s.status, s.lead_unit_id, s.closed_at, s.at_once, s.reworks,
               s.status IN (''handled'', ''verified'', ''closed'') AS answered,
               NOT (s.outcome IS NOT DISTINCT FROM ''forced'' AND k.stopped_at = s.closed_at) AS by_word
        FROM gridseat.clock AS k JOIN scope AS s ON s.number = k.number WHERE k.stage = ANY (%L)
        ORDER BY k.number, k.stage, k.stopped_seq DESC NULLS FIRST, k.id DESC),', array_agg(g.stage)), '')
    FROM unnest(ARRAY['accept', 'acknowledge', 'handling', 'verify']) AS g (stage)
    WHERE p_bodies LIKE '%stage = ''' || g.stage || '''%' HAVING count(*) > 0
$$;

-- What is kept of a case, fact by fact.
CREATE OR REPLACE FUNCTION gridseat.rows_of(m gridseat.measure)
RETURNS TABLE (fact text, part bigint, at timestamptz, hit_at timestamptz)
LANGUAGE sql STABLE ROWS 12 AS
$$ SELECT unnest(m.facts), unnest(m.parts), unnest(m.ats), unnest(m.hits) $$;

-- What these cases count for, as they stand now.
CREATE OR REPLACE FUNCTION gridseat.measured(p_numbers bigint[], p_facts text[], p_zone text) RETURNS SETOF gridseat.measure
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    v_bodies text;
BEGIN
    IF p_numbers = '{}' THEN
        RETURN;
    END IF;
    SELECT string_agg(format('SELECT %L AS fact, x.* FROM (%s) AS x (number, part, at, hit_at)', f.fact, f.body), ' UNION ALL ')
    INTO v_bodies FROM gridseat.board_facts() AS f WHERE f.fact = ANY (p_facts);
    RETURN QUERY EXECUTE format('WITH scope AS MATERIALIZED (
            SELECT i.number, i.status, i.received_at, i.closed_at, i.due, i.class_id, i.channel, i.at_once, i.outcome,
                   i.reworks, i.lead_unit_id, i.claim_until, coalesce(i.organisation_id, i.centre_id) AS at_id,
                   i.restricted, i.centre_id
            FROM gridseat.incident AS i WHERE i.number = ANY ($1)
        ), %s told AS (
            SELECT r.number, array_agg(DISTINCT (r.at AT TIME ZONE $2)::date) AS days,
                   array_agg(r.fact ORDER BY r.fact, r.part) AS facts, array_agg(r.part::bigint ORDER BY r.fact, r.part) AS parts,
                   array_agg(r.at ORDER BY r.fact, r.part) AS ats, array_agg(r.hit_at ORDER BY r.fact, r.part) AS hits
            FROM (%s) AS r WHERE r.at IS NOT NULL GROUP BY r.number
        )
        SELECT s.number, s.at_id, NOT s.restricted AND p.above, NOT s.restricted AND NOT p.above,
               coalesce(t.days, ''{}''), coalesce(t.facts, ''{}''), coalesce(t.parts, ''{}''), coalesce(t.ats, ''{}''),
               coalesce(t.hits, ''{}'')
        FROM scope AS s
        JOIN (SELECT d.at_id, d.centre_id, c.centre AND a.lft BETWEEN c.lft AND c.rgt AS above
              FROM (SELECT DISTINCT s.at_id, s.centre_id FROM scope AS s) AS d
              JOIN gridseat.organisation AS a ON a.id = d.at_id JOIN gridseat.organisation AS c ON c.id = d.centre_id) AS p
          ON (p.at_id, p.centre_id) = (s.at_id, s.centre_id)
        LEFT JOIN told AS t ON t.number = s.number', gridseat.latest_clocks(v_bodies), v_bodies)
    USING p_numbers, p_zone;
END $$;
