-- The three boards: which period, which cases, and what each figure counts. One definition a figure: its number,
-- its spark line, its place in a ranking and the cases behind it all read the same rows.

-- The last p_days days of the organisation's calendar up to now; before it, as many days earlier, the same stretch.
-- edges: start and end of the stretch before, then the edges of the period's steps (hours, days or weeks).
CREATE OR REPLACE FUNCTION gridseat.board_period(p_organisation bigint, p_days integer) RETURNS gridseat.stretch
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t gridseat.stretch;
    v_today timestamp;
    v_step interval;
    v_end timestamp;
BEGIN
    IF p_days IS NULL OR p_days NOT BETWEEN 1 AND 3660 THEN
        PERFORM gridseat.reject_input('bad_days', jsonb_build_object('days', p_days));
    END IF;
    t.now := desk.now();
    SELECT c.timezone INTO t.zone FROM gridseat.calendar AS c WHERE c.id = gridseat.calendar_of(p_organisation);
    t.zone := coalesce(t.zone, 'Asia/Shanghai');
    v_today := date_trunc('day', t.now AT TIME ZONE t.zone);
    t.step := CASE WHEN p_days = 1 THEN 'hour' WHEN p_days <= 62 THEN 'day' ELSE 'week' END;
    v_step := ('1 ' || t.step)::interval;
    t.starts := (v_today - (p_days - 1) * interval '1 day') AT TIME ZONE t.zone;
    t.before_starts := ((t.starts AT TIME ZONE t.zone) - p_days * interval '1 day') AT TIME ZONE t.zone;
    t.before_ends := ((t.now AT TIME ZONE t.zone) - p_days * interval '1 day') AT TIME ZONE t.zone;
    v_end := CASE t.step WHEN 'hour' THEN date_trunc('hour', t.now AT TIME ZONE t.zone) ELSE v_today END
             + CASE t.step WHEN 'week' THEN interval '1 day' ELSE v_step END;
    SELECT ARRAY[t.before_starts, t.before_ends] || array_agg(e.edge AT TIME ZONE t.zone ORDER BY e.edge) INTO t.edges
    FROM (SELECT t.starts AT TIME ZONE t.zone UNION
          SELECT g FROM generate_series(v_end, t.starts AT TIME ZONE t.zone, -v_step) AS g) AS e (edge);
    RETURN t;
END $$;

-- The organisation whose board it is: as told, else the caller's own, for people of no organisation the first root.
CREATE OR REPLACE FUNCTION gridseat.board_organisation(me gridseat.person, p_organisation text) RETURNS gridseat.organisation
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    o gridseat.organisation;
BEGIN
    SELECT * INTO o FROM gridseat.organisation AS x WHERE x.id = CASE
        WHEN p_organisation IS NOT NULL THEN gridseat.find_organisation(p_organisation)
        WHEN me.organisation_id IS NOT NULL THEN me.organisation_id
        ELSE (SELECT r.id FROM gridseat.organisation AS r WHERE r.parent_id IS NULL ORDER BY r.lft LIMIT 1) END;
    IF o.id IS NULL AND p_organisation IS NOT NULL THEN
        PERFORM gridseat.reject_input('no_such_unit', jsonb_build_object('unit', p_organisation));
    ELSIF o.id <> me.organisation_id AND (gridseat.is_unit(me) OR NOT gridseat.below(o.id, me.organisation_id)) THEN
        PERFORM gridseat.refuse('outside_your_tree', jsonb_build_object('unit', p_organisation));
    END IF;
    RETURN o;
END $$;

-- What each figure counts: a fact (43_facts) and, for a rate, those of its cases that meet it. at_present: whatever
-- its date.
CREATE OR REPLACE FUNCTION gridseat.board_measures()
RETURNS TABLE (key text, board text, fact text, rate boolean, at_present boolean)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    VALUES ('received', 'incidents', 'received', false, false),
           ('closed', 'incidents', 'closed', false, false),
           ('open', 'incidents', 'open', false, true),
           ('overdue', 'incidents', 'overdue', false, true),
           ('closing', 'incidents', 'closing', true, false),
           ('on_time', 'incidents', 'on_time', true, false),
           ('claimed', 'operations', 'claimed', false, true),
           ('prompt', 'operations', 'prompt', true, false),
           ('acknowledged', 'operations', 'acknowledged', true, false),
           ('correct', 'operations', 'correct', true, false),
           ('rework', 'operations', 'rework', true, false),
           ('satisfied', 'operations', 'satisfied', true, false),
           ('load', 'people-houses', 'open', false, true),
           ('found', 'people-houses', 'received', true, false)
$$;

-- A bar of a chart, named KIND:NAME: the parts of the fact of that kind that it counts. Null: there is no such kind.
CREATE OR REPLACE FUNCTION gridseat.board_parts(p_figure text) RETURNS bigint[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE split_part(p_figure, ':', 1)
        WHEN 'class' THEN ARRAY(SELECT min(c.id) FROM gridseat.catalogue_class AS c WHERE c.group_name = substr(p_figure, 7))
        WHEN 'hour' THEN ARRAY(SELECT g FROM generate_series(0, 23) AS g WHERE g::text = substr(p_figure, 6))
        WHEN 'unit' THEN ARRAY(SELECT u.id FROM gridseat.organisation AS u WHERE u.code = substr(p_figure, 6)) END
$$;

-- The cases behind a figure, newest number last. FIGURE: those that it counts; FIGURE:of those that its rate is
-- taken of, FIGURE:rest those of them that miss it.
CREATE OR REPLACE FUNCTION desk.board_cases(p_board text, p_figure text, p_organisation text, p_days integer)
RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
    t gridseat.stretch := gridseat.board_period(o.id, p_days);
    m record;
    v_parts bigint[] := gridseat.board_parts(p_figure);
    v_which text := CASE WHEN v_parts IS NULL THEN split_part(p_figure, ':', 2) ELSE '' END;
BEGIN
    IF NOT p_board = ANY (gridseat.board_names()) THEN
        PERFORM gridseat.reject_input('board_unknown', jsonb_build_object('board', p_board));
    END IF;
    SELECT x.fact, x.rate, x.at_present INTO m FROM gridseat.board_measures() AS x WHERE x.key = split_part(p_figure, ':', 1);
    IF (v_parts IS NULL AND m.fact IS NULL) OR v_which NOT IN ('', 'of', 'rest') THEN
        PERFORM gridseat.reject_input('figure_unknown', jsonb_build_object('figure', p_figure, 'board', p_board));
    END IF;
    RETURN QUERY
    SELECT x.number
    FROM gridseat.measured(gridseat.board_numbers(me, o, t.starts),
                           ARRAY[coalesce(m.fact, split_part(p_figure, ':', 1))], t.zone) AS x
    CROSS JOIN gridseat.rows_of(x) AS u
    WHERE gridseat.is_settled(u.fact, u.at, t.now)
      AND (coalesce(m.at_present, false) OR u.at >= t.starts) AND (v_parts IS NULL OR u.part = ANY (v_parts))
      AND CASE v_which WHEN 'of' THEN true
                       WHEN 'rest' THEN m.rate AND u.hit_at > t.now
                       ELSE m.rate IS NOT TRUE OR u.hit_at <= t.now END
    ORDER BY x.number;
END $$;

CREATE OR REPLACE FUNCTION gridseat.board_names() RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT ARRAY['people-houses', 'incidents', 'operations'] $$;
