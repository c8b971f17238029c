"""The background executor: a process of its own that writes, draws and scores.

    async with Worker(config=WorkerConfig(models=…)) as worker:
        result = await worker.draw(job, progress=…)

`interface` is what others see of it, `client` what the bot holds, `life` one process from start
to end, `process` what runs inside it, and `messages` what the two sides say.
"""

from ml.worker.client import Worker
from ml.worker.interface import BATCH_ROWS, Draws, WorkerConfig, WorkerStatus

__all__ = ["BATCH_ROWS", "Draws", "Worker", "WorkerConfig", "WorkerStatus"]
