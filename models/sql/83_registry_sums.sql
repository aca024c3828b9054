-- The figures of people and houses for a board, from kept sums, and the records behind them.

-- One row a figure. count: hits, of_all null; rate and density: hits of of_all. density: residents, of hectares of the
-- grids. elderly: who turns 60 this year or did before. completeness: two fields of a house (use, address) and four of
-- a resident (name, birth year, phone, household) that are known, of all such. freshness: houses and residents
-- confirmed within 90 days, of all; as these, of now, whatever the period: when a record was confirmed before, is not kept. accuracy: correct of what was spot-checked in the period; checked: of what was drawn
-- for its months, what was checked within the month it was drawn for, from the first of them on. visits: made of those
-- that fell due, of those that do today the ones made.
CREATE OR REPLACE FUNCTION gridseat.registry_sums(p_lft bigint, p_rgt bigint, p_starts timestamptz, p_now timestamptz)
RETURNS TABLE (key text, hits bigint, of_all bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    v_ids bigint[] := ARRAY(
        SELECT o.id FROM gridseat.organisation AS o WHERE o.lft = p_lft
        UNION ALL SELECT o.id FROM gridseat.organisation AS o WHERE o.parent_id IS NULL AND o.lft > p_lft AND o.lft <= p_rgt);
BEGIN
    RETURN QUERY
    SELECT f.key, coalesce(sum(a.hits), 0)::bigint, CASE WHEN f.whole IS NOT NULL THEN coalesce(sum(a.of_all), 0)::bigint END
    FROM gridseat.registry_figures() AS f LEFT JOIN gridseat.registry_areas(v_ids, NULL, p_starts, p_now) AS a ON a.key = f.key
    GROUP BY f.key, f.whole;
END $$;

-- What each figure counts of what is kept, and what it is taken of, each so many times.
CREATE OR REPLACE FUNCTION gridseat.registry_figures() RETURNS TABLE (key text, counted text[], whole jsonb)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT k, ARRAY[k], NULL::jsonb
    FROM unnest(ARRAY['residents', 'registered', 'floating', 'houses', 'self_occupied', 'rented', 'vacant', 'households', 'alone']) AS k
    UNION ALL VALUES
        ('elderly', ARRAY['alone', 'together'], NULL::jsonb), ('density', ARRAY['residents'], '{"area": 0.0001}'),
        ('completeness', ARRAY['filled'], '{"houses": 2, "residents": 4}'),
        ('freshness', ARRAY['confirmed'], '{"houses": 1, "residents": 1}'), ('checked', ARRAY['timely'], '{"drawn": 1}'),
        ('accuracy', ARRAY['correct'], '{"checked": 1}'), ('visits', ARRAY['visits_made'], '{"visits_due": 1}')
$$;

-- The same of organisations side by side; p_keys: of these figures, null: of all.
CREATE OR REPLACE FUNCTION gridseat.registry_areas(p_ids bigint[], p_keys text[], p_starts timestamptz, p_now timestamptz)
RETURNS TABLE (id bigint, key text, hits bigint, of_all bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    v_zone text := gridseat.fold_zone();
    v_now integer := gridseat.day_number((p_now AT TIME ZONE v_zone)::date);
    v_from integer := gridseat.day_number((p_starts AT TIME ZONE v_zone)::date);
    v_month integer := gridseat.day_number(date_trunc('month', p_starts AT TIME ZONE v_zone)::date);
    v_today integer := gridseat.day_number((gridseat.read_at() AT TIME ZONE v_zone)::date);
    v_due integer := least(v_now, v_today - 1);  -- what falls due today is missed tomorrow
    v_old integer := gridseat.year_of_old(gridseat.read_at());
    v_whole integer := gridseat.month_number(gridseat.month_number(v_from - 1) + 31);  -- here begin whole months
    v_rest integer := greatest(v_whole, gridseat.month_number(v_now));  -- and end before this day
    v_needed text[] := ARRAY(SELECT unnest(f.counted) FROM gridseat.registry_figures() AS f WHERE p_keys IS NULL OR f.key = ANY (p_keys)
        UNION SELECT jsonb_object_keys(f.whole) FROM gridseat.registry_figures() AS f WHERE p_keys IS NULL OR f.key = ANY (p_keys));
BEGIN
    RETURN QUERY
    WITH kept AS MATERIALIZED (
        SELECT p.id, k.key, sum(t.n)::bigint AS n
        FROM unnest(p_ids) AS p (id) CROSS JOIN (VALUES ('own'), ('below')) AS s (scope)
        CROSS JOIN (
            SELECT n, n, 0, 0 FROM unnest(v_needed) AS n
            WHERE n <> ALL (ARRAY['alone', 'together', 'confirmed', 'drawn', 'checked', 'timely', 'correct', 'visits_due', 'visits_made'])
            UNION ALL VALUES ('alone', 'alone', 0, v_old), ('together', 'together', 0, v_old),
                ('confirmed', 'confirmed', v_today - 89, v_today), ('drawn', 'drawn', v_month, v_now),
                ('timely', 'timely/month', v_month, gridseat.month_number(v_now) - 1), ('timely', 'timely', gridseat.month_number(v_now), v_now)
            UNION ALL
            SELECT d.key, d.key || r.part, r.low, r.high
            FROM (VALUES ('checked', v_now), ('correct', v_now), ('visits_due', v_due), ('visits_made', v_now)) AS d (key, upto)
            CROSS JOIN LATERAL (VALUES ('', v_from, least(v_whole - 1, d.upto)), ('/month', v_whole, v_rest - 1),
                                       ('', v_rest, d.upto)) AS r (part, low, high)
            UNION ALL VALUES ('visits_due', 'visits_made', v_due + 1, v_now)) AS k (key, kept, low, high)
        CROSS JOIN LATERAL (SELECT sum(t.n) AS n FROM gridseat.registry_tally AS t
                            WHERE (t.scope, t.place_id, t.key) = (s.scope, p.id, k.kept) AND t.at BETWEEN k.low AND k.high OFFSET 0) AS t
        WHERE k.key = ANY (v_needed) GROUP BY p.id, k.key
    ), n AS (
        SELECT k.id, jsonb_object_agg(k.key, k.n) AS of FROM kept AS k GROUP BY k.id
    )
    SELECT n.id, f.key, (SELECT coalesce(sum((n.of ->> c)::bigint), 0)::bigint FROM unnest(f.counted) AS c),
           CASE WHEN f.whole IS NOT NULL THEN (SELECT round(coalesce(sum((n.of ->> w.key)::numeric * w.value::numeric), 0))::bigint
                                               FROM jsonb_each_text(f.whole) AS w) END
    FROM n CROSS JOIN gridseat.registry_figures() AS f WHERE p_keys IS NULL OR f.key = ANY (p_keys);
END $$;

-- Which records a figure counts: the rows of a source (below), those of them that hit; the whole is all of the source's
-- rows within the bounds, or for counts those that hit. A field is not a row: completeness lists the records of which a
-- field is filled and, as the rest, those that lack one.
CREATE OR REPLACE FUNCTION gridseat.registry_measures() RETURNS TABLE (key text, source text, hit text, whole text)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    VALUES ('residents', 'resident', 'true', 'true'), ('density', 'resident', 'true', 'true'),
           ('registered', 'resident', 'x.what = ''registered''', 'false'), ('floating', 'resident', 'x.what = ''floating''', 'false'),
           ('elderly', 'resident', 'x.birth_year <= $5', 'false'), ('alone', 'resident', 'x.birth_year <= $5 AND x.alone', 'false'),
           ('houses', 'house', 'true', 'true'), ('self_occupied', 'house', 'x.what = ''self_occupied''', 'false'),
           ('rented', 'house', 'x.what = ''rented''', 'false'), ('vacant', 'house', 'x.what = ''vacant''', 'false'),
           ('households', 'household', 'true', 'true'),
           ('completeness', 'record', 'x.filled > 0', 'true'), ('freshness', 'record', 'x.day > $8 - 90 AND x.day <= $8', 'true'),
           ('checked', 'drawn', 'x.filled = 1 AND x.day <= $4', 'true'), ('accuracy', 'spot', 'x.what = ''correct''', 'true'),
           ('visits', 'visit', 'gridseat.is_visited(x.what)', 'true')
$$;

CREATE OR REPLACE FUNCTION gridseat.registry_source(p_source text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN CASE p_source
        WHEN 'resident' THEN $q$ SELECT 'resident' AS kind, r.id, r.grid_id, r.kind AS what, r.birth_year::integer, r.alone,
            r.filled, 4 AS wanted, r.confirmed_on AS day, r.id AS record_id FROM gridseat.resident AS r WHERE r.left_on IS NULL $q$
        WHEN 'house' THEN $q$ SELECT 'house' AS kind, h.id, h.grid_id, h.use AS what, NULL::integer AS birth_year, false AS alone,
            h.filled, 2 AS wanted, h.confirmed_on AS day, h.id AS record_id FROM gridseat.house AS h WHERE h.left_on IS NULL $q$
        WHEN 'household' THEN $q$ SELECT 'household' AS kind, h.id, h.grid_id, NULL AS what, NULL::integer AS birth_year, false AS alone,
            1 AS filled, 1 AS wanted, h.confirmed_on AS day, h.id AS record_id FROM gridseat.household AS h WHERE h.left_on IS NULL $q$
        WHEN 'record' THEN format('SELECT r.kind, 2 * r.id AS id, r.grid_id, r.what, r.birth_year, r.alone, r.filled, r.wanted, r.day, r.record_id
            FROM (%s) AS r UNION ALL SELECT h.kind, 2 * h.id + 1, h.grid_id, h.what, h.birth_year, h.alone, h.filled, h.wanted, h.day, h.record_id
            FROM (%s) AS h', gridseat.registry_source('resident'), gridseat.registry_source('house'))
        WHEN 'drawn' THEN $q$ SELECT s.kind, s.id, s.grid_id, s.result AS what, NULL::integer AS birth_year, false AS alone,
            (date_trunc('month', c.day) = s.month)::integer AS filled, 1 AS wanted, c.day, s.record_id FROM gridseat.spot_check AS s
            CROSS JOIN LATERAL (SELECT (s.checked_at AT TIME ZONE gridseat.fold_zone())::date) AS c (day) WHERE s.month BETWEEN date_trunc('month', $3)::date AND $4 $q$
        WHEN 'spot' THEN $q$ SELECT s.kind, s.id, s.grid_id, s.result AS what, NULL::integer AS birth_year, false AS alone,
            1 AS filled, 1 AS wanted, (s.checked_at AT TIME ZONE gridseat.fold_zone())::date AS day, s.record_id FROM gridseat.spot_check AS s
            WHERE (s.checked_at AT TIME ZONE gridseat.fold_zone())::date BETWEEN $3 AND $4 $q$
        WHEN 'visit' THEN $q$ SELECT 'resident' AS kind, v.id, v.grid_id, v.result AS what, NULL::integer AS birth_year, false AS alone,
            1 AS filled, 1 AS wanted, v.due_on AS day, v.resident_id AS record_id FROM gridseat.visit_task AS v
            WHERE v.due_on BETWEEN $3 AND $4 AND (v.due_on < $8 OR gridseat.is_visited(v.result)) $q$ END;
END $$;

-- The records behind a figure, by kind and number; which: '' that hit, 'of' all, 'rest' that miss. Names and addresses
-- masked. id is what one pages by (after, limit): the record's, its spot check's or visit's; record_id the record's.
CREATE OR REPLACE FUNCTION gridseat.registry_rows(p_key text, p_lft bigint, p_rgt bigint, p_starts timestamptz, p_now timestamptz,
                                                  p_which text, p_after bigint DEFAULT 0, p_limit integer DEFAULT NULL)
RETURNS TABLE (kind text, id bigint, record_id bigint, code text, grid text, grid_name text, what text, name text, address text,
               birth_year integer, day date)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    v_zone text := gridseat.fold_zone();
    m record;
BEGIN
    SELECT * INTO m FROM gridseat.registry_measures() AS x WHERE x.key = p_key;
    IF m.key IS NULL OR p_which IS NULL OR p_which NOT IN ('', 'of', 'rest') THEN
        PERFORM gridseat.reject_input('figure_unknown', jsonb_build_object('figure', p_key, 'board', 'people-houses'));
    END IF;
    RETURN QUERY EXECUTE format($q$
        SELECT x.kind, x.id, x.record_id, coalesce(r.code, h.code, u.code), g.code, g.name, x.what,
               gridseat.mask('name', t.name), gridseat.mask('address', a.address), coalesce(x.birth_year, r.birth_year::integer), x.day
        FROM (%s) AS x
        JOIN gridseat.grid AS g ON g.id = x.grid_id
        JOIN gridseat.organisation AS o ON o.id = g.organisation_id AND o.lft BETWEEN $1 AND $2
        LEFT JOIN gridseat.resident AS r ON x.kind = 'resident' AND r.id = x.record_id
        LEFT JOIN gridseat.resident_text AS t ON t.resident_id = r.id
        LEFT JOIN gridseat.house AS h ON x.kind = 'house' AND h.id = x.record_id
        LEFT JOIN gridseat.house_text AS a ON a.house_id = h.id
        LEFT JOIN gridseat.household AS u ON x.kind = 'household' AND u.id = x.record_id
        WHERE x.id > $6 AND %s ORDER BY x.id, x.kind LIMIT $7 $q$,
        gridseat.registry_source(m.source), CASE p_which WHEN '' THEN m.hit WHEN 'of' THEN format('(%s OR %s)', m.hit, m.whole)
            ELSE CASE p_key WHEN 'completeness' THEN 'x.filled < x.wanted'
                            ELSE format('%s AND (%s) IS NOT TRUE', m.whole, m.hit) END END)
    USING p_lft, p_rgt, (p_starts AT TIME ZONE v_zone)::date, (p_now AT TIME ZONE v_zone)::date,
          gridseat.year_of_old(gridseat.read_at()), p_after, p_limit, (gridseat.read_at() AT TIME ZONE v_zone)::date;
END $$;
