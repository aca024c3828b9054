-- Campaigns (专项行动): some classes of cases that an organisation attends to over some days. What one tells is what the
-- incidents board tells of those classes and days, and its cases are that board's.

CREATE OR REPLACE FUNCTION gridseat.campaign_of(o gridseat.organisation, p_name text) RETURNS gridseat.campaign
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    c gridseat.campaign;
BEGIN
    SELECT * INTO c FROM gridseat.campaign AS x WHERE (x.organisation_id, x.name) = (o.id, p_name);
    IF c.id IS NULL THEN
        PERFORM gridseat.reject_input('no_such_campaign', jsonb_build_object('name', left(p_name, 80)));
    END IF;
    RETURN c;
END $$;

-- The classes that are meant now: a type that joins a group joins its campaigns.
CREATE OR REPLACE FUNCTION gridseat.classes_named(p_names text[]) RETURNS bigint[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT ARRAY(SELECT k.id FROM gridseat.catalogue_class AS k
                 WHERE k.group_name = ANY (p_names) OR k.code = ANY (p_names) ORDER BY k.id)
$$;

-- What classes are called: groups by their names, types behind that of their group; one that is gone as it was named.
CREATE OR REPLACE FUNCTION gridseat.classes_called(p_names text[]) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_agg(jsonb_build_object('zh', n.name, 'en', coalesce(nullif(k.en, ''), n.name)) ORDER BY n.place)
    FROM unnest(p_names) WITH ORDINALITY AS n (name, place)
    LEFT JOIN LATERAL (SELECT min(CASE WHEN n.name = x.code THEN x.group_en || '/' || nullif(x.name_en, '')
                                       ELSE x.group_en END) AS en
                       FROM gridseat.catalogue_class AS x WHERE n.name IN (x.group_name, x.code)) AS k ON true
$$;

-- The days of a campaign that have begun; none: refused.
CREATE OR REPLACE FUNCTION gridseat.campaign_days(c gridseat.campaign, p_today date, OUT days integer, OUT last date)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    last := least(c.last, p_today);
    days := last - c.first + 1;
    IF days < 1 THEN
        PERFORM gridseat.refuse('campaign_ahead', jsonb_build_object('name', c.name, 'first', c.first));
    END IF;
END $$;

-- The caller's organisation, told or their own, where they may make and end campaigns.
CREATE OR REPLACE FUNCTION gridseat.campaigns_at(me gridseat.person, p_organisation text) RETURNS gridseat.organisation
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
BEGIN
    IF NOT gridseat.leads(me) THEN
        PERFORM gridseat.refuse('campaign_leader_needed');
    ELSIF o.id IS NULL THEN
        PERFORM gridseat.refuse('no_centre');
    END IF;
    RETURN o;
END $$;

CREATE OR REPLACE FUNCTION desk.add_campaign(p_organisation text, p_name text, p_first date, p_last date, p_classes text[],
                                             p_figure text DEFAULT NULL, p_target numeric DEFAULT NULL) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.campaigns_at(me, p_organisation);
    v_unknown text;
BEGIN
    SELECT x INTO v_unknown FROM unnest(p_classes) AS x WHERE gridseat.classes_named(ARRAY[x]) = '{}' LIMIT 1;
    IF coalesce(btrim(p_name), '') = '' OR length(p_name) > 60 THEN
        PERFORM gridseat.reject_input('campaign_unnamed', jsonb_build_object('limit', 60));
    ELSIF coalesce(cardinality(p_classes), 0) = 0 THEN
        PERFORM gridseat.reject_input('campaign_classes');
    ELSIF v_unknown IS NOT NULL THEN
        PERFORM gridseat.reject_input('no_such_class', jsonb_build_object('class', left(v_unknown, 80)));
    ELSIF p_last < p_first OR p_last - p_first > 3650 OR p_first < '2000-01-01' OR p_last > '2100-01-01' THEN
        PERFORM gridseat.reject_input('campaign_days', jsonb_build_object('first', p_first, 'last', p_last));
    ELSIF num_nonnulls(p_figure, p_target) = 1 OR NOT p_target BETWEEN 0 AND 1 OR p_target = 'NaN' OR (p_figure IS NOT NULL
          AND NOT EXISTS (SELECT FROM gridseat.indicator AS x
                          WHERE x.key = p_figure AND x.kind = 'rate' AND x.board = 'incidents')) THEN
        PERFORM gridseat.reject_input('campaign_target', jsonb_build_object('figure', left(p_figure, 40)));
    ELSIF EXISTS (SELECT FROM gridseat.campaign AS c WHERE (c.organisation_id, c.name) = (o.id, btrim(p_name))) THEN
        PERFORM gridseat.reject_input('campaign_known', jsonb_build_object('name', btrim(p_name)));
    END IF;
    INSERT INTO gridseat.campaign (organisation_id, name, first, last, classes, target_figure, target, set_by, set_at)
    VALUES (o.id, btrim(p_name), p_first, p_last, p_classes, p_figure, p_target, me.id, desk.now());
END $$;

-- Ends it today; what it told until then stays. One that has not begun has told nothing and goes: null.
CREATE OR REPLACE FUNCTION desk.end_campaign(p_organisation text, p_name text) RETURNS date
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    o gridseat.organisation := gridseat.campaigns_at(gridseat.me(), p_organisation);
    c gridseat.campaign := gridseat.campaign_of(o, p_name);
    v_today date := gridseat.day_of(desk.now(), gridseat.fold_zone());
BEGIN
    IF c.last < v_today THEN
        PERFORM gridseat.refuse('campaign_over', jsonb_build_object('name', c.name, 'last', c.last));
    END IF;
    DELETE FROM gridseat.campaign AS x WHERE x.id = c.id AND x.first > v_today;
    UPDATE gridseat.campaign AS x SET last = v_today WHERE x.id = c.id;
    RETURN CASE WHEN c.first <= v_today THEN v_today END;
END $$;

-- Those of an organisation, the latest first; a wall is not told who made them.
CREATE OR REPLACE FUNCTION desk.campaigns(p_organisation text DEFAULT NULL)
RETURNS TABLE (name text, organisation text, first date, last date, classes text[], figure text, target numeric, set_by text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
BEGIN
    RETURN QUERY
    SELECT c.name, coalesce(o.alias, o.name), c.first, c.last, c.classes, c.target_figure, c.target,
           CASE WHEN gridseat.is_wall(me) THEN '' ELSE p.name END
    FROM gridseat.campaign AS c JOIN gridseat.person AS p ON p.id = c.set_by
    WHERE c.organisation_id = o.id ORDER BY c.last DESC, c.id DESC;
END $$;

-- What a campaign tells: the incidents board of its classes and of its days up to today.
CREATE OR REPLACE FUNCTION gridseat.campaign_document(me gridseat.person, o gridseat.organisation, c gridseat.campaign) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    d record := gridseat.campaign_days(c, gridseat.day_of(desk.now(), gridseat.fold_zone()));
BEGIN
    RETURN gridseat.board_document(me, o, 'incidents', d.days, d.last, NULL, gridseat.classes_named(c.classes));
END $$;

CREATE OR REPLACE FUNCTION desk.campaign_figures(p_organisation text, p_name text) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
BEGIN
    RETURN gridseat.campaign_document(me, o, gridseat.campaign_of(o, p_name));
END $$;

-- The cases behind one of its figures.
CREATE OR REPLACE FUNCTION desk.campaign_cases(p_organisation text, p_name text, p_figure text) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
    c gridseat.campaign := gridseat.campaign_of(o, p_name);
    d record := gridseat.campaign_days(c, gridseat.day_of(desk.now(), gridseat.fold_zone()));
BEGIN
    RETURN QUERY SELECT x.number FROM gridseat.cases_behind(me, o, 'incidents', p_figure, d.days, d.last,
                                                            gridseat.classes_named(c.classes)) AS x;
END $$;
