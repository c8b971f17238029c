"""Retraining from chat: a process of its own, at low priority, one at a time.

The process is `python -m bot train <kind> --json-progress`. It writes one JSON object a line:
`{"stage": "fold 2", "fraction": 0.4}` while it works, and at last
`{"published": true, "version": "…", "metrics": {…}, "reason": "…", "curve": "….png"}`, where the
picture of its loss is left out when there is none. Whether the new version is
better, and so published, is decided there; here the worker is told to take it up.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from jobs.errors import TrainingFailed
from jobs.summary import Summary
from ml.candidate import Versions
from ml.errors import MlError
from storage.job_runs import RunOutcome

logger = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "bot", "train")
LONGEST = timedelta(hours=6)
_NICE = 15
_GRACE = 10.0  # seconds between asking the process to end and ending it
_LINE = 2**20  # bytes in the longest line that is read
_TAIL = 20  # lines of error output that are kept


class Reloads(Protocol):
    """The part of the worker that this needs."""

    async def reload(self) -> Versions: ...


@dataclass(frozen=True, kw_only=True)
class TrainingProgress:
    """What the training does now, and 0–1 of the whole."""

    stage: str
    fraction: float


@dataclass(frozen=True, kw_only=True)
class Trained(Summary):
    """How a training ended. Without `published` the serving version stays; `reason` says why.

    `curve` is a PNG of its loss.
    """

    kind: str
    published: bool
    version: str
    metrics: Mapping[str, float] = field(default_factory=dict)
    reason: str = ""
    curve: Path | None = None


def ignore(_: TrainingProgress) -> None:
    """For callers who do not watch."""


async def retrain(
    kind: str,
    *,
    worker: Reloads,
    refresh: Callable[[], Awaitable[object]] | None = None,
    progress: Callable[[TrainingProgress], None] = ignore,
    command: Sequence[str] = COMMAND,
    longest: timedelta = LONGEST,
) -> Trained:
    """Trains a model in a process of its own and has the worker take up what was published.

    Args:
        longest: after how long the process is ended.
        refresh: gives the diagrams latents of a new encoder; awaited after an autoencoder.

    Raises:
        TrainingFailed: the process failed, took too long or said nothing; or the worker could
            not take up what it published. The message has the end of its error output.
        CancelledError: this task was cancelled; the process is gone.
    """
    arguments = [*command, kind, "--json-progress"]
    try:
        process = await asyncio.create_subprocess_exec(
            *arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=_LINE,
            start_new_session=True,  # so that its own children end with it
        )
    except OSError as error:
        raise TrainingFailed(f"the training of {kind} could not be started: {error}") from error
    _lower_priority(process.pid)
    try:
        async with asyncio.timeout(longest.total_seconds()):
            result, errors = await asyncio.gather(
                _follow(_pipe(process.stdout), progress), _tail(_pipe(process.stderr))
            )
            code = await process.wait()
    except TimeoutError:
        raise TrainingFailed(f"the training of {kind} was stopped after {longest}") from None
    finally:
        # Shielded: a cancelled task must not leave the process behind.
        await asyncio.shield(_end(process))
    if code != 0 or result is None:
        how = f"ended with status {code}" if code else "ended without a result"
        raise TrainingFailed(f"the training of {kind} {how}" + (f": {errors}" if errors else ""))
    return await _take_up(kind, result, worker, refresh)


async def _take_up(
    kind: str,
    result: Mapping[str, Any],
    worker: Reloads,
    refresh: Callable[[], Awaitable[object]] | None,
) -> Trained:
    published, version = bool(result["published"]), str(result.get("version", ""))
    reason = str(result.get("reason", ""))
    detail = f"{version} published" if published else f"{version} not published"
    if published:
        try:
            await worker.reload()
        except MlError as error:
            raise TrainingFailed(f"{version} was published but not taken up: {error}") from error
        if (
            kind == "autoencoder"
            and refresh is not None
            and (problem := await _problem_of(refresh)) is not None
        ):
            detail += f"; the latents follow later ({problem})"
    return Trained(
        detail=f"{detail}: {reason}" if reason else detail,
        kind=kind,
        published=published,
        version=version,
        metrics=_numbers(result.get("metrics")),
        reason=reason,
        curve=Path(result["curve"]) if result.get("curve") else None,
    )


async def _problem_of(refresh: Callable[[], Awaitable[object]]) -> str | None:
    """Why the refresh failed, or None. It runs again by the clock, so that is not fatal."""
    try:
        answer = await refresh()
    except Exception as error:
        logger.exception("The refresh after a training failed")
        return str(error)
    if isinstance(answer, Summary) and answer.outcome is RunOutcome.FAILED:
        return answer.detail
    return None


async def _follow(
    lines: asyncio.StreamReader, progress: Callable[[TrainingProgress], None]
) -> Mapping[str, Any] | None:
    """Reads to the end; passes progress on and returns the result, if there was one."""
    result = None
    async for line in _lines(lines):
        try:
            said = json.loads(line)
        except ValueError:
            logger.debug("The training said: %s", line)
            continue
        if not isinstance(said, dict):
            continue
        if "published" in said:
            result = said
        elif isinstance(said.get("fraction"), int | float):
            step = TrainingProgress(
                stage=str(said.get("stage", "")),
                fraction=min(max(float(said["fraction"]), 0.0), 1.0),
            )
            try:
                progress(step)
            except Exception:
                logger.exception("The progress of a training could not be shown")
    return result


async def _tail(lines: asyncio.StreamReader) -> str:
    """Reads to the end, so that the process never waits for us; returns the last lines."""
    kept: deque[str] = deque(maxlen=_TAIL)
    async for line in _lines(lines):
        # A progress bar writes itself anew without ending the line.
        if text := line.rsplit("\r", 1)[-1].strip():
            kept.append(text[:500])
    return "\n".join(kept)


async def _lines(reader: asyncio.StreamReader) -> Any:
    while True:
        try:
            line = await reader.readline()
        except ValueError:  # longer than the limit; what was read of it is dropped
            continue
        if not line:
            return
        yield line.decode("utf-8", errors="replace")


def _pipe(stream: asyncio.StreamReader | None) -> asyncio.StreamReader:
    assert stream is not None
    return stream


def _numbers(metrics: object) -> dict[str, float]:
    if not isinstance(metrics, dict):
        return {}
    return {
        str(name): float(value) for name, value in metrics.items() if isinstance(value, int | float)
    }


def _lower_priority(pid: int) -> None:
    try:
        os.setpriority(os.PRIO_PROCESS, pid, _NICE)
    except (AttributeError, OSError) as error:  # Windows; or it ended at once
        logger.debug("The training keeps its priority: %s", error)


async def _end(process: asyncio.subprocess.Process) -> None:
    """Ends the process and its children, unless it ended by itself."""
    if process.returncode is not None:
        return
    _signal(process, signal.SIGTERM)
    try:
        async with asyncio.timeout(_GRACE):
            await process.wait()
    except TimeoutError:
        logger.warning("The training did not end when asked to")
    _signal(process, signal.SIGKILL)
    await process.wait()


def _signal(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):  # gone already
        os.killpg(process.pid, number)
