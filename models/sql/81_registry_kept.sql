-- What keeps the registry's sums as they are: triggers on records, on grids and on the tree; and the recount.

-- Whole square metres of a ring (degrees of WGS-84, on a sphere: true to half a percent), a hole's negative. Whole, so
-- that what is added and taken ring by ring is what a recount finds.
CREATE OR REPLACE FUNCTION gridseat.ring_area(p_ring polygon, p_hole boolean) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
    SELECT round(area(path(p_ring)) * power(radians(6371008.8), 2) * cosd((point(p_ring))[1]))::bigint * CASE WHEN p_hole THEN -1 ELSE 1 END
$$;

-- The area of an organisation is that of its comprehensive grids: other kinds lie over them.
CREATE OR REPLACE FUNCTION gridseat.has_area(p_kind text, p_ended timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$ SELECT p_kind = 'comprehensive' AND p_ended IS NULL $$;

-- Everything that is counted of so many grids (null: of all), from the records themselves.
CREATE OR REPLACE FUNCTION gridseat.registry_facts(p_grids bigint[])
RETURNS TABLE (grid_id bigint, key text, at integer, n bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    WITH house AS (SELECT * FROM gridseat.house AS h WHERE (p_grids IS NULL OR h.grid_id = ANY (p_grids)) AND h.left_on IS NULL),
    household AS (SELECT * FROM gridseat.household AS h WHERE (p_grids IS NULL OR h.grid_id = ANY (p_grids)) AND h.left_on IS NULL),
    resident AS (SELECT * FROM gridseat.resident AS r WHERE (p_grids IS NULL OR r.grid_id = ANY (p_grids)) AND r.left_on IS NULL),
    spot AS (SELECT * FROM gridseat.spot_check AS s WHERE p_grids IS NULL OR s.grid_id = ANY (p_grids)),
    visit AS (SELECT * FROM gridseat.visit_task AS v WHERE p_grids IS NULL OR v.grid_id = ANY (p_grids))
    SELECT h.grid_id, 'houses', 0, count(*) FROM house AS h GROUP BY 1
    UNION ALL SELECT h.grid_id, h.use, 0, count(*) FROM house AS h WHERE h.use IS NOT NULL GROUP BY 1, 2
    UNION ALL SELECT h.grid_id, 'households', 0, count(*) FROM household AS h GROUP BY 1
    UNION ALL SELECT r.grid_id, 'residents', 0, count(*) FROM resident AS r GROUP BY 1
    UNION ALL SELECT r.grid_id, r.kind, 0, count(*) FROM resident AS r GROUP BY 1, 2
    UNION ALL SELECT r.grid_id, CASE WHEN r.alone THEN 'alone' ELSE 'together' END, r.birth_year, count(*)
              FROM resident AS r WHERE r.birth_year IS NOT NULL GROUP BY 1, 2, 3
    UNION ALL SELECT f.grid_id, 'filled', 0, sum(f.filled)::bigint FROM (
                  SELECT h.grid_id, h.filled FROM house AS h UNION ALL SELECT r.grid_id, r.filled FROM resident AS r) AS f GROUP BY 1
    UNION ALL SELECT f.grid_id, 'confirmed', gridseat.day_number(f.confirmed_on), count(*) FROM (
                  SELECT h.grid_id, h.confirmed_on FROM house AS h
                  UNION ALL SELECT r.grid_id, r.confirmed_on FROM resident AS r) AS f GROUP BY 1, 3
    UNION ALL SELECT s.grid_id, k.key, gridseat.day_number(k.day), count(*)
              FROM spot AS s CROSS JOIN LATERAL gridseat.spot_facts(ROW (s.*)::gridseat.spot_check) AS k GROUP BY 1, 2, 3
    UNION ALL SELECT v.grid_id, 'visits_due', gridseat.day_number(v.due_on), count(*) FROM visit AS v GROUP BY 1, 3
    UNION ALL SELECT v.grid_id, 'visits_made', gridseat.day_number(v.due_on), count(*)
              FROM visit AS v WHERE gridseat.is_visited(v.result) GROUP BY 1, 3
    UNION ALL SELECT g.id, 'area', 0, sum(gridseat.ring_area(x.ring, x.hole))::bigint
              FROM gridseat.grid AS g JOIN gridseat.grid_ring AS x ON x.grid_id = g.id
              WHERE (p_grids IS NULL OR g.id = ANY (p_grids)) AND gridseat.has_area(g.kind, g.ended_at) GROUP BY 1;
END $$;

CREATE OR REPLACE FUNCTION gridseat.count_rings() RETURNS trigger
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_sign integer := TG_ARGV[0];
BEGIN
    PERFORM gridseat.add_tally(array_agg(ROW ('own', x.o, 'area', 0, 0, v_sign * x.n)::gridseat.registry_tally))
    FROM (SELECT g.organisation_id AS o, sum(gridseat.ring_area(r.ring, r.hole)) AS n
          FROM told AS r JOIN gridseat.grid AS g ON g.id = r.grid_id AND gridseat.has_area(g.kind, g.ended_at) GROUP BY 1) AS x
    HAVING count(*) > 0;
    RETURN NULL;
END $$;

-- A grid that goes to another organisation takes what it counts along; one that ends leaves its area.
CREATE OR REPLACE FUNCTION gridseat.count_moved_grids() RETURNS trigger
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    v_grids bigint[] := ARRAY(SELECT n.id FROM now_so AS n JOIN was_so AS w ON w.id = n.id
                              WHERE (w.organisation_id, w.kind, w.ended_at) IS DISTINCT FROM (n.organisation_id, n.kind, n.ended_at));
    v_moved bigint[] := ARRAY(SELECT n.id FROM now_so AS n JOIN was_so AS w ON w.id = n.id
                              WHERE n.organisation_id <> w.organisation_id);
BEGIN
    IF v_grids <> '{}' THEN
        PERFORM gridseat.add_tally((
            WITH x AS (SELECT w.id, w.organisation_id AS o, -1 AS sign, gridseat.has_area(w.kind, w.ended_at) AS lies FROM was_so AS w
                       UNION ALL SELECT n.id, n.organisation_id, 1, gridseat.has_area(n.kind, n.ended_at) FROM now_so AS n)
            SELECT array_agg(ROW ('own', f.o, f.key, f.at, 0, f.n)::gridseat.registry_tally) FROM (
                SELECT x.o, k.key, k.at, x.sign * k.n AS n FROM gridseat.registry_facts(v_moved) AS k JOIN x ON x.id = k.grid_id
                WHERE k.key <> 'area' AND v_moved <> '{}'
                UNION ALL
                SELECT x.o, 'area', 0, x.sign * gridseat.ring_area(r.ring, r.hole) FROM x JOIN gridseat.grid_ring AS r ON r.grid_id = x.id
                WHERE x.lies AND x.id = ANY (v_grids)) AS f));
    END IF;
    RETURN NULL;
END $$;

-- What these organisations have below them, summed anew from what hangs there by the parents.
CREATE OR REPLACE FUNCTION gridseat.settle_below(p_organisations bigint[]) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    DELETE FROM gridseat.registry_tally AS t WHERE t.scope = 'below' AND t.place_id = ANY (p_organisations);
    WITH RECURSIVE tree AS (
        SELECT p.id AS top, o.id FROM unnest(p_organisations) AS p (id) JOIN gridseat.organisation AS o ON o.parent_id = p.id
        UNION
        SELECT t.top, o.id FROM tree AS t JOIN gridseat.organisation AS o ON o.parent_id = t.id
    )
    INSERT INTO gridseat.registry_tally (scope, place_id, key, at, slot, n)
    SELECT 'below', t.top, k.key, k.at, 0, sum(k.n) FROM tree AS t
    JOIN gridseat.registry_tally AS k ON k.scope = 'own' AND k.place_id = t.id GROUP BY t.top, k.key, k.at;
END $$;

-- Where an organisation hangs elsewhere, all above its old parent and its new one are summed anew.
CREATE OR REPLACE FUNCTION gridseat.count_moved_organisations() RETURNS trigger
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_above bigint[] := ARRAY(
        SELECT DISTINCT a.id FROM was_so AS w JOIN now_so AS n ON n.id = w.id AND w.parent_id IS DISTINCT FROM n.parent_id
        CROSS JOIN LATERAL unnest(ARRAY[w.parent_id, n.parent_id]) AS u (parent)
        CROSS JOIN LATERAL gridseat.at_or_above(u.parent) AS a);
BEGIN
    IF v_above <> '{}' THEN
        PERFORM gridseat.settle_below(v_above);
    END IF;
    RETURN NULL;
END $$;

-- The sums against the records, and what hangs on nothing. None, or a fault.
CREATE OR REPLACE FUNCTION gridseat.registry_faults() RETURNS TABLE (kind text, what text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN QUERY
    WITH fact AS MATERIALIZED (SELECT f.grid_id, f.key, f.at, f.n FROM gridseat.registry_facts(NULL) AS f),
    own AS (SELECT g.organisation_id AS o, k.key, k.at, sum(f.n) AS n
            FROM fact AS f JOIN gridseat.grid AS g ON g.id = f.grid_id
            CROSS JOIN LATERAL (VALUES (f.key, f.at), (CASE WHEN gridseat.by_month(f.key) THEN f.key || '/month' END,
                                                       gridseat.month_number(f.at))) AS k (key, at)
            WHERE k.key IS NOT NULL GROUP BY 1, 2, 3),
    told AS (SELECT 'own' AS scope, w.o AS place, w.key, w.at, w.n FROM own AS w
             UNION ALL
             SELECT 'below', a.id, w.key, w.at, sum(w.n) FROM own AS w CROSS JOIN LATERAL gridseat.at_or_above(w.o) AS a
             WHERE a.id <> w.o GROUP BY 2, 3, 4)
    SELECT 'registry_tally', concat_ws(' ', coalesce(k.scope, t.scope), coalesce(k.place_id, t.place), coalesce(k.key, t.key),
                                       coalesce(k.at, t.at))
    FROM (SELECT x.scope, x.place_id, x.key, x.at, sum(x.n) AS n FROM gridseat.registry_tally AS x GROUP BY 1, 2, 3, 4) AS k
    FULL JOIN told AS t ON (t.scope, t.place, t.key, t.at) = (k.scope, k.place_id, k.key, k.at)
    WHERE coalesce(k.n, 0) <> coalesce(t.n, 0)
    UNION ALL
    SELECT 'registry_grid', coalesce(k.grid_id, t.grid_id)::text
    FROM (SELECT g.grid_id, u.key, u.n FROM gridseat.registry_grid AS g
          CROSS JOIN LATERAL gridseat.grid_counts(ROW (g.*)::gridseat.registry_grid) AS u) AS k
    FULL JOIN (SELECT f.* FROM fact AS f WHERE f.at = 0 AND f.key <> 'area') AS t ON (t.grid_id, t.key) = (k.grid_id, k.key)
    WHERE coalesce(k.n, 0) <> coalesce(t.n, 0);
    RETURN QUERY SELECT * FROM gridseat.old_faults();
    RETURN QUERY SELECT * FROM gridseat.registry_strays();
END $$;

-- Foreign keys that are not declared (a check a row would double an import), and what is derived.
CREATE OR REPLACE FUNCTION gridseat.registry_strays() RETURNS TABLE (kind text, what text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT 'registry_house', h.code FROM gridseat.house AS h LEFT JOIN gridseat.grid AS g ON g.id = h.grid_id
    LEFT JOIN gridseat.house_text AS t ON t.house_id = h.id
    WHERE g.id IS NULL OR h.filled <> num_nonnulls(h.use, t.address)
    UNION ALL
    SELECT 'registry_household', h.code FROM gridseat.household AS h LEFT JOIN gridseat.house AS u ON u.id = h.house_id
    WHERE u.id IS NULL OR u.grid_id <> h.grid_id
    UNION ALL
    SELECT 'registry_resident', r.code FROM gridseat.resident AS r
    LEFT JOIN gridseat.grid AS g ON g.id = r.grid_id
    LEFT JOIN gridseat.household AS h ON h.id = r.household_id
    LEFT JOIN gridseat.resident_text AS t ON t.resident_id = r.id
    WHERE g.id IS NULL OR (r.household_id IS NOT NULL AND h.grid_id IS DISTINCT FROM r.grid_id)
       OR r.filled <> num_nonnulls(t.name, r.birth_year, t.phone, r.household_id) OR (r.erased AND t.resident_id IS NOT NULL)
    UNION ALL
    SELECT 'registry_text', t.resident_id::text FROM gridseat.resident_text AS t
    WHERE NOT EXISTS (SELECT FROM gridseat.resident AS r WHERE r.id = t.resident_id)
    UNION ALL
    SELECT 'registry_text', t.house_id::text FROM gridseat.house_text AS t
    WHERE NOT EXISTS (SELECT FROM gridseat.house AS h WHERE h.id = t.house_id)
$$;

-- Spot checks that were made before those within their month were summed.
CREATE OR REPLACE FUNCTION gridseat.sum_timely() RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    SELECT gridseat.add_tally(array_agg(ROW ('own', x.o, 'timely', gridseat.day_number(x.day), 0, x.n)::gridseat.registry_tally)) FROM (
        SELECT g.organisation_id AS o, k.day, count(*) AS n
        FROM gridseat.spot_check AS s JOIN gridseat.grid AS g ON g.id = s.grid_id
        CROSS JOIN LATERAL gridseat.spot_facts(ROW (s.*)::gridseat.spot_check) AS k
        WHERE k.key = 'timely' AND NOT EXISTS (SELECT FROM gridseat.registry_tally AS t WHERE t.key = 'timely') GROUP BY 1, 2) AS x
    HAVING count(*) > 0
$$;

DO $$
DECLARE
    t record;
BEGIN
    FOR t IN SELECT * FROM (VALUES ('house', 'count_houses'), ('household', 'count_households'), ('resident', 'count_residents'),
                                   ('spot_check', 'count_spot_checks'), ('visit_task', 'count_visits'),
                                   ('grid_ring', 'count_rings')) AS v (place, does) LOOP
        EXECUTE format('CREATE TRIGGER counted_in AFTER INSERT ON gridseat.%I REFERENCING NEW TABLE AS told
                        FOR EACH STATEMENT EXECUTE FUNCTION gridseat.%I(''1'')', t.place, t.does);
        EXECUTE format('CREATE TRIGGER counted_out AFTER DELETE ON gridseat.%I REFERENCING OLD TABLE AS told
                        FOR EACH STATEMENT EXECUTE FUNCTION gridseat.%I(''-1'')', t.place, t.does);
        EXECUTE format('CREATE TRIGGER counted_was AFTER UPDATE ON gridseat.%I REFERENCING OLD TABLE AS told
                        FOR EACH STATEMENT EXECUTE FUNCTION gridseat.%I(''-1'')', t.place, t.does);
        EXECUTE format('CREATE TRIGGER counted_now AFTER UPDATE ON gridseat.%I REFERENCING NEW TABLE AS told
                        FOR EACH STATEMENT EXECUTE FUNCTION gridseat.%I(''1'')', t.place, t.does);
    END LOOP;
    FOR t IN SELECT * FROM (VALUES ('house', 'move_households'), ('household', 'move_residents'), ('grid', 'count_moved_grids'),
                                   ('organisation', 'count_moved_organisations')) AS v (place, does) LOOP
        EXECUTE format('CREATE TRIGGER moved AFTER UPDATE ON gridseat.%I REFERENCING OLD TABLE AS was_so NEW TABLE AS now_so
                        FOR EACH STATEMENT EXECUTE FUNCTION gridseat.%I()', t.place, t.does);
    END LOOP;
END $$;

-- Grids that were drawn before anybody counted, or when areas were rounded otherwise.
SELECT gridseat.add_tally(array_agg(ROW ('own', a.o, 'area', 0, 0, a.n)::gridseat.registry_tally)) FROM (
    SELECT f.o, sum(f.n) AS n FROM (
        SELECT g.organisation_id AS o, gridseat.ring_area(x.ring, x.hole) AS n
        FROM gridseat.grid AS g JOIN gridseat.grid_ring AS x ON x.grid_id = g.id WHERE gridseat.has_area(g.kind, g.ended_at)
        UNION ALL
        SELECT t.place_id, -t.n FROM gridseat.registry_tally AS t WHERE (t.scope, t.key) = ('own', 'area')) AS f
    GROUP BY 1) AS a;
SELECT gridseat.settle_below(ARRAY(SELECT o.id FROM gridseat.organisation AS o WHERE o.level <> 'community'))
WHERE NOT EXISTS (SELECT FROM gridseat.registry_tally AS t WHERE t.scope = 'below');

SELECT gridseat.sum_timely();

-- Months of days that were counted before months were kept.
INSERT INTO gridseat.registry_tally (scope, place_id, key, at, slot, n)
SELECT t.scope, t.place_id, t.key || '/month', gridseat.month_number(t.at), t.slot, sum(t.n)
FROM gridseat.registry_tally AS t WHERE gridseat.by_month(t.key) GROUP BY 1, 2, 3, 4, 5
ON CONFLICT (scope, place_id, key, at, slot) DO NOTHING;
