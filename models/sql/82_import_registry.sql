-- Imports of houses, households and residents: a batch is copied into a temporary table of the importer's, which they
-- can fill and nobody else sees, and taken from there in one statement. Copying was 2.2 times as fast as arrays and
-- 3.6 times as fast as documents. A batch goes in whole; rows that cannot go in are named; known codes are not added
-- again, so that an import that was cut is simply begun anew. Records are looked up one by one (LATERAL … OFFSET 0) by
-- plans made for each batch: a plan from when the tables were small, or a guess, would read them whole. Most batches
-- hold new records alone: one that begins with such is taken without looking any up (p_new), and where the index of
-- codes finds a known one after all, again by looking.

CREATE OR REPLACE FUNCTION desk.begin_registry() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gridseat.check_admin();
    IF to_regclass('pg_temp.registry_houses') IS NOT NULL THEN
        RETURN;
    END IF;
    CREATE TEMP TABLE registry_houses (line integer, code text, use text, address text, grid text, lon float8, lat float8,
        raw_lon float8, raw_lat float8, datum text, confirmed date, gone date) ON COMMIT DELETE ROWS;
    CREATE TEMP TABLE registry_households (line integer, code text, house text, confirmed date, gone date) ON COMMIT DELETE ROWS;
    CREATE TEMP TABLE registry_residents (line integer, code text, kind text, name text, birth_year smallint, alone boolean,
        phone text, household text, grid text, confirmed date, gone date) ON COMMIT DELETE ROWS;
    EXECUTE format('GRANT INSERT ON pg_temp.registry_houses, pg_temp.registry_households, pg_temp.registry_residents TO %I',
                   session_user);
END $$;

-- Why a row cannot go in whatever it is, or null. A record that is known and lies elsewhere is not for this importer.
CREATE OR REPLACE FUNCTION gridseat.registry_refusal(p_code text, p_asked text, p_grid bigint, p_lft bigint, p_was_lft bigint,
                                                     p_from bigint, p_until bigint, p_confirmed date, p_gone date,
                                                     p_birth_year integer, p_longest integer, p_today date)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN (length(p_code) BETWEEN 1 AND 40 AND p_code !~ '[^0-9A-Za-z_.-]') IS NOT TRUE OR p_longest > 200 THEN 'row_malformed'
                WHEN p_grid IS NULL THEN p_asked
                WHEN p_lft NOT BETWEEN p_from AND p_until OR p_was_lft NOT BETWEEN p_from AND p_until THEN 'row_outside'
                WHEN greatest(p_confirmed, p_gone) > p_today THEN 'row_day_ahead'
                WHEN p_birth_year NOT BETWEEN 1850 AND extract(year FROM p_today)::integer THEN 'row_birth_year' END
$$;

-- What becomes of a row that nothing speaks against: older news do not undo newer ones.
CREATE OR REPLACE FUNCTION gridseat.registry_verdict(p_known bigint, p_same boolean, p_confirmed date, p_was_on date)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN p_known IS NULL THEN 'added'
                WHEN p_same AND coalesce(p_confirmed, p_was_on) <= p_was_on THEN 'unchanged'
                WHEN p_confirmed < p_was_on THEN 'row_older'
                ELSE 'updated' END
$$;

-- Null for people of no organisation, whose everything is.
CREATE OR REPLACE FUNCTION gridseat.bounds_of(p gridseat.person) RETURNS gridseat.organisation
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT o.* FROM gridseat.organisation AS o WHERE o.id = p.organisation_id $$;

-- What became of a batch; p_refused: line, code and facts of each row that was left out.
CREATE OR REPLACE FUNCTION gridseat.registry_told(p_read bigint, p_added bigint, p_updated bigint, p_refused jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('added', p_added, 'updated', p_updated, 'unchanged', p_read - p_added - p_updated - count(x.r),
        'refused', coalesce(jsonb_agg(jsonb_build_object('line', x.r -> 'line', 'code', x.r -> 'code', 'facts',
            (SELECT jsonb_object_agg(f.key, left(f.value, 40)) FROM jsonb_each_text(x.r - 'line' - 'code') AS f))
            ORDER BY (x.r ->> 'line')::integer), '[]'))
    FROM jsonb_array_elements(p_refused) AS x (r)
$$;

-- A comprehensive grid by its code, and where its organisation stands in the tree.
CREATE OR REPLACE FUNCTION gridseat.grid_named(p_code text) RETURNS TABLE (id bigint, lft bigint)
LANGUAGE sql STABLE AS $$
    SELECT x.id, o.lft FROM gridseat.grid AS x JOIN gridseat.organisation AS o ON o.id = x.organisation_id
    WHERE x.code = p_code AND x.kind = 'comprehensive' AND x.ended_at IS NULL OFFSET 0
$$;

CREATE OR REPLACE FUNCTION gridseat.grid_lft(p_grid bigint) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT o.lft FROM gridseat.grid AS x JOIN gridseat.organisation AS o ON o.id = x.organisation_id WHERE x.id = p_grid
$$;

CREATE OR REPLACE FUNCTION gridseat.take_houses(p_new boolean, p_salt text, p_lft bigint, p_rgt bigint, p_today date) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    v_told jsonb;
BEGIN
    WITH s AS MATERIALIZED (
        SELECT t.*, gridseat.registry_code(t.code, p_salt) AS key, coalesce(t.grid,
               CASE WHEN gridseat.is_spot(t.lon, t.lat) THEN (SELECT x.code FROM gridseat.grid AS x
                                                              WHERE x.id = gridseat.grid_at(t.lon, t.lat)) END) AS at
        FROM pg_temp.registry_houses AS t
    ), place AS MATERIALIZED (
        SELECT d.at, g.id, g.lft FROM (SELECT DISTINCT s.at FROM s) AS d
        CROSS JOIN LATERAL gridseat.grid_named(d.at) AS g
    ), judged AS MATERIALIZED (
        SELECT v.*, CASE WHEN v.verdict = 'added' THEN nextval('gridseat.house_id_seq') ELSE v.known END AS id FROM (
        SELECT s.line, s.code, s.key, s.use, s.address, coalesce(s.confirmed, p_today) AS confirmed_on, s.gone, s.lon, s.lat,
               s.raw_lon, s.raw_lat, s.datum, s.at, g.id AS grid_id, h.id AS known, h.confirmed_on AS was_on, h.same,
               coalesce(CASE WHEN (s.use IN ('self_occupied', 'rented', 'vacant')) IS FALSE
                      OR (s.lon IS NOT NULL) <> coalesce(gridseat.is_spot(s.lon, s.lat) AND gridseat.is_spot(s.raw_lon, s.raw_lat)
                          AND s.datum IN ('WGS-84', 'CGCS2000', 'GCJ-02', 'BD-09'), false)
                    THEN 'row_malformed'
                    ELSE gridseat.registry_refusal(CASE WHEN s.key <> s.code THEN 'digest' ELSE s.code END,
                        CASE WHEN s.grid IS NOT NULL THEN 'row_no_grid' WHEN s.lon IS NULL THEN 'row_no_place' ELSE 'row_no_grid_there' END,
                        g.id, g.lft, h.was_lft, p_lft, p_rgt, s.confirmed, s.gone, NULL, length(s.address), p_today) END,
                   gridseat.registry_verdict(h.id, h.same, s.confirmed, h.confirmed_on)) AS verdict
        FROM s LEFT JOIN place AS g ON g.at = s.at
        LEFT JOIN LATERAL (SELECT x.id, x.confirmed_on, CASE WHEN x.grid_id <> g.id THEN gridseat.grid_lft(x.grid_id) END AS was_lft,
                                  (x.grid_id, x.use, x.left_on, t.address, x.raw[0], x.raw[1], x.datum)
                                  IS NOT DISTINCT FROM (g.id, s.use, s.gone, s.address, s.raw_lon, s.raw_lat, s.datum) AS same
                           FROM gridseat.house AS x LEFT JOIN gridseat.house_text AS t ON t.house_id = x.id
                           WHERE x.code = s.key OFFSET 0) AS h ON NOT p_new
        OFFSET 0) AS v
    ), texts AS (
        INSERT INTO gridseat.house_text (house_id, address)
        SELECT j.id, j.address FROM judged AS j WHERE j.verdict = 'added' AND j.address IS NOT NULL
    ), other_texts AS (
        INSERT INTO gridseat.house_text (house_id, address)
        SELECT j.id, j.address FROM judged AS j WHERE j.verdict = 'updated' AND NOT (p_new OR j.same)
        ON CONFLICT (house_id) DO UPDATE SET address = excluded.address
    ), added AS (
        INSERT INTO gridseat.house (id, code, grid_id, use, filled, confirmed_on, left_on, spot, raw, datum)
        SELECT j.id, j.key, j.grid_id, j.use, num_nonnulls(j.use, j.address), j.confirmed_on, j.gone, point(j.lon, j.lat),
               point(j.raw_lon, j.raw_lat), j.datum
        FROM judged AS j WHERE j.verdict = 'added'
    ), updated AS (
        UPDATE gridseat.house AS h SET grid_id = j.grid_id, use = j.use, filled = num_nonnulls(j.use, j.address),
            confirmed_on = greatest(j.confirmed_on, h.confirmed_on), left_on = j.gone, spot = point(j.lon, j.lat),
            raw = point(j.raw_lon, j.raw_lat), datum = j.datum
        FROM judged AS j WHERE NOT p_new AND j.verdict = 'updated' AND h.id = j.id AND h.confirmed_on = j.was_on RETURNING h.id
    )
    SELECT gridseat.registry_told(count(*), count(*) FILTER (WHERE j.verdict = 'added'), count(*) FILTER (WHERE j.verdict = 'updated'),
        jsonb_agg(jsonb_build_object('line', j.line, 'code', j.verdict, 'value', j.code, 'grid', j.at, 'known', j.was_on))
            FILTER (WHERE j.verdict NOT IN ('added', 'updated', 'unchanged')))
    || jsonb_build_object('behind', count(*) FILTER (WHERE j.verdict = 'updated') - (SELECT count(*) FROM updated))
    INTO v_told FROM judged AS j;
    RETURN v_told;
END $$;

-- A household lies where its house does.
CREATE OR REPLACE FUNCTION gridseat.take_households(p_new boolean, p_salt text, p_lft bigint, p_rgt bigint, p_today date) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    v_told jsonb;
BEGIN
    WITH s AS MATERIALIZED (
        SELECT t.*, gridseat.registry_code(t.code, p_salt) AS key, gridseat.registry_code(t.house, p_salt) AS house_key
        FROM pg_temp.registry_households AS t
    ), judged AS MATERIALIZED (
        SELECT s.line, s.code, s.key, s.house, coalesce(s.confirmed, p_today) AS confirmed_on, s.gone, u.id AS house_id, u.grid_id,
               h.id AS known, h.confirmed_on AS was_on,
               coalesce(gridseat.registry_refusal(CASE WHEN s.key <> s.code THEN 'digest' ELSE s.code END, 'row_no_house', u.grid_id, g.lft,
                                                  h.was_lft, p_lft, p_rgt, s.confirmed, s.gone, NULL, NULL, p_today),
                        gridseat.registry_verdict(h.id, h.same, s.confirmed, h.confirmed_on)) AS verdict
        FROM s
        LEFT JOIN LATERAL (SELECT x.id, x.grid_id FROM gridseat.house AS x WHERE x.code = s.house_key OFFSET 0) AS u ON true
        LEFT JOIN LATERAL (SELECT x.id, o.lft FROM gridseat.grid AS x JOIN gridseat.organisation AS o ON o.id = x.organisation_id
                           WHERE x.id = u.grid_id OFFSET 0) AS g ON true
        LEFT JOIN LATERAL (SELECT x.id, x.confirmed_on, CASE WHEN x.grid_id <> g.id THEN gridseat.grid_lft(x.grid_id) END AS was_lft,
                                  (x.house_id, x.left_on) IS NOT DISTINCT FROM (u.id, s.gone) AS same
                           FROM gridseat.household AS x WHERE x.code = s.key OFFSET 0) AS h ON NOT p_new
    ), added AS (
        INSERT INTO gridseat.household (code, house_id, grid_id, confirmed_on, left_on)
        SELECT j.key, j.house_id, j.grid_id, j.confirmed_on, j.gone FROM judged AS j WHERE j.verdict = 'added'
    ), updated AS (
        UPDATE gridseat.household AS h SET house_id = j.house_id, grid_id = j.grid_id,
            confirmed_on = greatest(j.confirmed_on, h.confirmed_on), left_on = j.gone
        FROM judged AS j WHERE NOT p_new AND j.verdict = 'updated' AND h.id = j.known AND h.confirmed_on = j.was_on RETURNING h.id
    )
    SELECT gridseat.registry_told(count(*), count(*) FILTER (WHERE j.verdict = 'added'), count(*) FILTER (WHERE j.verdict = 'updated'),
        jsonb_agg(jsonb_build_object('line', j.line, 'code', j.verdict, 'value', j.code, 'house', j.house, 'known', j.was_on))
            FILTER (WHERE j.verdict NOT IN ('added', 'updated', 'unchanged')))
    || jsonb_build_object('behind', count(*) FILTER (WHERE j.verdict = 'updated') - (SELECT count(*) FROM updated))
    INTO v_told FROM judged AS j;
    RETURN v_told;
END $$;

-- A resident lies where their household does; without one, in the grid that the row names.
CREATE OR REPLACE FUNCTION gridseat.take_residents(p_new boolean, p_salt text, p_lft bigint, p_rgt bigint, p_today date) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    v_told jsonb;
BEGIN
    WITH s AS MATERIALIZED (
        SELECT t.*, gridseat.registry_code(t.code, p_salt) AS key, gridseat.registry_code(t.household, p_salt) AS household_key,
               CASE WHEN t.household IS NULL THEN t.grid END AS at
        FROM pg_temp.registry_residents AS t
    ), home AS MATERIALIZED (
        SELECT d.household_key, u.* FROM (SELECT DISTINCT s.household_key FROM s) AS d
        CROSS JOIN LATERAL (SELECT x.id, x.grid_id, o.lft FROM gridseat.household AS x JOIN gridseat.grid AS g ON g.id = x.grid_id
                            JOIN gridseat.organisation AS o ON o.id = g.organisation_id WHERE x.code = d.household_key OFFSET 0) AS u
    ), place AS MATERIALIZED (
        SELECT d.at, g.id, g.lft FROM (SELECT DISTINCT s.at FROM s) AS d
        CROSS JOIN LATERAL gridseat.grid_named(d.at) AS g
    ), judged AS MATERIALIZED (
        SELECT v.*, CASE WHEN v.verdict = 'added' THEN nextval('gridseat.resident_id_seq') ELSE v.known END AS id FROM (
        SELECT s.line, s.code, s.key, s.kind, s.name, s.birth_year, s.alone, s.phone, s.household, s.at,
               coalesce(s.confirmed, p_today) AS confirmed_on, s.gone, u.id AS household_id, g.id AS grid_id,
               h.id AS known, h.confirmed_on AS was_on, h.same,
               coalesce(CASE WHEN h.erased THEN 'row_erased'
                    WHEN (s.kind IN ('registered', 'floating')) IS NOT TRUE OR s.alone IS NULL OR length(s.phone) > 40 THEN 'row_malformed'
                    ELSE gridseat.registry_refusal(CASE WHEN s.key <> s.code THEN 'digest' ELSE s.code END,
                        CASE WHEN s.household IS NOT NULL THEN 'row_no_household' WHEN s.at IS NULL THEN 'row_no_place' ELSE 'row_no_grid' END,
                        g.id, g.lft, h.was_lft, p_lft, p_rgt, s.confirmed, s.gone, s.birth_year, length(s.name), p_today) END,
                   gridseat.registry_verdict(h.id, h.same, s.confirmed, h.confirmed_on)) AS verdict
        FROM s LEFT JOIN home AS u ON u.household_key = s.household_key LEFT JOIN place AS n ON n.at = s.at
        CROSS JOIN LATERAL (SELECT coalesce(u.grid_id, n.id) AS id, coalesce(u.lft, n.lft) AS lft) AS g
        LEFT JOIN LATERAL (SELECT x.id, x.confirmed_on, x.erased, CASE WHEN x.grid_id <> g.id THEN gridseat.grid_lft(x.grid_id) END AS was_lft,
                                  (x.grid_id, x.household_id, x.kind, x.birth_year, x.alone, x.left_on, t.name, t.phone)
                                  IS NOT DISTINCT FROM (g.id, u.id, s.kind, s.birth_year, s.alone, s.gone, s.name, s.phone) AS same
                           FROM gridseat.resident AS x LEFT JOIN gridseat.resident_text AS t ON t.resident_id = x.id
                           WHERE x.code = s.key OFFSET 0) AS h ON NOT p_new
        OFFSET 0) AS v
    ), texts AS (
        INSERT INTO gridseat.resident_text (resident_id, name, phone)
        SELECT j.id, j.name, j.phone FROM judged AS j WHERE j.verdict = 'added' AND num_nonnulls(j.name, j.phone) > 0
    ), other_texts AS (
        INSERT INTO gridseat.resident_text (resident_id, name, phone)
        SELECT j.id, j.name, j.phone FROM judged AS j WHERE j.verdict = 'updated' AND NOT (p_new OR j.same)
        ON CONFLICT (resident_id) DO UPDATE SET name = excluded.name, phone = excluded.phone
    ), added AS (
        INSERT INTO gridseat.resident (id, code, grid_id, household_id, kind, birth_year, alone, filled, confirmed_on, left_on)
        SELECT j.id, j.key, j.grid_id, j.household_id, j.kind, j.birth_year, j.alone,
               num_nonnulls(j.name, j.birth_year, j.phone, j.household_id), j.confirmed_on, j.gone
        FROM judged AS j WHERE j.verdict = 'added'
    ), updated AS (
        UPDATE gridseat.resident AS r SET grid_id = j.grid_id, household_id = j.household_id, kind = j.kind,
            birth_year = j.birth_year, alone = j.alone, filled = num_nonnulls(j.name, j.birth_year, j.phone, j.household_id),
            confirmed_on = greatest(j.confirmed_on, r.confirmed_on), left_on = j.gone
        FROM judged AS j WHERE NOT p_new AND j.verdict = 'updated' AND r.id = j.id AND r.confirmed_on = j.was_on RETURNING r.id
    )
    SELECT gridseat.registry_told(count(*), count(*) FILTER (WHERE j.verdict = 'added'), count(*) FILTER (WHERE j.verdict = 'updated'),
        jsonb_agg(jsonb_build_object('line', j.line, 'code', j.verdict, 'value', j.code, 'grid', j.at, 'household', j.household, 'known', j.was_on))
            FILTER (WHERE j.verdict NOT IN ('added', 'updated', 'unchanged')))
    || jsonb_build_object('behind', count(*) FILTER (WHERE j.verdict = 'updated') - (SELECT count(*) FROM updated))
    INTO v_told FROM judged AS j;
    RETURN v_told;
END $$;

-- Batches of one kind go in side by side. Those of others wait, since houses stand still while households are hung on
-- them, and households while residents are: a move that does not see what is on its way would leave it behind.
CREATE OR REPLACE FUNCTION gridseat.hold_registry(p_kind text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF p_kind = 'houses' THEN
        LOCK TABLE gridseat.house, gridseat.household IN ROW EXCLUSIVE MODE;
    ELSIF p_kind = 'households' THEN
        LOCK TABLE gridseat.house IN SHARE MODE;
        LOCK TABLE gridseat.household IN ROW EXCLUSIVE MODE;
    ELSE
        LOCK TABLE gridseat.household IN SHARE MODE;
    END IF;
    LOCK TABLE gridseat.resident IN ROW EXCLUSIVE MODE;
END $$;

-- Takes the batch that was copied. Whoever governs everything has no bounds.
CREATE OR REPLACE FUNCTION desk.import_registry(p_kind text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_admin();
    o gridseat.organisation := gridseat.bounds_of(me);
    v_salt text := coalesce(gridseat.setting('registry_salt', 'null') #>> '{}', gridseat.registry_secret('registry_salt'));
    v_known boolean;
    v_told jsonb;
    v_take text;
BEGIN
    IF p_kind IS NULL OR p_kind NOT IN ('houses', 'households', 'residents') THEN
        PERFORM gridseat.reject_input('not_one_of', jsonb_build_object('option', 'kind', 'value', left(p_kind, 40),
                                                                       'values', 'houses, households, residents'));
    END IF;
    PERFORM gridseat.hold_registry(p_kind);
    v_take := format('SELECT gridseat.take_%s($1, $2, $3, $4, $5)', p_kind);
    EXECUTE format('SELECT EXISTS (SELECT FROM (SELECT t.code FROM pg_temp.%I AS t LIMIT 100) AS s
                                   JOIN gridseat.%I AS r ON r.code = gridseat.registry_code(s.code, $1))',
                   'registry_' || p_kind, left(p_kind, -1)) USING v_salt INTO v_known;
    FOR v_try IN 1 .. 5 LOOP
        BEGIN
            EXECUTE v_take USING NOT v_known, v_salt, coalesce(o.lft, 0), coalesce(o.rgt, 9223372036854775807), gridseat.registry_today()
            INTO v_told;
            IF (v_told ->> 'behind')::bigint > 0 THEN
                RAISE EXCEPTION USING ERRCODE = 'serialization_failure';
            END IF;
            RETURN v_told;
        EXCEPTION WHEN unique_violation OR serialization_failure THEN
            v_known := true;  -- somebody else has written some of these records since they were looked at
        END;
    END LOOP;
    PERFORM gridseat.reject_input('row_again', jsonb_build_object('value', p_kind));  -- one code in two ways of writing
END $$;
