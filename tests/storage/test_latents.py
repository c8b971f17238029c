from datetime import UTC, datetime

import numpy as np
import pytest

from storage.database import Database
from storage.latents import (
    count_missing_latents,
    count_rated_latents,
    missing_latents,
    prune_latents,
    put_latents,
    rated_latents,
)
from storage.ratings import number_emoji, rate, unrate
from tests.storage.conftest import NewDiagrams


def latent(*numbers: float) -> np.ndarray:
    return np.array(numbers, np.float32)


async def test_diagrams_lack_a_latent_for_each_encoder_by_itself(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    first, second, third = await new_diagrams(3, scene="scene")
    async with database.transaction() as session:
        assert await put_latents(session, "a1", [(second.id, latent(1, 2))]) == 1
        assert await missing_latents(session, "a1", 10) == [
            (first.id, "scene"),
            (third.id, "scene"),
        ]
        assert await missing_latents(session, "a1", 1) == [(first.id, "scene")]
        assert await missing_latents(session, "a1", 1, after=first.id) == [(third.id, "scene")]
        assert await count_missing_latents(session, "a1") == 2
        assert await count_missing_latents(session, "a2") == 3


async def test_current_ratings_come_with_their_latents(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    first, second, unseen = await new_diagrams(3)
    async with database.transaction() as session:
        await put_latents(
            session, "a1", [(first.id, latent(0.1, -2)), (second.id, latent(3, 1e-30))]
        )
        await rate(session, 2**62, first.id, 5)
        await rate(session, 7, first.id, 1)
        await rate(session, 7, first.id, 4)
        await rate(session, 7, second.id, 0)
        await rate(session, 7, unseen.id, 3)
        await rate(session, 8, second.id, 3)
        await unrate(session, 8, second.id, number_emoji(3))
        user_ids, latents, ratings = await rated_latents(session, "a1")
        assert await count_rated_latents(session, "a1") == 3
    assert user_ids.tolist() == [7, 7, 2**62]
    assert ratings.tolist() == [4, 0, 5]
    assert latents.tolist() == np.array([[0.1, -2], [3, 1e-30], [0.1, -2]], np.float32).tolist()
    assert (user_ids.dtype, latents.dtype, ratings.dtype) == (np.int64, np.float32, np.float32)


async def test_a_persons_oldest_rating_comes_first(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    first, second = await new_diagrams(2)
    async with database.transaction() as session:
        await put_latents(session, "a1", [(first.id, latent(1)), (second.id, latent(2))])
        await rate(session, 7, first.id, 5, at=datetime(2026, 2, 1, tzinfo=UTC))
        await rate(session, 7, second.id, 1, at=datetime(2026, 1, 1, tzinfo=UTC))
        _, _, ratings = await rated_latents(session, "a1")
    assert ratings.tolist() == [1, 5]


async def test_without_ratings_there_is_nothing_of_the_right_type(database: Database) -> None:
    async with database.reading() as session:
        user_ids, latents, ratings = await rated_latents(session, "a1")
    assert (user_ids.shape, latents.shape, ratings.shape) == ((0,), (0, 0), (0,))
    assert (user_ids.dtype, latents.dtype, ratings.dtype) == (np.int64, np.float32, np.float32)


async def test_putting_again_replaces_and_deleted_diagrams_are_left_out(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    async with database.transaction() as session:
        await rate(session, 1, diagram.id, 5)
        await put_latents(session, "a1", [(diagram.id, latent(1))])
        assert await put_latents(session, "a1", [(diagram.id, latent(2)), (99, latent(3))]) == 1
        assert await put_latents(session, "a1", []) == 0
        _, latents, _ = await rated_latents(session, "a1")
    assert latents.tolist() == [[2]]


@pytest.mark.parametrize("wrong", [latent(), latent(np.nan), np.zeros((2, 2), np.float32)])
async def test_what_is_no_latent_is_refused(
    database: Database, new_diagrams: NewDiagrams, wrong: np.ndarray
) -> None:
    [diagram] = await new_diagrams()
    with pytest.raises(ValueError, match="vector of finite numbers"):
        async with database.transaction() as session:
            await put_latents(session, "a1", [(diagram.id, wrong)])


async def test_latents_of_encoders_that_are_not_kept_go(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    [diagram] = await new_diagrams()
    async with database.transaction() as session:
        for encoder in ("a1", "a2", "a3"):
            await put_latents(session, encoder, [(diagram.id, latent(1))])
        assert await prune_latents(session, ["a2", "a3"]) == 1
        assert await count_missing_latents(session, "a1") == 1
        assert await count_missing_latents(session, "a2") == 0
