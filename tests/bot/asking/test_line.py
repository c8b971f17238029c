from __future__ import annotations

from bot.asking.eta import ENOUGH
from bot.asking.line import Line
from ml.candidate import DrawJob, Progress


def job(id: str) -> DrawJob:
    return DrawJob(id=id, description="read, clean, train", count=5, seed=1)


def writing(id: str) -> Progress:
    return Progress(job_id=id, stage="writing", fraction=0.2)


def test_a_place_comes_with_a_time_once_enough_was_measured() -> None:
    now = 0.0
    waiting: list[str] = []
    line = Line(place=lambda one: waiting.index(one) if one in waiting else None, clock=lambda: now)
    said: dict[str, list[str]] = {"a": [], "b": [], "c": []}
    for number in range(ENOUGH):
        id = f"past {number}"
        line.join(job(id), lambda _: None)
        line.news(job(id), writing(id), lambda _: None)
        now += 4.0
        line.leave(id, done=True)

    waiting += said
    for id, texts in said.items():
        line.join(job(id), texts.append)
    line.tell()
    assert said["a"] == ["⏳ Next in the queue, about 4 s until it is done."]
    assert said["c"] == ["⏳ In the queue: 2 requests ahead, about 4 s until it is done."]

    waiting.remove("a")
    line.news(job("a"), writing("a"), said["a"].append)
    assert said["a"][-1] == "✏️ Writing ▰▰▱▱▱▱▱▱▱▱ about 4 s left"
    assert said["c"][-1] == "⏳ In the queue: 1 request ahead, about 8 s until it is done."


def test_nothing_is_said_of_times_at_first() -> None:
    line = Line(place=lambda _: 0, clock=lambda: 0.0)
    said: list[str] = []
    line.join(job("a"), said.append)
    line.tell()
    assert said == ["⏳ Next in the queue."]
    line.leave("a", done=False)
    line.tell()
    assert len(said) == 1
