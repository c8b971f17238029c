"""How long requests take, from how long the last ones took. Pure: whoever asks brings the time.

The worker draws requests in batches, and a batch takes about as long as its candidates are many,
but not in proportion. So a forecast looks at past batches of about the same size, or at all of
them while there are too few. It is a range, from one robust quantile to another, because single
requests differ a lot; and there is none before enough was measured.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from bot.texts import gettext as _

ENOUGH = 4
"""Measured requests before anything is forecast."""
RECENT = 40
"""Requests that count: what was slow yesterday says little about now."""
LOW, HIGH = 0.2, 0.8
"""The quantiles of the range: three of five requests end within it."""
ALIKE = 1.6
"""Batches are about the same size within this factor."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """From `low` to `high` seconds from now."""

    low: float
    high: float

    def __str__(self) -> str:
        """“about 3–6 s”; minutes from 90 s on."""
        if self.high > 90:
            low, high = math.floor(self.low / 60), math.ceil(self.high / 60)
            one, several = _("about {low} min"), _("about {low}–{high} min")
        else:
            low, high = math.floor(self.low), math.ceil(self.high)
            one, several = _("about {low} s"), _("about {low}–{high} s")
        low = max(1, low)
        return (one if low >= high else several).format(low=low, high=high)


@dataclass
class _Run:
    rows: int
    began: float
    batch: int


class Pace:
    """What was measured lately, and what it lets expect. Times are seconds of one clock.

    `rows` are the candidates that the model writes for a request. `batch_rows` is how many the
    worker writes at the same time.
    """

    def __init__(self, *, batch_rows: int) -> None:
        self._batch_rows = batch_rows
        self._measured: deque[tuple[int, float]] = deque(maxlen=RECENT)
        self._running: dict[str, _Run] = {}

    def began(self, id: str, *, rows: int, at: float) -> None:
        """A request of so many candidates is worked on now. Said again, it changes nothing."""
        if id in self._running or rows < 1:
            return
        self._running[id] = _Run(rows=rows, began=at, batch=0)
        together = min(self._batch_rows, sum(run.rows for run in self._running.values()))
        for run in self._running.values():
            run.batch = max(run.batch, together)

    def ended(self, id: str, *, at: float, done: bool) -> None:
        """It is worked on no more; only one that was `done` measures anything."""
        run = self._running.pop(id, None)
        if run is not None and done:
            self._measured.append((run.batch, at - run.began))

    def running(self, id: str, *, at: float) -> Span | None:
        """When a running request will be done; None when nothing can be said."""
        run = self._running.get(id)
        return None if run is None else self._left(run, at)

    def waiting(self, rows: int, *, ahead: Sequence[int], at: float) -> Span | None:
        """When a request behind those `ahead`, each of so many candidates, will be done."""
        parts = [self._left(run, at) for run in list(self._running.values())[:1]]
        batches = [0]
        for more in [*ahead, rows]:
            if batches[-1] and batches[-1] + more > self._batch_rows:
                batches.append(0)
            batches[-1] += more
        parts += [self._span(batch) for batch in batches if batch]
        spans = [span for span in parts if span is not None]
        if not spans or len(spans) < len(parts):
            return None
        return Span(low=sum(span.low for span in spans), high=sum(span.high for span in spans))

    def _left(self, run: _Run, at: float) -> Span | None:
        span = self._span(run.batch)
        passed = at - run.began
        if span is None or passed >= span.high:  # unusually slow: nobody knows
            return None
        return Span(low=max(0.0, span.low - passed), high=span.high - passed)

    def _span(self, rows: int) -> Span | None:
        if len(self._measured) < ENOUGH:
            return None
        alike = [
            seconds
            for measured, seconds in self._measured
            if rows / ALIKE <= measured <= rows * ALIKE
        ]
        if len(alike) < ENOUGH:
            alike = [seconds for _, seconds in self._measured]
        alike.sort()
        return Span(low=_quantile(alike, LOW), high=_quantile(alike, HIGH))


def _quantile(values: Sequence[float], share: float) -> float:
    """Of sorted values, with linear interpolation between the two nearest."""
    place = share * (len(values) - 1)
    below = math.floor(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (place - below) * (values[above] - values[below])
