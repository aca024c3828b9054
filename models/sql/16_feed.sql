-- The feed: which incidents to look at again. Entries commit out of the order of their ids, so the cursor is
-- (transaction, id) below the oldest transaction that still runs.

-- A batch behind the cursor: the cases that are or were the caller's to see (a centre that handed the case on still
-- stands among "seen", while departments of the caller's subtree do not open it to them), then one row without a number:
-- the next cursor, and whether to ask again at once. What is not theirs leaves no trace: a batch is so many
-- transactions long, whatever happened in them, and its end follows from those alone.
CREATE OR REPLACE FUNCTION desk.feed(p_xid text, p_id bigint, p_limit integer DEFAULT 5000)
RETURNS TABLE (number bigint, xid text, id bigint, more boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person := gridseat.me();
    v_unit boolean := gridseat.is_unit(p);
    v_lft bigint := desk.my_lft();
    v_rgt bigint := desk.my_rgt();
    v_above bigint[] := desk.my_above();
    v_limit integer := greatest(1, least(p_limit, 20000));
    v_now xid8 := pg_snapshot_xmin(pg_current_snapshot());
    v_end xid8 := least(v_now, (p_xid::numeric + 20000)::text::xid8);
    v_told integer := 0;
BEGIN
    more := false;
    FOR number, xid, id IN
        SELECT e.number, e.xid::text, e.id
        FROM gridseat.timeline AS e JOIN gridseat.incident AS i ON i.number = e.number
        WHERE (e.xid, e.id) > (p_xid::xid8, p_id) AND e.xid < v_end
          AND ((NOT e.restricted AND (
                    p.organisation_id = ANY (e.seen)
                    OR EXISTS (SELECT FROM gridseat.organisation AS o
                               WHERE o.id = ANY (e.seen) AND (o.centre OR o.id = i.centre_id)
                                 AND (o.lft BETWEEN v_lft AND v_rgt OR o.id = ANY (v_above)))))
               OR e.actor_id = p.id OR (v_unit AND (i.recorded_by = p.id OR gridseat.walks(p, i)
                                                    OR (e.facts ->> 'left')::bigint = p.organisation_id))
               OR coalesce(e.facts -> 'unnamed' ? p.login, false)
               OR EXISTS (SELECT FROM gridseat.named AS n WHERE n.number = e.number AND n.person_id = p.id))
        ORDER BY e.xid, e.id LIMIT v_limit
    LOOP
        v_told := v_told + 1;
        RETURN NEXT;
    END LOOP;
    IF v_told < v_limit THEN
        xid := greatest(v_end, p_xid::xid8)::text;
        id := 0;
    END IF;
    number := NULL;
    more := v_told = v_limit OR v_end < v_now;
    RETURN NEXT;
END $$;

-- Where a board that is read now begins to listen, and the epoch in which its cursor means anything. The oldest
-- running transaction is taken before the board is read: what commits between is told again, never missed.
CREATE OR REPLACE FUNCTION desk.feed_start(OUT xid text, OUT epoch text, OUT now timestamptz, OUT behind double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text, gridseat.feed_epoch(), desk.now(), gridseat.horizon_age()
$$;

-- Cluster, timeline's table, WAL timeline; the server's start, because a crash may take back what a commit that did
-- not wait for the disk has shown, and give its transaction ids anew; the tree, which moves cases without entries; and
-- what is drawn on maps, so that nobody dispatches by borders of yesterday.
CREATE OR REPLACE FUNCTION gridseat.feed_epoch() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN concat_ws(':', gridseat.epoch(), gridseat.wal_timeline(),
        (SELECT gridseat.micros(max(a.backend_start)) FROM pg_stat_activity AS a WHERE a.backend_type = 'checkpointer'),
        (SELECT gridseat.micros(max(t.changed_at)) FROM gridseat.tree AS t), gridseat.setting('map_changed', '0'));
END $$;

-- On a primary from the WAL file's name (the control file lags behind a promotion); on a replica it is read there.
CREATE OR REPLACE FUNCTION gridseat.wal_timeline() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF pg_is_in_recovery() THEN
        RETURN (SELECT c.timeline_id::text FROM pg_control_checkpoint() AS c);
    END IF;
    RETURN ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::integer::text;
END $$;

-- Seconds for which the oldest writing transaction of the cluster has held the feed back.
CREATE OR REPLACE FUNCTION gridseat.horizon_age() RETURNS double precision
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT coalesce(max(extract(epoch FROM clock_timestamp() - w.since)), 0)::float8 FROM (
        SELECT a.xact_start FROM pg_stat_activity AS a WHERE a.backend_xid IS NOT NULL AND a.pid <> pg_backend_pid()
        UNION ALL SELECT x.prepared FROM pg_prepared_xacts AS x) AS w (since));
END $$;

CREATE OR REPLACE FUNCTION desk.heartbeat(OUT epoch text, OUT now timestamptz, OUT behind double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT gridseat.feed_epoch(), desk.now(), gridseat.horizon_age() $$;
