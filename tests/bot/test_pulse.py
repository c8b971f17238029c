import asyncio
import time

from bot.pulse import BEAT, Pulse


async def test_a_pause_of_the_loop_is_noticed() -> None:
    async with Pulse() as pulse:
        # A busy machine makes pauses of its own, but one is never all that the test waits.
        began = time.perf_counter()
        for _ in range(10):
            await asyncio.sleep(2 * BEAT)
        assert pulse.longest < time.perf_counter() - began - 10 * BEAT
        time.sleep(0.15)  # noqa: ASYNC251 - the pause that is to be noticed
        await asyncio.sleep(2 * BEAT)
    assert 0.15 - BEAT <= pulse.longest < time.perf_counter() - began
