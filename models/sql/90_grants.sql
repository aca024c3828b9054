-- Rights: nothing for PUBLIC; six groups, of which people are members. The prefix tells databases of one cluster apart.

-- Everybody sees a wall, and free words may name people, as their names do: of these tables its group reads the other
-- columns alone.
CREATE OR REPLACE FUNCTION gridseat.blind_the_wall(p_group text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t record;
BEGIN
    FOR t IN SELECT * FROM (VALUES ('incident', ARRAY['title', 'place', 'words']), ('timeline', ARRAY['reason']),
                                   ('attachment', ARRAY['name']), ('person', ARRAY['login', 'name'])) AS v (name, words) LOOP
        EXECUTE format('REVOKE SELECT ON gridseat.%I FROM %I', t.name, p_group);
        EXECUTE (SELECT format('GRANT SELECT (%s) ON gridseat.%I TO %I', string_agg(quote_ident(a.attname), ', '),
                               t.name, p_group)
                 FROM pg_attribute AS a
                 WHERE a.attrelid = format('gridseat.%I', t.name)::regclass AND a.attnum > 0 AND NOT a.attisdropped
                   AND a.attname <> ALL (t.words)
                   AND (t.name = 'incident' OR has_column_privilege(
                        replace(p_group, '_wall', '_seat'), a.attrelid, a.attnum, 'SELECT')));
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION gridseat.grant_rights() RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_groups text;
    v_prefix text := gridseat.prefix();
BEGIN
    SELECT string_agg(quote_ident(v_prefix || '.gridseat_' || g), ', ') INTO v_groups
    FROM unnest(ARRAY['seat', 'supervisor', 'unit', 'wall', 'worker', 'admin']) AS g;
    EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA gridseat FROM %s', v_groups);
    EXECUTE format('GRANT USAGE ON SCHEMA gridseat, desk TO %s', v_groups);
    EXECUTE format('GRANT SELECT ON gridseat.organisation, gridseat.grid, gridseat.grid_ring, gridseat.calendar,
        gridseat.calendar_day, gridseat.calendar_rule, gridseat.calendar_year, gridseat.calendar_span,
        gridseat.catalogue_class, gridseat.stage_limit, gridseat.urging_rule, gridseat.action, gridseat.rule,
        gridseat.incident, gridseat.party, gridseat.clock, gridseat.request, gridseat.card, gridseat.link,
        gridseat.present, gridseat.board_row, gridseat.resource_kind, gridseat.organisation_outline,
        gridseat.grid_version TO %s', v_groups);
    EXECUTE format('GRANT SELECT (id, organisation_id, code, name, kind, grid_id, spot, raw, datum, note, initials, active)
        ON gridseat.resource TO %s', v_groups);
    EXECUTE format('GRANT SELECT (id, login, name, role, organisation_id, grid_id, positions) ON gridseat.person TO %s', v_groups);
    EXECUTE format('GRANT SELECT (id, number, seq, round, at, actor_id, centre_id, behalf_id, action, from_status,
        to_status, reason) ON gridseat.timeline TO %s', v_groups);
    EXECUTE format('GRANT SELECT (id, number, seq, name, media_type, size) ON gridseat.attachment TO %s', v_groups);
    EXECUTE format('GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA desk TO %s', v_groups);
    PERFORM gridseat.blind_the_wall(v_prefix || '.gridseat_wall');
    EXECUTE format('GRANT EXECUTE ON FUNCTION gridseat.due_at, gridseat.warn_at, gridseat.elapsed, gridseat.segments,
        gridseat.calendar_missing, gridseat.missing_year, gridseat.known_until, gridseat.counted,
        gridseat.counting_from, gridseat.working_days_after, gridseat.read_at, gridseat.suspension_over,
        gridseat.resumed(bigint), gridseat.resumed(gridseat.incident), gridseat.back_in_place, gridseat.going_on,
        gridseat.with_due TO %s', v_groups);
END $$;

REVOKE ALL ON ALL TABLES IN SCHEMA gridseat FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA gridseat FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA desk FROM PUBLIC;
SELECT gridseat.grant_rights();
