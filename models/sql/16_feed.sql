-- The feed: which incidents to look at again. Entries commit out of the order of their ids, so the cursor is
-- (transaction, id) below the oldest transaction that still runs.

CREATE OR REPLACE FUNCTION gridseat.concerns_me(p gridseat.person, e gridseat.timeline) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT (NOT e.restricted AND EXISTS (
        SELECT FROM unnest(e.seen) AS s (id)
        WHERE s.id = p.organisation_id OR gridseat.in_my_tree(p, s.id)))
        OR e.actor_id = p.id OR gridseat.is_named(p, e.number)
        OR (gridseat.is_unit(p) AND EXISTS (
            SELECT FROM gridseat.incident AS i WHERE i.number = e.number AND i.recorded_by = p.id))
$$;

CREATE OR REPLACE FUNCTION desk.feed(p_xid text, p_id bigint, p_limit integer DEFAULT 5000)
RETURNS TABLE (number bigint, xid text, id bigint, at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    p gridseat.person := gridseat.me();
BEGIN
    RETURN QUERY
    SELECT CASE WHEN gridseat.concerns_me(p, e) THEN e.number END, e.xid::text, e.id, e.at
    FROM gridseat.timeline AS e
    WHERE (e.xid, e.id) > (p_xid::xid8, p_id) AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY e.xid, e.id LIMIT least(p_limit, 20000);
END $$;

-- Where a board that is read now begins to listen, and the epoch in which its cursor means anything. The oldest
-- running transaction is taken before the board is read: what commits between is told again, never missed.
CREATE OR REPLACE FUNCTION desk.feed_start(OUT xid text, OUT epoch text, OUT now timestamptz, OUT behind double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::numeric - 1)::text,
           gridseat.epoch() || ':' || gridseat.wal_timeline(), desk.now(), gridseat.horizon_age()
$$;

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
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(max(extract(epoch FROM clock_timestamp() - a.xact_start)), 0)::float8
    FROM pg_stat_activity AS a WHERE a.backend_xid IS NOT NULL AND a.pid <> pg_backend_pid()
$$;

CREATE OR REPLACE FUNCTION desk.heartbeat(OUT epoch text, OUT now timestamptz, OUT behind double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT gridseat.epoch() || ':' || gridseat.wal_timeline(), desk.now(), gridseat.horizon_age() $$;
