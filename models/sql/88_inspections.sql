-- Spot inspections (抽查): drawn month by month among closed cases or workers, in an order that anybody can work out
-- again from the kept seed; looked into on site, by phone, on the platform, or by another centre; the result entered once.

-- It names cases: nobody reads the table but through the functions.
ALTER TABLE gridseat.inspection ENABLE ROW LEVEL SECURITY;

CREATE OR REPLACE FUNCTION gridseat.draw_rank(p_seed text, p_subject text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT encode(sha256(convert_to(p_seed || '/' || p_subject, 'UTF8')), 'hex') $$;

-- Whom or what a draw is made of, the first ones first: closed cases by number, or workers by code. Restricted cases are
-- nobody's to look into.
CREATE OR REPLACE FUNCTION gridseat.draw_order(d gridseat.inspection_draw)
RETURNS TABLE (number bigint, staff_id bigint, organisation_id bigint, unit_id bigint, centre_id bigint, rank text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    o gridseat.organisation;
    v_zone text := gridseat.fold_zone();
BEGIN
    SELECT * INTO o FROM gridseat.organisation AS x WHERE x.id = d.organisation_id;
    IF d.subject = 'workers' THEN
        RETURN QUERY
        SELECT NULL::bigint, s.id, s.organisation_id, NULL::bigint, gridseat.centre_at(s.organisation_id),
               gridseat.draw_rank(d.seed, s.code) AS r
        FROM gridseat.staff AS s JOIN gridseat.organisation AS p ON p.id = s.organisation_id
        WHERE p.lft BETWEEN o.lft AND o.rgt AND s.kind IN ('full_time', 'part_time') ORDER BY r;
        RETURN;
    END IF;
    RETURN QUERY
    SELECT i.number, NULL::bigint, coalesce(i.organisation_id, i.centre_id), i.lead_unit_id, i.centre_id,
           gridseat.draw_rank(d.seed, i.number::text) AS r
    FROM gridseat.incident AS i
    WHERE i.status = 'closed' AND NOT i.restricted AND coalesce(i.place_lft, i.centre_lft) BETWEEN o.lft AND o.rgt
      AND i.closed_at >= d.month::timestamp AT TIME ZONE v_zone
      AND i.closed_at < least((d.month + interval '1 month') AT TIME ZONE v_zone, d.until)
    ORDER BY r;
END $$;

-- A case that becomes restricted is nobody's to count any more, nor are its inspections; once it is not, they are again.
CREATE OR REPLACE FUNCTION gridseat.hide_inspections() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE gridseat.inspection AS x SET hidden = NEW.restricted WHERE x.number = NEW.number AND x.hidden <> NEW.restricted;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER hide_inspections AFTER UPDATE OF restricted ON gridseat.incident FOR EACH ROW
WHEN (OLD.restricted <> NEW.restricted) EXECUTE FUNCTION gridseat.hide_inspections();

-- The centre that looks into another's case: those beside it go in turn, by the rank of the draw. Where there is none
-- beside it, that above.
CREATE OR REPLACE FUNCTION gridseat.other_centre(p_centre bigint, p_rank text) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH beside AS (
        SELECT array_agg(x.id ORDER BY x.lft) AS ids
        FROM gridseat.organisation AS c JOIN gridseat.organisation AS x ON x.parent_id = c.parent_id
        WHERE c.id = p_centre AND x.centre AND x.id <> c.id
    )
    SELECT b.ids[1 + mod(('x' || left(p_rank, 7))::bit(28)::integer, cardinality(b.ids))] FROM beside AS b
$$;

-- Draws so many for a month, mode and subject, or as many more as are missing of a draw that was made: its seed and its
-- cases stay. Answers {"month", "mode", "of", "organisation", "drawn", "added", "candidates"}.
CREATE OR REPLACE FUNCTION desk.draw_inspections(p_organisation text, p_month date, p_mode text, p_of text, p_size integer)
RETURNS jsonb LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_importer();
    o gridseat.organisation := gridseat.board_organisation(me, p_organisation);
    d gridseat.inspection_draw;
    v_month date := date_trunc('month', p_month::timestamp)::date;
    v_candidates bigint;
    v_added bigint;
BEGIN
    IF coalesce(p_size, 0) NOT BETWEEN 1 AND 5000 THEN
        PERFORM gridseat.reject_input('bad_draw_size', jsonb_build_object('size', p_size, 'most', 5000));
    ELSIF (p_mode IN ('on_site', 'phone', 'platform', 'cross') AND p_of IN ('cases', 'workers')) IS NOT TRUE THEN
        PERFORM gridseat.reject_input('not_one_of', jsonb_build_object('option', 'mode', 'value', left(p_mode, 40),
            'values', 'on_site, phone, platform, cross'));
    ELSIF v_month IS NULL OR v_month > gridseat.day_of(desk.now(), gridseat.fold_zone()) THEN
        PERFORM gridseat.reject_input('bad_month', jsonb_build_object('month', p_month));
    END IF;
    INSERT INTO gridseat.inspection_draw (organisation_id, month, mode, subject, seed, until, drawn_by)
    VALUES (o.id, v_month, p_mode, p_of, gen_random_uuid()::text, desk.now(), me.id)
    ON CONFLICT (organisation_id, month, mode, subject) DO NOTHING;
    SELECT * INTO d FROM gridseat.inspection_draw AS x
    WHERE (x.organisation_id, x.month, x.mode, x.subject) = (o.id, v_month, p_mode, p_of) FOR UPDATE;
    WITH ordered AS MATERIALIZED (
        SELECT * FROM gridseat.draw_order(d)
    ), added AS (
        INSERT INTO gridseat.inspection (draw_id, month, number, staff_id, organisation_id, unit_id, by_id)
        SELECT d.id, v_month, x.number, x.staff_id, x.organisation_id, x.unit_id,
               CASE WHEN p_mode = 'cross' THEN coalesce(gridseat.other_centre(x.centre_id, x.rank),
                                                        gridseat.parent_centre(x.centre_id)) END
        FROM (SELECT * FROM ordered ORDER BY rank LIMIT p_size) AS x
        WHERE NOT EXISTS (SELECT FROM gridseat.inspection AS y WHERE y.draw_id = d.id
                          AND (y.number, y.staff_id) IS NOT DISTINCT FROM (x.number, x.staff_id))
        ORDER BY x.rank RETURNING id
    )
    SELECT (SELECT count(*) FROM ordered), (SELECT count(*) FROM added) INTO v_candidates, v_added;
    RETURN jsonb_build_object('organisation', o.code, 'month', to_char(v_month, 'YYYY-MM'), 'mode', p_mode, 'of', p_of,
        'drawn', (SELECT count(*) FROM gridseat.inspection AS y WHERE y.draw_id = d.id AND NOT y.hidden), 'added', v_added,
        'candidates', v_candidates);
END $$;

-- Whether this person may look into it: of a centre that it lies under, or of the centre that was told off for it.
CREATE OR REPLACE FUNCTION gridseat.inspects(p gridseat.person, x gridseat.inspection) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT gridseat.is_seat(p) AND (p.organisation_id IS NULL OR CASE
        WHEN x.by_id IS NULL THEN gridseat.below(x.organisation_id, p.organisation_id)
        ELSE gridseat.below(x.by_id, p.organisation_id) END)
$$;

-- What was drawn of a month and what was found: to a centre what lies under it and what it has to look into, to a unit
-- what it led. Cases are shown to those who see them, and to the centre told off for them.
CREATE OR REPLACE FUNCTION desk.inspections(p_month date, p_waiting boolean DEFAULT false)
RETURNS TABLE (id bigint, mode text, number bigint, title text, place text, worker text, name text, organisation text,
               unit text, by_centre text, passed boolean, note text, told_by text, told_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
    v_month date := date_trunc('month', coalesce(p_month, gridseat.day_of(desk.now(), gridseat.fold_zone()))::timestamp);
    v_lft bigint := desk.my_lft();
    v_rgt bigint := desk.my_rgt();
BEGIN
    IF gridseat.is_wall(me) THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT x.id, d.mode, i.number, i.title, i.place, s.code, s.name, o.code, u.code, b.code, x.passed, x.note, q.name, x.told_at
    FROM gridseat.inspection AS x
    JOIN gridseat.inspection_draw AS d ON d.id = x.draw_id
    JOIN gridseat.organisation AS o ON o.id = x.organisation_id
    LEFT JOIN gridseat.incident AS i ON i.number = x.number
    LEFT JOIN gridseat.staff AS s ON s.id = x.staff_id
    LEFT JOIN gridseat.organisation AS u ON u.id = x.unit_id
    LEFT JOIN gridseat.organisation AS b ON b.id = x.by_id
    LEFT JOIN gridseat.person AS q ON q.id = x.told_by
    WHERE x.month = v_month AND NOT (p_waiting AND x.passed IS NOT NULL) AND NOT x.hidden
      AND (o.lft BETWEEN v_lft AND v_rgt OR gridseat.inspects(me, x) OR x.unit_id = me.organisation_id
           OR s.person_id = me.id)
    ORDER BY d.mode, x.id;
END $$;

-- What was found: once; a supervisor or administrator may say it otherwise. Nobody inspects a case that they have
-- checked or closed themselves, and what failed is said in words.
CREATE OR REPLACE FUNCTION desk.tell_inspection(p_id bigint, p_passed boolean, p_note text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.me();
    x gridseat.inspection;
    v_note text := coalesce(btrim(p_note), '');
BEGIN
    SELECT * INTO x FROM gridseat.inspection AS y WHERE y.id = p_id FOR UPDATE;
    IF x.id IS NULL OR x.hidden OR NOT gridseat.inspects(me, x) THEN
        PERFORM gridseat.refuse('no_inspection', jsonb_build_object('id', p_id));
    ELSIF p_passed IS NULL OR (NOT p_passed AND v_note = '') THEN
        PERFORM gridseat.reject_input('inspection_note', jsonb_build_object('id', p_id));
    ELSIF length(v_note) > 2000 THEN
        PERFORM gridseat.reject_input('text_too_long', jsonb_build_object('field', 'reason', 'label', 'reason', 'limit', 2000));
    ELSIF (x.passed, x.note, x.told_by) = (p_passed, v_note, me.id) THEN
        RETURN jsonb_build_object('id', x.id, 'number', x.number, 'passed', p_passed, 'note', v_note);  -- said twice
    ELSIF x.passed IS NOT NULL AND NOT gridseat.leads(me) THEN
        PERFORM gridseat.refuse('inspection_told', jsonb_build_object('id', p_id));
    ELSIF EXISTS (SELECT FROM gridseat.timeline AS e WHERE e.number = x.number AND e.actor_id = me.id
                  AND e.action IN ('check', 'feedback', 'verify', 'close', 'answer', 'force-close') AND me.login <> 'duty')
          OR EXISTS (SELECT FROM gridseat.staff AS s WHERE s.id = x.staff_id AND s.person_id = me.id) THEN
        PERFORM gridseat.refuse('inspection_own', jsonb_build_object('id', p_id));
    END IF;
    UPDATE gridseat.inspection AS y SET passed = p_passed, note = v_note, told_by = me.id, told_at = desk.now() WHERE y.id = p_id;
    RETURN jsonb_build_object('id', x.id, 'number', x.number, 'passed', p_passed, 'note', v_note);
END $$;
