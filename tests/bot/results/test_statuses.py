"""What is said about a request from the queue to its end."""

from __future__ import annotations

from bot.results import statuses
from storage.requests import RequestKind


def test_places_in_the_queue_are_words() -> None:
    assert statuses.waiting(0) == "⏳ Next in the queue."
    assert statuses.waiting(1) == "⏳ In the queue: 1 request ahead."
    assert statuses.waiting(3) == "⏳ In the queue: 3 requests ahead."


def test_progress_is_a_bar_that_stays_in_its_bounds() -> None:
    assert statuses.working("writing", 0.31) == "✏️ Writing ▰▰▰▱▱▱▱▱▱▱"
    assert statuses.working("scoring", 1.7).count("▰") == 10
    assert statuses.working("scoring", -1).count("▱") == 10


def test_who_said_little_is_told_what_would_help() -> None:
    def said(description: str, kind: RequestKind = RequestKind.DESCRIBE) -> str:
        return statuses.done(
            shown=1, drawn=4, dropped=0, seconds=1, kind=kind, description=description
        )

    assert "Name the parts" in said("something nice")
    assert "Name the parts" not in said("read, clean, train")
    assert "Name the parts" not in said("read→clean→train")
    assert "Name the parts" not in said(
        "画像を読み込み前処理してからモデルを学習し結果を評価して保存する"
    )
    assert "Name the parts" not in said("something nice", RequestKind.RESTYLE)


def test_the_end_tells_counts_drops_and_time() -> None:
    said = statuses.done(shown=2, drawn=4, dropped=1, seconds=6.42)
    assert "best 2 of 4 diagrams (1 more could not be used), 6.4 s" in said
    assert "The best of 4 diagrams, 1.0 s" in statuses.done(shown=1, drawn=4, dropped=0, seconds=1)
    assert "One diagram, 1.0 s" in statuses.done(shown=1, drawn=1, dropped=0, seconds=1)
