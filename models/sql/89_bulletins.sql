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

-- The organisation, told or the caller's own, whose bulletins the caller reads: those who see its boards, but for a wall.
-- Comments are free words, and everybody sees it.
CREATE OR REPLACE FUNCTION gridseat.bulletins_at(me gridseat.person, p_organisation text) RETURNS gridseat.organisation
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF gridseat.is_wall(me) THEN
        PERFORM gridseat.refuse('seats_only');
    END IF;
    RETURN gridseat.board_organisation(me, p_organisation);
END $$;

-- A bulletin to be: of a period or, where a campaign is named, of its days so far.
CREATE OR REPLACE FUNCTION gridseat.bulletin_begun(me gridseat.person, o gridseat.organisation, p_period text, p_comment text,
                                                   p_campaign text) RETURNS gridseat.bulletin
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    b gridseat.bulletin;
    c gridseat.campaign;
    v_today date := gridseat.day_of(desk.now(), gridseat.fold_zone());
BEGIN
    IF o.id IS NULL THEN
        PERFORM gridseat.refuse('no_centre');
    ELSIF length(p_comment) > 4000 THEN
        PERFORM gridseat.reject_input('text_too_long', jsonb_build_object('field', 'comment', 'label', 'comment', 'limit', 4000));
    END IF;
    IF p_campaign IS NULL THEN
        SELECT p_period, d.first, d.last INTO b.period, b.first, b.last FROM gridseat.bulletin_days(p_period, v_today) AS d;
    ELSE
        c := gridseat.campaign_of(o, p_campaign);
        b.campaign_id := c.id;
        b.first := c.first;
        b.last := (gridseat.campaign_days(c, v_today)).last;
        b.period := b.first || '/' || b.last;
    END IF;
    b.organisation_id := o.id;
    b.comment := coalesce(btrim(p_comment), '');
    b.issued_at := desk.now();
    b.issued_by := me.id;
    b.year := extract(year FROM v_today);
    RETURN b;
END $$;

-- That which was issued last of the same period and campaign.
CREATE OR REPLACE FUNCTION gridseat.bulletin_before(b gridseat.bulletin) RETURNS SETOF gridseat.bulletin
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT x.* FROM gridseat.bulletin AS x
    WHERE x.organisation_id = b.organisation_id AND x.period = b.period AND x.campaign_id IS NOT DISTINCT FROM b.campaign_id
    ORDER BY x.id DESC LIMIT 1
$$;

-- The figures of a board's document by board and key, without those of the present.
CREATE OR REPLACE FUNCTION gridseat.bulletin_figures(p_boards jsonb)
RETURNS TABLE (board text, key text, place bigint, value jsonb, numerator jsonb, denominator jsonb)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT b.key, f.one ->> 'key', f.place, f.one -> 'value', f.one -> 'numerator', f.one -> 'denominator'
    FROM jsonb_each(p_boards) AS b
    CROSS JOIN LATERAL jsonb_array_elements(b.value -> 'figures') WITH ORDINALITY AS f (one, place)
    JOIN gridseat.indicator AS x ON x.key = f.one ->> 'key' AND NOT x.at_present
$$;

-- What was issued last of the same and what it said otherwise; over: the period was over then, so that later entries alone
-- can have changed what is said of it. Nothing was: null.
CREATE OR REPLACE FUNCTION gridseat.bulletin_against(b gridseat.bulletin, p_boards jsonb) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_build_object('year', x.year, 'number', x.number, 'issued_at', x.issued_at, 'over', o.over,
        'changes', coalesce((
            SELECT jsonb_agg(jsonb_build_object('key', n.key, 'value', w.value, 'numerator', w.numerator, 'denominator', w.denominator)
                             ORDER BY n.board, n.place)
            FROM gridseat.bulletin_figures(p_boards) AS n
            JOIN gridseat.bulletin_figures(x.document::jsonb -> 'boards') AS w ON (w.board, w.key) = (n.board, n.key)
            WHERE o.over AND (n.value, n.numerator, n.denominator) IS DISTINCT FROM (w.value, w.numerator, w.denominator)), '[]'))
    FROM gridseat.bulletin_before(b) AS x
    CROSS JOIN LATERAL (SELECT gridseat.day_of(x.issued_at, gridseat.fold_zone()) > b.last AND x.last = b.last AS over) AS o
$$;

-- What boards and scores say of it in one moment, as its text will stand. It is read by others than its issuer, so it is
-- told as to one who is named in no restricted case.
CREATE OR REPLACE FUNCTION gridseat.bulletin_text(me gridseat.person, b gridseat.bulletin, o gridseat.organisation) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    c gridseat.campaign;
    v_days integer := b.last - b.first + 1;
    v_anybody gridseat.person := me;
    v_boards jsonb;
    v_said jsonb := jsonb_build_object('form', 1, 'year', b.year, 'number', b.number,
        'organisation', jsonb_build_object('code', o.code, 'name', coalesce(o.alias, o.name)),
        'issued_at', b.issued_at, 'issued_by', me.name, 'comment', b.comment);
BEGIN
    v_anybody.id := 0;  -- nobody's
    IF b.campaign_id IS NOT NULL THEN
        SELECT * INTO c FROM gridseat.campaign AS x WHERE x.id = b.campaign_id;
        v_boards := jsonb_build_object('incidents', gridseat.campaign_document(v_anybody, o, c));
        RETURN v_said || jsonb_build_object('before', gridseat.bulletin_against(b, v_boards),
            'period', jsonb_build_object('key', b.period, 'kind', 'campaign', 'first', b.first, 'last', b.last),
            'campaign', jsonb_build_object('name', c.name, 'last', c.last, 'classes', gridseat.classes_called(c.classes),
                                           'figure', c.target_figure, 'target', c.target),
            'boards', v_boards, 'scores', '[]'::jsonb);
    END IF;
    v_boards := (SELECT jsonb_object_agg(x.board, gridseat.board_document(v_anybody, o, x.board, v_days, b.last, NULL))
                 FROM (SELECT DISTINCT i.board FROM gridseat.indicator AS i) AS x);
    RETURN v_said || jsonb_build_object('before', gridseat.bulletin_against(b, v_boards), 'boards', v_boards,
        'period', jsonb_build_object('key', b.period, 'kind', (gridseat.bulletin_days(b.period, b.last)).kind,
                                     'first', b.first, 'last', b.last),
        'scores', (SELECT coalesce(jsonb_agg(gridseat.score_document(v_anybody, o, g.peers, v_days, b.last) ORDER BY g.peers), '[]')
                   FROM (SELECT 'department' AS peers UNION SELECT x.level FROM gridseat.board_children(o.id) AS x
                         WHERE x.level IN ('township', 'county')) AS g));
END $$;

-- The year's next number of an organisation.
CREATE OR REPLACE FUNCTION gridseat.bulletin_number(b gridseat.bulletin) RETURNS integer
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT 1 + coalesce(max(x.number), 0) FROM gridseat.bulletin AS x
    WHERE x.organisation_id = b.organisation_id AND x.year = b.year
$$;

-- What would be issued now, under the number that is next; before: the number and year of that which was issued of the
-- same. Nothing is kept.
CREATE OR REPLACE FUNCTION desk.preview_bulletin(p_organisation text, p_period text, p_comment text DEFAULT '',
                                                 p_campaign text DEFAULT NULL)
RETURNS TABLE (document text, year_before integer, number_before integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.bulletins_at(me, p_organisation);
    b gridseat.bulletin := gridseat.bulletin_begun(me, o, p_period, p_comment, p_campaign);
BEGIN
    IF NOT gridseat.leads(me) THEN
        PERFORM gridseat.refuse('bulletin_issuer_needed');
    END IF;
    b.number := gridseat.bulletin_number(b);
    RETURN QUERY SELECT gridseat.bulletin_text(me, b, o), x.year, x.number
                 FROM (SELECT) AS one LEFT JOIN gridseat.bulletin_before(b) AS x ON true;
END $$;

-- The bulletin of a period or campaign: that which was issued last or, where there is none or p_anew asks for another, a
-- new one under the year's next number. Supervisors and administrators issue.
CREATE OR REPLACE FUNCTION desk.issue_bulletin(p_organisation text, p_period text, p_comment text DEFAULT '',
                                               p_anew boolean DEFAULT false, p_campaign text DEFAULT NULL)
RETURNS TABLE (document text, digest text, issued boolean)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.bulletins_at(me, p_organisation);
    b gridseat.bulletin := gridseat.bulletin_begun(me, o, p_period, p_comment, p_campaign);
BEGIN
    IF gridseat.leads(me) THEN
        LOCK TABLE gridseat.bulletin IN SHARE ROW EXCLUSIVE MODE;  -- numbers without gaps, however many issue at once
    END IF;
    RETURN QUERY SELECT x.document, x.digest, false FROM gridseat.bulletin_before(b) AS x WHERE NOT p_anew;
    IF FOUND THEN
        RETURN;
    ELSIF NOT gridseat.leads(me) THEN
        PERFORM gridseat.refuse('bulletin_issuer_needed');
    END IF;
    b.number := gridseat.bulletin_number(b);
    b.document := gridseat.bulletin_text(me, b, o);
    b.digest := encode(sha256(convert_to(b.document, 'UTF8')), 'hex');
    INSERT INTO gridseat.bulletin (organisation_id, year, number, period, first, last, comment, document, digest,
                                   issued_at, issued_by, campaign_id)
    VALUES (b.organisation_id, b.year, b.number, b.period, b.first, b.last, b.comment, b.document, b.digest,
            b.issued_at, b.issued_by, b.campaign_id);
    RETURN QUERY SELECT b.document, b.digest, true;
END $$;

CREATE OR REPLACE FUNCTION desk.bulletin(p_organisation text, p_year integer, p_number integer)
RETURNS TABLE (document text, digest text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    o gridseat.organisation := gridseat.bulletins_at(gridseat.me(), p_organisation);
BEGIN
    RETURN QUERY SELECT b.document, b.digest FROM gridseat.bulletin AS b
    WHERE (b.organisation_id, b.year, b.number) = (o.id, p_year, p_number);
    IF NOT FOUND THEN
        PERFORM gridseat.reject_input('no_such_bulletin', jsonb_build_object('year', p_year, 'number', p_number));
    END IF;
END $$;

-- Those of an organisation, the newest first.
CREATE OR REPLACE FUNCTION desk.bulletins(p_organisation text DEFAULT NULL)
RETURNS TABLE (year integer, number integer, organisation text, period text, campaign text, issued_at timestamptz, issued_by text, digest text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    o gridseat.organisation := gridseat.bulletins_at(gridseat.me(), p_organisation);
BEGIN
    RETURN QUERY
    SELECT b.year, b.number, coalesce(o.alias, o.name), b.period, coalesce(c.name, ''), b.issued_at, p.name, b.digest
    FROM gridseat.bulletin AS b JOIN gridseat.person AS p ON p.id = b.issued_by
    LEFT JOIN gridseat.campaign AS c ON c.id = b.campaign_id
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
