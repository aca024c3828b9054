-- The registry of people and houses, and what it counts. A statement that changes records adds what it changed to the
-- sums of their grids, of the grids' organisations (own) and of all organisations above (below), once for all of its
-- rows. So that writers do not wait for each other at the root, sums below are kept in slots, of which each uses one.

-- A code that looks like an identity number (18 or 15 digits) is kept as a salted digest only: it is known again, and
-- nobody can read it.
CREATE OR REPLACE FUNCTION gridseat.registry_code(p_code text, p_salt text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN octet_length(p_code) IN (15, 18) AND p_code ~ '^[0-9]*[Xx]*$'
                THEN '#' || encode(substring(sha256((p_salt || upper(p_code))::bytea) FOR 16), 'hex')
                ELSE p_code END
$$;

-- Kept secrets of this database, made when they are first asked for; whoever asks locks their row.
CREATE OR REPLACE FUNCTION gridseat.registry_secret(p_key text) RETURNS text
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO gridseat.setting (key, value)
    VALUES (p_key, to_jsonb(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')))
    ON CONFLICT ON CONSTRAINT setting_pkey DO NOTHING;
    RETURN (SELECT s.value #>> '{}' FROM gridseat.setting AS s WHERE s.key = p_key FOR UPDATE);
END $$;

CREATE OR REPLACE FUNCTION gridseat.registry_today() RETURNS date
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS
$$ SELECT (desk.now() AT TIME ZONE gridseat.fold_zone())::date $$;

CREATE OR REPLACE FUNCTION gridseat.day_number(p date) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$ SELECT p - date '2000-01-01' $$;

-- Sums of days that are asked for over long periods are kept by month too: under their key and /month, at its first day.
CREATE OR REPLACE FUNCTION gridseat.by_month(p_key text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$ SELECT p_key IN ('checked', 'timely', 'correct', 'visits_due', 'visits_made') $$;

CREATE OR REPLACE FUNCTION gridseat.month_number(p_day integer) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$
    SELECT p_day + 1 - extract(day FROM date '2000-01-01' + p_day)::integer
$$;

-- Adds rows of scope own, and the same to everybody above; in one order, so that two writers do not wait in a circle.
CREATE OR REPLACE FUNCTION gridseat.add_tally(p_rows gridseat.registry_tally[]) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
    INSERT INTO gridseat.registry_tally AS t (scope, place_id, key, at, slot, n)
    WITH day AS MATERIALIZED (
        SELECT r.place_id, r.key, r.at, sum(r.n)::bigint AS n FROM unnest(p_rows) AS r GROUP BY 1, 2, 3
    ), own AS MATERIALIZED (
        SELECT d.* FROM day AS d
        UNION ALL
        SELECT d.place_id, d.key || '/month', gridseat.month_number(d.at), sum(d.n)::bigint
        FROM day AS d WHERE gridseat.by_month(d.key) GROUP BY 1, 2, 3
    ), above AS MATERIALIZED (
        SELECT p.place_id, a.id FROM (SELECT DISTINCT o.place_id FROM own AS o) AS p
        CROSS JOIN LATERAL gridseat.at_or_above(p.place_id) AS a WHERE a.id <> p.place_id
    )
    SELECT s.* FROM (
        SELECT 'own' AS scope, o.place_id, o.key, o.at, 0 AS slot, o.n FROM own AS o
        UNION ALL
        SELECT 'below', a.id, o.key, o.at, pg_backend_pid() % 4, sum(o.n)::bigint
        FROM own AS o JOIN above AS a ON a.place_id = o.place_id GROUP BY 2, 3, 4) AS s
    WHERE s.n <> 0 ORDER BY s.scope DESC, s.place_id, s.key, s.at
    ON CONFLICT (scope, place_id, key, at, slot) DO UPDATE SET n = t.n + excluded.n
$$;

-- What a grid counts, by key.
CREATE OR REPLACE FUNCTION gridseat.grid_counts(g gridseat.registry_grid) RETURNS TABLE (key text, n bigint)
LANGUAGE sql IMMUTABLE AS $$
    VALUES ('houses', g.houses), ('self_occupied', g.self_occupied), ('rented', g.rented), ('vacant', g.vacant),
           ('households', g.households), ('residents', g.residents), ('registered', g.registered), ('floating', g.floating),
           ('filled', g.filled)
$$;

-- Records go in side by side, but are counted in turn, until their transaction ends: two that count the same grids
-- would wait for each other in a circle.
CREATE OR REPLACE FUNCTION gridseat.registry_turn() RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS
$$ SELECT FROM gridseat.setting AS s WHERE s.key = 'registry_salt' FOR UPDATE $$;

-- Adds (p_sign 1) or takes (-1) what grids count, and dated rows of scope own.
CREATE OR REPLACE FUNCTION gridseat.add_counts(p_sign integer, p_grids gridseat.registry_grid[], p_dated gridseat.registry_tally[])
RETURNS void LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
BEGIN
    PERFORM gridseat.registry_turn();
    INSERT INTO gridseat.registry_grid AS t
    SELECT r.grid_id, p_sign * r.houses, p_sign * r.self_occupied, p_sign * r.rented, p_sign * r.vacant, p_sign * r.households,
           p_sign * r.residents, p_sign * r.registered, p_sign * r.floating, p_sign * r.filled
    FROM unnest(p_grids) AS r ORDER BY r.grid_id
    ON CONFLICT (grid_id) DO UPDATE SET houses = t.houses + excluded.houses,
        self_occupied = t.self_occupied + excluded.self_occupied, rented = t.rented + excluded.rented,
        vacant = t.vacant + excluded.vacant, households = t.households + excluded.households,
        residents = t.residents + excluded.residents, registered = t.registered + excluded.registered,
        floating = t.floating + excluded.floating, filled = t.filled + excluded.filled;
    PERFORM gridseat.add_tally(array_agg(ROW ('own', x.place_id, x.key, x.at, 0, p_sign * x.n)::gridseat.registry_tally)) FROM (
        SELECT d.place_id, d.key, d.at, d.n FROM unnest(p_dated) AS d
        UNION ALL
        SELECT g.organisation_id, k.key, 0, sum(k.n) FROM unnest(p_grids) AS r JOIN gridseat.grid AS g ON g.id = r.grid_id
        CROSS JOIN LATERAL gridseat.grid_counts(ROW (r.*)::gridseat.registry_grid) AS k GROUP BY 1, 2) AS x;
END $$;

-- Statement triggers: told are the rows as they were (-1) or became (+1); who has left counts no more.
CREATE OR REPLACE FUNCTION gridseat.count_houses() RETURNS trigger
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
BEGIN
    PERFORM gridseat.add_counts(TG_ARGV[0]::integer,
        (SELECT array_agg(x::gridseat.registry_grid) FROM (
            SELECT r.grid_id, count(*), count(*) FILTER (WHERE r.use = 'self_occupied'), count(*) FILTER (WHERE r.use = 'rented'),
                   count(*) FILTER (WHERE r.use = 'vacant'), 0::bigint, 0::bigint, 0::bigint, 0::bigint, sum(r.filled)
            FROM told AS r WHERE r.left_on IS NULL GROUP BY r.grid_id) AS x),
        (WITH place AS MATERIALIZED (
            SELECT d.id, g.o FROM (SELECT DISTINCT r.grid_id AS id FROM told AS r) AS d
            CROSS JOIN LATERAL (SELECT y.organisation_id AS o FROM gridseat.grid AS y WHERE y.id = d.id OFFSET 0) AS g)
         SELECT array_agg(ROW ('own', x.o, 'confirmed', gridseat.day_number(x.day), 0, x.n)::gridseat.registry_tally) FROM (
            SELECT p.o, r.confirmed_on AS day, count(*) AS n FROM told AS r JOIN place AS p ON p.id = r.grid_id
            WHERE r.left_on IS NULL GROUP BY 1, 2) AS x));
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION gridseat.count_households() RETURNS trigger
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
BEGIN
    PERFORM gridseat.add_counts(TG_ARGV[0]::integer,
        (SELECT array_agg(ROW (x.grid_id, 0, 0, 0, 0, x.n, 0, 0, 0, 0)::gridseat.registry_grid) FROM (
            SELECT r.grid_id, count(*) AS n FROM told AS r WHERE r.left_on IS NULL GROUP BY r.grid_id) AS x), NULL);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION gridseat.count_residents() RETURNS trigger
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    v_sign integer := TG_ARGV[0];
    v_old integer;
BEGIN
    PERFORM gridseat.add_counts(v_sign,
        (SELECT array_agg(x::gridseat.registry_grid) FROM (
            SELECT r.grid_id, 0::bigint, 0::bigint, 0::bigint, 0::bigint, 0::bigint, count(*),
                   count(*) FILTER (WHERE r.kind = 'registered'), count(*) FILTER (WHERE r.kind = 'floating'), sum(r.filled)
            FROM told AS r WHERE r.left_on IS NULL GROUP BY r.grid_id) AS x),
        (WITH place AS MATERIALIZED (
            SELECT d.id, g.o FROM (SELECT DISTINCT r.grid_id AS id FROM told AS r) AS d
            CROSS JOIN LATERAL (SELECT y.organisation_id AS o FROM gridseat.grid AS y WHERE y.id = d.id OFFSET 0) AS g)
         SELECT array_agg(ROW ('own', x.o, CASE WHEN x.dated THEN 'confirmed' WHEN x.alone THEN 'alone' ELSE 'together' END,
                               CASE WHEN x.dated THEN gridseat.day_number(x.day) ELSE x.birth_year END, 0, x.n)::gridseat.registry_tally)
         FROM (SELECT p.o, r.confirmed_on AS day, r.alone, r.birth_year, grouping(r.confirmed_on) = 0 AS dated, count(*) AS n
               FROM told AS r JOIN place AS p ON p.id = r.grid_id WHERE r.left_on IS NULL
               GROUP BY GROUPING SETS ((p.o, r.confirmed_on), (p.o, r.alone, r.birth_year))) AS x
         WHERE x.dated OR x.birth_year IS NOT NULL));
    v_old := gridseat.old_kept();
    INSERT INTO gridseat.registry_old AS t (grid_id, elderly, alone)
    SELECT r.grid_id, v_sign * count(*), v_sign * count(*) FILTER (WHERE r.alone) FROM told AS r
    WHERE r.left_on IS NULL AND r.birth_year <= v_old GROUP BY 1 ORDER BY 1
    ON CONFLICT (grid_id) DO UPDATE SET elderly = t.elderly + excluded.elderly, alone = t.alone + excluded.alone;
    RETURN NULL;
END $$;

-- Drawn by month; checked, and found correct, by the day on which that was entered.
CREATE OR REPLACE FUNCTION gridseat.count_spot_checks() RETURNS trigger
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    v_sign integer := TG_ARGV[0];
BEGIN
    PERFORM gridseat.add_tally((
        SELECT array_agg(ROW ('own', x.o, x.key, gridseat.day_number(x.day), 0, v_sign * x.n)::gridseat.registry_tally) FROM (
            SELECT g.organisation_id AS o, k.key, k.day, count(*) AS n
            FROM told AS r JOIN gridseat.grid AS g ON g.id = r.grid_id CROSS JOIN LATERAL gridseat.spot_facts(ROW (r.*)::gridseat.spot_check) AS k
            GROUP BY 1, 2, 3) AS x));
    RETURN NULL;
END $$;

-- What a spot check counts for, and on which day; timely is one that was made within the month that it was drawn for.
CREATE OR REPLACE FUNCTION gridseat.spot_facts(s gridseat.spot_check) RETURNS TABLE (key text, day date)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT f.key, f.day
    FROM (SELECT (s.checked_at AT TIME ZONE gridseat.fold_zone())::date) AS c (day)
    CROSS JOIN LATERAL (VALUES ('drawn', s.month, true), ('checked', c.day, s.result IS NOT NULL),
                               ('timely', c.day, s.result IS NOT NULL AND date_trunc('month', c.day) = s.month),
                               ('correct', c.day, s.result = 'correct')) AS f (key, day, holds)
    WHERE f.holds
$$;

-- By the day on which the visit falls due; made is made in time or not.
CREATE OR REPLACE FUNCTION gridseat.count_visits() RETURNS trigger
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    v_sign integer := TG_ARGV[0];
BEGIN
    PERFORM gridseat.add_tally((
        SELECT array_agg(ROW ('own', x.o, x.key, gridseat.day_number(x.day), 0, v_sign * x.n)::gridseat.registry_tally) FROM (
            SELECT g.organisation_id AS o, k.key, r.due_on AS day, count(*) AS n
            FROM told AS r JOIN gridseat.grid AS g ON g.id = r.grid_id
            CROSS JOIN LATERAL (VALUES ('visits_due', true), ('visits_made', gridseat.is_visited(r.result))) AS k (key, holds)
            WHERE k.holds GROUP BY 1, 2, 3) AS x));
    RETURN NULL;
END $$;

-- Nobody at home is no visit; who has moved away was looked for and found gone.
CREATE OR REPLACE FUNCTION gridseat.is_visited(p_result text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$ SELECT coalesce(p_result <> 'absent', false) $$;

-- A house that lies in another grid takes its households along, and they their residents.
CREATE OR REPLACE FUNCTION gridseat.move_households() RETURNS trigger
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    IF EXISTS (SELECT FROM now_so) THEN
        UPDATE gridseat.household AS h SET grid_id = n.grid_id
        FROM now_so AS n JOIN was_so AS w ON w.id = n.id AND w.grid_id <> n.grid_id
        WHERE h.house_id = n.id AND h.grid_id <> n.grid_id;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION gridseat.move_residents() RETURNS trigger
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    IF EXISTS (SELECT FROM now_so) THEN
        UPDATE gridseat.resident AS r SET grid_id = n.grid_id
        FROM now_so AS n JOIN was_so AS w ON w.id = n.id AND w.grid_id <> n.grid_id
        WHERE r.household_id = n.id AND r.grid_id <> n.grid_id;
    END IF;
    RETURN NULL;
END $$;
