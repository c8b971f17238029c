import sys
from collections.abc import Awaitable, Callable

import pytest

from jobs.learning import learn_preferences, learn_readability
from jobs.preferences import preferred
from jobs.trainer import Trainer
from storage.choices import choose
from storage.database import Database
from storage.diagrams import NewDiagram, add_diagrams
from storage.job_runs import RunOutcome, runs_of_job
from storage.people import set_consent
from storage.ratings import rate
from tests.jobs.conftest import TinyWorker, enough
from tests.storage.conftest import NewDiagrams, NewRequest

Rated = Callable[..., Awaitable[None]]

TRAINING = """
import json
print(json.dumps({"published": True, "version": "r2", "metrics": {}, "reason": "better"}))
"""


@pytest.fixture
def trainer(database: Database, worker: TinyWorker) -> Trainer:
    command = (sys.executable, "-c", TRAINING)
    return Trainer(database=database, worker=worker, shortage=enough, command=command)


@pytest.fixture
def rated(database: Database, new_diagrams: NewDiagrams) -> Rated:
    """Diagrams for one description that somebody who shares has rated with these numbers."""

    async def rated(*values: int, text: str = "0 start Begin\n") -> None:
        diagrams = await new_diagrams(len(values), user_id=1, text=text)
        async with database.transaction() as session:
            await set_consent(session, 1, True)
            for diagram, value in zip(diagrams, values, strict=True):
                await rate(session, 1, diagram.id, value)

    return rated


async def trainings(database: Database, kind: str) -> int:
    async with database.reading() as session:
        return len(await runs_of_job(session, f"retrain {kind}", 10))


async def test_readability_learns_once_there_is_enough_that_is_new(
    database: Database, trainer: Trainer, rated: Rated, worker: TinyWorker
) -> None:
    await rated(1, 5)
    few = await learn_readability(database, trainer, at_least=3)
    assert (few.outcome, few.detail) == (
        RunOutcome.SKIPPED,
        "2 new ratings to learn from, 3 are needed",
    )
    await rated(4)
    assert (await learn_readability(database, trainer, at_least=3)).detail == (
        "r2 published: better"
    )
    assert worker.reloads == 1
    again = await learn_readability(database, trainer, at_least=3)
    assert again.detail == "0 new ratings to learn from, 3 are needed"
    assert await trainings(database, "readability") == 1


async def test_a_training_that_runs_already_is_waited_for_until_the_next_night(
    database: Database, trainer: Trainer, rated: Rated
) -> None:
    await rated(1)
    trainer._kind = "sft"
    done = await learn_readability(database, trainer, at_least=1)
    assert done.outcome is RunOutcome.SKIPPED
    assert "sft is being trained" in done.detail


async def test_preferences_need_pairs_and_not_only_ratings(
    database: Database, trainer: Trainer, rated: Rated
) -> None:
    await rated(3, 3, 3)
    done = await learn_preferences(database, trainer, at_least=2, pairs=1)
    assert (done.outcome, done.detail) == (
        RunOutcome.SKIPPED,
        "0 pairs to learn from, 1 are needed",
    )
    assert await trainings(database, "orpo") == 0
    few = await learn_preferences(database, trainer, at_least=4, pairs=1)
    assert few.detail == "3 new ratings and 0 answers to learn from, 4 are needed"


async def test_preferences_are_learnt_once_there_are_enough_pairs(
    database: Database, trainer: Trainer, rated: Rated
) -> None:
    await rated(1)
    await rated(5, text="0 start Start\n1 end End\n")
    done = await learn_preferences(database, trainer, at_least=2, pairs=1)
    assert done.detail == "r2 published: better"
    assert await trainings(database, "orpo") == 1


async def test_answers_to_a_or_b_are_pairs_and_new_too(
    database: Database, trainer: Trainer, rated: Rated, new_request: NewRequest
) -> None:
    await rated()
    request = await new_request(user_id=1)
    scores = {"readability": 4.0, "taste": 2.5, "final": 6.5}
    async with database.transaction() as session:
        better, worse = await add_diagrams(
            session,
            request.id,
            [
                NewDiagram(rank=rank, text=text, scene="{}", versions={}, **scores)
                for rank, text in enumerate(("0 start Start\n", "0 start Begin\n"), start=1)
            ],
        )
        await choose(session, 1, better.id, worse.id)
    few = await learn_preferences(database, trainer, at_least=2, pairs=1)
    assert few.detail == "0 new ratings and 1 answers to learn from, 2 are needed"
    assert [(pair.chosen, pair.rejected) for pair in await preferred(database)] == [
        ("0 start Start\n", "0 start Begin\n")
    ]
    done = await learn_preferences(database, trainer, at_least=1, pairs=1)
    assert done.detail == "r2 published: better"
    again = await learn_preferences(database, trainer, at_least=1, pairs=1)
    assert again.detail == "0 new ratings and 0 answers to learn from, 1 are needed"
