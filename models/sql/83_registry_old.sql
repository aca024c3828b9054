-- Old people by grid: who turns 60 this year or did before, and who of them lives alone. Kept for the year that runs, since a
-- grid's people by their years of birth would be as many rows as people; when it turns they are counted anew.

CREATE OR REPLACE FUNCTION gridseat.year_of_old(p_at timestamptz) RETURNS integer
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT extract(year FROM p_at AT TIME ZONE gridseat.fold_zone())::integer - 60 $$;

-- Up to which year of birth they are kept; null: not yet.
CREATE OR REPLACE FUNCTION gridseat.old_kept() RETURNS integer
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT (SELECT s.value FROM gridseat.setting AS s WHERE s.key = 'old_kept')::integer $$;

CREATE OR REPLACE FUNCTION gridseat.old_recounted(p_year integer) RETURNS SETOF gridseat.registry_old
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
    SELECT r.grid_id, count(*), count(*) FILTER (WHERE r.alone) FROM gridseat.resident AS r
    WHERE r.left_on IS NULL AND r.birth_year <= p_year GROUP BY 1
$$;

-- In turn with what counts residents, so that nobody is counted twice or not at all.
CREATE OR REPLACE FUNCTION gridseat.keep_old() RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_year integer := gridseat.year_of_old(desk.now());
BEGIN
    IF v_year IS DISTINCT FROM gridseat.old_kept() THEN
        PERFORM gridseat.registry_turn();
        DELETE FROM gridseat.registry_old;
        INSERT INTO gridseat.registry_old SELECT o.* FROM gridseat.old_recounted(v_year) AS o;
        INSERT INTO gridseat.setting AS s (key, value) VALUES ('old_kept', to_jsonb(v_year))
        ON CONFLICT (key) DO UPDATE SET value = excluded.value;
    END IF;
END $$;

CREATE OR REPLACE FUNCTION gridseat.old_faults() RETURNS TABLE (kind text, what text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT 'registry_old', coalesce(k.grid_id, t.grid_id)::text
    FROM gridseat.registry_old AS k FULL JOIN gridseat.old_recounted(gridseat.old_kept()) AS t ON t.grid_id = k.grid_id
    WHERE (coalesce(k.elderly, 0), coalesce(k.alone, 0)) <> (coalesce(t.elderly, 0), coalesce(t.alone, 0))
$$;
