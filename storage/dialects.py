"""Everything that differs between SQLite and PostgreSQL, in one place.

SQLite is opened with write-ahead logging, foreign keys and a busy timeout, and this module, not
the driver, says BEGIN: writers take the write lock at once (BEGIN IMMEDIATE), because a
transaction that starts by reading and then upgrades fails without waiting when another writer
was faster. Readers get a snapshot they cannot write to.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import URL, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry

Insert: TypeAlias = sqlite.Insert | postgresql.Insert

WRITING = "diagram_bot_writing"  # the execution option that tells a writer's BEGIN from a reader's
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}


def database_url(text: str) -> URL:
    """The URL with its asynchronous driver: `sqlite:///bot.db`, `postgresql://…`.

    Raises:
        ValueError: another kind of database, or a SQLite database that is not a file. One in
            memory has one connection, and so cannot keep one person's transaction from another's.
    """
    url = make_url(text)
    driver = _DRIVERS.get(url.get_backend_name())
    if driver is None:
        raise ValueError(f"{url.get_backend_name()} is not supported: use sqlite or postgresql")
    if "+" not in url.drivername:
        url = url.set(drivername=driver)
    if url.get_backend_name() == "sqlite" and file_of(url) is None:
        raise ValueError("the SQLite database needs a file: sqlite:///path/to/bot.db")
    return url


def file_of(url: URL) -> Path | None:
    """The file of a SQLite database; None for a server or a database in memory."""
    if url.get_backend_name() != "sqlite":
        return None
    name = url.database
    if not name or ":memory:" in name or name.startswith("file:"):
        return None
    return Path(name)


def create_engine(url: URL, *, busy_timeout: float) -> AsyncEngine:
    """An engine whose connections are set up as the module's docstring says.

    Args:
        busy_timeout: seconds a SQLite connection waits for another program's lock.

    Errors do not say what was to be stored: descriptions are in no log.
    """
    if url.get_backend_name() != "sqlite":
        return create_async_engine(url, pool_pre_ping=True, hide_parameters=True)
    engine = create_async_engine(url, connect_args={"timeout": busy_timeout}, hide_parameters=True)

    @event.listens_for(engine.sync_engine, "connect")
    def set_up(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        # The timeout first: switching to WAL waits for a lock too.
        cursor.execute(f"PRAGMA busy_timeout = {round(busy_timeout * 1000)}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        # Overwrite what is deleted: who asks to be forgotten is not left in free pages.
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(WRITING, False)
        connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writing else 'ON'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def session_options(url: URL, *, writing: bool) -> dict[str, Any]:
    """Execution options of the engine that readers or writers use."""
    if url.get_backend_name() == "sqlite":
        return {WRITING: writing}
    return {"postgresql_readonly": not writing}


def insert(session: AsyncSession, table: type[DeclarativeBase]) -> Insert:
    """An INSERT that knows ON CONFLICT, in the words of the session's database."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


async def set_foreign_keys(connection: AsyncConnection, *, on: bool) -> None:
    """Switches SQLite's foreign keys; only outside a transaction does SQLite listen.

    Off while a migration rebuilds a table: SQLite drops the old one, and with foreign keys on
    the drop deletes every row that points to it.
    """
    if connection.dialect.name != "sqlite":
        return
    raw = await connection.get_raw_connection()
    driver = raw.driver_connection
    assert driver is not None
    cursor = await driver.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")
    await cursor.close()


def broken_references(connection: Connection) -> list[str]:
    """Tables with rows that point nowhere; SQLite only, a server checks by itself."""
    if connection.dialect.name != "sqlite":
        return []
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check")
    return sorted({str(row[0]) for row in rows})


async def optimise(connection: AsyncConnection) -> None:
    """Refreshes the query planner's statistics where they are stale. Cheap; changes no row."""
    if connection.dialect.name == "sqlite":
        # Bounds the rows that ANALYZE reads, so a big table does not hold the write lock long.
        await connection.exec_driver_sql("PRAGMA analysis_limit = 400")
        await connection.exec_driver_sql("PRAGMA optimize")


def advice(url: URL, problem: BaseException) -> str:
    """One sentence on what failed and one on what to do. Never the password in the URL."""
    text = str(getattr(problem, "orig", None) or problem).lower()
    file = file_of(url)
    where = str(file) if file is not None else url.render_as_string(hide_password=True)
    if "locked" in text or "busy" in text:
        return (
            f"The database {where} is locked by another program. "
            "Close whatever else has it open, then try again."
        )
    if "is full" in text or "no space left" in text or "disk full" in text:
        return f"The disk that holds {where} is full. Free some space, then try again."
    if "malformed" in text or "not a database" in text or "corrupt" in text:
        return (
            f"The database {where} is damaged. Restore the latest backup, "
            "or move it away to start with an empty one."
        )
    if "readonly" in text or "read-only" in text or "unable to open" in text:
        return (
            f"The database {where} cannot be opened for writing. "
            "Check that its folder exists and that the bot may write there."
        )
    if file is None:
        return f"The database {where} does not answer. Check that the server runs and the URL."
    return f"The database {where} failed: {text}. Check the disk, then try again."
