-- The three boards: which period, which cases, and what each figure counts. One definition a figure: its number,
-- its spark line, its place in a ranking and the cases behind it all read the same rows.

-- A stretch cut into hours, days or weeks.
CREATE OR REPLACE FUNCTION gridseat.in_steps(t gridseat.stretch, p_step text) RETURNS gridseat.stretch
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_step interval := ('1 ' || p_step)::interval;
    v_end timestamp := date_trunc(CASE p_step WHEN 'hour' THEN 'hour' ELSE 'day' END, t.now AT TIME ZONE t.zone)
                       + CASE p_step WHEN 'week' THEN interval '1 day' ELSE v_step END;
BEGIN
    t.step := p_step;
    SELECT ARRAY[t.before_starts, t.before_ends] || array_agg(e.edge AT TIME ZONE t.zone ORDER BY e.edge) INTO t.edges
    FROM (SELECT t.starts AT TIME ZONE t.zone UNION
          SELECT g FROM generate_series(v_end, t.starts AT TIME ZONE t.zone, -v_step) AS g) AS e (edge);
    RETURN t;
END $$;

-- Whether a stretch is exactly one month of the calendar that is over.
CREATE OR REPLACE FUNCTION gridseat.is_month(t gridseat.stretch) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT s.first = date_trunc('month', s.first) AND (t.now + interval '1 microsecond') AT TIME ZONE t.zone = s.first + interval '1 month'
    FROM (SELECT t.starts AT TIME ZONE t.zone AS first) AS s
$$;

-- Whether it is the month of the calendar that runs, so far: what is over ends a moment before midnight. Its first day by
-- itself is a day like others.
CREATE OR REPLACE FUNCTION gridseat.is_running_month(t gridseat.stretch) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT s.first = date_trunc('month', s.last) AND s.first < s.last
           AND ((t.now + interval '1 microsecond') AT TIME ZONE t.zone)::date = s.last
    FROM (SELECT (t.starts AT TIME ZONE t.zone)::date AS first, (t.now AT TIME ZONE t.zone)::date AS last) AS s
$$;

-- A period with the stretch before it: as many days earlier the same; before a month of the calendar the month before, and
-- where the month still runs, that up to the same day and time or, where it is shorter, to its end.
CREATE OR REPLACE FUNCTION gridseat.with_before(t gridseat.stretch, p_days integer) RETURNS gridseat.stretch
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_first constant timestamp := t.starts AT TIME ZONE t.zone;
    v_month constant boolean := gridseat.is_month(t);
    v_before timestamp := v_first - CASE WHEN v_month OR gridseat.is_running_month(t) THEN interval '1 month'
                                         ELSE p_days * interval '1 day' END;
BEGIN
    t.before_starts := v_before AT TIME ZONE t.zone;
    t.before_ends := least(t.starts - interval '1 microsecond', CASE WHEN NOT v_month THEN
        (v_before + ((t.now AT TIME ZONE t.zone) - v_first)) AT TIME ZONE t.zone END);
    RETURN t;
END $$;

-- p_days days of the organisation's calendar up to now or, where p_until is a day that is over, up to its end, and the
-- stretch before. edges: start and end of that, then the edges of the period's steps (hours, days or weeks). A stretch
-- over whole days ends a moment before midnight, in its own last day.
CREATE OR REPLACE FUNCTION gridseat.board_period(p_organisation bigint, p_days integer, p_until date DEFAULT NULL)
RETURNS gridseat.stretch
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t gridseat.stretch;
    v_last timestamp;
BEGIN
    IF p_days IS NULL OR p_days NOT BETWEEN 1 AND 3660 THEN
        PERFORM gridseat.reject_input('bad_days', jsonb_build_object('days', p_days));
    END IF;
    t.now := desk.now();
    SELECT c.timezone INTO t.zone FROM gridseat.calendar AS c WHERE c.id = gridseat.calendar_of(p_organisation);
    t.zone := coalesce(t.zone, 'Asia/Shanghai');
    IF NOT p_until BETWEEN '2000-01-01' AND (t.now AT TIME ZONE t.zone)::date THEN
        PERFORM gridseat.reject_input('bad_until', jsonb_build_object('until', p_until));
    END IF;
    t.now := least(t.now, (p_until + 1)::timestamp AT TIME ZONE t.zone - interval '1 microsecond');
    v_last := date_trunc('day', t.now AT TIME ZONE t.zone);
    t.starts := (v_last - (p_days - 1) * interval '1 day') AT TIME ZONE t.zone;
    RETURN gridseat.in_steps(gridseat.with_before(t, p_days), CASE WHEN p_days = 1 THEN 'hour' WHEN p_days <= 62 THEN 'day' ELSE 'week' END);
END $$;

-- A period for those who compare it with none before.
CREATE OR REPLACE FUNCTION gridseat.period_alone(t gridseat.stretch) RETURNS gridseat.stretch
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    t.before_starts := t.starts;
    t.before_ends := t.starts - interval '1 microsecond';
    t.edges := ARRAY[t.starts, t.starts] || t.edges[3:];
    RETURN t;
END $$;

-- Whose figures people of no organisation look at first: the first root or, where there is but one organisation below it,
-- that one, and so on as far as a county. desk.whoami tells it as "home".
CREATE OR REPLACE FUNCTION gridseat.first_organisation() RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE way AS (
        (SELECT r.id, 1 AS depth FROM gridseat.organisation AS r WHERE r.parent_id IS NULL ORDER BY r.lft LIMIT 1)
        UNION ALL
        SELECT c.id, w.depth + 1 FROM way AS w CROSS JOIN LATERAL (
            SELECT min(x.id) AS id FROM gridseat.organisation AS x
            WHERE x.parent_id = w.id AND x.level <> 'department'
            HAVING count(*) = 1 AND min(x.level) IN ('city', 'county')) AS c
    )
    SELECT w.id FROM way AS w ORDER BY w.depth DESC LIMIT 1
$$;

-- The organisation whose board it is: as told, else the caller's own, for people of none first_organisation.
CREATE OR REPLACE FUNCTION gridseat.board_organisation(me gridseat.person, p_organisation text) RETURNS gridseat.organisation
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    o gridseat.organisation;
BEGIN
    SELECT * INTO o FROM gridseat.organisation AS x WHERE x.id = CASE
        WHEN p_organisation IS NOT NULL THEN gridseat.find_organisation(p_organisation)
        WHEN me.organisation_id IS NOT NULL THEN me.organisation_id
        ELSE gridseat.first_organisation() END;
    IF o.id IS NULL AND p_organisation IS NOT NULL THEN
        PERFORM gridseat.reject_input('no_such_unit', jsonb_build_object('unit', p_organisation));
    ELSIF o.id <> me.organisation_id AND (gridseat.is_unit(me) OR NOT gridseat.below(o.id, me.organisation_id)) THEN
        PERFORM gridseat.refuse('outside_your_tree', jsonb_build_object('unit', p_organisation));
    END IF;
    RETURN o;
END $$;

-- What a figure is taken of, or misses, is no record that could be listed.
CREATE OR REPLACE FUNCTION gridseat.refuse_part(p_figure text, p_which text) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF p_which = 'of' THEN
        PERFORM gridseat.reject_input('figure_no_of', jsonb_build_object('figure', p_figure));
    END IF;
    PERFORM gridseat.reject_input('figure_no_rest', jsonb_build_object('figure', p_figure));
END $$;

-- What is asked of a board's cases: FIGURE[/BY=PART][:of | :rest | :hit]. FIGURE names a figure or a fact; BY class,
-- type, channel, unit, grid, day or hour (of the week). Without an ending: those that it counts; of: those that its rate is taken
-- of; hit, rest: those of them that meet it and that miss it.
CREATE OR REPLACE FUNCTION gridseat.board_question(p_board text, p_figure text, OUT fact text, OUT part bigint,
                                                   OUT which text, OUT rate boolean, OUT at_present boolean)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_words text[] := regexp_match(p_figure, '^([a-z_]+)(?:/([a-z]+)=([^:]+))?(?::(of|rest|hit))?$');
BEGIN
    IF NOT EXISTS (SELECT FROM gridseat.indicator AS x WHERE x.board = p_board) THEN
        PERFORM gridseat.reject_input('board_unknown', jsonb_build_object('board', p_board));
    END IF;
    SELECT f.key, coalesce(x.kind <> 'count', false) AND NOT f.spans, coalesce(x.at_present, false) INTO fact, rate, at_present
    FROM gridseat.fact AS f LEFT JOIN gridseat.indicator AS x ON x.fact = f.key AND x.key = v_words[1]
    WHERE f.key = coalesce((SELECT y.fact FROM gridseat.indicator AS y WHERE y.key = v_words[1]), v_words[1]);
    which := coalesce(v_words[4], '');
    IF which IN ('of', 'rest') AND EXISTS (  -- a ratio is shared out among no cases, and only a rate misses any
           SELECT FROM gridseat.indicator AS y
           WHERE y.key = v_words[1] AND (y.kind = 'ratio' OR (y.kind <> 'rate' AND which = 'rest'))) THEN
        PERFORM gridseat.refuse_part(v_words[1], which);
    END IF;
    IF v_words[2] IS NOT NULL THEN
        fact := fact || '/' || v_words[2];
        part := gridseat.board_part(v_words[2], v_words[3]);
    END IF;
    IF fact IS NULL OR (v_words[2] IS NOT NULL AND part IS NULL) THEN
        PERFORM gridseat.reject_input('figure_unknown', jsonb_build_object('figure', left(p_figure, 80), 'board', p_board));
    END IF;
END $$;

-- The part of a fact that a mark is named after; null: there is none.
CREATE OR REPLACE FUNCTION gridseat.board_part(p_by text, p_name text) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE p_by
        WHEN 'day' THEN (SELECT w.part FROM gridseat.part_words('day') AS w WHERE w.name = p_name)
        WHEN 'class' THEN (SELECT min(c.id) FROM gridseat.catalogue_class AS c WHERE c.group_name = p_name)
        WHEN 'type' THEN (SELECT c.id FROM gridseat.catalogue_class AS c WHERE c.code = p_name)
        WHEN 'channel' THEN array_position(gridseat.channels(), p_name)
        WHEN 'hour' THEN (SELECT g FROM generate_series(0, 167) AS g WHERE g::text = p_name)
        WHEN 'grid' THEN (SELECT g.id FROM gridseat.grid AS g
                          WHERE g.code = p_name AND g.kind = 'comprehensive' AND g.ended_at IS NULL)
        WHEN 'unit' THEN (SELECT u.id FROM gridseat.organisation AS u WHERE u.code = p_name) END
$$;
