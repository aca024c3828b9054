-- What a county sets for its database: one row a setting here, one value each in gridseat.setting or, for when a day
-- begins to count, in the calendar of the caller's organisation.

-- Whole numbers from lowest to highest, or one of choices; otherwise is what holds until somebody sets it.
CREATE OR REPLACE FUNCTION gridseat.settings()
RETURNS TABLE (key text, choices text[], lowest bigint, highest bigint, otherwise text)
LANGUAGE sql IMMUTABLE AS $$
    VALUES ('claim_minutes', NULL::text[], 1::bigint, 240::bigint, '10'),
           ('attachment_bytes', NULL, 100000, 52428800, '10485760'),
           ('message_days', NULL, 1, 365, '30'),
           ('place_minutes', NULL, 1, 1440, '30'),
           ('registry_years', NULL, 1, 50, '2'),
           ('spot_size', NULL, 1, 100, '2'),
           ('history_days', NULL, 1, 1000, '90'),
           ('history_metres', NULL, 1, 2000, '100'),
           ('receipt_day', ARRAY['counts', 'next'], NULL, NULL, 'counts'),
           ('duplicate_metres', NULL, 1, 5000, '50'),
           ('duplicate_hours', NULL, 1, 720, '24'),
           ('duplicate_score', NULL, 1, 100, '45'),
           ('duplicate_weight_distance', NULL, 0, 100, '30'),
           ('duplicate_weight_time', NULL, 0, 100, '15'),
           ('duplicate_weight_phone', NULL, 0, 100, '25'),
           ('duplicate_weight_text', NULL, 0, 100, '20'),
           ('duplicate_weight_class', NULL, 0, 100, '10')
$$;

CREATE OR REPLACE FUNCTION gridseat.setting_now(p_key text, p_organisation bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN p_key = 'receipt_day' THEN (
                    SELECT CASE WHEN c.next_day THEN 'next' ELSE 'counts' END
                    FROM gridseat.calendar AS c WHERE c.id = gridseat.calendar_of(p_organisation))
                ELSE (SELECT s.value #>> '{}' FROM gridseat.setting AS s WHERE s.key = p_key) END
$$;

-- {"claim_minutes": "10", …}, as it holds for the organisation.
CREATE OR REPLACE FUNCTION gridseat.settings_now(p_organisation bigint) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT jsonb_object_agg(s.key, coalesce(gridseat.setting_now(s.key, p_organisation), s.otherwise))
    FROM gridseat.settings() AS s
$$;

-- Holds from now on; what runs already keeps its limits. Answers the value of before beside the new one.
CREATE OR REPLACE FUNCTION desk.set_setting(p_key text, p_value text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me gridseat.person := gridseat.check_admin();
    s record;
    v_was text;
BEGIN
    SELECT * INTO s FROM gridseat.settings() AS x WHERE x.key = p_key;
    IF s.key IS NULL THEN
        PERFORM gridseat.reject_input('setting_unknown', jsonb_build_object('key', left(p_key, 40),
            'known', (SELECT string_agg(x.key, ', ') FROM gridseat.settings() AS x)));
    ELSIF (CASE WHEN s.choices IS NOT NULL THEN p_value = ANY (s.choices)
                ELSE p_value ~ '^[0-9]{1,12}$' AND p_value::bigint BETWEEN s.lowest AND s.highest END) IS NOT TRUE THEN
        PERFORM gridseat.reject_input('setting_value', jsonb_build_object('key', s.key, 'value', left(p_value, 40),
            'values', coalesce(array_to_string(s.choices, ', '), s.lowest || '–' || s.highest)));
    ELSIF s.key = 'receipt_day' THEN
        v_was := gridseat.setting_now(s.key, me.organisation_id);
        UPDATE gridseat.calendar SET next_day = p_value = 'next' WHERE id = gridseat.own_calendar(me);
    ELSIF NOT gridseat.governs_all(me) THEN
        PERFORM gridseat.refuse('all_needed');
    ELSE
        v_was := gridseat.setting_now(s.key, NULL);
        INSERT INTO gridseat.setting AS x (key, value) VALUES (s.key, to_jsonb(p_value::bigint))
        ON CONFLICT ON CONSTRAINT setting_pkey DO UPDATE SET value = excluded.value;
    END IF;
    RETURN jsonb_build_object('key', s.key, 'value', p_value, 'before', coalesce(v_was, s.otherwise));
END $$;
