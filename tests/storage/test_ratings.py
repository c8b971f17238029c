import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.database import Database
from storage.errors import NotFound
from storage.ratings import (
    Mark,
    clear_ratings,
    count_ratings,
    current_ratings,
    last_change,
    marks_on,
    number_emoji,
    rate,
    rating_of,
    replace_ratings,
    set_rating,
    unrate,
)
from tests.storage.conftest import NewDiagrams

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def minute(number: int) -> datetime:
    return NOON + timedelta(minutes=number)


def marks(numbers: Iterable[tuple[int, int]]) -> set[Mark]:
    """The numbers' own emojis; of (user id, value)."""
    return {
        Mark(user_id=user_id, emoji=number_emoji(value), value=value) for user_id, value in numbers
    }


async def current(database: Database, user_id: int, diagram_id: int) -> int | None:
    async with database.reading() as session:
        return await rating_of(session, user_id, diagram_id)


async def test_the_latest_number_is_the_rating(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    assert await current(database, 1, diagram.id) is None
    async with database.transaction() as session:
        assert await rate(session, 1, diagram.id, 4, at=minute(0))
        assert await rate(session, 1, diagram.id, 2, at=minute(1))
    assert await current(database, 1, diagram.id) == 2
    assert await current(database, 2, diagram.id) is None


async def test_taking_the_latest_back_restores_the_earlier_one_or_none(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    async with database.transaction() as session:
        await rate(session, 1, diagram.id, 4, at=minute(0))
        await rate(session, 1, diagram.id, 2, at=minute(1))
        assert await unrate(session, 1, diagram.id, number_emoji(2))
    assert await current(database, 1, diagram.id) == 4
    async with database.transaction() as session:
        assert await unrate(session, 1, diagram.id, number_emoji(4))
        assert not await unrate(session, 1, diagram.id, number_emoji(4))
    assert await current(database, 1, diagram.id) is None


async def test_an_event_that_arrives_again_changes_nothing(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    async with database.transaction() as session:
        await rate(session, 1, diagram.id, 4, at=minute(0))
        await rate(session, 1, diagram.id, 2, at=minute(1))
        before = await last_change(session)
        assert not await rate(session, 1, diagram.id, 4, at=minute(2))
        assert await last_change(session) == before
    assert await current(database, 1, diagram.id) == 2


async def test_events_that_arrive_in_the_wrong_order_end_the_same(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    async with database.transaction() as session:
        await rate(session, 1, diagram.id, 2, at=minute(1))
        await rate(session, 1, diagram.id, 4, at=minute(0))
    assert await current(database, 1, diagram.id) == 2


async def test_a_hundred_people_rate_at_once(database: Database, new_diagrams: NewDiagrams) -> None:
    [diagram] = await new_diagrams()

    async def one(user_id: int) -> None:
        async with database.transaction() as session:
            await rate(session, user_id, diagram.id, user_id % 6)

    await asyncio.gather(*(one(user_id) for user_id in range(100)))
    async with database.reading() as session:
        assert await marks_on(session, diagram.id) == marks((n, n % 6) for n in range(100))
        assert await last_change(session) == 100
        assert await count_ratings(session) == 100


async def test_clearing_takes_one_number_or_all_from_everybody(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    first, second = await new_diagrams(2)
    async with database.transaction() as session:
        for user_id in (1, 2):
            await rate(session, user_id, first.id, 3, at=minute(0))
            await rate(session, user_id, first.id, 5, at=minute(1))
        await rate(session, 1, second.id, 5)
        assert await clear_ratings(session, first.id, number_emoji(5)) == 2
        assert await rating_of(session, 1, first.id) == 3
        assert await clear_ratings(session, first.id) == 2
        assert await marks_on(session, first.id) == set()
        assert await rating_of(session, 1, second.id) == 5


async def test_replacing_keeps_the_order_of_what_was_there(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    async with database.transaction() as session:
        await rate(session, 1, diagram.id, 5, at=minute(0))
        await rate(session, 1, diagram.id, 1, at=minute(1))
        await rate(session, 2, diagram.id, 3, at=minute(2))
        wanted = [*marks([(1, 5), (1, 1), (3, 4)]), *marks([(3, 4)])]
        assert await replace_ratings(session, diagram.id, wanted, at=minute(3)) == 2
        assert await replace_ratings(session, diagram.id, wanted, at=minute(4)) == 0
        assert await rating_of(session, 1, diagram.id) == 1
        assert await rating_of(session, 2, diagram.id) is None
        assert await rating_of(session, 3, diagram.id) == 4


async def test_my_ratings_come_latest_first_one_a_diagram(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    first, second, third = await new_diagrams(3)
    async with database.transaction() as session:
        await rate(session, 1, first.id, 5, at=minute(0))
        await rate(session, 1, second.id, 4, at=minute(1))
        await rate(session, 1, first.id, 3, at=minute(2))
        await rate(session, 2, third.id, 0, at=minute(3))
        mine = await current_ratings(session, 1)
        assert [(rating.diagram_id, rating.value) for rating in mine] == [
            (first.id, 3),
            (second.id, 4),
        ]
        assert mine[0].rated_at == minute(2)
        assert await current_ratings(session, 1, 1) == mine[:1]


async def test_taking_back_is_a_change_too(database: Database, new_diagrams: NewDiagrams) -> None:
    [diagram] = await new_diagrams()
    seen = []
    async with database.transaction() as session:
        seen.append(await last_change(session))
        await rate(session, 1, diagram.id, 5)
        seen.append(await last_change(session))
        await unrate(session, 1, diagram.id, number_emoji(5))
        seen.append(await last_change(session))
    assert len(set(seen)) == 3


async def test_rating_a_diagram_that_is_not_there_says_so(database: Database) -> None:
    with pytest.raises(NotFound, match="no diagram 99"):
        async with database.transaction() as session:
            await rate(session, 1, 99, 5)
    async with database.transaction() as session:  # taking back what is gone is no error
        assert not await unrate(session, 1, 99, number_emoji(5))


@pytest.mark.parametrize("value", [-1, 6])
async def test_ratings_are_0_to_5(
    database: Database, new_diagrams: NewDiagrams, value: int
) -> None:
    [diagram] = await new_diagrams()
    with pytest.raises(ValueError, match="0–5"):
        async with database.transaction() as session:
            await rate(session, 1, diagram.id, value)


people = st.integers(1, 2)
values = st.integers(0, 5)
events = st.one_of(
    st.tuples(st.just("rate"), people, values),
    st.tuples(st.just("unrate"), people, values),
    st.tuples(st.just("clear"), st.none() | values),
    st.tuples(st.just("replace"), st.frozensets(st.tuples(people, values), max_size=4)),
)


@given(happened=st.lists(events, max_size=12))
@settings(
    max_examples=40,
    deadline=None,
    # One database serves every example; each has a diagram of its own.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_ratings_are_what_a_list_of_emojis_in_order_of_arrival_says(
    database: Database, new_diagrams: NewDiagrams, happened: list[tuple]
) -> None:
    [diagram] = await new_diagrams()
    emojis: dict[int, list[int]] = {1: [], 2: []}  # by person, in order of arrival
    async with database.transaction() as session:
        for number, (what, *how) in enumerate(happened):
            at = minute(number)
            match what, how:
                case "rate", (user_id, value):
                    await rate(session, user_id, diagram.id, value, at=at)
                    if value not in emojis[user_id]:
                        emojis[user_id].append(value)
                case "unrate", (user_id, value):
                    await unrate(session, user_id, diagram.id, number_emoji(value))
                    if value in emojis[user_id]:
                        emojis[user_id].remove(value)
                case "clear", (value,):
                    emoji = None if value is None else number_emoji(value)
                    await clear_ratings(session, diagram.id, emoji)
                    for numbers in emojis.values():
                        numbers[:] = [n for n in numbers if value not in (None, n)]
                case "replace", (pairs,):
                    await replace_ratings(session, diagram.id, marks(pairs), at=at)
                    for user_id, numbers in emojis.items():
                        wanted = {value for someone, value in pairs if someone == user_id}
                        new = sorted(wanted - set(numbers))
                        numbers[:] = [n for n in numbers if n in wanted] + new
            for user_id, numbers in emojis.items():
                expected = numbers[-1] if numbers else None
                assert await rating_of(session, user_id, diagram.id) == expected
        listed = {
            (rating.user_id, rating.value)
            for user_id in emojis
            for rating in await current_ratings(session, user_id)
            if rating.diagram_id == diagram.id
        }
    assert listed == {(user_id, numbers[-1]) for user_id, numbers in emojis.items() if numbers}


async def test_a_button_replaces_the_buttons_before_and_the_latest_of_all_counts(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    async with database.transaction() as session:
        await rate(session, 1, diagram.id, 2, at=minute(0))
        await set_rating(session, 1, diagram.id, 5, at=minute(1))
        await set_rating(session, 1, diagram.id, 0, at=minute(2))
    assert await current(database, 1, diagram.id) == 0
    async with database.transaction() as session:
        await rate(session, 1, diagram.id, 3, at=minute(3))
    assert await current(database, 1, diagram.id) == 3
    async with database.transaction() as session:
        await unrate(session, 1, diagram.id, number_emoji(3))
    assert await current(database, 1, diagram.id) == 0
    async with database.reading() as session:
        assert await marks_on(session, diagram.id) == marks([(1, 2)])


async def test_a_button_and_an_emoji_of_one_number_are_two_reasons_for_it(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    async with database.transaction() as session:
        await rate(session, 1, diagram.id, 4, at=minute(0))
        await set_rating(session, 1, diagram.id, 4, at=minute(1))
        assert not await rate(session, 1, diagram.id, 4, at=minute(2))
        assert await unrate(session, 1, diagram.id, number_emoji(4))
    assert await current(database, 1, diagram.id) == 4
    async with database.transaction() as session:
        assert await rate(session, 1, diagram.id, 4, at=minute(3))
        await set_rating(session, 1, diagram.id, 1, at=minute(4))
    assert await current(database, 1, diagram.id) == 1
    async with database.reading() as session:
        assert await marks_on(session, diagram.id) == marks([(1, 4)])


async def test_two_emojis_of_one_number_are_taken_back_one_by_one(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    async with database.transaction() as session:
        await rate(session, 1, diagram.id, 1, at=minute(0))
        await rate(session, 1, diagram.id, 5, emoji="👍", at=minute(1))
        await rate(session, 1, diagram.id, 5, emoji="❤️", at=minute(1))
        assert len(await current_ratings(session, 1)) == 1
        assert await unrate(session, 1, diagram.id, "👍")
    assert await current(database, 1, diagram.id) == 5
    async with database.transaction() as session:
        assert await clear_ratings(session, diagram.id, "❤️") == 1
    assert await current(database, 1, diagram.id) == 1


async def test_an_emoji_keeps_the_number_that_it_came_with(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    now = [Mark(user_id=user_id, emoji="👍", value=3) for user_id in (1, 2)]
    async with database.transaction() as session:
        await rate(session, 1, diagram.id, 5, emoji="👍")
        assert not await rate(session, 1, diagram.id, 3, emoji="👍")
        assert await replace_ratings(session, diagram.id, now) == 1
    assert await current(database, 1, diagram.id) == 5
    assert await current(database, 2, diagram.id) == 3


async def test_what_emojis_say_leaves_buttons_alone(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    async with database.transaction() as session:
        await rate(session, 1, diagram.id, 2, at=minute(0))
        await set_rating(session, 1, diagram.id, 5, at=minute(1))
        before = await last_change(session)
        assert await replace_ratings(session, diagram.id, marks([(1, 2)]), at=minute(2)) == 0
        assert await last_change(session) == before
        assert await replace_ratings(session, diagram.id, marks([(1, 3)]), at=minute(0)) == 2
        assert await clear_ratings(session, diagram.id) == 1
        assert await clear_ratings(session, diagram.id) == 0
    assert await current(database, 1, diagram.id) == 5
    async with database.reading() as session:
        assert await count_ratings(session) == 1


async def test_a_button_takes_no_value_outside_the_scale_and_no_diagram_that_is_not_there(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    with pytest.raises(ValueError, match="0–5"):
        async with database.transaction() as session:
            await set_rating(session, 1, diagram.id, 6)
    with pytest.raises(NotFound):
        async with database.transaction() as session:
            await set_rating(session, 1, diagram.id + 1, 4)
