import asyncio
import os
import sys
import textwrap
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from jobs.errors import Shortage, TrainingBusy, TrainingCancelled, TrainingFailed
from jobs.retrain import TrainingProgress, retrain
from jobs.summary import Summary
from jobs.trainer import Trainer
from ml.candidate import Versions
from ml.errors import WorkerDied
from storage.database import Database
from storage.job_runs import RunOutcome, runs_of_job
from tests.jobs.conftest import TinyWorker, enough

Command = Callable[[str], list[str]]

PUBLISHED = {"published": True, "version": "r2", "metrics": {"mae": 0.5}, "reason": "beats r1"}


@pytest.fixture
def training(tmp_path: Path) -> Command:
    """The command of a training that runs these lines of Python; `kind` and `say` are there."""

    def make(lines: str) -> list[str]:
        file = tmp_path / "training.py"
        before = """\
            import json, os, signal, sys, time
            kind = sys.argv[1]
            assert sys.argv[2:] == ["--json-progress"]
            def say(**what):
                print(json.dumps(what), flush=True)
            """
        file.write_text(textwrap.dedent(before) + textwrap.dedent(lines))
        return [sys.executable, str(file)]

    return make


def saying(result: dict[str, object]) -> str:
    return f"say(**{result!r})"


async def test_progress_is_passed_on_and_the_worker_takes_up_what_was_published(
    training: Command, worker: TinyWorker
) -> None:
    seen: list[TrainingProgress] = []
    command = training(
        """
        say(stage="fold 1", fraction=0.25)
        print("Epoch 1: nothing that a machine reads")
        print("[1, 2]")
        say(stage=f"training {kind}", fraction=7)
        """
        + saying(PUBLISHED)
    )
    done = await retrain("readability", worker=worker, progress=seen.append, command=command)
    assert seen == [
        TrainingProgress(stage="fold 1", fraction=0.25),
        TrainingProgress(stage="training readability", fraction=1.0),
    ]
    assert (done.published, done.version, done.metrics) == (True, "r2", {"mae": 0.5})
    assert done.detail == "r2 published: beats r1"
    assert worker.reloads == 1


async def test_what_was_not_published_leaves_the_worker_alone(
    training: Command, worker: TinyWorker
) -> None:
    result = {"published": False, "version": "r2", "metrics": {}, "reason": "no better than r1"}
    done = await retrain("readability", worker=worker, command=training(saying(result)))
    assert not done.published
    assert done.detail == "r2 not published: no better than r1"
    assert worker.reloads == 0


@pytest.mark.parametrize(("kind", "refreshes"), [("autoencoder", 1), ("readability", 0)])
async def test_latents_are_refreshed_after_a_new_autoencoder_only(
    training: Command, worker: TinyWorker, kind: str, refreshes: int
) -> None:
    refreshed = []

    async def refresh() -> None:
        assert worker.reloads == 1
        refreshed.append(kind)

    await retrain(kind, worker=worker, refresh=refresh, command=training(saying(PUBLISHED)))
    assert len(refreshed) == refreshes


async def test_a_refresh_that_fails_does_not_undo_the_training(
    training: Command, worker: TinyWorker
) -> None:
    async def raises() -> None:
        raise WorkerDied("gone")

    async def reports() -> Summary:
        return Summary(detail="gone", outcome=RunOutcome.FAILED)

    for refresh in (raises, reports):
        done = await retrain(
            "autoencoder", worker=worker, refresh=refresh, command=training(saying(PUBLISHED))
        )
        assert done.published
        assert "the latents follow later (gone)" in done.detail


async def test_a_training_that_fails_says_how_it_ended(
    training: Command, worker: TinyWorker
) -> None:
    command = training(
        r"""
        sys.stderr.write("  0%|    |\r 50%|##  |\n" * 500)
        sys.stderr.write("RuntimeError: out of memory\n")
        sys.exit(3)
        """
    )
    with pytest.raises(TrainingFailed, match=r"status 3: [\s\S]*out of memory$") as caught:
        await retrain("readability", worker=worker, command=command)
    assert len(str(caught.value).splitlines()) == 20
    assert worker.reloads == 0


async def test_a_training_that_ends_without_a_result_failed(
    training: Command, worker: TinyWorker
) -> None:
    with pytest.raises(TrainingFailed, match="ended without a result"):
        await retrain("readability", worker=worker, command=training("say(stage='x', fraction=1)"))


async def test_a_training_that_cannot_be_started_failed(worker: TinyWorker) -> None:
    with pytest.raises(TrainingFailed, match="could not be started"):
        await retrain("readability", worker=worker, command=["/nowhere/python"])


async def test_a_worker_that_cannot_take_it_up_is_named(training: Command) -> None:
    class Dead(TinyWorker):
        async def reload(self) -> Versions:
            raise WorkerDied("it ended")

    with pytest.raises(TrainingFailed, match="r2 was published but not taken up: it ended"):
        await retrain("readability", worker=Dead(), command=training(saying(PUBLISHED)))


async def test_the_training_runs_at_low_priority(training: Command, worker: TinyWorker) -> None:
    # It may look before its priority is lowered, so it waits for it.
    command = training(
        """
        end = time.monotonic() + 60
        while os.nice(0) < 15 and time.monotonic() < end:
            time.sleep(0.01)
        say(published=False, version="", metrics={"nice": os.nice(0)}, reason="")
        """
    )
    done = await retrain("readability", worker=worker, command=command)
    assert done.metrics["nice"] >= 15
    assert os.nice(0) < 15


async def test_a_line_that_is_too_long_is_dropped(training: Command, worker: TinyWorker) -> None:
    command = training("print('x' * 3_000_000)\n" + saying(PUBLISHED))
    assert (await retrain("readability", worker=worker, command=command)).published


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


HANG = """
    import subprocess
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    say(stage=f"{os.getpid()} {child.pid}", fraction=0.1)
    time.sleep(60)
    """


async def test_a_training_that_takes_too_long_is_ended(
    training: Command, worker: TinyWorker
) -> None:
    with pytest.raises(TrainingFailed, match=r"was stopped after 0:00:00\.3"):
        await retrain(
            "readability",
            worker=worker,
            command=training("time.sleep(60)"),
            longest=timedelta(seconds=0.3),
        )


async def test_cancelling_ends_the_process_and_its_children_and_is_recorded(
    training: Command, worker: TinyWorker, database: Database
) -> None:
    trainer = Trainer(database=database, worker=worker, shortage=enough, command=training(HANG))
    assert not trainer.cancel()
    started = asyncio.Event()
    task = asyncio.create_task(trainer.retrain("readability", progress=lambda _: started.set()))
    async with asyncio.timeout(60):
        await started.wait()
    assert trainer.running == "readability"
    assert trainer.latest is not None
    pids = [int(pid) for pid in trainer.latest.stage.split()]
    with pytest.raises(TrainingBusy, match="readability is being trained"):
        await trainer.retrain("autoencoder")
    assert trainer.cancel()
    with pytest.raises(TrainingCancelled):
        await task
    assert trainer.running is None
    await gone(pids)
    async with database.reading() as session:
        [run] = await runs_of_job(session, "retrain readability", 5)
    assert (run.outcome, run.detail) == (
        RunOutcome.SKIPPED,
        "the training of readability was cancelled",
    )


async def test_when_the_bot_stops_the_training_ends_too(
    training: Command, worker: TinyWorker, database: Database
) -> None:
    trainer = Trainer(database=database, worker=worker, shortage=enough, command=training(HANG))
    started = asyncio.Event()
    task = asyncio.create_task(trainer.retrain("readability", progress=lambda _: started.set()))
    async with asyncio.timeout(60):
        await started.wait()
    assert trainer.latest is not None
    pids = [int(pid) for pid in trainer.latest.stage.split()]
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await gone(pids)
    async with database.reading() as session:
        [run] = await runs_of_job(session, "retrain readability", 5)
    assert run.outcome is RunOutcome.FAILED


async def gone(pids: list[int]) -> None:
    """Waits until the processes are; a grandchild is reaped by init, a moment later."""
    async with asyncio.timeout(60):
        while any(alive(pid) and not zombie(pid) for pid in pids):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return False


async def test_the_trainer_records_a_result_and_then_trains_again(
    training: Command, worker: TinyWorker, database: Database
) -> None:
    trainer = Trainer(
        database=database, worker=worker, shortage=enough, command=training(saying(PUBLISHED))
    )
    assert (await trainer.retrain("readability")).version == "r2"
    assert (await trainer.retrain("readability")).version == "r2"
    async with database.reading() as session:
        recorded = await runs_of_job(session, "retrain readability", 5)
    assert [(run.outcome, run.detail) for run in recorded] == [
        (RunOutcome.OK, "r2 published: beats r1")
    ] * 2


async def test_the_trainer_records_a_failure(
    training: Command, worker: TinyWorker, database: Database
) -> None:
    trainer = Trainer(
        database=database, worker=worker, shortage=enough, command=training("sys.exit('no data')")
    )
    with pytest.raises(TrainingFailed, match="status 1: no data"):
        await trainer.retrain("readability")
    async with database.reading() as session:
        [run] = await runs_of_job(session, "retrain readability", 5)
    assert run.outcome is RunOutcome.FAILED
    assert run.detail == "the training of readability ended with status 1: no data"


async def test_without_room_for_it_a_training_is_not_begun(
    training: Command, worker: TinyWorker, database: Database
) -> None:
    trainer = Trainer(
        database=database,
        worker=worker,
        shortage=lambda kind: f"too little memory for {kind}",
        command=training(saying(PUBLISHED)),
    )
    with pytest.raises(Shortage, match="too little memory for readability"):
        await trainer.retrain("readability")
    assert trainer.running is None
    assert worker.reloads == 0
