import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Connection

from storage import dialects, migrate
from storage.database import Database
from storage.diagrams import count_diagrams
from storage.errors import DatabaseUnavailable
from storage.ratings import rating_of
from storage.requests import RequestKind, get_request
from storage.tables import Base
from tests.storage.conftest import NewDiagrams

REVISIONS = Path(migrate.__file__).parent / "migrations" / "versions"

# One row in each table of the oldest schema; what it says must survive every revision.
OLDEST = """
INSERT INTO requests VALUES ('r', 1, 2, 3, 4, 'a login flow', 4, 2, 7, 'done', NULL, 1,
    '2026-03-01 12:00:00', '2026-03-01 12:01:00');
INSERT INTO diagrams VALUES (5, 'r', 1, 1, '0 start', '{}', 4.5, 2.5, 7.0, '{}', NULL,
    '2026-03-01 12:00:30');
INSERT INTO messages VALUES (6, 3, 2, 5, '2026-03-01 12:00:40', NULL);
INSERT INTO ratings VALUES (1, 5, 4, '2026-03-01 12:02:00');
INSERT INTO latents VALUES (5, 'a1', x'0000803f', '2026-03-01 12:00:30');
INSERT INTO job_runs VALUES (1, 'refresh', '2026-03-01 12:00:00', NULL, 'ok', NULL);
INSERT INTO counters VALUES ('ratings', 1);
"""


def compare(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, Base.metadata))


async def upgrade(url: str, *, revision: str = "head", versions: str | None = None) -> None:
    parsed = dialects.database_url(url)
    engine = dialects.create_engine(parsed, busy_timeout=1)
    options = dialects.session_options(parsed, writing=True)
    try:
        await migrate.upgrade(engine, options=options, revision=revision, versions=versions)
    finally:
        await engine.dispose()


async def test_the_revisions_lead_to_the_tables(database: Database) -> None:
    async with database.reading() as session:
        connection = await session.connection()
        assert await connection.run_sync(compare) == []


async def test_the_comparison_notices_a_table_that_differs(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(text("ALTER TABLE counters ADD COLUMN more INTEGER"))
        connection = await session.connection()
        assert len(await connection.run_sync(compare)) == 1


async def test_the_rules_of_the_tables_are_in_the_revisions(url: str, tmp_path: Path) -> None:
    # compare_metadata sees neither CHECK nor ON DELETE nor AUTOINCREMENT.
    async with Database(url):
        pass
    made = create_engine(f"sqlite:///{tmp_path / 'made.db'}")
    Base.metadata.create_all(made)
    made.dispose()

    def rules(name: str) -> dict[str, dict[str, int]]:
        connection = sqlite3.connect(tmp_path / name)
        found = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        connection.close()
        words = ("CHECK", "ON DELETE CASCADE", "AUTOINCREMENT", "UNIQUE", "NOT NULL")
        return {table: {word: sql.count(word) for word in words} for table, sql in found}

    expected = rules("made.db")
    found = rules("bot.db")
    found.pop("alembic_version")
    assert found == expected


async def test_a_database_of_the_oldest_schema_is_brought_up_to_date_with_its_data(
    url: str, tmp_path: Path
) -> None:
    await upgrade(url, revision="0001")
    old = sqlite3.connect(tmp_path / "bot.db")
    old.executescript(OLDEST)
    old.close()
    async with Database(url) as database, database.reading() as session:
        connection = await session.connection()
        assert await connection.run_sync(compare) == []
        assert await count_diagrams(session) == 1
        assert await rating_of(session, 1, 5) == 4
        assert (await get_request(session, "r")).kind is RequestKind.DESCRIBE
        for table in ("requests", "messages", "latents", "job_runs", "counters"):
            assert await session.scalar(text(f"SELECT count(*) FROM {table}")) == 1


async def test_the_oldest_schema_is_where_the_history_begins() -> None:
    script = ScriptDirectory(str(REVISIONS.parent))
    assert script.get_bases() == ["0001"]
    assert len(script.get_heads()) == 1


REBUILD = """
import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{head}"


def upgrade():
    with op.batch_alter_table("requests", recreate="always") as table:
        table.add_column(sa.Column("more", sa.Integer()))
    {then}
"""


def with_next(tmp_path: Path, then: str) -> str:
    folder = tmp_path / "versions"
    folder.mkdir()
    (head,) = ScriptDirectory(str(REVISIONS.parent)).get_heads()
    (folder / "next.py").write_text(REBUILD.format(head=head, then=then))
    return f"{REVISIONS} {folder}"


async def test_rebuilding_a_table_keeps_the_rows_that_point_to_it(
    url: str, database: Database, new_diagrams: NewDiagrams, tmp_path: Path
) -> None:
    if database.dialect != "sqlite":
        pytest.skip("only SQLite rebuilds tables")
    await new_diagrams(2)
    await database.close()
    await upgrade(url, versions=with_next(tmp_path, "pass"))
    connection = sqlite3.connect(tmp_path / "bot.db")
    assert connection.execute("SELECT count(*) FROM diagrams").fetchone() == (2,)
    connection.close()


async def test_a_revision_that_breaks_rows_is_rolled_back(
    url: str, database: Database, new_diagrams: NewDiagrams, tmp_path: Path
) -> None:
    if database.dialect != "sqlite":
        pytest.skip("only SQLite rebuilds tables")
    await new_diagrams(2)
    await database.close()
    versions = with_next(tmp_path, 'op.execute("DELETE FROM requests")')
    with pytest.raises(DatabaseUnavailable, match="would break rows of diagrams"):
        await upgrade(url, versions=versions)
    async with Database(url) as reopened, reopened.reading() as session:
        assert await session.scalar(text("SELECT count(*) FROM requests")) == 1
        assert await session.scalar(text("PRAGMA foreign_keys")) == 1


async def test_a_database_of_a_newer_bot_is_left_alone(url: str, tmp_path: Path) -> None:
    async with Database(url) as database, database.transaction() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnavailable, match="newer version of the bot"):
        await Database(url).open()
