-- With what the figures that registers tell are compared: with the stretch before, where all of it is known.

-- Whether anything of its kind was recorded in an organisation up to a day.
CREATE OR REPLACE FUNCTION gridseat.is_recorded(x gridseat.indicator, p_organisation bigint, p_day date) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN CASE x.sums
        WHEN 'operations' THEN EXISTS (
            SELECT FROM gridseat.work_sum AS s
            WHERE s.organisation_id = p_organisation AND s.fact = x.since AND s.day > '-infinity' AND s.day <= p_day AND s.n <> 0)
        ELSE EXISTS (
            SELECT FROM gridseat.registry_tally AS t
            WHERE t.scope IN ('own', 'below') AND t.place_id = p_organisation AND t.key = x.since AND t.at <= gridseat.day_number(p_day)
            GROUP BY t.at HAVING sum(t.n) <> 0) END;
END $$;

-- Before a month that is one whole month of the calendar comes the month before; what goes by months is compared with no other.
CREATE OR REPLACE FUNCTION gridseat.month_before(t gridseat.stretch) RETURNS gridseat.stretch
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_first timestamp := t.starts AT TIME ZONE t.zone;
    v_next timestamp := v_first + interval '1 month';
BEGIN
    IF v_first <> date_trunc('month', v_first) OR (t.now AT TIME ZONE t.zone)::date + 1 <> v_next::date THEN
        RETURN NULL;
    END IF;
    t.before_starts := (v_first - interval '1 month') AT TIME ZONE t.zone;
    t.before_ends := t.starts - interval '1 microsecond';
    RETURN t;
END $$;

-- The figures of a board that can be compared, as they were before. They are kept by whole days, so that a single day that
-- still runs is compared with none.
CREATE OR REPLACE FUNCTION gridseat.sums_before(o gridseat.organisation, t gridseat.stretch, p_board text)
RETURNS TABLE (key text, value numeric)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off AS $$
DECLARE
    v_today constant boolean := t.step = 'hour' AND NOT gridseat.is_over(gridseat.day_of(t.now, t.zone));
    v_monthly boolean;
    v_keys text[];
BEGIN
    FOREACH v_monthly IN ARRAY ARRAY[false, true] LOOP
        IF v_monthly THEN
            t := gridseat.month_before(t);
        END IF;
        v_keys := ARRAY(SELECT i.key FROM gridseat.indicator AS i
                        WHERE i.board = p_board AND i.sums IS NOT NULL AND i.monthly = v_monthly AND NOT (i.at_present OR v_today)
                          AND gridseat.is_recorded(i, o.id, (t.before_starts AT TIME ZONE t.zone)::date));
        IF v_keys <> '{}' THEN
            RETURN QUERY SELECT s.key, s.value FROM gridseat.sums_told(ARRAY[o.id], v_keys, t.before_starts, t.before_ends) AS s;
        END IF;
    END LOOP;
END $$;
