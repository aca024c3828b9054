-- The fold: what the timeline has told since the last one is added to the tallies. Actions pay nothing for it. A
-- case is told by entries behind a cursor, which is the feed's (16_feed); what stands below every cursor is listed
-- in unmeasured. Until it is folded a case is counted by itself (45_board_rows), so that no figure is ever stale.

-- Days are told in the zone of the first calendar; boards of another zone count case by case.
CREATE OR REPLACE FUNCTION gridseat.fold_zone() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce((SELECT c.timezone FROM gridseat.calendar AS c ORDER BY c.id LIMIT 1), 'Asia/Shanghai') $$;

-- Folds so many cases that have changed, and as many that were never told, then the grids of a few organisations;
-- answers how many there were. None while somebody else folds.
CREATE OR REPLACE FUNCTION gridseat.fold_measures(p_limit integer DEFAULT 2000) RETURNS integer
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    f gridseat.fold;
    v_numbers bigint[];
    v_grids integer := 0;
BEGIN
    SELECT * INTO f FROM gridseat.fold FOR UPDATE SKIP LOCKED;
    IF f.one IS NULL THEN
        RETURN 0;
    ELSIF (f.epoch, f.zone) IS DISTINCT FROM (gridseat.epoch(), gridseat.fold_zone()) THEN
        f := gridseat.begin_fold();
    END IF;
    WITH taken AS (
        DELETE FROM gridseat.unmeasured AS u WHERE u.number IN (
            SELECT x.number FROM gridseat.unmeasured AS x ORDER BY x.number LIMIT p_limit) RETURNING u.number
    ), told AS (
        SELECT e.number, e.xid, e.id FROM gridseat.timeline AS e
        WHERE (e.xid, e.id) > (f.xid, f.id) AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
        ORDER BY e.xid, e.id LIMIT p_limit
    ), old AS (
        SELECT i.number FROM gridseat.incident AS i WHERE i.number > f.filled_to ORDER BY i.number LIMIT p_limit
    ), moved AS (
        UPDATE gridseat.fold SET filled_to = (SELECT max(o.number) FROM old AS o), (xid, id) = (
            SELECT l.xid, l.id FROM (SELECT t.xid, t.id FROM told AS t UNION ALL SELECT f.xid, f.id) AS l
            ORDER BY l.xid DESC, l.id DESC LIMIT 1)
    )
    SELECT array_agg(n.number) INTO v_numbers
    FROM (SELECT number FROM taken UNION SELECT number FROM told UNION SELECT number FROM old) AS n;
    IF v_numbers IS NOT NULL THEN
        PERFORM gridseat.fold_numbers(v_numbers, f.zone);
    END IF;
    IF f.filled_to IS NULL THEN
        PERFORM gridseat.add_months(f);
        v_grids := gridseat.add_grids(greatest(p_limit / 40, 1));
    END IF;
    RETURN coalesce(cardinality(v_numbers), 0) + v_grids;
END $$;

-- Everything anew: the first time, and after a restore, a change of the tree or of the zone has made the old sums
-- meaningless. Nobody reads them until all is told again.
CREATE OR REPLACE FUNCTION gridseat.begin_fold() RETURNS gridseat.fold
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    f gridseat.fold;
BEGIN
    TRUNCATE gridseat.tally, gridseat.tally_month, gridseat.tally_grid, gridseat.measure;
    UPDATE gridseat.fold SET epoch = gridseat.epoch(), zone = gridseat.fold_zone(), filled_to = 0, id = 0, months_to = NULL, grids_to = 0,
                             xid = pg_snapshot_xmin(pg_current_snapshot()) RETURNING * INTO f;
    RETURN f;
END $$;

-- Replaces what was kept of these cases, and adds the difference to the sums of their places and of all above. The plan is
-- one for few rows, whose sums are looked up by their key: a plan for many would read all sums there are.
CREATE OR REPLACE FUNCTION gridseat.fold_numbers(p_numbers bigint[], p_zone text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    v_before gridseat.measure[] := ARRAY(SELECT m FROM gridseat.measure AS m WHERE m.number = ANY (p_numbers));
    v_after gridseat.measure[];
    v_changed gridseat.tally[];
BEGIN
    INSERT INTO gridseat.measure AS m
    SELECT x.* FROM gridseat.measured(p_numbers, gridseat.kept_facts(), p_zone) AS x
    ON CONFLICT (number) DO UPDATE SET (at_id, tallied, stray, group_id, class_id, channel_id, unit_id,
        grid_id, days, parts, ats, hits)
        = (excluded.at_id, excluded.tallied, excluded.stray, excluded.group_id, excluded.class_id, excluded.channel_id,
           excluded.unit_id, excluded.grid_id, excluded.days, excluded.parts, excluded.ats, excluded.hits)
    WHERE m IS DISTINCT FROM excluded;
    v_after := ARRAY(SELECT m FROM gridseat.measure AS m WHERE m.number = ANY (p_numbers));
    v_changed := gridseat.tally_changes(v_before, v_after, p_zone);
    MERGE INTO gridseat.tally AS t USING unnest(v_changed) AS d
    ON (t.organisation_id, t.fact, t.day, t.part, t.hit_day) = (d.organisation_id, d.fact, d.day, d.part, d.hit_day)
    WHEN MATCHED AND t.n + d.n = 0 THEN DELETE
    WHEN MATCHED THEN UPDATE SET n = t.n + d.n
    WHEN NOT MATCHED THEN INSERT VALUES (d.organisation_id, d.fact, d.day, d.part, d.hit_day, d.n);
    PERFORM gridseat.change_months(v_changed);
    PERFORM gridseat.change_grids(v_before, v_after);
END $$;

-- By how much the sums of these cases' places, and of all above, are to change.
CREATE OR REPLACE FUNCTION gridseat.tally_changes(p_before gridseat.measure[], p_after gridseat.measure[], p_zone text)
RETURNS gridseat.tally[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
    WITH told AS MATERIALIZED (
        SELECT k.facts, gridseat.parted(k.facts) AS parted FROM gridseat.kept_facts() AS k (facts)
    ), changed AS (
        SELECT r.at_id, r.fact, r.day, r.part, r.hit_day, sum(r.n) AS n
        FROM told AS f CROSS JOIN LATERAL (
            SELECT x.*, -1 AS n FROM unnest(p_before) AS m CROSS JOIN gridseat.tallied_rows(m, f.facts, p_zone) AS x
            UNION ALL SELECT x.*, 1 FROM unnest(p_after) AS m CROSS JOIN gridseat.tallied_rows(m, f.facts, p_zone) AS x) AS r
        GROUP BY r.at_id, r.fact, r.day, r.part, r.hit_day HAVING sum(r.n) <> 0
    ), summed AS (
        SELECT o.id, c.fact, c.day, c.part, c.hit_day, sum(c.n)::bigint AS n
        FROM changed AS c JOIN gridseat.tallied_above(ARRAY(SELECT DISTINCT x.at_id FROM changed AS x)) AS o
          ON o.at_id = c.at_id AND (o.by_parts OR c.fact <> ALL ((SELECT t.parted FROM told AS t)::text[]))
        GROUP BY o.id, c.fact, c.day, c.part, c.hit_day HAVING sum(c.n) <> 0
    )
    SELECT array_agg(ROW (s.id, s.fact, s.day, s.part, s.hit_day, s.n)::gridseat.tally ORDER BY s.id, s.fact, s.day) FROM summed AS s
$$;

-- A case's facts as the tallies have them: by days.
CREATE OR REPLACE FUNCTION gridseat.tallied_rows(m gridseat.measure, p_facts text[], p_zone text)
RETURNS TABLE (at_id bigint, fact text, day date, part bigint, hit_day date)
LANGUAGE sql STABLE AS $$
    SELECT m.at_id, u.fact, (u.at AT TIME ZONE p_zone)::date, u.part, (u.hit_at AT TIME ZONE p_zone)::date
    FROM gridseat.split_rows(m, p_facts, p_zone) AS u WHERE m.tallied
$$;

-- The organisations in whose sums a place counts: itself and those above. Cases of one community are few enough to
-- be counted one by one, and so are those of a township by their parts.
CREATE OR REPLACE FUNCTION gridseat.tallied_above(p_ids bigint[]) RETURNS TABLE (at_id bigint, id bigint, by_parts boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT p.id, o.id, o.level <> 'township'
    FROM unnest(p_ids) AS p (id) CROSS JOIN gridseat.at_or_above(p.id) AS a
    JOIN gridseat.organisation AS o ON o.id = a.id WHERE o.level <> 'community'
$$;

-- Where organisations stand decides what is in which sum.
CREATE OR REPLACE FUNCTION gridseat.tree_moved() RETURNS trigger
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE gridseat.fold SET epoch = NULL;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER tree_moved AFTER UPDATE OF parent_id, level, centre ON gridseat.organisation FOR EACH ROW
WHEN ((OLD.parent_id, OLD.level, OLD.centre) IS DISTINCT FROM (NEW.parent_id, NEW.level, NEW.centre))
EXECUTE FUNCTION gridseat.tree_moved();
