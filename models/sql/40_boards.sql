-- The three boards: which period, which cases, and what each figure counts. One definition a figure: its number,
-- its spark line, its place in a ranking and the cases behind it all read the same rows.

-- The last p_days days of the organisation's calendar up to now; before it, as many days earlier, the same stretch.
-- edges: start and end of the stretch before, then the edges of the period's steps (hours, days or weeks).
CREATE OR REPLACE FUNCTION gridseat.board_period(
    p_organisation bigint, p_days integer, OUT now timestamptz, OUT starts timestamptz, OUT before_starts timestamptz,
    OUT before_ends timestamptz, OUT zone text, OUT step text, OUT edges timestamptz[])
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_today timestamp;
    v_step interval;
    v_end timestamp;
BEGIN
    IF p_days IS NULL OR p_days NOT BETWEEN 1 AND 3660 THEN
        PERFORM gridseat.reject_input('bad_days', jsonb_build_object('days', p_days));
    END IF;
    now := desk.now();
    SELECT c.timezone INTO zone FROM gridseat.calendar AS c WHERE c.id = gridseat.calendar_of(p_organisation);
    zone := coalesce(zone, 'Asia/Shanghai');
    v_today := date_trunc('day', now AT TIME ZONE zone);
    step := CASE WHEN p_days = 1 THEN 'hour' WHEN p_days <= 62 THEN 'day' ELSE 'week' END;
    v_step := ('1 ' || step)::interval;
    starts := (v_today - (p_days - 1) * interval '1 day') AT TIME ZONE zone;
    before_starts := ((starts AT TIME ZONE zone) - p_days * interval '1 day') AT TIME ZONE zone;
    before_ends := ((now AT TIME ZONE zone) - p_days * interval '1 day') AT TIME ZONE zone;
    v_end := CASE step WHEN 'hour' THEN date_trunc('hour', now AT TIME ZONE zone) ELSE v_today END
             + CASE step WHEN 'week' THEN interval '1 day' ELSE v_step END;
    SELECT ARRAY[before_starts, before_ends] || array_agg(e.edge AT TIME ZONE zone ORDER BY e.edge) INTO edges
    FROM (SELECT starts AT TIME ZONE zone UNION
          SELECT g FROM generate_series(v_end, starts AT TIME ZONE zone, -v_step) AS g) AS e (edge);
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

-- Cases that the caller may see and that belong to the organisation: by the place, without one by the owning
-- centre; to a department, those that it leads. Picked by date first, so that a week costs a week, not the archive:
-- what was received or closed since $6, is open, or had a limit then.
CREATE OR REPLACE FUNCTION gridseat.board_scope(me gridseat.person, o gridseat.organisation) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT format('picked AS MATERIALIZED (
        SELECT i.number FROM gridseat.incident AS i WHERE i.received_at >= $6
        UNION SELECT i.number FROM gridseat.incident AS i WHERE i.closed_at >= $6
        UNION SELECT i.number FROM gridseat.incident AS i WHERE i.status IN (%s)
        UNION SELECT k.number FROM gridseat.clock AS k WHERE k.due >= $6
        UNION SELECT e.number FROM gridseat.timeline AS e WHERE e.action = ''follow-up'' AND e.at >= $6
    ), scope AS MATERIALIZED (
        SELECT i.number, i.status, i.received_at, i.closed_at, i.due, i.class_id, i.channel, i.at_once, i.outcome,
               i.reworks, i.lead_unit_id, i.claim_until, coalesce(i.place_lft, i.centre_lft) AS at_lft
        FROM gridseat.incident AS i JOIN picked AS q ON q.number = i.number WHERE %s AND %s)', gridseat.open_list(),
        CASE WHEN o.level = 'department' THEN format('i.lead_unit_id = %s', o.id)
             ELSE format('(i.place_lft BETWEEN %1$s AND %2$s OR (i.place_lft IS NULL AND i.centre_lft BETWEEN %1$s AND %2$s))',
                         coalesce(o.lft, 0), coalesce(o.rgt, 9223372036854775807)) END,
        gridseat.visible_where(me))
$$;

-- The clock of each stage that counts for a case: the running one, else the one that stopped last. told: it was
-- stopped by the unit's word, not by force.
CREATE OR REPLACE FUNCTION gridseat.board_clocks(p_bodies text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(format(', latest AS MATERIALIZED (
        SELECT DISTINCT ON (k.stage, k.number) k.stage, k.number, k.clock, k.started_at, k.due, k.stopped_at,
               s.status, s.at_lft, s.lead_unit_id, s.closed_at, s.at_once, s.reworks,
               NOT (s.outcome IS NOT DISTINCT FROM ''forced'' AND k.stopped_at = s.closed_at) AS told
        FROM gridseat.clock AS k JOIN scope AS s ON s.number = k.number WHERE k.stage = ANY (%L)
        ORDER BY k.stage, k.number, k.stopped_seq DESC NULLS FIRST, k.id DESC)', array_agg(g.stage)), '')
    FROM unnest(ARRAY['accept', 'acknowledge', 'handling', 'verify']) AS g (stage)
    WHERE p_bodies LIKE '%stage = ''' || g.stage || '''%' HAVING count(*) > 0
$$;

-- Cases whose limit of a stage is past, at its due. Left out are those in which the stage does not count any more:
-- sent back, suspended, merged, withdrawn, cancelled.
CREATE OR REPLACE FUNCTION gridseat.board_due(p_stage text, p_columns text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT format('SELECT %s FROM latest WHERE stage = %L AND due <= $1
        AND status IN (''dispatched'', ''handling'', ''handled'', ''verified'', ''closed'')', p_columns, p_stage)
$$;

-- What each figure counts: rows of number, at (the instant that dates the case), hit (of the rate's cases, those
-- that meet it) and at_lft. at_present: whatever its date. Parameters: $1 now, $2 end of the
-- stretch before, $3 start, $6 start of the stretch before ($4, $5: 41_board_figures).
CREATE OR REPLACE FUNCTION gridseat.board_measures()
RETURNS TABLE (key text, board text, rate boolean, at_present boolean, body text)
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    VALUES
    ('received', 'incidents', false, false, 'SELECT number, received_at AS at, true AS hit, at_lft FROM scope'),
    ('closed', 'incidents', false, false, 'SELECT number, closed_at, true, at_lft FROM scope WHERE status = ''closed'''),
    ('open', 'incidents', false, true,
     format('SELECT number, received_at, true, at_lft FROM scope WHERE status IN (%s)', gridseat.open_list())),
    ('overdue', 'incidents', false, true,
     format('SELECT number, due, true, at_lft FROM scope WHERE status IN (%s) AND due <= $1', gridseat.open_list())),
    ('closing', 'incidents', true, false, gridseat.board_due('handling',
     'number, due, status = ''closed'' AND closed_at <= CASE WHEN due < $3 THEN $2 ELSE $1 END, at_lft')),
    ('on_time', 'incidents', true, false, gridseat.board_due('handling',
     'number, due, status IN (''handled'', ''verified'', ''closed'') AND told AND stopped_at <= due, at_lft')),
    ('claimed', 'operations', false, true,
     format('SELECT number, received_at, true, at_lft FROM scope WHERE status IN (%s) AND claim_until > $1',
            gridseat.open_list())),
    ('prompt', 'operations', true, false,
     'SELECT number, started_at, coalesce(stopped_at, $1) <= started_at + interval ''60 seconds'', at_lft
      FROM latest WHERE stage = ''accept'' AND clock = ''continuous''
        AND (stopped_at IS NOT NULL OR started_at + interval ''60 seconds'' < $1)'),
    ('acknowledged', 'operations', true, false, gridseat.board_due('acknowledge',
     'number, due, told AND stopped_at <= due, at_lft')),
    ('correct', 'operations', true, false,
     'SELECT s.number, min(p.since), min(p.organisation_id) = max(p.organisation_id)
             AND min(coalesce(p.grid_id, 0)) = max(coalesce(p.grid_id, 0)), s.at_lft
      FROM gridseat.party AS p JOIN scope AS s ON s.number = p.number
      WHERE p.kind = ''lead'' AND (p.until_seq IS NULL OR (p.number, p.until_seq) NOT IN (
          SELECT e.number, e.seq FROM gridseat.timeline AS e WHERE e.action = ''undo''))
      GROUP BY s.number, s.at_lft'),
    ('rework', 'operations', true, false,
     'SELECT number, started_at, reworks > 0, at_lft FROM latest WHERE stage = ''verify'' AND NOT at_once'),
    ('satisfied', 'operations', true, false,
     'SELECT DISTINCT ON (e.number) e.number, e.at, e.facts ->> ''satisfied'' = ''yes'', s.at_lft
      FROM gridseat.timeline AS e JOIN scope AS s ON s.number = e.number
      WHERE e.action = ''follow-up'' AND e.at >= $6 AND e.facts ? ''satisfied'' ORDER BY e.number, e.seq DESC'),
    ('load', 'people-houses', false, true,
     format('SELECT number, received_at, true, at_lft FROM scope WHERE status IN (%s)', gridseat.open_list())),
    ('found', 'people-houses', true, false,
     'SELECT number, received_at, channel IN (''grid_worker'', ''dedicated_grid'', ''patrol'', ''door_to_door''), at_lft
      FROM scope')
$$;

-- Parts of a chart, named KIND:NAME: cases received of a class or in an hour, cases due that a unit leads.
CREATE OR REPLACE FUNCTION gridseat.board_part(p_figure text, p_zone text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE split_part(p_figure, ':', 1)
        WHEN 'class' THEN format(
            'SELECT number, received_at AS at, true AS hit, at_lft FROM scope WHERE class_id IN (
                 SELECT c.id FROM gridseat.catalogue_class AS c WHERE c.group_name = %L)', substr(p_figure, 7))
        WHEN 'hour' THEN format(
            'SELECT number, received_at AS at, true AS hit, at_lft FROM scope
             WHERE extract(hour FROM received_at AT TIME ZONE %L)::text = %L', p_zone, substr(p_figure, 6))
        WHEN 'unit' THEN gridseat.board_due('handling', 'number, due AS at, true AS hit, at_lft')
            || format(' AND lead_unit_id = (SELECT u.id FROM gridseat.organisation AS u WHERE u.code = %L)',
                      substr(p_figure, 6)) END
$$;

-- The cases behind a figure, newest number last. FIGURE: those that it counts; FIGURE:of those that its rate is
-- taken of, FIGURE:rest those of them that miss it.
CREATE OR REPLACE FUNCTION desk.board_cases(p_board text, p_figure text, p_organisation text, p_days integer)
RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
    t record;
    v_body text;
    v_present boolean;
    v_part text := split_part(p_figure, ':', 2);
BEGIN
    SELECT * INTO t FROM gridseat.board_period(o.id, p_days);
    IF NOT p_board = ANY (gridseat.board_names()) THEN
        PERFORM gridseat.reject_input('board_unknown', jsonb_build_object('board', p_board));
    END IF;
    SELECT x.body, x.at_present INTO v_body, v_present FROM gridseat.board_measures() AS x WHERE x.key = split_part(p_figure, ':', 1);
    IF v_body IS NULL THEN
        v_body := gridseat.board_part(p_figure, t.zone);
        v_part := '';
    END IF;
    IF v_body IS NULL OR v_part NOT IN ('', 'of', 'rest') THEN
        PERFORM gridseat.reject_input('figure_unknown', jsonb_build_object('figure', p_figure, 'board', p_board));
    END IF;
    RETURN QUERY EXECUTE format('WITH %s%s SELECT m.number FROM (%s) AS m (number, at, hit, at_lft)
        WHERE ($4 OR m.at >= $3) AND %s ORDER BY m.number',
        gridseat.board_scope(me, o), gridseat.board_clocks(v_body), v_body,
        CASE v_part WHEN 'of' THEN 'true' WHEN 'rest' THEN 'm.hit IS NOT TRUE' ELSE 'm.hit' END)
    USING t.now, t.before_ends, t.starts, coalesce(v_present, false), t.zone, t.before_starts;
END $$;

CREATE OR REPLACE FUNCTION gridseat.board_names() RETURNS text[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT ARRAY['people-houses', 'incidents', 'operations'] $$;
