-- Calendars: what a county edits, and the spans that follow from it.

-- Work the spans out anew from the first of January of from_year (null: all years).
-- Overlapping rules of a day count once; a span never crosses midnight.
CREATE OR REPLACE FUNCTION gridseat.rebuild_calendar(calendar bigint, from_year integer DEFAULT NULL)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    zone text;
    cut timestamptz;
    base bigint;
BEGIN
    SELECT c.timezone INTO zone FROM gridseat.calendar c WHERE c.id = calendar FOR UPDATE;
    WITH known AS (
        SELECT y.year, y.year - row_number() OVER (ORDER BY y.year) AS unbroken
        FROM gridseat.calendar_year y WHERE y.calendar_id = calendar
    ), until AS (
        SELECT k.year, max(k.year) OVER (PARTITION BY k.unbroken) + 1 AS year_after FROM known k
    )
    UPDATE gridseat.calendar_year y
    SET starts = make_date(y.year, 1, 1)::timestamp AT TIME ZONE zone,
        known_until = make_date(u.year_after::integer, 1, 1)::timestamp AT TIME ZONE zone
    FROM until u WHERE y.calendar_id = calendar AND y.year = u.year;

    cut := coalesce(make_date(from_year, 1, 1)::timestamp AT TIME ZONE zone, '-infinity');
    DELETE FROM gridseat.calendar_span s WHERE s.calendar_id = calendar AND s.starts >= cut;
    SELECT s.before_seconds + extract(epoch FROM s.ends - s.starts) INTO base
    FROM gridseat.calendar_span s WHERE s.calendar_id = calendar ORDER BY s.starts DESC LIMIT 1;

    WITH day AS (
        SELECT d.day::date AS day, extract(isodow FROM d.day) AS weekday, x.working
        FROM gridseat.calendar_year y
        CROSS JOIN generate_series(make_date(y.year, 1, 1)::timestamp, make_date(y.year, 12, 31)::timestamp,
                                   interval '1 day') AS d (day)
        LEFT JOIN gridseat.calendar_day x ON x.calendar_id = calendar AND x.day = d.day::date
        WHERE y.calendar_id = calendar AND y.starts >= cut
    ), span AS (
        SELECT unnest(range_agg(tstzrange((d.day + r.starts) AT TIME ZONE zone,
                                          (d.day + r.ends) AT TIME ZONE zone))) AS span
        FROM day d
        JOIN gridseat.calendar_rule r ON r.calendar_id = calendar AND (
            r.weekday = d.weekday OR (
                d.working AND r.weekday = 0 AND NOT EXISTS (
                    SELECT FROM gridseat.calendar_rule own
                    WHERE own.calendar_id = calendar AND own.weekday = d.weekday)))
        WHERE d.working IS NOT FALSE
        GROUP BY d.day
    ), sized AS (
        SELECT lower(s.span) AS starts, upper(s.span) AS ends,
               extract(epoch FROM upper(s.span) - lower(s.span)) AS seconds
        FROM span s
    )
    INSERT INTO gridseat.calendar_span (calendar_id, starts, ends, before_seconds)
    SELECT calendar, s.starts, s.ends,
           coalesce(base, 0) + sum(s.seconds) OVER (ORDER BY s.starts) - s.seconds
    FROM sized s;
END $$;

-- Make or change a calendar: its week is [{"weekday": 0-7, "starts": "08:00", "ends": "12:00"}].
CREATE OR REPLACE FUNCTION gridseat.set_calendar(
    code text, name text, week jsonb, timezone text DEFAULT 'Asia/Shanghai', next_day boolean DEFAULT false)
RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    calendar bigint;
BEGIN
    INSERT INTO gridseat.calendar AS c (code, name, timezone, next_day)
    VALUES (set_calendar.code, set_calendar.name, set_calendar.timezone, set_calendar.next_day)
    ON CONFLICT ON CONSTRAINT calendar_code_key DO UPDATE
        SET name = excluded.name, timezone = excluded.timezone, next_day = excluded.next_day
    RETURNING c.id INTO calendar;
    DELETE FROM gridseat.calendar_rule r WHERE r.calendar_id = calendar;
    INSERT INTO gridseat.calendar_rule (calendar_id, weekday, starts, ends)
    SELECT calendar, w.weekday, w.starts, w.ends
    FROM jsonb_to_recordset(week) AS w (weekday smallint, starts time, ends time);
    PERFORM gridseat.rebuild_calendar(calendar);
    RETURN calendar;
END $$;

-- Take days over the week: [{"day": "2027-01-01", "working": false, "name": "元旦"}]; a day twice: its last row.
-- Every year that appears is known from then on. Answers {"added", "changed", "unchanged", "years": [new ones]}.
CREATE OR REPLACE FUNCTION gridseat.set_calendar_days(calendar bigint, days jsonb, source text DEFAULT 'import')
RETURNS jsonb LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    given integer;
    added integer;
    changed integer;
    new_years integer[];
    first_year integer;
BEGIN
    PERFORM FROM gridseat.calendar c WHERE c.id = calendar FOR UPDATE;
    WITH row AS (
        SELECT DISTINCT ON ((g.entry ->> 'day')::date) (g.entry ->> 'day')::date AS day,
               (g.entry ->> 'working')::boolean AS working, coalesce(g.entry ->> 'name', '') AS name
        FROM jsonb_array_elements(days) WITH ORDINALITY AS g (entry, position)
        ORDER BY (g.entry ->> 'day')::date, g.position DESC
    ), written AS (
        INSERT INTO gridseat.calendar_day AS d (calendar_id, day, working, name)
        SELECT calendar, r.day, r.working, r.name FROM row r
        ON CONFLICT ON CONSTRAINT calendar_day_pkey DO UPDATE
            SET working = excluded.working, name = excluded.name
            WHERE (d.working, d.name) IS DISTINCT FROM (excluded.working, excluded.name)
        RETURNING d.day, d.xmax = 0 AS fresh
    ), opened AS (
        INSERT INTO gridseat.calendar_year AS y (calendar_id, year, source)
        SELECT DISTINCT calendar, extract(year FROM r.day)::smallint, set_calendar_days.source FROM row r
        ON CONFLICT ON CONSTRAINT calendar_year_pkey DO NOTHING
        RETURNING y.year
    )
    SELECT (SELECT count(*) FROM row), (SELECT count(*) FROM written w WHERE w.fresh),
           (SELECT count(*) FROM written w WHERE NOT w.fresh),
           (SELECT coalesce(array_agg(o.year ORDER BY o.year), '{}') FROM opened o),
           least((SELECT min(o.year) FROM opened o), (SELECT min(extract(year FROM w.day)) FROM written w))
    INTO given, added, changed, new_years, first_year;
    IF first_year IS NOT NULL THEN
        PERFORM gridseat.rebuild_calendar(calendar, first_year);
    END IF;
    RETURN jsonb_build_object('added', added, 'changed', changed, 'unchanged', given - added - changed,
                              'years', to_jsonb(new_years));
END $$;
