"""Who waits for the worker and who is at work there, and what they are told about it."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import Context, copy_context
from dataclasses import dataclass
from time import monotonic

from bot.asking.eta import Pace, Span
from bot.results import statuses
from ml.candidate import DrawJob, Progress
from ml.worker import BATCH_ROWS


@dataclass(frozen=True, kw_only=True)
class _Waiting:
    rows: int
    say: Callable[[str], None]
    context: Context
    """Has the language of whoever waits."""

    def tell(self, place: int, until_done: Span | None) -> None:
        self.say(statuses.waiting(place, until_done))


class Line:
    """The line in front of the worker. `place` says how many wait ahead of a job, or None."""

    def __init__(
        self,
        *,
        place: Callable[[str], int | None],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._place = place
        self._clock = clock
        self._pace = Pace(batch_rows=BATCH_ROWS)
        self._waiting: dict[str, _Waiting] = {}

    def join(self, job: DrawJob, say: Callable[[str], None]) -> None:
        """A job is given to the worker now; `say` is how its person is told what happens."""
        self._waiting[job.id] = _Waiting(rows=_rows(job), say=say, context=copy_context())

    def news(self, job: DrawJob, news: Progress, say: Callable[[str], None]) -> None:
        """The worker is at this job."""
        now = self._clock()
        waited = self._waiting.pop(job.id, None)
        self._pace.began(job.id, rows=_rows(job), at=now)
        say(statuses.working(news.stage, news.fraction, self._pace.running(job.id, at=now)))
        if waited is not None:
            self.tell()

    def leave(self, id: str, *, done: bool) -> None:
        """The worker is not at it any more; `done` says that it came to its end."""
        self._waiting.pop(id, None)
        self._pace.ended(id, at=self._clock(), done=done)
        self.tell()

    def tell(self) -> None:
        """Everybody who waits is told their place, and when it will be their turn to see."""
        places = {id: self._place(id) for id in self._waiting}
        placed = sorted((place, id) for id, place in places.items() if place is not None)
        now = self._clock()
        ahead: list[int] = []
        for place, id in placed:
            waiting = self._waiting[id]
            until_done = self._pace.waiting(waiting.rows, ahead=ahead, at=now)
            waiting.context.run(waiting.tell, place, until_done)
            ahead.append(waiting.rows)


def _rows(job: DrawJob) -> int:
    """What the model has to write; given texts are drawn in no time."""
    return 0 if job.texts else job.count
