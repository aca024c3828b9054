-- Bulletins (通报): what the boards said of a period, kept as one text with its number and digest when it was issued.
-- Whatever is written, drawn or sent of it later reads that text alone.

-- The days of 2026-11-20, 2026-W46 or 2026-10, up to today where it still runs.
CREATE OR REPLACE FUNCTION gridseat.bulletin_days(p_period text, p_today date, OUT kind text, OUT first date, OUT last date)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    CASE
        WHEN p_period ~ '^20\d\d-\d\d-\d\d$' THEN
            kind := 'day'; first := to_date(p_period, 'YYYY-MM-DD'); last := first;
        WHEN p_period ~ '^20\d\d-W(0[1-9]|[1-4]\d|5[0-3])$' THEN
            kind := 'week'; first := to_date(p_period, 'IYYY-"W"IW'); last := first + 6;
        WHEN p_period ~ '^20\d\d-\d\d$' THEN
            kind := 'month'; first := to_date(p_period, 'YYYY-MM'); last := (first + interval '1 month')::date - 1;
        ELSE RAISE datetime_field_overflow;
    END CASE;
    IF first > p_today OR p_period <> to_char(first, CASE kind WHEN 'day' THEN 'YYYY-MM-DD' WHEN 'week' THEN 'IYYY-"W"IW'
                                                               ELSE 'YYYY-MM' END) THEN
        RAISE datetime_field_overflow;
    END IF;
    last := least(last, p_today);
EXCEPTION WHEN datetime_field_overflow THEN
    PERFORM gridseat.reject_input('bad_period', jsonb_build_object('period', left(p_period, 40)));
END $$;

-- What boards and scores say of it in one moment, as its text will stand. It is read by others than its issuer, so it is
-- told as to one who is named in no restricted case.
CREATE OR REPLACE FUNCTION gridseat.bulletin_text(me gridseat.person, b gridseat.bulletin, o gridseat.organisation, p_kind text)
RETURNS text LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_days integer := b.last - b.first + 1;
    v_anybody gridseat.person := me;
BEGIN
    v_anybody.id := 0;  -- nobody's
    RETURN (SELECT jsonb_build_object('form', 1, 'year', b.year, 'number', b.number,
        'organisation', jsonb_build_object('code', o.code, 'name', coalesce(o.alias, o.name)),
        'period', jsonb_build_object('key', b.period, 'kind', p_kind, 'first', b.first, 'last', b.last),
        'issued_at', b.issued_at, 'issued_by', me.name, 'comment', b.comment,
        'boards', (SELECT jsonb_object_agg(x.board, gridseat.board_document(v_anybody, o, x.board, v_days, b.last, NULL))
                   FROM (SELECT DISTINCT i.board FROM gridseat.indicator AS i) AS x),
        'scores', (SELECT coalesce(jsonb_agg(gridseat.score_document(v_anybody, o, g.peers, v_days, b.last) ORDER BY g.peers), '[]')
                   FROM (SELECT 'department' AS peers UNION SELECT c.level FROM gridseat.board_children(o.id) AS c
                         WHERE c.level IN ('township', 'county')) AS g))::text);
END $$;

-- The bulletin of a period: that which was issued last or, where there is none or p_anew asks for another, a new one under
-- the year's next number of that organisation. Supervisors and administrators issue; whoever sees the boards reads.
CREATE OR REPLACE FUNCTION desk.issue_bulletin(p_organisation text, p_period text, p_comment text DEFAULT '',
                                               p_anew boolean DEFAULT false)
RETURNS TABLE (document text, digest text, issued boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
    b gridseat.bulletin;
    v_today date := gridseat.day_of(desk.now(), gridseat.fold_zone());
    v_days record := gridseat.bulletin_days(p_period, v_today);
BEGIN
    IF o.id IS NULL THEN
        PERFORM gridseat.refuse('no_centre');
    ELSIF length(p_comment) > 4000 THEN
        PERFORM gridseat.reject_input('text_too_long', jsonb_build_object('field', 'comment', 'label', 'comment', 'limit', 4000));
    END IF;
    SELECT * INTO b FROM gridseat.bulletin AS x
    WHERE x.organisation_id = o.id AND x.period = p_period ORDER BY x.id DESC LIMIT 1;
    IF b.id IS NOT NULL AND NOT p_anew THEN
        RETURN QUERY SELECT b.document, b.digest, false;
        RETURN;
    ELSIF NOT gridseat.leads(me) THEN
        PERFORM gridseat.refuse('bulletin_issuer_needed');
    END IF;
    LOCK TABLE gridseat.bulletin IN SHARE ROW EXCLUSIVE MODE;  -- numbers without gaps, however many issue at once
    SELECT * INTO b FROM gridseat.bulletin AS x
    WHERE x.organisation_id = o.id AND x.period = p_period ORDER BY x.id DESC LIMIT 1;
    IF b.id IS NOT NULL AND NOT p_anew THEN
        RETURN QUERY SELECT b.document, b.digest, false;
        RETURN;
    END IF;
    b.organisation_id := o.id;
    b.period := p_period;
    b.first := v_days.first;
    b.last := v_days.last;
    b.comment := coalesce(btrim(p_comment), '');
    b.issued_at := desk.now();
    b.issued_by := me.id;
    b.year := extract(year FROM v_today);
    b.number := 1 + coalesce((SELECT max(x.number) FROM gridseat.bulletin AS x
                              WHERE x.organisation_id = o.id AND x.year = b.year), 0);
    b.document := gridseat.bulletin_text(me, b, o, v_days.kind);
    b.digest := encode(sha256(convert_to(b.document, 'UTF8')), 'hex');
    INSERT INTO gridseat.bulletin (organisation_id, year, number, period, first, last, comment, document, digest,
                                   issued_at, issued_by)
    VALUES (b.organisation_id, b.year, b.number, b.period, b.first, b.last, b.comment, b.document, b.digest,
            b.issued_at, b.issued_by);
    RETURN QUERY SELECT b.document, b.digest, true;
END $$;

CREATE OR REPLACE FUNCTION desk.bulletin(p_organisation text, p_year integer, p_number integer)
RETURNS TABLE (document text, digest text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    o gridseat.organisation := gridseat.board_organisation(gridseat.me(), p_organisation);
BEGIN
    RETURN QUERY SELECT b.document, b.digest FROM gridseat.bulletin AS b
    WHERE (b.organisation_id, b.year, b.number) = (o.id, p_year, p_number);
    IF NOT FOUND THEN
        PERFORM gridseat.reject_input('no_such_bulletin', jsonb_build_object('year', p_year, 'number', p_number));
    END IF;
END $$;

-- Those of an organisation, the newest first.
CREATE OR REPLACE FUNCTION desk.bulletins(p_organisation text DEFAULT NULL)
RETURNS TABLE (year integer, number integer, organisation text, period text, issued_at timestamptz, issued_by text, digest text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    o gridseat.organisation := gridseat.board_organisation(gridseat.me(), p_organisation);
BEGIN
    RETURN QUERY
    SELECT b.year, b.number, coalesce(o.alias, o.name), b.period, b.issued_at, p.name, b.digest
    FROM gridseat.bulletin AS b JOIN gridseat.person AS p ON p.id = b.issued_by
    WHERE b.organisation_id = o.id ORDER BY b.id DESC LIMIT 500;
END $$;

-- What is issued stays, whoever asks; what turned out wrong is issued anew under its own number.
CREATE OR REPLACE FUNCTION gridseat.keep_bulletin() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM gridseat.refuse('bulletin_issued');
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER issued_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON gridseat.bulletin
FOR EACH STATEMENT EXECUTE FUNCTION gridseat.keep_bulletin();
