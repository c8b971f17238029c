"""What a whole request leaves in the log: its id, never its words."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from bot.logs import set_up_logging
from tests.acceptance.conftest import World

SECRET = "my confidential pipeline"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    set_up_logging(level="DEBUG", as_json=False, secrets=(), stream=stream)
    yield stream
    root.handlers[:], root.level = handlers, level


async def test_descriptions_never_reach_the_log(log: io.StringIO, world: World) -> None:
    await world.ask(world.ana, SECRET)
    world.worker.failures.append(RuntimeError("a bug"))
    await world.ask(world.ana, SECRET)
    world.worker.failures.append(OSError(28, "No space left on device"))
    await world.ask(world.ana, SECRET)
    await world.ana.slash(world.channel, "ratings")
    said = log.getvalue()
    assert world.worker.jobs[0].id in said
    assert world.worker.jobs[1].id in said
    assert "confidential" not in said
