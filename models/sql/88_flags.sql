-- Monthly flags of communities, from lists that a county sets: 三零 and 七无 to begin with. What was said of a month
-- stays to be read when it is said otherwise.

-- The flags that hold for an organisation: of each list those of the nearest above it that has its own.
CREATE OR REPLACE FUNCTION gridseat.flags_of(p_organisation bigint) RETURNS SETOF gridseat.flag
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT (x.f).* FROM (
        SELECT f, rank() OVER (PARTITION BY f.list ORDER BY coalesce(a.step, 1000)) AS nearness
        FROM gridseat.flag AS f LEFT JOIN gridseat.at_or_above(p_organisation) AS a ON a.id = f.organisation_id
        WHERE f.ended_at IS NULL AND (f.organisation_id IS NULL OR a.id IS NOT NULL)) AS x
    WHERE x.nearness = 1 ORDER BY (x.f).place, (x.f).id
$$;

-- That of the organisation so called by key or by name in either language, null where there is none.
CREATE OR REPLACE FUNCTION gridseat.flag_called(p_organisation bigint, p_text text) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT min(f.id) FROM gridseat.flags_of(p_organisation) AS f WHERE lower(p_text) IN (f.key, f.zh, lower(f.en)) $$;

CREATE OR REPLACE FUNCTION desk.flags(p_organisation text)
RETURNS TABLE (key text, list text, zh text, en text, organisation text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    o gridseat.organisation := gridseat.board_organisation(gridseat.me(), p_organisation);
BEGIN
    RETURN QUERY
    SELECT f.key, f.list, f.zh, f.en, p.code FROM gridseat.flags_of(o.id) AS f
    LEFT JOIN gridseat.organisation AS p ON p.id = f.organisation_id;
END $$;

-- Puts a flag into the list of the caller's organisation, or renames it there; from then on that list holds below.
CREATE OR REPLACE FUNCTION desk.put_flag(p_key text, p_list text, p_zh text, p_en text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_admin();
    f gridseat.flag;
BEGIN
    IF NOT coalesce(p_key ~ '^[a-z][a-z0-9_]{0,39}$', false) OR NOT coalesce(length(p_list) BETWEEN 1 AND 40
        AND length(p_zh) BETWEEN 1 AND 80 AND length(p_en) BETWEEN 1 AND 80, false) THEN
        PERFORM gridseat.reject_input('flag_malformed', jsonb_build_object('key', left(p_key, 40)));
    END IF;
    INSERT INTO gridseat.flag AS x (key, list, zh, en, place, organisation_id)
    VALUES (p_key, p_list, p_zh, p_en, (SELECT coalesce(max(y.place), 0) + 1 FROM gridseat.flag AS y), me.organisation_id)
    ON CONFLICT ON CONSTRAINT flag_once DO UPDATE SET list = excluded.list, zh = excluded.zh, en = excluded.en, ended_at = NULL
    RETURNING * INTO f;
    RETURN jsonb_build_object('key', f.key, 'list', f.list, 'zh', f.zh, 'en', f.en);
END $$;

-- Takes it off the list; what was said of past months stays.
CREATE OR REPLACE FUNCTION desk.end_flag(p_key text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_admin();
BEGIN
    UPDATE gridseat.flag AS f SET ended_at = desk.now()
    WHERE f.key = p_key AND f.organisation_id IS NOT DISTINCT FROM me.organisation_id AND f.ended_at IS NULL;
    IF NOT FOUND THEN
        PERFORM gridseat.reject_input('no_such_flag', jsonb_build_object('flag', left(p_key, 40)));
    END IF;
    RETURN jsonb_build_object('key', p_key, 'ended', true);
END $$;

-- What is said of a community's month; what stood is kept. The verdict as of an import's row.
CREATE OR REPLACE FUNCTION gridseat.take_flag(me gridseat.person, p_organisation text, p_month date, p_flag text,
                                              p_kept boolean, p_note text)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    o gridseat.organisation;
    v_month date := date_trunc('month', p_month::timestamp)::date;
    v_flag bigint;
    x gridseat.flag_month;
BEGIN
    SELECT * INTO o FROM gridseat.organisation AS y WHERE y.code = p_organisation;
    v_flag := gridseat.flag_called(o.id, p_flag);
    IF o.id IS NULL THEN
        RETURN gridseat.refused_row('row_no_organisation', jsonb_build_object('organisation', left(p_organisation, 40)));
    ELSIF o.level <> 'community' THEN
        RETURN gridseat.refused_row('row_no_community', jsonb_build_object('organisation', o.name));
    ELSIF v_flag IS NULL THEN
        RETURN gridseat.refused_row('no_such_flag', jsonb_build_object('flag', left(p_flag, 40)));
    ELSIF gridseat.day_fault(v_month, gridseat.day_of(desk.now(), gridseat.fold_zone())) IS NOT NULL THEN
        RETURN gridseat.day_fault(v_month, gridseat.day_of(desk.now(), gridseat.fold_zone()));
    ELSIF p_kept IS NULL OR length(p_note) > 200 THEN
        RETURN gridseat.refused_row('row_malformed', jsonb_build_object('value', left(p_note, 40)));
    ELSIF NOT p_kept AND coalesce(btrim(p_note), '') = '' THEN
        RETURN gridseat.refused_row('flag_note', jsonb_build_object('flag', left(p_flag, 40)));
    ELSIF NOT gridseat.governs(me, o.id) THEN
        RETURN gridseat.refused_row('outside_your_tree', jsonb_build_object('unit', o.name));
    END IF;
    SELECT * INTO x FROM gridseat.flag_month AS y
    WHERE (y.organisation_id, y.month, y.flag_id) = (o.id, v_month, v_flag) FOR UPDATE;
    IF (x.kept, x.note) = (p_kept, coalesce(p_note, '')) THEN
        RETURN '"unchanged"';
    ELSIF x.flag_id IS NOT NULL THEN
        INSERT INTO gridseat.flag_before (organisation_id, month, flag_id, kept, note, told_by, told_at)
        VALUES (x.organisation_id, x.month, x.flag_id, x.kept, x.note, x.told_by, x.told_at);
    END IF;
    INSERT INTO gridseat.flag_month (organisation_id, month, flag_id, kept, note, told_by, told_at)
    VALUES (o.id, v_month, v_flag, p_kept, coalesce(p_note, ''), me.id, desk.now())
    ON CONFLICT (organisation_id, month, flag_id) DO UPDATE SET kept = excluded.kept, note = excluded.note,
        told_by = excluded.told_by, told_at = excluded.told_at;
    RETURN CASE WHEN x.flag_id IS NULL THEN '"added"' ELSE '"updated"' END::jsonb;
END $$;

-- [{"line", "organisation_code", "month", "flag", "kept", "note"}]: kept yes or no.
CREATE OR REPLACE FUNCTION desk.import_flags(p_rows jsonb) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_importer();
BEGIN
    PERFORM gridseat.share_tree();
    RETURN gridseat.tally((
        SELECT jsonb_agg(jsonb_build_array(r.line,
            gridseat.take_flag(me, r.organisation_code, r.month, r.flag, r.kept = 'yes', r.note)))
        FROM jsonb_to_recordset(p_rows)
            AS r (line integer, organisation_code text, month date, flag text, kept text, note text)));
END $$;

-- The flags of communities in a month, told or not, with what was said before: [{kept, note, by, at}], the last first.
CREATE OR REPLACE FUNCTION desk.flag_months(p_organisation text, p_month date)
RETURNS TABLE (organisation text, name text, key text, list text, zh text, en text, kept boolean, note text, told_by text,
               told_at timestamptz, before jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
    v_month date := date_trunc('month', coalesce(p_month, gridseat.day_of(desk.now(), gridseat.fold_zone()))::timestamp);
BEGIN
    RETURN QUERY
    SELECT c.code, coalesce(c.alias, c.name), f.key, f.list, f.zh, f.en, m.kept, m.note, q.name, m.told_at, (
        SELECT coalesce(jsonb_agg(jsonb_build_object('kept', b.kept, 'note', b.note, 'by', w.name, 'at', b.told_at)
                                  ORDER BY b.id DESC), '[]')
        FROM gridseat.flag_before AS b JOIN gridseat.person AS w ON w.id = b.told_by
        WHERE (b.organisation_id, b.month, b.flag_id) = (c.id, v_month, f.id))
    FROM gridseat.organisation AS c CROSS JOIN gridseat.flags_of(c.id) AS f
    LEFT JOIN gridseat.flag_month AS m ON (m.organisation_id, m.month, m.flag_id) = (c.id, v_month, f.id)
    LEFT JOIN gridseat.person AS q ON q.id = m.told_by
    WHERE c.level = 'community' AND c.lft BETWEEN o.lft AND o.rgt AND NOT gridseat.is_wall(me)
    ORDER BY c.lft, f.place, f.id;
END $$;
