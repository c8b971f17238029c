"""A person's diagrams by the page, and searching them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from storage.database import Database
from storage.diagrams import Diagram, NewDiagram, add_diagrams
from storage.history import Page, history, latest_request
from storage.messages import add_message, mark_deleted
from storage.ratings import rate
from storage.requests import Request, RequestKind, add_request

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXT = "right blue round arrow spacious nodes\n0 data Read\n1 process 데이터 정리\n"


async def ask(
    database: Database,
    description: str = "a login flow",
    *,
    minutes: int = 0,
    shown: int = 1,
    hidden: int = 0,
    text: str = TEXT,
    **given: Any,
) -> tuple[Request, list[Diagram]]:
    """A request of person 1 so many minutes after the start, with its diagrams."""
    usual = {"user_id": 1, "guild_id": 10, "channel_id": 20, "count": 4, "top": 2, "seed": 7}
    at = START + timedelta(minutes=minutes)
    async with database.transaction() as session:
        request = await add_request(session, description=description, at=at, **{**usual, **given})
        diagrams = await add_diagrams(
            session,
            request.id,
            [
                NewDiagram(
                    rank=rank,
                    text=text,
                    scene="{}",
                    readability=4.5,
                    taste=2.5,
                    final=7.0,
                    versions={},
                    png_path=f"{request.id}/{rank}.png" if rank <= shown else None,
                )
                for rank in range(1, shown + hidden + 1)
            ],
            at=at,
        )
    return request, diagrams


async def look(database: Database, *words: str, user_id: int = 1, **given: Any) -> Page:
    async with database.reading() as session:
        return await history(session, user_id, words=words, **given)


def ids(found: Page | Sequence[Diagram]) -> list[int]:
    if isinstance(found, Page):
        return [entry.diagram_id for entry in found.entries]
    return [diagram.id for diagram in found]


async def test_nobodys_history_is_one_empty_page(database: Database) -> None:
    assert await look(database) == Page(entries=(), number=0, pages=1, total=0)


async def test_the_newest_request_comes_first_and_of_it_the_best(database: Database) -> None:
    _, older = await ask(database, minutes=0, shown=2)
    _, newer = await ask(database, minutes=1, shown=2)
    assert ids(await look(database)) == [*ids(newer), *ids(older)]


async def test_only_what_was_shown_and_only_ones_own_is_in_it(database: Database) -> None:
    _, diagrams = await ask(database, shown=1, hidden=2)
    await ask(database, user_id=2)
    page = await look(database)
    assert ids(page) == ids(diagrams[:1])
    assert page.total == 1


@pytest.mark.parametrize(
    ("number", "expected", "places"),
    [(0, 0, [0, 1, 2]), (2, 2, [6]), (99, 2, [6]), (-1, 0, [0, 1, 2])],
)
async def test_pages_that_do_not_exist_give_the_nearest_one(
    database: Database, number: int, expected: int, places: list[int]
) -> None:
    _, diagrams = await ask(database, shown=7)
    page = await look(database, number=number, size=3)
    assert (page.number, page.pages, page.total) == (expected, 3, 7)
    assert ids(page) == [diagrams[place].id for place in places]


async def test_an_entry_has_the_persons_own_latest_rating(database: Database) -> None:
    _, (diagram,) = await ask(database)
    async with database.transaction() as session:
        await rate(session, 1, diagram.id, 2, at=START)
        await rate(session, 1, diagram.id, 1, at=START + timedelta(minutes=1))
        await rate(session, 2, diagram.id, 5)
    (entry,) = (await look(database)).entries
    assert entry.rating == 1


async def test_an_entry_has_the_latest_message_that_is_still_there(database: Database) -> None:
    _, (diagram,) = await ask(database)
    async with database.transaction() as session:
        for id in (31, 32, 33):
            await add_message(
                session,
                message_id=id,
                channel_id=20,
                guild_id=None,
                diagram_id=diagram.id,
                posted_at=START + timedelta(minutes=id),
            )
        await mark_deleted(session, 33)
    page = await look(database)
    (entry,) = page.entries
    assert entry.message is not None
    assert entry.message.message_id == 32
    assert page.total == 1


async def test_a_diagram_whose_every_message_was_deleted_is_not_in_it(database: Database) -> None:
    _, (deleted, never_posted) = await ask(database, shown=2)
    async with database.transaction() as session:
        await add_message(
            session, message_id=31, channel_id=20, guild_id=None, diagram_id=deleted.id
        )
        await mark_deleted(session, 31)
    page = await look(database)
    assert ids(page) == [never_posted.id]
    assert page.total == 1


async def test_a_page_takes_two_statements_however_long_it_is(database: Database) -> None:
    await ask(database, shown=10)
    statements = []
    async with database.reading() as session:
        connection = await session.connection()

        def note(*event: Any) -> None:
            statements.append(event[2])

        event.listen(connection.sync_connection, "before_cursor_execute", note)
        assert len((await history(session, 1, size=10)).entries) == 10
        event.remove(connection.sync_connection, "before_cursor_execute", note)
    assert len(statements) == 2


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["LOGIN"], True),
        (["login", "read"], True),  # one in the description, one in a label
        (["login", "write"], False),
        (["데이터"], True),
        (["écOLE"], True),
        (["100%"], True),
        (["a_b"], True),
        (["c/d"], True),
        (["%"], True),
        (["l_gin"], False),
        (["l%n"], False),
        (["blue"], False),  # the style is no label
        (["spacious"], False),
        (["'; --"], False),
        ([], True),
    ],
)
async def test_words_are_found_in_descriptions_and_labels(
    database: Database, words: list[str], found: bool
) -> None:
    await ask(database, "A Login flow, 100% École a_b c/d")
    page = await look(database, *words)
    assert (page.total, len(page.entries)) == ((1, 1) if found else (0, 0))


@pytest.mark.parametrize("word", ["%", "_", "/", "\\", "*", "?"])
async def test_no_character_is_a_wildcard(database: Database, word: str) -> None:
    await ask(database)
    assert (await look(database, word)).total == 0


async def test_a_text_without_a_style_line_is_searched_from_its_start(database: Database) -> None:
    await ask(database, text="0 start Hello\n")
    assert (await look(database, "hello")).total == 1


async def test_the_latest_request_is_that_of_the_same_server(database: Database) -> None:
    first, _ = await ask(database, minutes=0)
    second, _ = await ask(database, minutes=1)
    await ask(database, minutes=2, user_id=2)
    direct, _ = await ask(database, minutes=3, guild_id=None)
    await ask(database, minutes=4, kind=RequestKind.EDIT, text="0 start")
    async with database.reading() as session:
        assert await latest_request(session, 1, 10, 99) == second
        assert await latest_request(session, 1, None, direct.channel_id) == direct
        assert await latest_request(session, 1, None, direct.channel_id + 1) is None
        assert await latest_request(session, 1, 11, direct.channel_id) is None
        assert await latest_request(session, 3, 10, direct.channel_id) is None
    assert first != second
