"""`diagram-bot train orpo` reads its pairs from the database, and only from those who share."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import read_settings
from storage.database import Database
from storage.diagrams import NewDiagram, add_diagrams
from storage.people import set_consent
from storage.ratings import rate
from storage.requests import add_request

TEXTS = ("right\n0 start\n", "down\n0 start\n")


async def fill(url: str) -> None:
    """Two people prefer one of two diagrams; one of the two shares."""
    async with Database(url) as database, database.transaction() as session:
        await set_consent(session, 1, True)
        await set_consent(session, 2, False)
        for user_id in (1, 2):
            request = await add_request(
                session,
                user_id=user_id,
                guild_id=None,
                channel_id=5,
                description="a start",
                count=2,
                top=2,
                seed=1,
            )
            diagrams = [
                NewDiagram(
                    rank=rank, text=text, scene="{}", readability=4, taste=3, final=7, versions={}
                )
                for rank, text in enumerate(TEXTS, start=1)
            ]
            for diagram, value in zip(
                await add_diagrams(session, request.id, diagrams), (5, 1), strict=True
            ):
                await rate(session, user_id, diagram.id, value)


def test_the_ratings_of_who_shares_are_what_it_learns_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    asyncio.run(fill(read_settings().database))
    assert main(["train", "orpo"]) == 1
    assert "prefer one diagram to another in 1 pairs" in capsys.readouterr().err
