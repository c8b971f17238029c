"""What people who share prefer, as the pairs that the language model learns from."""

from __future__ import annotations

import asyncio

from ml.language.preferences import Pair, pairs_of
from storage.choices import ChosenText, choices_of
from storage.database import Database
from storage.pairs import RatedText, rated_texts


async def preferred(database: Database) -> list[Pair]:
    """The pairs of ratings that are far enough apart, then those of answers to “A or B?”.

    Raises:
        DatabaseUnavailable: the database failed.
    """
    async with database.reading() as session:
        ratings, answers = await rated_texts(session), await choices_of(session)
    return await asyncio.to_thread(_pairs, ratings, answers)


def _pairs(ratings: list[RatedText], answers: list[ChosenText]) -> list[Pair]:
    return pairs_of(ratings) + [
        Pair(
            user_id=answer.user_id,
            description=answer.description,
            chosen=answer.chosen,
            rejected=answer.rejected,
        )
        for answer in answers
    ]
