-- With what the figures that registers tell are compared: with the stretch before, where all of it is known.

-- Whether anything of its kind was recorded in an organisation up to a day, in the sums already or not yet.
CREATE OR REPLACE FUNCTION gridseat.is_recorded(x gridseat.indicator, p_organisation bigint, p_day date) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN CASE x.sums
        WHEN 'operations' THEN EXISTS (
            SELECT FROM gridseat.work_sum AS s
            WHERE s.organisation_id = p_organisation AND s.fact = x.since AND s.day > '-infinity' AND s.day <= p_day AND s.n <> 0)
            OR EXISTS (
                SELECT FROM gridseat.work_change AS c
                JOIN gridseat.organisation AS a ON a.id = c.organisation_id
                JOIN gridseat.organisation AS o ON o.id = p_organisation AND a.lft BETWEEN o.lft AND o.rgt
                WHERE c.fact = x.since AND c.day > '-infinity' AND c.day <= p_day AND c.n > 0)
        ELSE EXISTS (
            SELECT FROM gridseat.registry_tally AS t
            WHERE t.scope IN ('own', 'below') AND t.place_id = p_organisation AND t.key = x.since AND t.at <= gridseat.day_number(p_day)
            GROUP BY t.at HAVING sum(t.n) <> 0) END;
END $$;

-- By how much a figure is another than before; a share, or a length of time, of fewer than five on either side is held
-- against none.
CREATE OR REPLACE FUNCTION gridseat.changed(p_kind text, p_now numeric, p_of bigint, p_before numeric, p_before_of bigint) RETURNS numeric
LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN p_kind IN ('rate', 'span') AND least(p_of, p_before_of) < 5 THEN NULL ELSE p_now - p_before END $$;

-- Whether a figure of a stretch is known: until anything of its kind was recorded anywhere it is not, rather than none.
CREATE OR REPLACE FUNCTION gridseat.is_known(x gridseat.indicator, t gridseat.stretch) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT x.since IS NULL OR EXISTS (SELECT FROM gridseat.organisation AS r
        WHERE r.parent_id IS NULL AND gridseat.is_recorded(x, r.id, gridseat.day_of(t.now, t.zone)))
$$;

-- What of a period registers compare, who keep whole days: those of its days that are over, with as many from the first day
-- before it, none of them its own. None is over: null.
CREATE OR REPLACE FUNCTION gridseat.whole_days(t gridseat.stretch) RETURNS gridseat.stretch
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_first timestamp := t.starts AT TIME ZONE t.zone;
    v_last timestamp := date_trunc('day', t.now AT TIME ZONE t.zone);
BEGIN
    IF gridseat.is_over(v_last::date) THEN
        RETURN t;
    ELSIF v_first = v_last THEN
        RETURN NULL;
    END IF;
    t.before_ends := least(((t.before_starts AT TIME ZONE t.zone) + (v_last - v_first)) AT TIME ZONE t.zone, t.starts)
                     - interval '1 microsecond';
    t.now := v_last AT TIME ZONE t.zone - interval '1 microsecond';
    RETURN t;
END $$;

-- Where those days and those before them end, as a board says it; null: there are none.
CREATE OR REPLACE FUNCTION gridseat.whole_told(t gridseat.stretch) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('at', w.now, 'before_ends', w.before_ends) FROM gridseat.whole_days(t) AS w WHERE w.now IS NOT NULL
$$;

-- The figures of a board that can be compared: as they were before and, where whole days of the period are to be held
-- against that (apart), of those; what goes by months only where the period is a month of the calendar, what counts each
-- thing once, of more than a month, only where it is over.
CREATE OR REPLACE FUNCTION gridseat.sums_compared(o gridseat.organisation, t gridseat.stretch, p_board text)
RETURNS TABLE (key text, apart boolean, compared numeric, compared_of bigint, before numeric, before_of bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    w constant gridseat.stretch := gridseat.whole_days(t);
    v_keys constant text[] := ARRAY(
        SELECT i.key FROM gridseat.indicator AS i
        WHERE i.board = p_board AND i.sums IS NOT NULL AND NOT i.at_present AND (NOT i.monthly OR gridseat.is_month(t))
          AND NOT (i.once AND w.now < t.now AND t.now - t.starts > interval '31 days')
          AND gridseat.is_recorded(i, o.id, gridseat.day_of(w.before_starts, w.zone)));
BEGIN
    IF v_keys <> '{}' THEN
        RETURN QUERY
        SELECT b.key, w.now < t.now, n.value, n.of_all, b.value, b.of_all FROM gridseat.sums_told(ARRAY[o.id], v_keys, w.before_starts, w.before_ends) AS b
        LEFT JOIN gridseat.sums_told(ARRAY[o.id], CASE WHEN w.now < t.now THEN v_keys ELSE '{}' END, w.starts, w.now) AS n ON n.key = b.key;
    END IF;
END $$;
