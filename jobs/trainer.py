"""The one place where trainings are started: one at a time, recorded, and cancelled from chat."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial

from jobs.errors import Shortage, TrainingBusy, TrainingCancelled, TrainingFailed
from jobs.recording import recorded
from jobs.retrain import COMMAND, LONGEST, Reloads, Trained, TrainingProgress, ignore, retrain
from jobs.summary import Summary
from storage.database import Database
from storage.job_runs import RunOutcome


class Trainer:
    """Runs trainings.

    Args:
        refresh: gives the diagrams latents of a new encoder; awaited after an autoencoder.
        command: starts a training when the kind is added to it.
        longest: after how long a training is ended.
        shortage: what the machine lacks for a training of a kind, in a sentence, or None.
    """

    def __init__(
        self,
        *,
        database: Database,
        worker: Reloads,
        shortage: Callable[[str], str | None],
        refresh: Callable[[], Awaitable[object]] | None = None,
        command: Sequence[str] = COMMAND,
        longest: timedelta = LONGEST,
    ) -> None:
        self._database = database
        self._worker = worker
        self._shortage = shortage
        self._refresh = refresh
        self._command = command
        self._longest = longest
        self._kind: str | None = None
        self._task: asyncio.Task[Trained] | None = None
        self._latest: TrainingProgress | None = None
        self._cancelled = False

    @property
    def running(self) -> str | None:
        """The kind that is being trained."""
        return self._kind

    @property
    def latest(self) -> TrainingProgress | None:
        """How far the running training is."""
        return self._latest

    async def retrain(
        self, kind: str, *, progress: Callable[[TrainingProgress], None] = ignore
    ) -> Trained:
        """Trains, waits for the end and records it as the job `retrain <kind>`.

        Raises:
            TrainingBusy: another training runs.
            Shortage: the machine lacks the memory, the disk or the model for it.
            TrainingFailed: see `jobs.retrain`.
            TrainingCancelled: `cancel` was called.
            CancelledError: this task was cancelled, and the training with it.
        """
        if self._kind is not None:
            raise TrainingBusy(f"{self._kind} is being trained; there is one training at a time")
        if (short := self._shortage(kind)) is not None:
            raise Shortage(short)
        self._kind, self._cancelled = kind, False
        self._task = asyncio.create_task(
            retrain(
                kind,
                worker=self._worker,
                refresh=self._refresh,
                progress=self._watching(progress),
                command=self._command,
                longest=self._longest,
            ),
            name=f"retrain {kind}",
        )
        try:
            summary = await recorded(
                self._database, f"retrain {kind}", partial(self._wait, self._task)
            )
        finally:
            self._kind = self._task = self._latest = None
        if isinstance(summary, Trained):
            return summary
        if self._cancelled:
            raise TrainingCancelled(summary.detail)
        raise TrainingFailed(summary.detail)

    def cancel(self) -> bool:
        """Ends the running training; False when there is none. The serving model stays."""
        if self._task is None:
            return False
        self._cancelled = True
        return self._task.cancel()

    def _watching(
        self, progress: Callable[[TrainingProgress], None]
    ) -> Callable[[TrainingProgress], None]:
        def watch(step: TrainingProgress) -> None:
            self._latest = step
            progress(step)

        return watch

    async def _wait(self, task: asyncio.Task[Trained]) -> Summary:
        try:
            return await task  # cancelling this cancels the task, and waits for it
        except asyncio.CancelledError:
            if not self._cancelled:
                raise
            return Summary(
                detail=f"the training of {self._kind} was cancelled", outcome=RunOutcome.SKIPPED
            )
