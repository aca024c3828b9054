-- The recount: what is kept against the cases themselves, and the sums against what is kept. None, or a fault.

CREATE OR REPLACE FUNCTION gridseat.counter_faults() RETURNS TABLE (kind text, what text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_zone text := gridseat.fold_zone();
    v_facts text[] := gridseat.kept_facts();
    v_parted text[] := gridseat.parted(v_facts);
    v_dirty bigint[] := gridseat.unfolded(v_zone, 1000000000);
BEGIN
    IF v_dirty IS NULL THEN
        RETURN;  -- nothing is kept that anybody reads
    END IF;
    RETURN QUERY
    SELECT 'measure', coalesce(kept.number, told.number)::text
    FROM gridseat.measure AS kept
    FULL JOIN gridseat.measured(ARRAY(SELECT i.number FROM gridseat.incident AS i), v_facts, v_zone) AS told
      ON told.number = kept.number
    WHERE kept IS DISTINCT FROM told AND coalesce(kept.number, told.number) <> ALL (v_dirty);
    RETURN QUERY
    SELECT 'tally', concat_ws(' ', o.code, coalesce(kept.fact, told.fact), coalesce(kept.day, told.day))
    FROM gridseat.tally AS kept
    FULL JOIN (SELECT a.id, x.fact, x.day, x.part, x.hit_day, count(*) AS n
               FROM gridseat.measure AS m CROSS JOIN gridseat.tallied_rows(m, v_facts, v_zone) AS x
               JOIN gridseat.tallied_above(ARRAY(SELECT DISTINCT m.at_id FROM gridseat.measure AS m)) AS a
                 ON a.at_id = x.at_id AND (a.by_parts OR x.fact <> ALL (v_parted))
               GROUP BY a.id, x.fact, x.day, x.part, x.hit_day) AS told
      ON (told.id, told.fact, told.day, told.part, told.hit_day)
       = (kept.organisation_id, kept.fact, kept.day, kept.part, kept.hit_day)
    LEFT JOIN gridseat.organisation AS o ON o.id = coalesce(kept.organisation_id, told.id)
    WHERE kept.n IS DISTINCT FROM told.n;
    RETURN QUERY
    SELECT 'tally_month', concat_ws(' ', o.code, coalesce(kept.fact, told.fact), coalesce(kept.month, told.month))
    FROM gridseat.tally_month AS kept
    FULL JOIN gridseat.month_sums('-infinity', coalesce((SELECT f.months_to FROM gridseat.fold AS f), '-infinity')) AS told
      ON (told.organisation_id, told.fact, told.month, told.part, told.hit_month)
       = (kept.organisation_id, kept.fact, kept.month, kept.part, kept.hit_month)
    LEFT JOIN gridseat.organisation AS o ON o.id = coalesce(kept.organisation_id, told.organisation_id)
    WHERE kept.n IS DISTINCT FROM told.n;
    RETURN QUERY
    SELECT 'tally_grid', concat_ws(' ', o.code, g.code, f.key)
    FROM gridseat.tally_grid AS k
    FULL JOIN gridseat.grid_orders(0, (SELECT coalesce(x.grids_to, 9223372036854775807) FROM gridseat.fold AS x)) AS told
      ON (told.place, told.at_id, told.grid_id) = (k.place, k.at_id, k.grid_id)
    LEFT JOIN gridseat.fact AS f ON f.place = coalesce(k.place, told.place)
    LEFT JOIN gridseat.organisation AS o ON o.id = coalesce(k.at_id, told.at_id)
    LEFT JOIN gridseat.grid AS g ON g.id = coalesce(k.grid_id, told.grid_id)
    WHERE k IS DISTINCT FROM told;
END $$;
