"""From a description to ranked pictures, in the running worker: how long, how many, how much.

python -m bench.speed                 20 requests a size, then 40 with 8 at once
python -m bench.speed --requests 5    fewer

It starts the bot's worker with the models that the settings name and times requests one after
the other: five candidates of up to eight nodes, and five of fifteen. CPU seconds are those of
the worker's process; they say more than the clock where other programs run.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

import numpy as np

from bot.settings import read_settings
from ml.candidate import DrawJob, Progress
from ml.scoring.ranking import rank
from ml.scoring.taste import TasteIndex
from ml.worker import Worker, WorkerConfig

COUNT = 5
AT_ONCE = 8
DEADLINE = 3_600.0
SMALL = (
    "a user signs in, the gateway checks the token and the profile page opens",
    "MLP with 4 inputs, 8 hidden units and 2 outputs",
    "read the orders, drop duplicates, join them with customers, write a report",
    "Our RAG bot: user question -> embed question -> search documents -> answer",
    "image, two conv layers, max pooling, flatten, dense softmax",
    "if the test passes deploy it, otherwise mail the author",
    "sensor to broker, broker to stream processor, processor to dashboard and archive",
    "autoencoder: 64 - 16 - 4 - 16 - 64",
)
LARGE = (
    "order -> validate -> reserve stock -> charge card -> print label -> pack -> weigh -> ship -> "
    "scan -> sort -> load van -> drive -> deliver -> sign -> archive",
    "collect, clean, label, split, tokenise, embed, train, validate, tune, test, package, sign, "
    "publish, deploy, monitor",
)


@dataclass(frozen=True, kw_only=True)
class Timing:
    """Seconds of one request: writing, then drawing and scoring, then ranking."""

    write: float
    draw: float
    rank: float
    nodes: float

    @property
    def total(self) -> float:
        return self.write + self.draw + self.rank


async def timed(worker: Worker, description: str, seed: int) -> Timing:
    """One request from the description to its ranked candidates."""
    started: dict[str, float] = {}

    def heard(news: Progress) -> None:
        started.setdefault(news.stage, perf_counter())

    start = perf_counter()
    job = DrawJob(id=f"{seed}", description=description, count=COUNT, seed=seed)
    result = await worker.draw(job, progress=heard)
    drawn = perf_counter()
    candidates = result.candidates
    latents = np.stack([candidate.latent for candidate in candidates])
    rank(candidates, TasteIndex.empty().predict(0, latents))
    ranked = perf_counter()
    written = started.get("drawing", drawn)
    return Timing(
        write=written - start,
        draw=drawn - written,
        rank=ranked - drawn,
        nodes=float(np.mean([len(candidate.spec.nodes) for candidate in candidates])),
    )


async def one_by_one(worker: Worker, name: str, sentences: Sequence[str], requests: int) -> str:
    """The table's row of requests that do not wait for each other."""
    await timed(worker, sentences[0], 0)  # the first one of a size warms its kernels up
    before = _cpu_seconds()
    timings = [
        await timed(worker, sentence, seed)
        for seed, sentence in enumerate(islice(cycle(sentences), requests), start=1)
    ]
    cpu = (_cpu_seconds() - before) / requests
    totals = [timing.total for timing in timings]
    write, draw, last = (
        100 * sum(getattr(timing, stage) for timing in timings) / sum(totals)
        for stage in ("write", "draw", "rank")
    )
    nodes = np.mean([timing.nodes for timing in timings])
    median, late = np.median(totals), np.percentile(totals, 95)
    return (
        f"{name:12} {nodes:5.1f} {median:8.2f} {late:8.2f} {cpu:8.2f}   "
        f"{write:.0f} % writing, {draw:.0f} % drawing and scoring, {last:.1f} % ranking"
    )


async def together(worker: Worker, requests: int) -> str:
    """Requests a minute when there are always eight in hand."""
    waiting = iter(list(enumerate(islice(cycle(SMALL), requests), start=1_000)))

    async def person() -> None:
        for seed, sentence in waiting:
            await timed(worker, sentence, seed)

    before, start = _cpu_seconds(), perf_counter()
    await asyncio.gather(*(person() for _ in range(AT_ONCE)))
    seconds, cpu = perf_counter() - start, _cpu_seconds() - before
    return (
        f"{AT_ONCE} at once: {60 * requests / seconds:.0f} requests a minute, "
        f"{cpu / requests:.2f} CPU seconds each"
    )


async def measure(requests: int) -> None:
    models = read_settings().models
    start = perf_counter()
    async with Worker(config=WorkerConfig(models=models, deadline_seconds=DEADLINE)) as worker:
        await worker.ready()
        _say(f"models loaded in {perf_counter() - start:.1f} s, the process's start included")
        _say(f"{'':12} {'nodes':>5} {'median s':>8} {'p95 s':>8} {'CPU s':>8}")
        _say(await one_by_one(worker, "≤ 8 nodes", SMALL, requests))
        _say(await one_by_one(worker, "15 nodes", LARGE, requests))
        _say(await together(worker, 2 * requests))
        _say(f"peak memory of the worker: {_peak_bytes() / 1e9:.2f} GB")


def _process() -> Path:
    (child,) = multiprocessing.active_children()
    return Path("/proc") / str(child.pid)


def _cpu_seconds() -> float:
    """User and system time of the worker's process (proc(5), fields 14 and 15 of stat)."""
    fields = (_process() / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak_bytes() -> int:
    status = (_process() / "status").read_text().splitlines()
    (peak,) = (line.split()[1] for line in status if line.startswith("VmHWM:"))
    return int(peak) * 1024


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--requests", type=int, default=20, metavar="N")
    asyncio.run(measure(parser.parse_args().requests))
