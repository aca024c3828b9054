-- Deadlines: the one implementation behind lists, charts, alarms and explanations.
-- Amounts are seconds; a working day is 28,800 of them whatever the spans. Inside, microseconds are counted,
-- because reports do not come in on the second. Null: the calendar lacks a year on the way (missing_year says which).

-- Where the unbroken row of known years around t ends; null when the year of t itself is not known.
CREATE OR REPLACE FUNCTION gridseat.known_until(calendar bigint, t timestamptz)
RETURNS timestamptz LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    known timestamptz;
BEGIN
    SELECT y.known_until INTO known FROM gridseat.calendar_year y
    WHERE y.calendar_id = calendar AND y.starts <= t ORDER BY y.starts DESC LIMIT 1;
    RETURN CASE WHEN t < known THEN known END;
END $$;

-- Working microseconds from the calendar's first span up to t.
CREATE OR REPLACE FUNCTION gridseat.counted(calendar bigint, t timestamptz)
RETURNS bigint LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    counted bigint;
BEGIN
    SELECT s.before_seconds * 1000000 + extract(epoch FROM least(t, s.ends) - s.starts) * 1000000 INTO counted
    FROM gridseat.calendar_span s
    WHERE s.calendar_id = calendar AND s.starts <= t ORDER BY s.starts DESC LIMIT 1;
    RETURN coalesce(counted, 0);
END $$;

-- The earliest instant at which the time counted from start reaches the amount; at once for an amount of 0.
CREATE OR REPLACE FUNCTION gridseat.due_at(calendar bigint, start timestamptz, seconds bigint, clock text)
RETURNS timestamptz LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target bigint;
    due timestamptz;
    ends timestamptz;
BEGIN
    IF clock NOT IN ('continuous', 'working') THEN
        RAISE EXCEPTION 'no such clock: %', clock USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF seconds <= 0 THEN
        RETURN start;
    ELSIF clock = 'continuous' THEN
        RETURN start + seconds * interval '1 second';
    END IF;
    target := gridseat.counted(calendar, start) + seconds * 1000000;
    SELECT s.starts + (target - s.before_seconds * 1000000) * interval '1 microsecond', s.ends INTO due, ends
    FROM gridseat.calendar_span s
    WHERE s.calendar_id = calendar AND s.before_seconds <= (target - 1) / 1000000
    ORDER BY s.before_seconds DESC LIMIT 1;
    RETURN CASE WHEN due <= ends AND due <= gridseat.known_until(calendar, start) THEN due END;
END $$;

-- Whole seconds counted between two instants; 0 when the second comes first.
CREATE OR REPLACE FUNCTION gridseat.elapsed(calendar bigint, start timestamptz, until timestamptz, clock text)
RETURNS bigint LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF clock NOT IN ('continuous', 'working') THEN
        RAISE EXCEPTION 'no such clock: %', clock USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF until <= start THEN
        RETURN 0;
    ELSIF clock = 'continuous' THEN
        RETURN floor(extract(epoch FROM until - start));
    ELSIF until <= gridseat.known_until(calendar, start) THEN
        RETURN (gridseat.counted(calendar, until) - gridseat.counted(calendar, start)) / 1000000;
    END IF;
    RETURN NULL;
END $$;

-- The pieces of time that count between two instants, in order; their seconds add up to elapsed.
CREATE OR REPLACE FUNCTION gridseat.segments(calendar bigint, start timestamptz, until timestamptz, clock text)
RETURNS TABLE (starts timestamptz, ends timestamptz, seconds bigint)
LANGUAGE sql STABLE ROWS 20 SET search_path = pg_catalog, pg_temp AS $$
    WITH piece AS (
        SELECT start AS starts, until AS ends WHERE clock = 'continuous' AND start < until
        UNION ALL
        SELECT greatest(s.starts, start), least(s.ends, until)
        FROM gridseat.calendar_span s
        WHERE clock = 'working' AND start < until AND s.calendar_id = calendar
          AND s.starts < least(until, gridseat.known_until(calendar, start)) AND s.ends > start
          AND s.starts >= coalesce((SELECT max(b.starts) FROM gridseat.calendar_span b
                                    WHERE b.calendar_id = calendar AND b.starts <= start), start)
          AND gridseat.known_until(calendar, start) IS NOT NULL
    ), counted AS (
        SELECT p.starts, p.ends, sum(extract(epoch FROM p.ends - p.starts)) OVER (ORDER BY p.starts) AS total
        FROM piece p
    )
    SELECT c.starts, c.ends,
           (floor(c.total) - floor(c.total - extract(epoch FROM c.ends - c.starts)))::bigint
    FROM counted c ORDER BY c.starts
$$;

-- When a limit turns yellow: 80 % of it counted.
CREATE OR REPLACE FUNCTION gridseat.warn_at(calendar bigint, start timestamptz, seconds bigint, clock text)
RETURNS timestamptz LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN gridseat.due_at(calendar, start, seconds * 4 / 5, clock);
END $$;

-- n working days (of 8 counted hours each) after t.
CREATE OR REPLACE FUNCTION gridseat.working_days_after(calendar bigint, t timestamptz, n integer)
RETURNS timestamptz LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN gridseat.due_at(calendar, t, n::bigint * 28800, 'working');
END $$;

-- The first year from that of t on for which a calendar has no data.
CREATE OR REPLACE FUNCTION gridseat.missing_year(calendar bigint, t timestamptz)
RETURNS integer LANGUAGE sql STABLE STRICT SET search_path = pg_catalog, pg_temp AS $$
    SELECT extract(year FROM coalesce(
        CASE WHEN t < gridseat.known_until(calendar, t) THEN gridseat.known_until(calendar, t) END, t)
        AT TIME ZONE c.timezone)::integer
    FROM gridseat.calendar c WHERE c.id = calendar
$$;

-- The alarm: calendars whose data ends within the horizon after t, and the year that somebody must import.
CREATE OR REPLACE FUNCTION gridseat.calendar_gaps(t timestamptz, horizon interval DEFAULT '60 days')
RETURNS TABLE (calendar_id bigint, code text, year integer)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.id, c.code, gridseat.missing_year(c.id, t)
    FROM gridseat.calendar c
    WHERE coalesce(gridseat.known_until(c.id, t), '-infinity') < t + horizon
    ORDER BY c.code
$$;

-- The year without data that keeps due_at from answering; null when it does answer.
CREATE OR REPLACE FUNCTION gridseat.calendar_missing(calendar bigint, start timestamptz, seconds bigint, clock text)
RETURNS integer LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF gridseat.due_at(calendar, start, seconds, clock) IS NULL THEN
        RETURN gridseat.missing_year(calendar, start);
    END IF;
    RETURN NULL;
END $$;

-- Where counting begins: at receipt (当日), or where the calendar says 次日起, for limits of a working day and
-- more, with the day after it.
CREATE OR REPLACE FUNCTION gridseat.counting_from(calendar bigint, received timestamptz, seconds bigint, clock text)
RETURNS timestamptz LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF clock <> 'working' OR seconds < 28800 THEN
        RETURN received;
    END IF;
    RETURN coalesce((
        SELECT (date_trunc('day', received AT TIME ZONE c.timezone) + interval '1 day') AT TIME ZONE c.timezone
        FROM gridseat.calendar c WHERE c.id = calendar AND c.next_day), received);
END $$;
