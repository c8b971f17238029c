import asyncio
import time

from bot.pulse import Pulse


async def test_a_pause_of_the_loop_is_noticed() -> None:
    async with Pulse() as pulse:
        await asyncio.sleep(0.02)
        assert pulse.longest < 0.1
        time.sleep(0.15)  # noqa: ASYNC251 - the pause that is to be noticed
        await asyncio.sleep(0.01)
    assert 0.1 < pulse.longest < 1.0
