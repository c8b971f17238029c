"""`diagram-bot train orpo` reads its pairs from the database, and only from those who share."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cli import main
from bot.settings import read_settings
from storage.choices import choose
from storage.database import Database
from storage.diagrams import NewDiagram, add_diagrams
from storage.people import set_consent
from storage.ratings import rate
from storage.requests import add_request

TEXTS = ("right\n0 start\n", "down\n0 start\n")


async def fill(url: str) -> None:
    """Two people rate two diagrams and choose between two others; one of the people shares."""
    async with Database(url) as database, database.transaction() as session:
        await set_consent(session, 1, True)
        await set_consent(session, 2, False)
        for user_id in (1, 2):
            better, worse = await ask(session, user_id, "a start")
            await rate(session, user_id, better, 5)
            await rate(session, user_id, worse, 1)
            await choose(session, user_id, *await ask(session, user_id, "one more start"))


async def ask(session: AsyncSession, user_id: int, description: str) -> list[int]:
    """The ids of two diagrams for a description."""
    request = await add_request(
        session,
        user_id=user_id,
        guild_id=None,
        channel_id=5,
        description=description,
        count=2,
        top=2,
        seed=1,
    )
    diagrams = [
        NewDiagram(rank=rank, text=text, scene="{}", readability=4, taste=3, final=7, versions={})
        for rank, text in enumerate(TEXTS, start=1)
    ]
    return [diagram.id for diagram in await add_diagrams(session, request.id, diagrams)]


def test_the_ratings_and_answers_of_who_shares_are_what_it_learns_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    asyncio.run(fill(read_settings().database))
    assert main(["train", "orpo"]) == 1
    assert "prefer one diagram to another in 2 pairs" in capsys.readouterr().err
