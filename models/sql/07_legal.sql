-- What may be done now, for consoles: the rules that this person fits, without what would be refused for sure.

CREATE OR REPLACE FUNCTION gridseat.legal(t gridseat.turn) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_relations text[] := gridseat.relations(t);
    v_held boolean := gridseat.is_held(t);
    v_futile text[] := gridseat.futile_claims(t, v_relations) || gridseat.futile_requests(t) || gridseat.futile_moves(t);
BEGIN
    RETURN (
        SELECT coalesce(array_agg(f.action ORDER BY f.action), '{}')
        FROM (SELECT DISTINCT ON (r.action) r.action, r.relation
              FROM gridseat.rule AS r
              WHERE r.from_status = (t.i).status AND r.relation = ANY (v_relations)
                AND (gridseat.is_duty(t.me) OR r.positions && (t.me).positions)
              ORDER BY r.action, array_position(gridseat.relation_order(), r.relation)) AS f
        JOIN gridseat.action AS a ON a.key = f.action
        WHERE f.action <> ALL (v_futile)
          AND NOT (v_held AND a.versioned AND f.relation IN ('owner', 'dispatcher')));
END $$;

-- By which of several relations a person acts.
CREATE OR REPLACE FUNCTION gridseat.relation_order() RETURNS text[]
LANGUAGE sql IMMUTABLE AS
$$ SELECT ARRAY['owner', 'dispatcher', 'lead', 'party', 'above', 'viewer'] $$;

-- Another's live claim.
CREATE OR REPLACE FUNCTION gridseat.is_held(t gridseat.turn) RETURNS boolean
LANGUAGE sql IMMUTABLE AS
$$ SELECT coalesce((t.i).claim_until > t.at AND (t.i).claim_person_id <> (t.me).id, false) $$;

CREATE OR REPLACE FUNCTION gridseat.futile_claims(t gridseat.turn, p_relations text[]) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_held boolean := gridseat.is_held(t);
    v_supervisor boolean := 'supervisor' = ANY ((t.me).positions);
BEGIN
    RETURN array_remove(ARRAY[
        CASE WHEN v_held AND NOT v_supervisor THEN 'claim' END,
        CASE WHEN v_held AND NOT v_supervisor THEN 'transfer' END,
        CASE WHEN ((t.i).claim_until > t.at) IS NOT TRUE
               OR (v_held AND NOT (v_supervisor AND p_relations && ARRAY['owner', 'above'])) THEN 'release' END,
        CASE WHEN NOT gridseat.can_undo(t) THEN 'undo' END], NULL);
END $$;

-- What waits for a decision, and whether this person may give it; what may be asked for once more.
CREATE OR REPLACE FUNCTION gridseat.futile_requests(t gridseat.turn) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (t.i).status = 'closed' THEN
        RETURN CASE WHEN (t.i).pending IS NULL OR NOT gridseat.may_decide(t) THEN ARRAY['grant', 'refuse'] ELSE '{}' END
            || CASE WHEN gridseat.is_appealed(t.i) THEN ARRAY['appeal'] ELSE '{}' END;
    ELSIF (t.i).status NOT IN ('accepted', 'dispatched', 'handling') THEN
        RETURN '{}';
    ELSIF (t.i).pending IS NOT NULL THEN
        RETURN ARRAY['return', 'extend', 'suspend']
            || CASE WHEN gridseat.may_decide(t) THEN '{}' ELSE ARRAY['grant', 'refuse'] END;
    END IF;
    RETURN ARRAY['grant', 'refuse'] || array_remove(ARRAY[
        CASE WHEN (t.i).designated OR t.at > gridseat.return_until(t.i) THEN 'return' END,
        CASE WHEN t.at > (t.i).handling_due OR gridseat.extensions_granted(t.i) >= 2 THEN 'extend' END], NULL);
END $$;

CREATE OR REPLACE FUNCTION gridseat.may_decide(t gridseat.turn) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN gridseat.is_duty(t.me) OR EXISTS (
        SELECT FROM gridseat.request AS r
        WHERE r.number = (t.i).number AND r.decided_seq IS NULL AND r.asked_by <> (t.me).id
          AND (r.kind = 'return' OR 'supervisor' = ANY ((t.me).positions)));
END $$;

CREATE OR REPLACE FUNCTION gridseat.futile_moves(t gridseat.turn) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    i gridseat.incident := t.i;
    v_second integer;
BEGIN
    CASE i.status
        WHEN 'merged' THEN
            RETURN array_remove(ARRAY[CASE WHEN i.merged_into IS NULL THEN 'unmerge' END,
                                      CASE WHEN i.head_number IS NULL THEN 'detach-report' END], NULL);
        WHEN 'handled' THEN
            RETURN array_remove(ARRAY[CASE WHEN i.drawn OR NOT i.at_once THEN 'close' END], NULL)
                || CASE WHEN gridseat.has_failed(i) THEN ARRAY['verify', 'close'] ELSE '{}' END
                || CASE WHEN gridseat.is_own_work(t) THEN ARRAY['check', 'verify', 'rework'] ELSE '{}' END;
        WHEN 'reported' THEN
            RETURN CASE WHEN gridseat.parent_centre(i.centre_id) IS NULL THEN ARRAY['escalate'] ELSE '{}' END;
        WHEN 'accepted', 'dispatched', 'handling' THEN
            v_second := CASE WHEN i.returns >= 2 THEN gridseat.second_return(i) END;
            RETURN array_remove(ARRAY[
                CASE WHEN v_second IS NOT NULL THEN 'dispatch' END,
                CASE WHEN v_second IS NOT NULL AND NOT gridseat.is_consulted(i, v_second) THEN 'designate' END,
                CASE WHEN i.status = 'accepted' AND gridseat.parent_centre(i.centre_id) IS NULL THEN 'escalate' END,
                CASE WHEN NOT gridseat.may_arrive(t) THEN 'arrive' END], NULL);
        ELSE
            RETURN '{}';
    END CASE;
END $$;

CREATE OR REPLACE FUNCTION gridseat.may_arrive(t gridseat.turn) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM gridseat.party AS q
                   WHERE q.number = (t.i).number AND q.until_seq IS NULL AND q.arrived_seq IS NULL
                     AND q.kind IN ('lead', 'co')
                     AND (gridseat.is_duty(t.me) OR q.organisation_id = (t.me).organisation_id));
END $$;

-- The person's own move, less than 30 seconds ago, with nothing moved since.
CREATE OR REPLACE FUNCTION gridseat.can_undo(t gridseat.turn) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (t.i).changed_at >= t.at - interval '30 seconds' AND EXISTS (
        SELECT FROM gridseat.timeline AS e
        WHERE e.number = (t.i).number AND e.actor_id = (t.me).id AND e.before IS NOT NULL
          AND e.at >= t.at - interval '30 seconds' AND NOT gridseat.is_moved_since(e.number, e.seq));
END $$;

CREATE OR REPLACE FUNCTION gridseat.is_moved_since(p_number bigint, p_seq integer) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM gridseat.timeline AS x JOIN gridseat.action AS a ON a.key = x.action
        WHERE x.number = p_number AND x.seq > p_seq AND (a.versioned OR x.action IN ('undo', 'arrive')));
END $$;
