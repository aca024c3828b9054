"""The small county that most tests of the database stand in: its organisations, and three grids."""

import asyncpg

# A city with two counties: each level, neighbours at each level, departments beside the townships.
TREE = (
    ("1301", "石家庄市", "city", None),
    ("130123", "正定县", "county", "1301"),
    ("130123101", "正定镇", "township", "130123"),
    ("130123101001", "恒山社区居民委员会", "community", "130123101"),
    ("130123101002", "常山社区居民委员会", "community", "130123101"),
    ("130123201", "南楼乡", "township", "130123"),
    ("130123201001", "韩家庄村民委员会", "community", "130123201"),
    ("130123-D01", "公安局", "department", "130123"),
    ("130123-D02", "城管局", "department", "130123"),
    ("130123-D03", "消防救援大队", "department", "130123"),
    ("130125", "行唐县", "county", "1301"),
    ("130125100", "龙州镇", "township", "130125"),
    ("130125100001", "韩家庄村民委员会", "community", "130125100"),
    ("130125-D02", "行唐城管局", "department", "130125"),
)
GRIDS = (
    ("130123101001001", "130123101001", 114.50),
    ("130123101002001", "130123101002", 114.52),
    ("130123201001001", "130123201001", 114.54),
)
ORGANISATION_SQL = """
INSERT INTO gridseat.organisation (code, name, level, parent_id, lft, rgt, centre)
VALUES ($1, $2, $3::text, (SELECT id FROM gridseat.organisation WHERE code = $4), 0, 1,
        $3 IN ('city', 'county', 'township'))
"""
GRID_SQL = """
WITH made AS (
    INSERT INTO gridseat.grid (code, name, kind, organisation_id, outline)
    SELECT $1, $2, 'comprehensive', o.id, '\\x' FROM gridseat.organisation AS o WHERE o.code = $3
    RETURNING id
)
INSERT INTO gridseat.grid_ring (grid_id, hole, ring)
SELECT id, false, polygon(box(point($4::float8, 38.10), point($4::float8 + 0.02, 38.12))) FROM made
"""


async def lay_out(raw: asyncpg.Connection) -> None:
    """Put the small county of ``TREE`` and ``GRIDS`` into a new database."""
    for code, name, level, parent in TREE:
        await raw.execute(ORGANISATION_SQL, code, name, level, parent)
    await raw.execute("SELECT gridseat.renumber_tree()")
    for code, organisation, west in GRIDS:
        await raw.execute(GRID_SQL, code, f"{organisation}第{code[-1]}网格", organisation, west)
