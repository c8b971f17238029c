"""The database: open it, read from it, change it.

    database = Database("sqlite:///data/bot.db")
    await database.open()
    async with database.transaction() as session:
        request = await add_request(session, ...)
    await database.close()

Nobody but `transaction()` commits; a session's own `commit` refuses. Errors of the database
itself leave here as `DatabaseUnavailable` or `Conflict`, whatever statement met them.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Never

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from storage import dialects, migrate
from storage.errors import Conflict, DatabaseUnavailable

logger = logging.getLogger(__name__)


class Database:
    """One database, SQLite by default, PostgreSQL by URL.

    Args:
        url: `sqlite:///path/to/bot.db` or `postgresql://user:password@host/name`.
        busy_timeout: seconds to wait for the write lock before giving up.

    Raises:
        ValueError: the URL names another kind of database.
    """

    def __init__(self, url: str, *, busy_timeout: float = 10.0) -> None:
        self._url = dialects.database_url(url)
        self._busy_timeout = busy_timeout
        self._engine: AsyncEngine | None = None
        # SQLite has one writer at a time and wakes waiting ones by polling, in no order. Waiting
        # here instead is fair, and leaves SQLite's own timeout for other programs.
        self._writer = _Turn(longest=6 * busy_timeout) if self.dialect == "sqlite" else None

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._url.get_backend_name()

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database; None for a server."""
        return dialects.file_of(self._url)

    async def open(self) -> None:
        """Opens the database, made when there is none, and brings its schema up to date.

        Raises:
            DatabaseUnavailable: it cannot be opened, or a newer version of the bot wrote it.
        """
        if self._engine is not None:
            return
        try:
            file = dialects.file_of(self._url)
            if file is not None:
                await asyncio.to_thread(file.parent.mkdir, parents=True, exist_ok=True)
            engine = dialects.create_engine(self._url, busy_timeout=self._busy_timeout)
        except OSError as error:
            raise self._unavailable(error) from error
        except ModuleNotFoundError as error:
            raise DatabaseUnavailable(
                f"The database needs the package {error.name}: pip install {error.name}"
            ) from error
        try:
            options = dialects.session_options(self._url, writing=True)
            await migrate.upgrade(engine, options=options)
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            await engine.dispose()
            raise self._unavailable(error) from error
        except BaseException:
            await engine.dispose()
            raise
        self._engine = engine

    async def close(self) -> None:
        """Closes every connection. May be called twice."""
        engine, self._engine = self._engine, None
        if engine is not None:
            await engine.dispose()

    async def __aenter__(self) -> Database:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session that may write; commits when the block ends, rolls back when it raises.

        Keep the block short and wait for nothing but the database in it: other writers wait.

        Raises:
            DatabaseUnavailable: the database failed or stayed locked; nothing was changed.
            Conflict: a write breaks a rule of the schema; nothing was changed.
            RuntimeError: this task is in a transaction already and would wait for itself.
        """
        turn: AbstractAsyncContextManager[None] = (
            nullcontext() if self._writer is None else self._writer.take()
        )
        async with turn, self._session(writing=True) as session:
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that sees one snapshot and cannot write.

        Raises:
            DatabaseUnavailable: the database failed.
        """
        async with self._session(writing=False) as session:
            yield session

    async def optimise(self) -> None:
        """Refreshes the statistics that the query planner uses, where they are stale."""
        async with self.transaction() as session:
            await dialects.optimise(await session.connection())

    @asynccontextmanager
    async def _session(self, *, writing: bool) -> AsyncIterator[AsyncSession]:
        if self._engine is None:
            raise DatabaseUnavailable("The database is not open. Start the bot again.")
        options = dialects.session_options(self._url, writing=writing)
        session = _Session(
            self._engine.execution_options(**options), autoflush=False, expire_on_commit=False
        )
        try:
            await session.begin()
            try:
                # Connects and says BEGIN now, so that a lock is met before any work is done.
                await session.connection()
            except OSError as error:  # a server that cannot be reached
                raise self._unavailable(error) from error
            yield session
            if writing:
                await AsyncSession.commit(session)
        except (SQLAlchemyError, sqlite3.Error) as error:
            self._reraise(error)
        finally:
            # Shielded: a cancelled task must give its connection back too.
            await asyncio.shield(session.close())

    def _reraise(self, error: SQLAlchemyError | sqlite3.Error) -> Never:
        if isinstance(error, IntegrityError):
            raise Conflict(f"the database refused the change: {error.orig}") from error
        if isinstance(error, DBAPIError | sqlite3.Error | PoolTimeout):
            raise self._unavailable(error) from error
        raise error  # a statement that is wrong in itself: our bug, not the database's

    def _unavailable(self, error: BaseException) -> DatabaseUnavailable:
        logger.error("The database failed: %s", error, extra={"action": "database"})
        return DatabaseUnavailable(dialects.advice(self._url, error))


class _Session(AsyncSession):
    """A session whose own `commit` refuses: the block that opened it commits."""

    async def commit(self) -> None:
        raise RuntimeError("only Database.transaction() commits")


class _Turn:
    """A fair lock that notices a task waiting for itself, and a queue that does not move."""

    def __init__(self, *, longest: float) -> None:
        self._lock = asyncio.Lock()
        self._owner: asyncio.Task[object] | None = None
        self._longest = longest

    @asynccontextmanager
    async def take(self) -> AsyncIterator[None]:
        task = asyncio.current_task()
        if self._owner is not None and self._owner is task:
            raise RuntimeError("a transaction inside a transaction: pass the session on instead")
        try:
            async with asyncio.timeout(self._longest):
                await self._lock.acquire()
        except TimeoutError as error:
            logger.error("The database has been busy for %s s", self._longest)
            raise DatabaseUnavailable("The database is busy. Try again in a minute.") from error
        self._owner = task
        try:
            yield
        finally:
            self._owner = None
            self._lock.release()
