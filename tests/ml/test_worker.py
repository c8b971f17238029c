"""The worker with its real process and tiny models."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import pytest_asyncio

from ml.candidate import DrawJob, Progress
from ml.config import ModelConfig
from ml.drawing.layout import place
from ml.errors import Cancelled, DeadlinePassed, ModelError, WorkerBusy, WorkerDied
from ml.registry import ModelKind, Registry
from ml.scoring.readability import ReadabilityEnsemble
from ml.spec.model import Direction, Palette
from ml.spec.text import parse_spec
from ml.worker import Worker, WorkerConfig
from tests.tiny import DESCRIPTION, tiny_installation

pytestmark = pytest.mark.asyncio(loop_scope="module")

LONG = 24
"""So many candidates that the process is busy for a while."""
SCENE = place(parse_spec("0 data Read\n1 process Clean\n2 model Train\n"))


def job(id: str, *, count: int = 2, description: str = DESCRIPTION) -> DrawJob:
    return DrawJob(id=id, description=description, count=count, seed=3)


def long_job(id: str) -> DrawJob:
    return job(id, count=LONG)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> ModelConfig:
    return tiny_installation(tmp_path_factory.mktemp("models"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def worker(models: ModelConfig) -> AsyncIterator[Worker]:
    config = WorkerConfig(models=models, queue_size=6, grace_seconds=8)
    async with Worker(config=config) as worker:
        await worker.ready()
        yield worker


class Heard:
    """The progress of a job. Its status is no moment to wait for: it can be over between looks."""

    def __init__(self) -> None:
        self._news = asyncio.Event()

    def __call__(self, _: Progress) -> None:
        self._news.set()

    async def next(self) -> None:
        """Until the process says that it works on the job."""
        self._news.clear()
        async with asyncio.timeout(120):
            await self._news.wait()


async def restarted(worker: Worker, times: int) -> None:
    async with asyncio.timeout(120):
        while worker.status.restarts < times:  # noqa: ASYNC110  a status is looked at
            await asyncio.sleep(0.01)


def process_of(worker: Worker) -> int:
    """The process id of a worker, from the system's own list of this process's children."""
    children = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    ids = [int(id) for path in children for id in path.read_text().split()]
    (found,) = [id for id in ids if b"spawn_main" in Path(f"/proc/{id}/cmdline").read_bytes()]
    return found


async def test_a_job_gives_scored_candidates_and_says_how_far_it_is(worker: Worker) -> None:
    news: list[Progress] = []
    result = await worker.draw(job("one"), progress=news.append)
    assert len(result.candidates) == 2
    assert result.versions == await worker.ready()
    for candidate in result.candidates:
        assert candidate.png.startswith(b"\x89PNG")
        assert 0 <= candidate.readability <= 5
        assert candidate.latent.dtype == np.float32
        assert candidate.violations.total == 0
        assert candidate.finished
    fractions = [one.fraction for one in news]
    assert fractions == sorted(fractions)
    assert {one.job_id for one in news} == {"one"}


async def test_given_texts_are_drawn_and_scored_as_they_are(worker: Worker) -> None:
    texts = ("down green\n0 data  Read\n1 model Train\n", "0 nothing\n", "0 data Read\n")
    news: list[Progress] = []
    given = replace(job("given", count=3, description="no model knows this"), texts=texts)
    alone, (beside, written) = (
        await worker.draw(given, progress=news.append),
        await asyncio.gather(worker.draw(replace(given, id="beside")), worker.draw(job("written"))),
    )
    assert [c.text for c in alone.candidates] == [texts[0], texts[2]]
    assert alone.dropped == 1
    assert [c.text for c in beside.candidates] == [texts[0], texts[2]]
    assert len(written.candidates) == 2
    assert [one.stage for one in news] == ["drawing"]
    assert alone.candidates[0].latent.shape == written.candidates[0].latent.shape


async def test_what_the_process_logs_is_logged_by_the_bot(
    worker: Worker, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="ml.pipeline"):
        await worker.draw(replace(job("given", count=1), texts=("0 nothing\n",)))
    assert ("ml.pipeline", logging.INFO, "a text was dropped: SpecError") in caplog.record_tuples


async def test_a_wanted_style_wins_over_what_the_model_writes(worker: Worker) -> None:
    result = await worker.draw(replace(job("styled"), style=(Palette.PINK, Direction.DOWN)))
    assert len(result.candidates) == 2
    for candidate in result.candidates:
        style = parse_spec(candidate.text).style
        assert candidate.spec.style == style
        assert (style.palette, style.direction) == (Palette.PINK, Direction.DOWN)


async def test_the_same_seed_gives_the_same_candidates(worker: Worker) -> None:
    first, again = await worker.draw(job("a")), await worker.draw(job("b"))
    assert [c.text for c in first.candidates] == [c.text for c in again.candidates]


async def test_jobs_that_wait_are_written_in_one_batch_and_have_places(worker: Worker) -> None:
    together: list[int] = []

    def count(_: Progress) -> None:
        together.append(worker.status.running)

    heard = Heard()
    blocker = asyncio.create_task(worker.draw(long_job("blocker"), progress=heard))
    await heard.next()
    waiting = [
        asyncio.create_task(worker.draw(job(name), progress=count)) for name in ("x", "y", "z")
    ]
    await asyncio.sleep(0)
    assert [worker.place_in_queue(name) for name in ("blocker", "x", "y", "z")] == [None, 0, 1, 2]
    assert worker.status.queued == 3
    await asyncio.gather(blocker, *waiting)
    assert set(together) == {3}


async def test_a_full_queue_refuses_politely_and_takes_on_again_later(worker: Worker) -> None:
    taken = [asyncio.create_task(worker.draw(job(f"full{k}"))) for k in range(6)]
    await asyncio.sleep(0)
    with pytest.raises(WorkerBusy, match="6 requests"):
        await worker.draw(job("seventh"))
    await asyncio.gather(*taken)
    assert (await worker.draw(job("eighth"))).candidates


async def test_waiting_and_running_jobs_can_be_cancelled(worker: Worker) -> None:
    heard = Heard()
    running = asyncio.create_task(worker.draw(long_job("running"), progress=heard))
    await heard.next()
    waiting = asyncio.create_task(worker.draw(job("waiting")))
    await asyncio.sleep(0)
    assert worker.cancel("waiting")
    assert worker.cancel("running")
    assert not worker.cancel("nobody")
    for task in (running, waiting):
        with pytest.raises(Cancelled):
            await task
    assert (await worker.draw(job("after"))).candidates


async def test_a_job_that_cannot_be_written_fails_alone(worker: Worker) -> None:
    bad = asyncio.create_task(worker.draw(job("bad", description="x" * 9_000)))
    good = asyncio.create_task(worker.draw(job("good")))
    with pytest.raises(ModelError, match="tokens"):
        await bad
    assert (await good).candidates
    assert worker.status.restarts == 0


async def test_scenes_are_encoded_and_scored(worker: Worker) -> None:
    encoder, latents = await worker.encode([SCENE, SCENE])
    assert encoder == (await worker.ready()).autoencoder
    assert latents.shape[0] == 2
    np.testing.assert_allclose(latents[0], latents[1])
    assert (await worker.score([SCENE])).shape == (1,)


@pytest.mark.parametrize("transparent", [False, True])
async def test_a_scene_is_drawn_to_be_taken_away(worker: Worker, transparent: bool) -> None:
    png = await worker.picture(SCENE, scale=0.5, transparent=transparent)
    image = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED)
    assert image.shape == (300, 500, 4 if transparent else 3)


async def test_a_picture_does_not_wait_for_what_is_being_drawn(worker: Worker) -> None:
    begun = asyncio.Event()
    drawing = asyncio.create_task(
        worker.draw(job("before", count=24), progress=lambda _: begun.set())
    )
    await begun.wait()
    await worker.picture(SCENE, scale=0.5, transparent=False)
    assert not drawing.done()
    worker.cancel("before")
    with pytest.raises(Cancelled):
        await drawing


async def test_a_new_version_is_taken_up_between_batches(
    worker: Worker, models: ModelConfig
) -> None:
    ensemble = ReadabilityEnsemble(folds=2)
    version = Registry(root=models.versions).publish(
        ModelKind.READABILITY,
        ensemble.save,
        config=ensemble.config,
        metrics={},
        data_hash="none",
        seed=1,
    )
    before = (await worker.ready()).readability
    drawing = asyncio.create_task(worker.draw(job("meanwhile")))
    await asyncio.sleep(0)
    assert (await worker.reload()).readability == version.name != before
    assert (await drawing).versions.readability == before
    assert (await worker.draw(job("later"))).versions.readability == version.name


async def test_a_process_that_dies_is_started_again_with_what_it_held(worker: Worker) -> None:
    heard = Heard()
    held = asyncio.create_task(worker.draw(long_job("held"), progress=heard))
    await heard.next()
    waiting = asyncio.create_task(worker.draw(job("waiting too")))
    await asyncio.sleep(0)
    os.kill(process_of(worker), signal.SIGKILL)
    assert len((await held).candidates) == LONG
    assert (await waiting).candidates
    assert worker.status.restarts == 1


async def test_a_job_whose_process_dies_twice_is_given_up_and_the_others_are_not(
    worker: Worker,
) -> None:
    before = worker.status.restarts
    heard = Heard()
    poison = asyncio.create_task(worker.draw(long_job("poison"), progress=heard))
    for death in (1, 2):
        await heard.next()
        if death == 1:
            other = asyncio.create_task(worker.draw(job("innocent")))
            await asyncio.sleep(0)
        os.kill(process_of(worker), signal.SIGKILL)
        await restarted(worker, before + death)
    with pytest.raises(WorkerDied, match="twice"):
        await poison
    assert (await other).candidates


async def test_a_deadline_ends_a_job_and_the_worker_goes_on(models: ModelConfig) -> None:
    config = WorkerConfig(models=models, deadline_seconds=0.05)
    async with Worker(config=config) as worker:
        with pytest.raises(DeadlinePassed):
            await worker.draw(job("late"))
        await worker.ready()
        assert worker.status.running == 0


async def test_models_that_cannot_be_loaded_are_said_to_everybody(
    models: ModelConfig, tmp_path: Path
) -> None:
    missing = replace(models, model=str(tmp_path / "nothing here"))
    async with Worker(config=WorkerConfig(models=missing)) as worker:
        early = asyncio.create_task(worker.draw(job("early")))
        with pytest.raises(ModelError, match="nothing here"):
            await worker.ready()
        with pytest.raises(ModelError, match="nothing here"):
            await early
        with pytest.raises(ModelError, match="nothing here"):
            await worker.draw(job("late"))


async def test_an_unforeseen_failure_to_load_is_said_and_does_not_start_it_for_ever(
    models: ModelConfig,
) -> None:
    broken = replace(models, versions=None)  # type: ignore[arg-type]
    async with Worker(config=WorkerConfig(models=broken)) as worker:
        with pytest.raises(ModelError, match="TypeError"):
            await worker.ready()
        assert worker.status.restarts == 0


async def test_stopping_answers_whoever_still_waits(models: ModelConfig) -> None:
    worker = Worker(config=WorkerConfig(models=models))
    await worker.start()
    waiting = asyncio.create_task(worker.draw(job("waiting")))
    await asyncio.sleep(0)
    await worker.stop()
    with pytest.raises(WorkerDied):
        await waiting
    assert not worker.status.alive
