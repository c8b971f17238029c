import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from jobs.learning import learn_preferences, learn_readability
from jobs.preferences import preferred
from jobs.trainer import Trainer
from ml.errors import ModelError
from ml.language.orpo import OrpoSettings
from ml.language.preferences import FEWEST_PAIRS
from ml.language.tune import tune_and_publish
from ml.registry import Registry
from storage.choices import choose
from storage.database import Database
from storage.diagrams import NewDiagram, add_diagrams
from storage.job_runs import RunOutcome, runs_of_job
from storage.people import set_consent
from storage.ratings import rate
from storage.requests import add_request
from tests.jobs.conftest import TinyWorker, enough
from tests.storage.conftest import NewDiagrams

Rated = Callable[..., Awaitable[None]]
Liked = Callable[..., Awaitable[None]]

BETTER, WORSE = "0 start Start\n", "0 start Begin\n"

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

    async def rated(*values: int) -> None:
        diagrams = await new_diagrams(len(values), user_id=1, text=BETTER)
        async with database.transaction() as session:
            await set_consent(session, 1, True)
            for diagram, value in zip(diagrams, values, strict=True):
                await rate(session, 1, diagram.id, value)

    return rated


@pytest.fixture
def liked(database: Database) -> Liked:
    """Descriptions for which somebody who shares likes the better of two diagrams.

    They rate them, or say so `by_choice`.
    """

    async def liked(
        count: int,
        *,
        name: str = "description",
        better: str = BETTER,
        worse: str = WORSE,
        by_choice: bool = False,
    ) -> None:
        async with database.transaction() as session:
            await set_consent(session, 1, True)
            for number in range(count):
                request = await add_request(
                    session,
                    user_id=1,
                    guild_id=10,
                    channel_id=20,
                    description=f"{name} {number}",
                    count=2,
                    top=2,
                    seed=1,
                )
                one, other = await add_diagrams(
                    session,
                    request.id,
                    [
                        NewDiagram(
                            rank=rank,
                            text=text,
                            scene="{}",
                            readability=4.0,
                            taste=2.5,
                            final=6.5,
                            versions={},
                        )
                        for rank, text in enumerate((better, worse), start=1)
                    ],
                )
                if by_choice:
                    await choose(session, 1, one.id, other.id)
                else:
                    await rate(session, 1, one.id, 5)
                    await rate(session, 1, other.id, 1)

    return liked


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
    assert done.outcome is RunOutcome.SKIPPED
    assert "one diagram to another in 0 pairs" in done.detail
    assert await trainings(database, "orpo") == 0
    few = await learn_preferences(database, trainer, at_least=4, pairs=1)
    assert few.detail == "3 new ratings and 0 answers to learn from, 4 are needed"


async def test_preferences_are_learnt_once_there_are_enough_pairs(
    database: Database, trainer: Trainer, liked: Liked
) -> None:
    await liked(FEWEST_PAIRS)
    more = await learn_preferences(database, trainer, at_least=2, pairs=FEWEST_PAIRS + 1)
    assert f"in {FEWEST_PAIRS} pairs" in more.detail
    assert f"it takes {FEWEST_PAIRS + 1}" in more.detail
    done = await learn_preferences(database, trainer, at_least=2, pairs=1)
    assert done.detail == "r2 published: better"
    assert await trainings(database, "orpo") == 1


async def test_the_job_waits_for_as_many_pairs_as_the_tuning_wants(
    database: Database, trainer: Trainer, liked: Liked, tmp_path: Path
) -> None:
    async def refused() -> str:
        """Why the tuning itself does not begin."""
        registry = Registry(root=tmp_path, shipped=tmp_path)
        with pytest.raises(ModelError) as refusal:
            tune_and_publish(
                registry,
                await preferred(database),
                model="none",
                cache=tmp_path,
                device="cpu",
                out=tmp_path / "out",
                settings=OrpoSettings(),
                report=lambda stage, done: None,
            )
        return str(refusal.value)

    # The last two are no pairs once they are spelled alike or taken both ways.
    await liked(FEWEST_PAIRS - 1)
    await liked(1, name="the same text", better="0 start Begin", worse="0 start  Begin\n")
    await liked(1, name="both ways")
    await liked(1, name="both ways", better=WORSE, worse=BETTER)
    done = await learn_preferences(database, trainer, at_least=1, pairs=1)
    assert done.outcome is RunOutcome.SKIPPED
    assert f"in {FEWEST_PAIRS - 1} pairs" in done.detail
    assert await refused() == done.detail
    await liked(1, name="one more")
    assert "train one first" in await refused()
    assert (await learn_preferences(database, trainer, at_least=1, pairs=1)).outcome is (
        RunOutcome.OK
    )


async def test_answers_to_a_or_b_are_pairs_and_new_too(
    database: Database, trainer: Trainer, liked: Liked
) -> None:
    await liked(FEWEST_PAIRS, by_choice=True)
    few = await learn_preferences(database, trainer, at_least=FEWEST_PAIRS + 1, pairs=1)
    assert few.detail == (
        f"0 new ratings and {FEWEST_PAIRS} answers to learn from, {FEWEST_PAIRS + 1} are needed"
    )
    assert {(pair.chosen, pair.rejected) for pair in await preferred(database)} == {(BETTER, WORSE)}
    done = await learn_preferences(database, trainer, at_least=1, pairs=1)
    assert done.detail == "r2 published: better"
    again = await learn_preferences(database, trainer, at_least=1, pairs=1)
    assert again.detail == "0 new ratings and 0 answers to learn from, 1 are needed"
