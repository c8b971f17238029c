"""The bot with the real worker: another process, real generation, tiny models."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest
import pytest_asyncio
from simcord.actors import MemberActor
from simcord.env import Env

from bot.app import App, open_app
from bot.pulse import Pulse
from bot.settings import Settings
from bot.simulated.simulation import Outside
from ml.config import ModelConfig
from ml.worker import Worker, WorkerConfig
from tests.tiny import DESCRIPTION, tiny_installation

pytestmark = pytest.mark.asyncio(loop_scope="module")

LONGEST_PAUSE = 0.1


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> ModelConfig:
    return tiny_installation(tmp_path_factory.mktemp("models"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def worker(models: ModelConfig) -> AsyncIterator[Worker]:
    async with Worker(config=WorkerConfig(models=models)) as worker:
        await worker.ready()
        yield worker


class Lab:
    """A channel with people, in front of the real worker."""

    def __init__(self, env: Env, app: App, worker: Outside) -> None:
        self.app = app
        self._worker = worker
        self._guild = env.create_guild("Lab")
        self.channel = self._guild.create_text_channel("diagrams")
        self.ana, self.ben = (self._guild.add_member(env.create_user(n)) for n in ("ana", "ben"))

    async def ask(self, *people: MemberActor, **options: int) -> list[str]:
        """/diagram from each of them at once; what their statuses say in the end."""
        results = [
            await who.slash(self.channel, "diagram", description=DESCRIPTION, **options)
            for who in people
        ]
        await self._worker.settled(limit=120)
        return [result.response.content for result in results]

    def posts(self) -> list[discord.Message]:
        return [message for message in self.channel.history() if message.attachments]


@pytest_asyncio.fixture(loop_scope="module")
async def lab(worker: Worker, tmp_path: Path) -> AsyncIterator[Lab]:
    settings = Settings(_env_file=None, data_dir=tmp_path)
    outside = Outside(worker)
    async with open_app(settings, worker=outside) as app:
        env = Env(app.bot, settle_timeout=60.0)
        await env.start()
        outside.env = env
        try:
            yield Lab(env, app, outside)
        finally:
            await env.shutdown()
        env.raise_errors()


async def test_a_description_goes_all_the_way_through_the_worker_and_back(lab: Lab) -> None:
    (said,) = await lab.ask(lab.ana, count=4, top=2)
    assert "The best 2 of 4 diagrams" in said
    posts = lab.posts()
    assert len(posts) == 2
    png = await posts[0].attachments[0].read()
    assert png.startswith(b"\x89PNG")
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (2_000, 1_200)
    assert "Read, Clean, Train" in (posts[0].attachments[0].description or "")


async def test_requests_that_come_together_are_all_done(lab: Lab) -> None:
    said = await lab.ask(lab.ana, lab.ben, lab.ana, count=2, top=1)
    assert all("✅" in one for one in said)
    assert [lab.ben.mention in post.content for post in lab.posts()].count(True) == 1


async def test_the_event_loop_never_pauses_long_while_a_request_runs(lab: Lab) -> None:
    pauses = []
    for _ in range(5):  # a busy machine can hold any program up: the quietest try counts
        async with Pulse() as pulse:
            await lab.ask(lab.ana, count=5, top=3)
        pauses.append(pulse.longest)
        if pulse.longest < LONGEST_PAUSE:
            break
    assert min(pauses) < LONGEST_PAUSE
