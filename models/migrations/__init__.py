"""Migrations: Alembic's order and version table around handwritten SQL."""

from pathlib import Path

from alembic import op

FOLDER = Path(__file__).parent


def run(script: str) -> None:
    """Run a script of several statements (asyncpg refuses them in a prepared statement)."""
    driver = op.get_bind().connection.dbapi_connection
    assert driver is not None  # noqa: S101  a bound connection has its driver
    driver.run_async(lambda raw: raw.execute(script))
