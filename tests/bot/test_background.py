from __future__ import annotations

import asyncio
import gc
import logging

import pytest

from bot.background import Background


async def test_a_failure_is_logged_with_the_name(caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        raise ValueError("no")

    background = Background()
    task = background.start(fail(), name="doomed")
    await asyncio.wait([task])
    await background.close()
    (record,) = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert "doomed" in record.getMessage()
    assert record.exc_info is not None


async def test_a_task_is_not_lost_to_the_garbage_collector() -> None:
    done = asyncio.Event()

    async def work() -> None:
        await asyncio.sleep(0.01)
        done.set()

    background = Background()
    background.start(work(), name="kept")
    gc.collect()
    async with asyncio.timeout(60):
        await done.wait()
    await background.close()


async def test_closing_ends_what_still_runs(caplog: pytest.LogCaptureFixture) -> None:
    background = Background()
    task = background.start(asyncio.Event().wait(), name="endless")
    await asyncio.sleep(0)
    await background.close()
    assert task.cancelled()
    assert not caplog.records
