-- The organisation tree: parent plus sparse nested sets.

-- p and everything above it, by parents: a few steps, where the bounds would have half of the tree looked at.
CREATE OR REPLACE FUNCTION gridseat.at_or_above(p bigint)
RETURNS TABLE (id bigint, centre boolean, calendar_id bigint, step integer)
LANGUAGE plpgsql STABLE ROWS 5 SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    step := 0;
    WHILE p IS NOT NULL AND step < 64 LOOP
        SELECT o.id, o.centre, o.calendar_id, o.parent_id INTO id, centre, calendar_id, p
        FROM gridseat.organisation AS o WHERE o.id = p;
        EXIT WHEN NOT FOUND;
        RETURN NEXT;
        step := step + 1;
    END LOOP;
END $$;

-- Nearest organisation at or above p that has seats.
CREATE OR REPLACE FUNCTION gridseat.centre_at(p bigint) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT a.id FROM gridseat.at_or_above(p) AS a WHERE a.centre ORDER BY a.step LIMIT 1);
END $$;

CREATE OR REPLACE FUNCTION gridseat.parent_centre(p bigint) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT gridseat.centre_at(o.parent_id) FROM gridseat.organisation AS o WHERE o.id = p $$;

CREATE OR REPLACE FUNCTION gridseat.calendar_of(p bigint) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN coalesce(
        (SELECT a.calendar_id FROM gridseat.at_or_above(p) AS a
         WHERE a.calendar_id IS NOT NULL ORDER BY a.step LIMIT 1),
        (SELECT c.id FROM gridseat.calendar AS c ORDER BY c.id LIMIT 1));
END $$;

-- 夜间代班 included: the roster says who stands in for whom.
CREATE OR REPLACE FUNCTION gridseat.is_staffed(p_centre bigint, p_at timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM gridseat.shift AS s
                   WHERE s.centre_id = p_centre AND s.starts <= p_at AND s.ends > p_at);
END $$;

CREATE OR REPLACE FUNCTION gridseat.covers(p_by bigint, p_centre bigint, p_at timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM gridseat.shift AS s
                   WHERE s.centre_id = p_centre AND s.by_centre_id = p_by
                     AND s.starts <= p_at AND s.ends > p_at);
END $$;

-- Exact code, name or short name; 村 = 村民委员会, 社区 = 社区居民委员会. More than one: the caller must choose.
CREATE OR REPLACE FUNCTION gridseat.find_organisation(p_text text) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    v_ids bigint[];
BEGIN
    SELECT array_agg(o.id) INTO v_ids FROM gridseat.organisation AS o WHERE o.code = p_text;
    IF v_ids IS NULL THEN
        SELECT array_agg(o.id) INTO v_ids FROM gridseat.organisation AS o
        WHERE o.name = p_text OR o.alias = p_text
           OR o.name IN (regexp_replace(p_text, '村$', '村民委员会'),
                         regexp_replace(p_text, '社区$', '社区居民委员会'));
    END IF;
    IF cardinality(v_ids) > 1 THEN
        PERFORM gridseat.reject_input('ambiguous_unit', jsonb_build_object('unit', p_text, 'candidates', (
            SELECT jsonb_agg(jsonb_build_object('code', o.code, 'name', o.name, 'parent', q.name) ORDER BY o.code)
            FROM gridseat.organisation AS o LEFT JOIN gridseat.organisation AS q ON q.id = o.parent_id
            WHERE o.id = ANY (v_ids))));
    END IF;
    RETURN v_ids[1];
END $$;

-- Geometric types compare with a tolerance of 1e-6, which in degrees swallows whole streets: rings are tested in
-- microdegrees. The polygon grows by multiplication as a path.
CREATE OR REPLACE FUNCTION gridseat.in_ring(p_ring polygon, p_lon double precision, p_lat double precision)
RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT polygon(path(p_ring) * point(1e6, 0)) @> point(p_lon * 1e6, p_lat * 1e6)
$$;

-- Living comprehensive grid at a point (WGS-84): inside an outer ring and no hole; the smaller code on a shared edge.
CREATE OR REPLACE FUNCTION gridseat.grid_at(p_lon double precision, p_lat double precision) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT g.id
            FROM gridseat.grid_ring AS r
            JOIN gridseat.grid AS g ON g.id = r.grid_id AND g.kind = 'comprehensive' AND g.ended_at IS NULL
            WHERE box(r.ring) && box(point(p_lon, p_lat), point(p_lon, p_lat)) AND NOT r.hole
              AND gridseat.in_ring(r.ring, p_lon, p_lat)
              AND NOT EXISTS (SELECT FROM gridseat.grid_ring AS h
                              WHERE h.grid_id = g.id AND h.hole AND gridseat.in_ring(h.ring, p_lon, p_lat))
            ORDER BY g.code LIMIT 1);
END $$;

-- Whether a point lies in a grid of any kind; null where nobody has drawn the grid.
CREATE OR REPLACE FUNCTION gridseat.in_grid(p_grid bigint, p_lon double precision, p_lat double precision)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT bool_or(NOT r.hole AND gridseat.in_ring(r.ring, p_lon, p_lat))
        AND NOT bool_or(r.hole AND gridseat.in_ring(r.ring, p_lon, p_lat))
    FROM gridseat.grid_ring AS r WHERE r.grid_id = p_grid
$$;

-- Metres between two points of WGS-84, on a sphere: true to half a percent, which a hundred metres bear.
-- The last digit of a sine may lie over 1 at the other end of the earth; least() would keep the planner from taking this in.
CREATE OR REPLACE FUNCTION gridseat.metres_between(p_lon float8, p_lat float8, q_lon float8, q_lat float8) RETURNS float8
LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT 2 * 6371008.8 * asin((1 - 1e-15) * sqrt(power(sind((q_lat - p_lat) / 2), 2)
        + cosd(p_lat) * cosd(q_lat) * power(sind((q_lon - p_lon) / 2), 2)))
$$;

-- Whoever changes the tree goes one at a time; reports share the lock.
CREATE OR REPLACE FUNCTION gridseat.lock_tree() RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS
$$ UPDATE gridseat.tree SET changed_at = clock_timestamp() $$;

CREATE OR REPLACE FUNCTION gridseat.share_tree() RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM FROM gridseat.tree FOR SHARE;
END $$;

-- Numbers the whole tree anew from the parents (children by code), and rewrites the incidents' copies.
-- Nodes stand 2^24 apart and end 2^16 before their parent, so that new leaves find room.
CREATE OR REPLACE FUNCTION gridseat.renumber_tree() RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    WITH RECURSIVE walk AS (
        SELECT o.id, ARRAY[o.code] AS path, ARRAY[o.id] AS ids
        FROM gridseat.organisation AS o WHERE o.parent_id IS NULL
        UNION ALL
        SELECT o.id, w.path || o.code, w.ids || o.id
        FROM gridseat.organisation AS o JOIN walk AS w ON o.parent_id = w.id
    ), sized AS (
        SELECT u.id, count(*) AS size FROM walk AS w, unnest(w.ids) AS u (id) GROUP BY u.id
    ), placed AS (
        SELECT w.id, row_number() OVER (ORDER BY w.path) << 24 AS lft,
               ((row_number() OVER (ORDER BY w.path) + s.size) << 24) - (cardinality(w.ids) << 16) AS rgt
        FROM walk AS w JOIN sized AS s ON s.id = w.id
    )
    UPDATE gridseat.organisation AS o SET lft = p.lft, rgt = p.rgt
    FROM placed AS p WHERE o.id = p.id AND (o.lft, o.rgt) IS DISTINCT FROM (p.lft, p.rgt);
    PERFORM gridseat.rewrite_places();
END $$;

CREATE OR REPLACE FUNCTION gridseat.rewrite_places() RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    UPDATE gridseat.incident AS i SET centre_lft = o.lft
    FROM gridseat.organisation AS o WHERE o.id = i.centre_id AND o.lft <> i.centre_lft;
    UPDATE gridseat.incident AS i SET place_lft = o.lft
    FROM gridseat.organisation AS o WHERE o.id = i.organisation_id AND o.lft IS DISTINCT FROM i.place_lft;
$$;

-- Nodes whose bounds do not nest as their parents say, and incidents whose copies differ: none, or a fault.
CREATE OR REPLACE FUNCTION gridseat.tree_faults() RETURNS TABLE (kind text, what text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT 'tree_not_nested', o.code
    FROM gridseat.organisation AS o JOIN gridseat.organisation AS p ON p.id = o.parent_id
    WHERE NOT (p.lft < o.lft AND o.rgt < p.rgt)
    UNION ALL
    SELECT 'tree_overlap', n.code
    FROM (SELECT o.code, o.lft, lag(o.rgt) OVER (PARTITION BY o.parent_id ORDER BY o.lft) AS before
          FROM gridseat.organisation AS o) AS n
    WHERE n.before >= n.lft
    UNION ALL
    SELECT 'incident_bounds', i.number::text
    FROM gridseat.incident AS i
    JOIN gridseat.organisation AS c ON c.id = i.centre_id
    LEFT JOIN gridseat.organisation AS o ON o.id = i.organisation_id
    WHERE i.centre_lft <> c.lft OR i.place_lft IS DISTINCT FROM o.lft
$$;
