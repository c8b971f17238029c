"""How soon Discord gets its first answer to /diagram, with many people asking at the same moment.

python -m bench.first_response                 1, 10 and 50 at once, 6 rounds each
python -m bench.first_response --rounds 2      fewer

The real bot with a real SQLite file in a simulated Discord; the worker holds every request, as one
that is busy does. The time runs from the event of the interaction to the bot's answer to it. What
SimCord itself computes for the answers is in the same process and in these times; the network to
Discord is not. CPU times are those of this process; where other programs run they say more than
the clock.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import numpy as np
from numpy.typing import NDArray
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.enums import InteractionType
from simcord.env import Env
from simcord.interactions import base_payload

from bot.app import open_app
from bot.settings import Settings
from tests.acceptance.sketching import Gates, SketchWorker

AT_ONCE = (1, 10, 50)


def _now() -> NDArray[np.float64]:
    """Seconds of the clock, and of CPU in this process."""
    return np.array([perf_counter(), process_time()])


class _Clocked(list[Any]):
    """The calls that the bot made; `answered` says when each interaction had its first answer."""

    def __init__(self) -> None:
        super().__init__()
        self.answered: dict[str, NDArray[np.float64]] = {}

    def append(self, call: Any, /) -> None:
        if call.path.endswith("/callback"):
            self.answered.setdefault(call.path.split("/")[2], _now())
        super().append(call)


async def measure(
    env: Env, channel: ChannelHandle, people: list[MemberActor], n: int
) -> list[NDArray[np.float64]]:
    """Until each of so many people at once is answered, [clock, CPU]; `n` makes words differ."""
    backend = env.backend
    guild_id = channel.guild.id if channel.guild else None
    calls = backend.http_requests = _Clocked()
    (command,) = [
        c
        for c in backend.visible_commands(user_id=people[0].id, channel_id=channel.id)
        if c["name"] == "diagram"
    ]
    payloads = []
    for who in people:
        words = {"name": "description", "type": 3, "value": f"read clean train {n} {who.name}"}
        record, payload = base_payload(
            backend,
            type=InteractionType.APPLICATION_COMMAND,
            channel_id=channel.id,
            guild_id=guild_id,
            user_id=who.id,
            data={"id": command["id"], "name": "diagram", "type": 1, "options": [words]},
        )
        payloads.append((record.id, payload))
    began = {}
    for id, payload in payloads:
        began[str(id)] = _now()
        backend.emit("INTERACTION_CREATE", payload)
    # Settling would measure SimCord, which tells nobody that a call came.
    while calls.answered.keys() < began.keys():  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    return [calls.answered[id] - at for id, at in began.items()]


async def run(rounds: int) -> None:
    """Print the median and the 99th percentile for each number at once."""
    numbers = count()
    with TemporaryDirectory() as folder:
        async with AsyncExitStack() as stack:
            worker = SketchWorker(size=10_000)
            settings = Settings(data_dir=Path(folder))
            app = await stack.enter_async_context(open_app(settings, worker=worker))
            env = Env(app.bot, settle_timeout=120.0)
            worker.gate = Gates(env.external_wait)
            await env.start()
            stack.push_async_callback(env.shutdown)
            guild = env.create_guild("Lab")
            channel = guild.create_text_channel("diagrams")
            people = [guild.add_member(env.create_user(f"p{n}")) for n in range(max(AT_ONCE))]
            sys.stdout.write(
                f"{'at once':>8} {'answers':>8} {'median':>11} {'p99':>11} "
                f"{'CPU median':>11} {'CPU p99':>11}\n"
            )
            for at_once in AT_ONCE:
                await measure(env, channel, people[:at_once], next(numbers))  # warm
                await _give_up(env, worker)
                times = []
                for _ in range(rounds):
                    times += await measure(env, channel, people[:at_once], next(numbers))
                    await _give_up(env, worker)
                middle, high = np.percentile(np.array(times) * 1_000, [50, 99], axis=0)
                sys.stdout.write(
                    f"{at_once:>8} {len(times):>8} {middle[0]:>8.0f} ms {high[0]:>8.0f} ms "
                    f"{middle[1]:>8.0f} ms {high[1]:>8.0f} ms\n"
                )
                sys.stdout.flush()


async def _give_up(env: Env, worker: SketchWorker) -> None:
    """The held requests end, so that the next round begins with an empty queue."""
    for job in worker.jobs:
        worker.cancel(job.id)
    worker.jobs.clear()
    await env.settle()


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=6)
    asyncio.run(run(parser.parse_args().rounds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
