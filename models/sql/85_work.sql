-- What workers, groups and telephones did, counted by place and day. Each fact is declared once: what is added to the
-- sums, what a figure is made of and the recount all take these expressions. A statement that writes adds one row for
-- each place and day to work_change; the sweep folds those into the sums of the place and of all above it.

-- n: what counts, hits: what of it meets the fact; day -infinity: holds now, whatever the period.
CREATE OR REPLACE FUNCTION gridseat.work_facts() RETURNS TABLE (fact text, source text, day text, n text, hits text)
LANGUAGE sql IMMUTABLE AS $$
    VALUES ('on_duty', 'attendance', 'day', 'due::integer', '(due AND came IS NOT NULL)::integer'),
           ('patrols', 'patrol', 'day', '1', '0'),
           ('visits', 'visit', 'day', '1', 'met::integer'),
           ('visited', 'household_visited', 'day', '1', '0'),
           ('households', 'grid_households', '''-infinity''::date', 'households', '0'),
           ('groups', 'message_group', '''-infinity''::date', '1', '0'),
           ('joined', 'message_group', '''-infinity''::date', 'joined', '0'),
           ('groups_told', 'message_group', 'last_message', '1', '0'),
           ('workers', 'staff', '''-infinity''::date', '(kind IN (''full_time'', ''part_time''))::integer', '0'),
           ('answered', 'call', 'day', '1', 'coalesce(answered <= rang + interval ''15 seconds'', false)::integer'),
           ('flags', 'flag_month', 'month', '1', 'kept::integer'),
           ('drawn', 'inspection', 'month', '(NOT hidden)::integer', '(passed IS NOT NULL AND NOT hidden)::integer'),
           ('found', 'inspection', 'month', '(passed IS NOT NULL AND NOT hidden)::integer',
            '(coalesce(passed, false) AND NOT hidden)::integer'),
           ('grids', 'grid', '''-infinity''::date', 'gridseat.has_area(kind, ended_at)::integer', '0'),
           ('staffed', 'staffed_grid', '''-infinity''::date', '1', '0')
    UNION ALL
    SELECT 'staff_' || k, 'staff', '''-infinity''::date', format('(kind = %L)::integer', k), '0' FROM unnest(gridseat.staff_kinds()) AS k
$$;

CREATE OR REPLACE FUNCTION gridseat.staff_kinds() RETURNS text[]
LANGUAGE sql IMMUTABLE AS
$$ SELECT ARRAY['head', 'deputy', 'full_time', 'part_time', 'liaison', 'mediator', 'volunteer'] $$;

-- Comprehensive grids that somebody walks; they change with the staff and with the grids (85_work_grids).
CREATE OR REPLACE FUNCTION gridseat.work_rows(p_source text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE p_source WHEN 'staffed_grid' THEN '(SELECT g.organisation_id FROM gridseat.grid AS g
                WHERE gridseat.has_area(g.kind, g.ended_at) AND g.id IN (
                    SELECT s.grid_id FROM gridseat.staff AS s WHERE s.kind IN (''full_time'', ''part_time''))) AS w'
                         ELSE 'gridseat.' || p_source END
$$;

-- What is told month by month counts with its whole month.
CREATE OR REPLACE FUNCTION gridseat.work_holds(p_fact text, p_day date, p_since date, p_until date) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT p_day = '-infinity' OR (p_day <= p_until AND p_day >= CASE
        WHEN p_fact IN ('flags', 'drawn', 'found') THEN date_trunc('month', p_since::timestamp)::date ELSE p_since END)
$$;

-- Of the rows of a table, or of what a statement did to it: organisation, fact, day, n and hits; p_sign -1 takes back.
CREATE OR REPLACE FUNCTION gridseat.work_counted(p_source text, p_rows text, p_sign integer DEFAULT 1) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT string_agg(format(
        'SELECT organisation_id, %L AS fact, %s AS day, (%s)::bigint * %s AS n, (%s)::bigint * %s AS hits FROM %s',
        f.fact, f.day, f.n, p_sign, f.hits, p_sign, p_rows), ' UNION ALL ')
    FROM gridseat.work_facts() AS f WHERE f.source = p_source
$$;

-- A trigger of its own for each table, whose questions keep their plans.
DO $$
DECLARE
    v_source text;
    v_op text;
    v_add text := 'INSERT INTO gridseat.work_change (organisation_id, fact, day, n, hits)
        SELECT x.organisation_id, x.fact, x.day, sum(x.n), sum(x.hits) FROM (%s) AS x
        WHERE x.day IS NOT NULL GROUP BY 1, 2, 3 HAVING sum(x.n) <> 0 OR sum(x.hits) <> 0';
BEGIN
    FOR v_source IN SELECT DISTINCT f.source FROM gridseat.work_facts() AS f WHERE f.source <> 'staffed_grid' LOOP
        EXECUTE format('CREATE OR REPLACE FUNCTION gridseat.%I() RETURNS trigger
            LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
            BEGIN
                IF TG_OP = ''INSERT'' THEN %s; ELSIF TG_OP = ''DELETE'' THEN %s; ELSE %s; END IF;
                RETURN NULL;
            END $f$', 'count_' || v_source,
            format(v_add, gridseat.work_counted(v_source, 'new_rows')),
            format(v_add, gridseat.work_counted(v_source, 'old_rows', -1)),
            format(v_add, gridseat.work_counted(v_source, 'new_rows') || ' UNION ALL '
                          || gridseat.work_counted(v_source, 'old_rows', -1)));
        FOREACH v_op IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE'] LOOP
            EXECUTE format('CREATE OR REPLACE TRIGGER count_%s AFTER %s ON gridseat.%I REFERENCING %s
                            FOR EACH STATEMENT EXECUTE FUNCTION gridseat.%I()', lower(v_op), v_op, v_source,
                concat_ws(' ', CASE WHEN v_op <> 'INSERT' THEN 'OLD TABLE AS old_rows' END,
                          CASE WHEN v_op <> 'DELETE' THEN 'NEW TABLE AS new_rows' END), 'count_' || v_source);
        END LOOP;
    END LOOP;
END $$;

-- An organisation that is hung elsewhere takes its sums along. Several moved by one statement may hang in one another:
-- then all sums are made anew by the next fold.
CREATE OR REPLACE FUNCTION gridseat.work_moved() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_ids bigint[];
    v_from bigint;
    v_to bigint;
BEGIN
    SELECT array_agg(n.id), min(o.parent_id), min(n.parent_id) INTO v_ids, v_from, v_to
    FROM old_rows AS o JOIN new_rows AS n ON n.id = o.id
    WHERE o.parent_id IS DISTINCT FROM n.parent_id
      AND EXISTS (SELECT FROM gridseat.work_sum AS s WHERE s.organisation_id = n.id);
    IF cardinality(v_ids) > 1 THEN
        INSERT INTO gridseat.setting AS s VALUES ('work_stale', 'true')
        ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE s.value <> excluded.value;
    ELSIF v_ids IS NOT NULL THEN
        INSERT INTO gridseat.work_sum AS s (organisation_id, day, fact, n, hits)
        SELECT a.id, x.day, x.fact, x.n * a.sign, x.hits * a.sign
        FROM gridseat.work_sum AS x CROSS JOIN (
            SELECT u.id, sum(u.sign) AS sign
            FROM (SELECT f.id, -1 AS sign FROM gridseat.at_or_above(v_from) AS f
                  UNION ALL SELECT t.id, 1 FROM gridseat.at_or_above(v_to) AS t) AS u
            GROUP BY u.id HAVING sum(u.sign) <> 0) AS a
        WHERE x.organisation_id = v_ids[1] ORDER BY a.id, x.day, x.fact
        ON CONFLICT (organisation_id, day, fact) DO UPDATE SET n = s.n + excluded.n, hits = s.hits + excluded.hits;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER work_moved AFTER UPDATE ON gridseat.organisation
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION gridseat.work_moved();

-- Every fact of every place and day, told from the records themselves.
CREATE OR REPLACE FUNCTION gridseat.work_recounted()
RETURNS TABLE (organisation_id bigint, fact text, day date, n bigint, hits bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY EXECUTE (
        SELECT 'SELECT x.organisation_id, x.fact, x.day, sum(x.n)::bigint, sum(x.hits)::bigint FROM ('
               || string_agg(gridseat.work_counted(s.source, gridseat.work_rows(s.source)), ' UNION ALL ')
               || ') AS x WHERE x.day IS NOT NULL GROUP BY 1, 2, 3 HAVING sum(x.n) <> 0 OR sum(x.hits) <> 0'
        FROM (SELECT DISTINCT f.source FROM gridseat.work_facts() AS f) AS s);
END $$;

-- Adds so many changes to the sums; answers how many there were. The sweep calls it, one at a time, and not while
-- somebody changes the tree.
CREATE OR REPLACE FUNCTION gridseat.fold_work(p_limit integer DEFAULT 5000) RETURNS integer
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    v_count integer;
BEGIN
    PERFORM FROM gridseat.tree FOR SHARE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    PERFORM gridseat.keep_old();
    IF gridseat.setting('work_stale', 'false')::boolean THEN
        LOCK TABLE gridseat.work_change IN EXCLUSIVE MODE;  -- whoever has written a record has told its change, or waits
        DELETE FROM gridseat.work_sum;
        DELETE FROM gridseat.work_change;
        INSERT INTO gridseat.work_change (organisation_id, fact, day, n, hits) SELECT * FROM gridseat.work_recounted();
        UPDATE gridseat.setting SET value = 'false' WHERE key = 'work_stale';
    END IF;
    WITH taken AS (
        DELETE FROM gridseat.work_change AS c WHERE c.id IN (
            SELECT x.id FROM gridseat.work_change AS x ORDER BY x.id LIMIT p_limit FOR UPDATE SKIP LOCKED) RETURNING c.*
    ), summed AS (
        SELECT a.id, t.day, t.fact, sum(t.n) AS n, sum(t.hits) AS hits
        FROM taken AS t JOIN gridseat.work_above(ARRAY(SELECT DISTINCT u.organisation_id FROM taken AS u)) AS a
          ON a.at_id = t.organisation_id
        GROUP BY 1, 2, 3
    ), put AS (
        INSERT INTO gridseat.work_sum AS s (organisation_id, day, fact, n, hits)
        SELECT d.* FROM summed AS d ORDER BY d.id, d.day, d.fact
        ON CONFLICT (organisation_id, day, fact) DO UPDATE SET n = s.n + excluded.n, hits = s.hits + excluded.hits
    )
    SELECT count(*) INTO v_count FROM taken;
    RETURN v_count;
END $$;

CREATE OR REPLACE FUNCTION gridseat.work_above(p_ids bigint[]) RETURNS TABLE (at_id bigint, id bigint)
LANGUAGE sql STABLE AS
$$ SELECT p.id, a.id FROM unnest(p_ids) AS p (id) CROSS JOIN gridseat.at_or_above(p.id) AS a $$;

-- The facts of a part of the tree: days from p_since to p_until and what holds now.
CREATE OR REPLACE FUNCTION gridseat.work_totals(p_lft bigint, p_rgt bigint, p_since date, p_until date)
RETURNS TABLE (fact text, n bigint, hits bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT w.fact, sum(w.n)::bigint, sum(w.hits)::bigint
    FROM gridseat.work_areas(gridseat.tops_of(p_lft, p_rgt), NULL, p_since, p_until) AS w GROUP BY 1
$$;

-- The same of organisations side by side; p_facts: of these facts, null: of all. While the sums are to be made anew, told
-- from the records.
CREATE OR REPLACE FUNCTION gridseat.work_areas(p_ids bigint[], p_facts text[], p_since date, p_until date)
RETURNS TABLE (id bigint, fact text, n bigint, hits bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    v_facts text[] := coalesce(p_facts, ARRAY(SELECT f.fact FROM gridseat.work_facts() AS f));
    v_stale boolean := gridseat.setting('work_stale', 'false')::boolean;
BEGIN
    RETURN QUERY
    WITH change AS (
        SELECT c.organisation_id, c.fact, c.day, c.n, c.hits FROM gridseat.work_change AS c WHERE NOT v_stale
        UNION ALL SELECT r.* FROM gridseat.work_recounted() AS r WHERE v_stale
    ), above AS MATERIALIZED (
        SELECT a.at_id, a.id FROM gridseat.work_above(ARRAY(SELECT DISTINCT c.organisation_id FROM change AS c)) AS a
        WHERE a.id = ANY (p_ids)
    )
    SELECT x.id, x.fact, sum(x.n)::bigint, sum(x.hits)::bigint FROM (
        SELECT s.organisation_id AS id, s.fact, s.n, s.hits FROM gridseat.work_sum AS s
        WHERE NOT v_stale AND s.organisation_id = ANY (p_ids) AND s.fact = ANY (v_facts)
          AND (s.day = '-infinity' OR s.day >= p_since - 31) AND gridseat.work_holds(s.fact, s.day, p_since, p_until)
        UNION ALL
        SELECT a.id, c.fact, c.n, c.hits FROM change AS c JOIN above AS a ON a.at_id = c.organisation_id
        WHERE c.fact = ANY (v_facts) AND gridseat.work_holds(c.fact, c.day, p_since, p_until)) AS x
    GROUP BY 1, 2;
END $$;

-- The organisations of a range above which none is in it: of a subtree its root.
CREATE OR REPLACE FUNCTION gridseat.tops_of(p_lft bigint, p_rgt bigint) RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_id bigint := (SELECT o.id FROM gridseat.organisation AS o WHERE o.lft = p_lft AND o.rgt = p_rgt);
BEGIN
    RETURN CASE WHEN v_id IS NOT NULL THEN ARRAY[v_id] ELSE ARRAY(
        SELECT o.id FROM gridseat.organisation AS o LEFT JOIN gridseat.organisation AS p ON p.id = o.parent_id
        WHERE o.lft BETWEEN p_lft AND p_rgt AND (p.id IS NULL OR p.lft NOT BETWEEN p_lft AND p_rgt)) END;
END $$;

-- The sums and what waits for them against the records, and what visits keep of one another.
CREATE OR REPLACE FUNCTION gridseat.operations_faults() RETURNS TABLE (kind text, what text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT * FROM gridseat.visit_faults();
    IF gridseat.setting('work_stale', 'false')::boolean THEN
        RETURN;  -- the sums mean nothing, and nobody reads them
    END IF;
    RETURN QUERY
    WITH told AS (
        SELECT c.organisation_id, c.fact, c.day, -c.n AS n, -c.hits AS hits FROM gridseat.work_change AS c
        UNION ALL SELECT * FROM gridseat.work_recounted()
    )
    SELECT 'work', concat_ws(' ', o.code, x.fact, x.day)
    FROM (SELECT s.organisation_id AS id, s.fact, s.day, s.n, s.hits FROM gridseat.work_sum AS s
          UNION ALL
          SELECT a.id, t.fact, t.day, -t.n, -t.hits FROM told AS t
          JOIN gridseat.work_above(ARRAY(SELECT DISTINCT u.organisation_id FROM told AS u)) AS a
            ON a.at_id = t.organisation_id) AS x
    JOIN gridseat.organisation AS o ON o.id = x.id
    GROUP BY o.code, x.fact, x.day HAVING sum(x.n) <> 0 OR sum(x.hits) <> 0;
END $$;
