-- The card of a grid: who works there, what is open, how the last days went, what the grid was before.

-- The grid's cases that the caller sees, as the boards count them (43_facts): received and closed in the period, of what
-- fell due in it how much was handled in time; open and overdue as of now.
CREATE OR REPLACE FUNCTION gridseat.grid_figures(me gridseat.person, p_grid bigint, t gridseat.stretch) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_numbers bigint[];
BEGIN
    EXECUTE format('SELECT ARRAY(SELECT i.number FROM gridseat.incident AS i WHERE i.grid_id = $1 AND %s)',
                   gridseat.visible_where(me)) INTO v_numbers USING p_grid;
    RETURN (
        SELECT jsonb_build_object(
            'received', count(*) FILTER (WHERE r.fact = 'received' AND r.at >= t.starts),
            'closed', count(*) FILTER (WHERE r.fact = 'closed' AND r.at >= t.starts),
            'overdue', count(*) FILTER (WHERE r.fact = 'overdue'),
            'should_close', count(*) FILTER (WHERE r.fact = 'on_time' AND r.at >= t.starts),
            'in_time', count(*) FILTER (WHERE r.fact = 'on_time' AND r.at >= t.starts AND r.hit_at <= t.now),
            'on_time', gridseat.share_of(
                count(*) FILTER (WHERE r.fact = 'on_time' AND r.at >= t.starts AND r.hit_at <= t.now),
                count(*) FILTER (WHERE r.fact = 'on_time' AND r.at >= t.starts)))
        FROM gridseat.case_rows(v_numbers, ARRAY['received', 'closed', 'overdue', 'on_time'], t.zone) AS r
        WHERE gridseat.is_settled(r.fact, r.at, t.now));
END $$;

CREATE OR REPLACE FUNCTION gridseat.grid_open(me gridseat.person, p_grid bigint, p_now timestamptz) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_open jsonb;
BEGIN
    EXECUTE format('SELECT jsonb_build_object(''total'', count(*), ''red'', count(*) FILTER (WHERE i.due <= $2),
            ''yellow'', count(*) FILTER (WHERE i.warn_at <= $2 AND i.due > $2),
            ''green'', count(*) FILTER (WHERE i.due > $2 AND i.warn_at > $2), ''none'', count(*) FILTER (WHERE i.due IS NULL))
        FROM %s AS i WHERE i.grid_id = $1 AND i.status IN (%s) AND %s',
        gridseat.incidents_now(), gridseat.open_list(), gridseat.visible_where(me)) INTO v_open USING p_grid, p_now;
    RETURN v_open;
END $$;

-- {"code", "name", "kind", "organisation", "organisation_name", "above", "version", "drawn", "ended", "staff": [{code, name,
-- kind, phone, on_duty}], "open": {total, red, yellow, green, none}, "days", "figures", "resources": {kind: how many},
-- "versions": [{version, name, kind, organisation, drawn, until, now}]}.
CREATE OR REPLACE FUNCTION desk.grid_card(p_code text, p_days integer DEFAULT 30) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    me gridseat.person := gridseat.me();
    g gridseat.grid;
    o gridseat.organisation;
    t gridseat.stretch;
BEGIN
    SELECT * INTO g FROM gridseat.grid AS x WHERE x.code = p_code;
    IF g.id IS NULL THEN
        PERFORM gridseat.reject_input('no_such_grid', jsonb_build_object('grid', left(p_code, 40)));
    END IF;
    SELECT * INTO o FROM gridseat.organisation AS x WHERE x.id = g.organisation_id;
    t := gridseat.board_period(o.id, p_days);
    RETURN jsonb_build_object('code', g.code, 'name', g.name, 'kind', g.kind, 'organisation', o.code,
        'organisation_name', coalesce(o.alias, o.name),
        'above', (SELECT coalesce(p.alias, p.name) FROM gridseat.organisation AS p WHERE p.id = o.parent_id),
        'version', g.version, 'drawn', g.drawn_at, 'ended', g.ended_at,
        'staff', gridseat.staff_of_grid(g.id, me, t.now), 'open', gridseat.grid_open(me, g.id, t.now),
        'days', p_days, 'figures', gridseat.grid_figures(me, g.id, t),
        'resources', (SELECT coalesce(jsonb_object_agg(k.kind, k.n), '{}')
                      FROM (SELECT r.kind, count(*) AS n FROM gridseat.resource AS r
                            WHERE r.grid_id = g.id AND r.active GROUP BY r.kind) AS k),
        'versions', (SELECT jsonb_agg(jsonb_build_object('version', v.version, 'name', v.name, 'kind', v.kind,
                         'organisation', coalesce(p.alias, p.name), 'drawn', v.drawn, 'until', v.until,
                         'now', v.now AND g.ended_at IS NULL) ORDER BY v.version)
                     FROM gridseat.versions_of(g.id) AS v
                     JOIN gridseat.organisation AS p ON p.id = v.organisation_id));
END $$;
