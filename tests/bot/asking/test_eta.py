from __future__ import annotations

import pytest

from bot.asking.eta import ENOUGH, Pace, Span


def measured(*seconds: float, rows: int = 5, pace: Pace | None = None) -> Pace:
    """A Pace that has seen requests of so many candidates, one after the other."""
    pace = pace or Pace(batch_rows=40)
    for number, one in enumerate(seconds):
        pace.began(f"past {rows} {number}", rows=rows, at=0.0)
        pace.ended(f"past {rows} {number}", at=one, done=True)
    return pace


def test_nothing_is_forecast_before_enough_was_measured() -> None:
    pace = measured(*[3.0] * (ENOUGH - 1))
    assert pace.waiting(5, ahead=[], at=0.0) is None
    pace = measured(3.0, pace=pace)
    assert pace.waiting(5, ahead=[], at=0.0) == Span(low=3.0, high=3.0)


def test_the_range_leaves_outliers_out() -> None:
    pace = measured(3.0, 3.2, 3.4, 3.6, 3.8, 4.0, 4.2, 4.4, 4.6, 600.0)
    span = pace.waiting(5, ahead=[], at=0.0)
    assert span is not None
    assert 3.0 < span.low < span.high < 5.0


def test_batches_of_about_the_same_size_are_what_counts() -> None:
    pace = measured(*[3.0] * ENOUGH, rows=5)
    pace = measured(*[9.0] * ENOUGH, rows=20, pace=pace)
    assert pace.waiting(5, ahead=[], at=0.0) == Span(low=3.0, high=3.0)
    assert pace.waiting(5, ahead=[10], at=0.0) == Span(low=9.0, high=9.0), "one batch of 15"


def test_what_does_not_fit_one_batch_waits_for_the_next() -> None:
    pace = measured(*[10.0] * ENOUGH, rows=40)
    assert pace.waiting(10, ahead=[10, 10, 10], at=0.0) == Span(low=10.0, high=10.0)
    assert pace.waiting(10, ahead=[10] * 4, at=0.0) == Span(low=20.0, high=20.0)


def test_who_waits_waits_for_what_runs_too() -> None:
    pace = measured(*[6.0] * ENOUGH)
    pace.began("now", rows=5, at=100.0)
    assert pace.running("now", at=102.0) == Span(low=4.0, high=4.0)
    assert pace.waiting(5, ahead=[], at=102.0) == Span(low=10.0, high=10.0)


def test_nothing_is_said_of_what_takes_unusually_long() -> None:
    pace = measured(*[6.0] * ENOUGH)
    pace.began("now", rows=5, at=100.0)
    assert pace.running("now", at=107.0) is None
    assert pace.waiting(5, ahead=[], at=107.0) is None


def test_requests_of_one_batch_are_measured_as_one_batch() -> None:
    pace = Pace(batch_rows=40)
    for number in range(4):
        pace.began(f"r{number}", rows=5, at=0.0)
    for number in range(4):
        pace.ended(f"r{number}", at=8.0, done=True)
    pace = measured(*[2.0] * ENOUGH, rows=5, pace=pace)
    assert pace.waiting(20, ahead=[], at=9.0) == Span(low=8.0, high=8.0)
    assert pace.waiting(5, ahead=[], at=9.0) == Span(low=2.0, high=2.0)


def test_what_was_cancelled_or_came_as_text_measures_nothing() -> None:
    pace = measured(*[6.0] * (ENOUGH - 1))
    pace.began("cancelled", rows=5, at=0.0)
    pace.ended("cancelled", at=0.1, done=False)
    pace.began("edit", rows=0, at=0.0)
    pace.ended("edit", at=0.1, done=True)
    assert pace.waiting(5, ahead=[], at=1.0) is None


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (3.2, 5.1, "about 3–6 s"),
        (0.0, 0.3, "about 1 s"),
        (4.0, 4.0, "about 4 s"),
        (50.0, 89.5, "about 50–90 s"),
        (50.0, 130.0, "about 1–3 min"),
    ],
)
def test_a_range_in_words(low: float, high: float, words: str) -> None:
    assert str(Span(low=low, high=high)) == words
