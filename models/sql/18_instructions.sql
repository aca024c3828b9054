-- 领导批示: a leader's words stay with the case until a note answers them.

-- Oldest first: [{seq, by, at, text, due, answered_seq, answered_at, overdue}]; overdue: due is past and nobody has
-- answered. The text is null for a wall, and once it is erased.
CREATE OR REPLACE FUNCTION gridseat.instructions(p_number bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_wall boolean := 'wall' = ANY ((gridseat.me()).positions);
    v_now timestamptz := desk.now();
BEGIN
    RETURN (
        SELECT coalesce(jsonb_agg(jsonb_build_object('seq', e.seq, 'by', n.name, 'at', e.at,
            'text', CASE WHEN NOT v_wall THEN w.text END, 'due', d.due, 'answered_seq', a.seq, 'answered_at', a.at,
            'overdue', coalesce(a.seq IS NULL AND d.due < v_now, false)) ORDER BY e.seq), '[]')
        FROM gridseat.timeline AS e
        JOIN gridseat.person AS n ON n.id = e.actor_id
        CROSS JOIN LATERAL (SELECT 'epoch'::timestamptz + (e.facts ->> 'due')::bigint * interval '1 microsecond') AS d (due)
        LEFT JOIN gridseat.personal AS w ON (w.number, w.seq, w.field) = (e.number, e.seq, 'text')
        LEFT JOIN gridseat.timeline AS a
          ON a.number = e.number AND a.action = 'note' AND (a.facts ->> 'answers')::integer = e.seq
        WHERE e.number = p_number AND e.action = 'instruct');
END $$;

-- A note may answer an instruction that waits; each is answered once.
CREATE OR REPLACE FUNCTION gridseat.step_note(t gridseat.turn) RETURNS gridseat.turn
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_answers text := t.args ->> 'answers';
    v_open jsonb;
BEGIN
    t := gridseat.step_words(t);
    IF v_answers IS NOT NULL THEN
        SELECT x INTO v_open FROM jsonb_array_elements(gridseat.instructions((t.i).number)) AS x
        WHERE x ->> 'seq' = ltrim(v_answers, '0') AND x ->> 'answered_seq' IS NULL;
        IF v_open IS NULL THEN
            PERFORM gridseat.refuse('no_instruction', jsonb_build_object('number', (t.i).number, 'entry', v_answers));
        END IF;
        t.facts := t.facts || jsonb_build_object('answers', v_open -> 'seq');
    END IF;
    RETURN t;
END $$;
