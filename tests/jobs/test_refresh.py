import asyncio
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from numpy.typing import NDArray

from jobs.refresh import refresh, refresh_latents, refresh_taste
from ml.errors import ModelError, WorkerBusy, WorkerDied
from ml.scoring.taste import Basis, TasteStore
from ml.spec.scene import Scene
from storage.database import Database
from storage.job_runs import RunOutcome
from storage.latents import count_missing_latents, put_latents, rated_latents
from storage.ratings import number_emoji, rate, unrate
from tests.jobs.conftest import TinyWorker, scene_of
from tests.storage.conftest import NewDiagrams


async def missing(database: Database, encoder: str) -> int:
    async with database.reading() as session:
        return await count_missing_latents(session, encoder)


async def test_every_diagram_gets_a_latent_in_batches_once(
    database: Database, new_diagrams: NewDiagrams, worker: TinyWorker
) -> None:
    await new_diagrams(5, scene=scene_of(70).to_json())
    done = await refresh_latents(database, worker, batch=2)
    assert (done.encoded, done.failed, done.encoder) == (5, 0, "a1")
    assert [len(batch) for batch in worker.seen] == [2, 2, 1]
    assert await missing(database, "a1") == 0

    again = await refresh_latents(database, worker, batch=2)
    assert again.outcome is RunOutcome.SKIPPED
    assert len(worker.seen) == 3


async def test_latents_belong_to_their_diagrams(
    database: Database, new_diagrams: NewDiagrams, worker: TinyWorker
) -> None:
    [narrow] = await new_diagrams(scene=scene_of(10).to_json())
    [wide] = await new_diagrams(scene=scene_of(900).to_json())
    async with database.transaction() as session:
        await rate(session, 1, narrow.id, 1)
        await rate(session, 1, wide.id, 5)
    await refresh_latents(database, worker)
    async with database.reading() as session:
        _, latents, ratings = await rated_latents(session, "a1")
    assert latents[:, 0].tolist() == [10, 900]
    assert ratings.tolist() == [1, 5]


async def test_a_new_encoder_encodes_everything_again_and_the_old_latents_stay(
    database: Database, new_diagrams: NewDiagrams, worker: TinyWorker
) -> None:
    await new_diagrams(3, scene=scene_of().to_json())
    await refresh_latents(database, worker)
    worker.encoder = "a2"
    assert (await refresh_latents(database, worker)).encoded == 3
    assert await missing(database, "a1") == 0
    assert await missing(database, "a2") == 0


async def test_an_encoder_that_changes_half_way_is_used_for_all(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    class Changing(TinyWorker):
        async def encode(self, scenes: Sequence[Scene]) -> tuple[str, NDArray[np.float32]]:
            answer = await super().encode(scenes)
            self.encoder = "a2"
            return answer

    await new_diagrams(4, scene=scene_of().to_json())
    done = await refresh_latents(database, Changing(), batch=2)
    assert done.encoder == "a2"
    assert await missing(database, "a2") == 0
    assert await missing(database, "a1") == 2


async def test_a_scene_that_cannot_be_read_or_encoded_does_not_stop_the_others(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    class Picky(TinyWorker):
        async def encode(self, scenes: Sequence[Scene]) -> tuple[str, NDArray[np.float32]]:
            if any(scene.shapes[0].width == 13 for scene in scenes):
                raise ModelError("not this one")
            return await super().encode(scenes)

    for scene in ("broken", scene_of(13).to_json(), scene_of(1).to_json(), scene_of(2).to_json()):
        await new_diagrams(scene=scene)
    worker = Picky()
    done = await refresh_latents(database, worker, batch=3)
    assert (done.encoded, done.failed) == (2, 2)
    assert "2 cannot be encoded" in done.detail
    assert await missing(database, "a1") == 2


async def test_a_refresh_that_is_killed_goes_on_where_it_was(
    database: Database, new_diagrams: NewDiagrams, worker: TinyWorker
) -> None:
    class Dying(TinyWorker):
        async def encode(self, scenes: Sequence[Scene]) -> tuple[str, NDArray[np.float32]]:
            if self.seen:
                raise WorkerDied("the worker ended")
            return await super().encode(scenes)

    inside = asyncio.Event()

    class Hanging(TinyWorker):
        async def encode(self, scenes: Sequence[Scene]) -> tuple[str, NDArray[np.float32]]:
            if self.seen:
                inside.set()
                await asyncio.Event().wait()
            return await super().encode(scenes)

    await new_diagrams(6, scene=scene_of().to_json())
    with pytest.raises(WorkerDied):
        await refresh_latents(database, Dying(), batch=2)
    assert await missing(database, "a1") == 4

    refreshing = asyncio.create_task(refresh_latents(database, Hanging(), batch=2))
    await inside.wait()
    refreshing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await refreshing
    assert await missing(database, "a1") == 2

    assert (await refresh_latents(database, worker)).encoded == 2


async def test_people_go_first_when_the_worker_is_busy(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    class Busy(TinyWorker):
        async def encode(self, scenes: Sequence[Scene]) -> tuple[str, NDArray[np.float32]]:
            if self.seen:
                raise WorkerBusy("20 requests wait")
            return await super().encode(scenes)

    await new_diagrams(4, scene=scene_of().to_json())
    done = await refresh_latents(database, Busy(), batch=3)
    assert (done.encoded, done.complete, done.outcome) == (3, False, RunOutcome.OK)
    assert "the rest waits for the worker" in done.detail


async def test_taste_follows_the_ratings(
    database: Database, new_diagrams: NewDiagrams, worker: TinyWorker
) -> None:
    tastes = TasteStore()
    diagrams = await new_diagrams(2, scene=scene_of().to_json())
    await refresh_latents(database, worker)
    async with database.transaction() as session:
        for diagram in diagrams:
            await rate(session, 1, diagram.id, 5)

    assert (await refresh_taste(database, tastes, "a1")).ratings == 2
    assert tastes.current.encoder == "a1"
    [mine] = tastes.current.predict(1, np.array([[100, 1]], np.float32))
    assert mine.basis is Basis.OWN
    assert mine.value > 2.5

    async with database.transaction() as session:
        await unrate(session, 1, diagrams[0].id, number_emoji(5))
    assert (await refresh_taste(database, tastes, "a1")).ratings == 1


async def test_taste_is_not_built_again_when_nothing_changed(
    database: Database, new_diagrams: NewDiagrams, worker: TinyWorker
) -> None:
    tastes = TasteStore()
    [diagram] = await new_diagrams(scene=scene_of().to_json())
    async with database.transaction() as session:
        await rate(session, 1, diagram.id, 5)
    await refresh(database, worker, tastes)
    index = tastes.current

    unchanged = await refresh(database, worker, tastes)
    assert unchanged.outcome is RunOutcome.SKIPPED
    assert tastes.current is index

    await new_diagrams(scene=scene_of().to_json())  # that nobody rated
    assert (await refresh(database, worker, tastes)).outcome is RunOutcome.OK
    assert tastes.current is index


async def test_a_latent_that_comes_later_brings_its_rating_in(
    database: Database, new_diagrams: NewDiagrams
) -> None:
    tastes = TasteStore()
    [diagram] = await new_diagrams()
    async with database.transaction() as session:
        await rate(session, 1, diagram.id, 5)
    assert (await refresh_taste(database, tastes, "a1")).ratings == 0
    async with database.transaction() as session:
        await put_latents(session, "a1", [(diagram.id, np.ones(2, np.float32))])
    assert (await refresh_taste(database, tastes, "a1")).ratings == 1


async def test_taste_switches_to_a_new_encoder_after_its_latents_are_there(
    database: Database, new_diagrams: NewDiagrams, worker: TinyWorker
) -> None:
    tastes = TasteStore()
    diagrams = await new_diagrams(3, scene=scene_of().to_json())
    async with database.transaction() as session:
        for diagram in diagrams:
            await rate(session, 1, diagram.id, 5)
    await refresh(database, worker, tastes)
    worker.encoder = "a2"
    await refresh(database, worker, tastes)
    assert tastes.current.encoder == "a2"
    assert len(tastes.current) == 3


async def test_taste_stays_with_the_old_encoder_while_the_new_one_has_seen_only_some(
    database: Database, new_diagrams: NewDiagrams, worker: TinyWorker
) -> None:
    class Busy(TinyWorker):
        async def encode(self, scenes: Sequence[Scene]) -> tuple[str, NDArray[np.float32]]:
            if self.seen:
                raise WorkerBusy("people first")
            return await super().encode(scenes)

    tastes = TasteStore()
    diagrams = await new_diagrams(20, scene=scene_of().to_json())
    async with database.transaction() as session:
        for diagram in diagrams:
            await rate(session, 1, diagram.id, 5)
    await refresh(database, worker, tastes)
    said = await refresh(database, Busy("a2"), tastes)
    assert "the rest waits for the worker; taste: still of a1" in said.detail
    assert (tastes.current.encoder, len(tastes.current)) == ("a1", 20)
    worker.encoder = "a2"
    await refresh(database, worker, tastes)
    assert (tastes.current.encoder, len(tastes.current)) == ("a2", 20)


KILLED = """
    import asyncio, sys
    from jobs.refresh import refresh_latents
    from storage.database import Database
    from tests.jobs.conftest import TinyWorker

    class Hanging(TinyWorker):
        async def encode(self, scenes):
            if len(self.seen) == 2:
                print("in the middle", flush=True)
                await asyncio.Event().wait()
            return await super().encode(scenes)

    async def main():
        async with Database(sys.argv[1]) as database:
            await refresh_latents(database, Hanging(), batch=2)

    asyncio.run(main())
    """


def refresh_and_be_killed(url: str) -> None:
    command = [sys.executable, "-c", textwrap.dedent(KILLED), url]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"in the middle\n"
        process.kill()


async def test_a_process_that_is_killed_in_a_refresh_loses_a_batch_and_doubles_nothing(
    database: Database, new_diagrams: NewDiagrams, worker: TinyWorker
) -> None:
    if database.file is None:
        pytest.skip("the process opens a file")
    diagrams = await new_diagrams(7, scene=scene_of().to_json())
    async with database.transaction() as session:
        for diagram in diagrams:
            await rate(session, 1, diagram.id, 4)
    await asyncio.to_thread(refresh_and_be_killed, f"sqlite:///{database.file}")
    assert await missing(database, "a1") == 3
    assert (await refresh_latents(database, worker, batch=2)).encoded == 3
    assert await missing(database, "a1") == 0
    async with database.reading() as session:
        _, latents, _ = await rated_latents(session, "a1")
    assert len(latents) == 7


async def test_what_somebody_rated_lately_says_more_than_what_they_rated_before(
    database: Database, new_diagrams: NewDiagrams, worker: TinyWorker
) -> None:
    lately, before = zip(
        *[await new_diagrams(2, scene=scene_of(width).to_json()) for width in range(1, 13)],
        strict=True,
    )
    async with database.transaction() as session:
        for day, diagram in enumerate([*before, *lately]):
            at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)
            await rate(session, 1, diagram.id, 0 if day < 12 else 5, at=at)
            await rate(session, 2, diagram.id, 5 if day < 12 else 0, at=at)
    await refresh_latents(database, worker)
    tastes = TasteStore()
    await refresh_taste(database, tastes, "a1")
    _, latents = await worker.encode([scene_of(6)])
    (liked,) = tastes.current.predict(1, latents)
    (disliked,) = tastes.current.predict(2, latents)
    assert liked.value > disliked.value + 0.01  # the same, if all ratings counted the same
