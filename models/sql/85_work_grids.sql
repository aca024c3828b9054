-- Which grids have somebody who walks them: kept with the other sums of work, as staff and grids change.

-- Grids to which their first worker came, or which their last one left. Whoever else moves staff of them waits.
CREATE OR REPLACE FUNCTION gridseat.note_staff() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    v_sign integer := TG_ARGV[0];
    v_grids bigint[] := ARRAY(SELECT DISTINCT s.grid_id FROM told AS s WHERE s.kind IN ('full_time', 'part_time') AND s.grid_id IS NOT NULL);
BEGIN
    PERFORM FROM gridseat.grid AS g WHERE g.id = ANY (v_grids) ORDER BY g.id FOR NO KEY UPDATE;
    INSERT INTO gridseat.work_change (organisation_id, fact, day, n, hits)
    SELECT g.organisation_id, 'staffed', '-infinity', v_sign * count(*), 0 FROM gridseat.grid AS g
    WHERE g.id = ANY (v_grids) AND gridseat.has_area(g.kind, g.ended_at) AND NOT EXISTS (
        SELECT FROM gridseat.staff AS s WHERE s.grid_id = g.id AND s.kind IN ('full_time', 'part_time')
          AND s.id NOT IN (SELECT t.id FROM told AS t))
    GROUP BY 1;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION gridseat.note_grids() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_sign integer := TG_ARGV[0];
BEGIN
    INSERT INTO gridseat.work_change (organisation_id, fact, day, n, hits)
    SELECT g.organisation_id, 'staffed', '-infinity', v_sign * count(*), 0 FROM told AS g
    WHERE gridseat.has_area(g.kind, g.ended_at)
      AND EXISTS (SELECT FROM gridseat.staff AS s WHERE s.grid_id = g.id AND s.kind IN ('full_time', 'part_time')) GROUP BY 1;
    RETURN NULL;
END $$;

DO $$
DECLARE
    t record;
BEGIN
    FOR t IN SELECT * FROM (VALUES ('staff', 'note_in', 'INSERT', 'NEW', 'note_staff', 1), ('staff', 'note_out', 'DELETE', 'OLD', 'note_staff', -1),
                                   ('staff', 'note_was', 'UPDATE', 'OLD', 'note_staff', -1), ('staff', 'note_now', 'UPDATE', 'NEW', 'note_staff', 1),
                                   ('grid', 'note_was', 'UPDATE', 'OLD', 'note_grids', -1), ('grid', 'note_now', 'UPDATE', 'NEW', 'note_grids', 1)
                           ) AS v (place, name, op, rows, does, sign) LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER %s ON gridseat.%I REFERENCING %s TABLE AS told
                        FOR EACH STATEMENT EXECUTE FUNCTION gridseat.%I(%s)', t.name, t.op, t.place, t.rows, t.does, quote_literal(t.sign));
    END LOOP;
END $$;
