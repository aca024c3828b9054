-- The board of any past moment, told by the timelines: the rights are today's, names are what they are called today.
-- What no entry tells is null: until when a claim ran (its renewals are not written down) and since when a case was
-- urged (whether words answered it hangs on who stood where).

-- How a case stood after each of some of its entries, in the order asked. Status, version, limits and what waits for an
-- answer stand in the entry itself; class, claim, centre and counts follow from the entries up to it, less those undone
-- by then; the lead is the later of two whose part an undo gave back; the place comes from the first later entry that
-- moved it, else it is today's. All the entries of all the cases are read in one pass: asked case by case, ten thousand
-- cases would take seconds.
CREATE OR REPLACE FUNCTION gridseat.stood(p_numbers bigint[], p_seqs integer[])
RETURNS TABLE (turn bigint, stood gridseat.board_row)
LANGUAGE plpgsql STABLE ROWS 1000 SET search_path = pg_catalog, pg_temp SET jit = off AS $$
BEGIN
    RETURN QUERY
    SELECT t.turn, ROW (
        i.number, (e.answer -> 'version')::integer, e.to_status,
        CASE WHEN desk.on_wall() THEN k.name ELSE i.title END, extract(epoch FROM i.received_at)::float8,
        k.code, k.name, coalesce((c.facts -> 'priority')::smallint, i.priority), i.channel, e.round,
        coalesce(n.alias, n.name),
        CASE o.level WHEN 'township' THEN o.name WHEN 'community' THEN q.name END,
        CASE o.level WHEN 'community' THEN o.name END,
        CASE WHEN desk.on_wall() THEN '' WHEN p.told IS NULL THEN i.place ELSE p.told ->> 'place' END,
        (SELECT g.code FROM gridseat.grid AS g WHERE g.id = p.grid_id),
        coalesce((SELECT g.name FROM gridseat.grid AS g WHERE g.id = u.grid_id),
                 (SELECT coalesce(v.alias, v.name) FROM gridseat.organisation AS v WHERE v.id = u.organisation_id)),
        CASE WHEN NOT desk.on_wall() THEN h.name END, NULL, coalesce(h.role = session_user, false),
        extract(epoch FROM l.due)::float8,
        (SELECT extract(epoch FROM x.warn_at)::float8 FROM gridseat.clock AS x
         WHERE x.number = i.number AND x.stage = e.answer ->> 'due_stage' AND x.due IS NOT DISTINCT FROM l.due
           AND x.started_seq <= e.seq AND (x.stopped_seq IS NULL OR x.stopped_seq > e.seq) ORDER BY x.id LIMIT 1),
        extract(epoch FROM (e.answer ->> 'handling_due')::timestamptz)::float8,
        extract(epoch FROM (e.answer ->> 'promised_due')::timestamptz)::float8,
        CASE WHEN p.told IS NULL THEN i.lon ELSE (p.told -> 'lon')::float8 END,
        CASE WHEN p.told IS NULL THEN i.lat ELSE (p.told -> 'lat')::float8 END,
        t.reminders, t.reports, e.answer ->> 'pending', i.restricted, NULL, t.callback[2] / 1e6)::gridseat.board_row
    FROM gridseat.told_until(p_numbers, p_seqs) AS t
    JOIN gridseat.incident AS i ON i.number = t.number
    JOIN gridseat.timeline AS e ON e.number = t.number AND e.seq = t.seq
    CROSS JOIN LATERAL (SELECT (e.answer ->> 'due')::timestamptz AS due) AS l
    CROSS JOIN LATERAL (
        SELECT x.told, CASE WHEN x.told IS NULL THEN i.grid_id ELSE (x.told -> 'grid')::bigint END AS grid_id,
               CASE WHEN x.told IS NULL THEN i.organisation_id ELSE (x.told -> 'organisation')::bigint END AS organisation_id
        FROM (SELECT CASE WHEN t.moved IS NOT NULL THEN gridseat.place_then(t.number, t.seq, t.moved) END AS told
              OFFSET 0) AS x) AS p
    LEFT JOIN LATERAL (SELECT x.organisation_id, x.grid_id FROM gridseat.party AS x
                       WHERE x.number = i.number AND x.kind = 'lead' AND x.since_seq <= e.seq
                         AND (x.until_seq IS NULL OR x.until_seq > e.seq)
                       ORDER BY x.since_seq DESC LIMIT 1) AS u ON true
    LEFT JOIN gridseat.timeline AS c ON c.number = t.number AND c.seq = t.classified
    LEFT JOIN gridseat.catalogue_class AS m ON m.code = c.facts ->> 'class'
    JOIN gridseat.catalogue_class AS k ON k.id = coalesce(m.id, i.class_id)
    JOIN gridseat.organisation AS n ON n.id = coalesce(t.centre_to[2], t.centre_from[2], i.centre_id)
    LEFT JOIN gridseat.organisation AS o ON o.id = p.organisation_id
    LEFT JOIN gridseat.organisation AS q ON q.id = o.parent_id
    LEFT JOIN gridseat.person AS h ON h.id = t.claimant[2]
    ORDER BY t.turn;
END $$;

-- Pairs are (entry, what it says): the latest wins, or of what came later the first.
CREATE OR REPLACE FUNCTION gridseat.told_until(p_numbers bigint[], p_seqs integer[])
RETURNS TABLE (turn bigint, number bigint, seq integer, classified integer, claimant bigint[], centre_to bigint[],
               centre_from bigint[], callback numeric[], reminders integer, reports integer, moved integer)
LANGUAGE sql STABLE ROWS 1000 AS $$
    SELECT w.turn, w.number, w.seq,
           max(x.seq) FILTER (WHERE x.seq <= w.seq AND x.action IN ('report', 'classify')),
           max(ARRAY[x.seq, CASE x.action WHEN 'claim' THEN x.actor_id WHEN 'transfer' THEN r.id END])
               FILTER (WHERE x.seq <= w.seq AND gridseat.tells_claim(x.action, x.facts)),
           max(ARRAY[x.seq, (x.facts -> 'to_centre')::bigint])
               FILTER (WHERE x.seq <= w.seq AND x.facts ? 'to_centre' AND NOT gridseat.undone(w.number, x.seq, w.seq)),
           min(ARRAY[x.seq, (x.facts -> 'from_centre')::bigint])
               FILTER (WHERE x.seq > w.seq AND x.facts ? 'from_centre'),
           max(ARRAY[x.seq, (x.facts -> 'callback')::numeric]) FILTER (WHERE x.seq <= w.seq AND (
               x.action = 'call' OR x.action = 'follow-up' AND x.facts ->> 'contacted' = 'yes')),
           (count(*) FILTER (WHERE x.seq <= w.seq AND x.action = 'remind'))::integer,
           coalesce(sum(CASE WHEN x.action IN ('merge', 'attach-report') THEN 1 ELSE -1 END) FILTER (
               WHERE x.seq <= w.seq AND x.action IN ('merge', 'attach-report', 'unmerge', 'detach-report')
                 AND x.facts ? 'report'), 0)::integer,
           min(x.seq) FILTER (WHERE x.seq > w.seq AND x.action = 'classify' AND x.facts ?| ARRAY[
               'point', 'place', 'at_grid', 'at_organisation'])
    FROM unnest(p_numbers, p_seqs) WITH ORDINALITY AS w (number, seq, turn)
    JOIN gridseat.timeline AS x ON x.number = w.number
    LEFT JOIN gridseat.person AS r ON x.action = 'transfer' AND r.login = x.facts ->> 'to'
    GROUP BY w.turn, w.number, w.seq
$$;

CREATE OR REPLACE FUNCTION gridseat.undone(p_number bigint, p_seq integer, p_until integer) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM gridseat.timeline AS u
                   WHERE u.number = p_number AND u.seq BETWEEN p_seq AND p_until AND u.action = 'undo'
                     AND (u.facts -> 'undoes')::integer = p_seq);
END $$;

-- An echo of what was done to another case ("report") leaves the claim, and so does a promised call that passed alone.
CREATE OR REPLACE FUNCTION gridseat.tells_claim(p_action text, p_facts jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT p_action IN ('claim', 'transfer', 'release', 'claim-ended', 'answer', 'reject', 'refer', 'withdraw', 'cancel',
                        'close', 'force-close', 'escalate', 'hand-down', 'merge', 'attach-report')
       AND NOT p_facts ?| ARRAY['report', 'promise_only']
$$;

-- {"place", "lon", "lat", "grid", "organisation"} before the entry p_moved; where that entry is from before such were
-- told, as far as the last point and place that somebody gave tell it.
CREATE OR REPLACE FUNCTION gridseat.place_then(p_number bigint, p_seq integer, p_moved integer) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_told jsonb;
BEGIN
    SELECT e.facts -> 'from_place' INTO v_told FROM gridseat.timeline AS e WHERE e.number = p_number AND e.seq = p_moved;
    IF v_told IS NULL THEN
        SELECT jsonb_object_agg(x.key, x.value ORDER BY e.seq) INTO v_told
        FROM gridseat.timeline AS e, jsonb_each(e.facts) AS x
        WHERE e.number = p_number AND e.seq <= p_seq AND e.action IN ('report', 'classify') AND x.key IN ('place', 'point');
        v_told := v_told || jsonb_build_object('lon', v_told #> '{point,0}', 'lat', v_told #> '{point,1}');
        v_told := v_told || jsonb_build_object(
            'grid', gridseat.grid_at((v_told -> 'lon')::float8, (v_told -> 'lat')::float8));
        v_told := v_told || jsonb_build_object('organisation', (
            SELECT g.organisation_id FROM gridseat.grid AS g WHERE g.id = (v_told -> 'grid')::bigint));
    END IF;
    RETURN coalesce(jsonb_strip_nulls(v_told), '{}');
END $$;

-- The incidents that were open at an instant, of those that the caller may see now. A suspension whose end has passed
-- and is not written down yet is over, as on today's board.
CREATE OR REPLACE FUNCTION desk.past(p_at timestamptz) RETURNS SETOF gridseat.board_row
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1000 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_where text := gridseat.visible_where(gridseat.me());
    v_numbers bigint[];
    v_seqs integer[];
BEGIN
    PERFORM gridseat.check_past(p_at);
    EXECUTE format(
        'SELECT array_agg(c.number), array_agg(e.seq) FROM (
             SELECT i.number FROM gridseat.incident AS i WHERE i.status IN (%1$s) AND i.recorded_at <= $1 AND %2$s
             UNION ALL
             SELECT i.number FROM gridseat.incident AS i
             WHERE i.status IN (''closed'', ''rejected'', ''cancelled'')
               AND tstzrange(i.recorded_at, GREATEST(i.recorded_at, i.closed_at)) @> $1 AND %2$s
             UNION ALL
             SELECT i.number FROM gridseat.incident AS i
             WHERE i.merged_into IS NOT NULL AND i.status = ''merged'' AND i.recorded_at <= $1 AND %2$s) AS c
         CROSS JOIN LATERAL (SELECT x.seq, x.to_status FROM gridseat.timeline AS x
                             WHERE x.number = c.number AND x.at <= $1 ORDER BY x.seq DESC LIMIT 1) AS e
         WHERE e.to_status IN (%1$s)', gridseat.open_list(), v_where)
    INTO v_numbers, v_seqs USING p_at;
    RETURN QUERY SELECT (r.told).* FROM (
        SELECT CASE WHEN (s.stood).status = 'suspended'
                    THEN coalesce((SELECT b FROM gridseat.incident AS i JOIN gridseat.board_row AS b ON b.number = i.number
                                   WHERE i.number = (s.stood).number AND i.resume_at <= p_at AND i.status = 'suspended'),
                                  s.stood) ELSE s.stood END AS told
        FROM gridseat.stood(v_numbers, v_seqs) AS s OFFSET 0) AS r;
END $$;

CREATE OR REPLACE FUNCTION gridseat.check_past(p_at timestamptz) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF p_at IS NULL OR NOT isfinite(p_at) THEN
        PERFORM gridseat.reject_input('instant_needed');
    ELSIF p_at > gridseat.read_at() THEN
        PERFORM gridseat.reject_input('in_the_future', jsonb_build_object('at', p_at));
    END IF;
END $$;

-- What happened after p_from, or at it behind the entry p_after, up to p_to: in order, at most p_limit entries, each
-- with the case as it stood then. The next page begins at the last entry's instant, behind its id.
CREATE OR REPLACE FUNCTION desk.past_facts(p_from timestamptz, p_to timestamptz, p_after bigint DEFAULT NULL,
                                           p_limit integer DEFAULT 1000)
RETURNS TABLE (id bigint, at timestamptz, seq integer, action text, actor text, from_status text,
               stood gridseat.board_row)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1000 SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_ids bigint[];
    v_numbers bigint[];
    v_seqs integer[];
BEGIN
    PERFORM gridseat.check_past(p_from);
    EXECUTE format(
        'SELECT array_agg(f.id), array_agg(f.number), array_agg(f.seq) FROM (
             SELECT e.id, e.number, e.seq FROM gridseat.timeline AS e JOIN gridseat.incident AS i ON i.number = e.number
             WHERE (e.at, e.id) > ($1, $3) AND e.at <= $2 AND %s
             ORDER BY e.at, e.id LIMIT %s) AS f',
        gridseat.visible_where(gridseat.me()), greatest(1, least(p_limit, 5000)))
    INTO v_ids, v_numbers, v_seqs USING p_from, p_to, coalesce(p_after, 9223372036854775807);
    RETURN QUERY
    SELECT e.id, e.at, e.seq, e.action, n.name, e.from_status, s.stood
    FROM gridseat.stood(v_numbers, v_seqs) AS s
    JOIN gridseat.timeline AS e ON e.id = v_ids[s.turn]
    JOIN gridseat.person AS n ON n.id = e.actor_id
    ORDER BY s.turn;
END $$;

-- How much happened: entries per p_seconds from p_from on, as (step, entries); steps without any are left out.
CREATE OR REPLACE FUNCTION desk.past_density(p_from timestamptz, p_to timestamptz, p_seconds integer)
RETURNS TABLE (step integer, entries bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM gridseat.check_past(p_from);
    RETURN QUERY EXECUTE format(
        'SELECT floor(extract(epoch FROM e.at - $1) / $3)::integer AS step, count(*)
         FROM gridseat.timeline AS e JOIN gridseat.incident AS i ON i.number = e.number
         WHERE e.at > $1 AND e.at <= $2 AND %s GROUP BY 1 ORDER BY 1', gridseat.visible_where(gridseat.me()))
    USING p_from, p_to, greatest(1, p_seconds);
END $$;
