"""A real database for each test, and short ways to fill it.

SQLite in a temporary folder; set TEST_POSTGRES_URL to an empty database to run against it too.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.database import Database
from storage.diagrams import Diagram, NewDiagram, add_diagrams
from storage.dialects import database_url
from storage.requests import Request, add_request

POSTGRES = os.environ.get("TEST_POSTGRES_URL")

NewRequest = Callable[..., Awaitable[Request]]
NewDiagrams = Callable[..., Awaitable[list[Diagram]]]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'bot.db'}"


@pytest.fixture(params=["sqlite", "postgresql"] if POSTGRES else ["sqlite"])
async def database(request: pytest.FixtureRequest, url: str) -> AsyncIterator[Database]:
    if request.param == "postgresql":
        assert POSTGRES is not None
        await _empty(POSTGRES)
        url = POSTGRES
    async with Database(url) as opened:
        yield opened


async def _empty(url: str) -> None:
    engine = create_async_engine(database_url(url))
    async with engine.begin() as connection:
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    await engine.dispose()


@pytest.fixture
def new_request(database: Database) -> NewRequest:
    """Stores a request; anything about it may be given."""

    async def make(**given: Any) -> Request:
        usual = {
            "user_id": 1,
            "guild_id": 10,
            "channel_id": 20,
            "description": "a login flow",
            "count": 4,
            "top": 2,
            "seed": 7,
        }
        async with database.transaction() as session:
            return await add_request(session, **{**usual, **given})

    return make


@pytest.fixture
def new_diagrams(database: Database, new_request: NewRequest) -> NewDiagrams:
    """Stores a request with that many diagrams; anything about them may be given."""

    async def make(count: int = 1, *, user_id: int = 1, **given: Any) -> list[Diagram]:
        request = await new_request(user_id=user_id)
        usual = {
            "text": "0 start",
            "scene": "{}",
            "readability": 4.5,
            "taste": 2.5,
            "final": 7.0,
            "versions": {"language": "l1", "readability": "r1", "autoencoder": "a1"},
        }
        async with database.transaction() as session:
            return await add_diagrams(
                session,
                request.id,
                [NewDiagram(**{"rank": rank + 1, **usual, **given}) for rank in range(count)],
            )

    return make
