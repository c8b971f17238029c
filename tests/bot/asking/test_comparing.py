from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.asking.comparing import CLOSE, are_close
from ml.scoring.ranking import Ranked, rank
from storage.requests import Request, RequestKind, RequestStatus
from tests.ml.scoring.test_ranking import candidate, taste

REQUEST = Request(
    id="r",
    user_id=1,
    guild_id=2,
    channel_id=3,
    status_message_id=None,
    description="three layers",
    count=4,
    top=2,
    seed=5,
    status=RequestStatus.RUNNING,
    problem=None,
    attempts=1,
    created_at=datetime.now(UTC),
    finished_at=None,
    kind=RequestKind.DESCRIBE,
    text=None,
    parent_id=None,
    wish=None,
    locale=None,
    private=False,
    outside=False,
)


def ranked(apart: float = 0.0, *, overlaps: int = 0, picture: int = 1) -> tuple[Ranked, ...]:
    """Two diagrams whose final scores are so far apart."""
    pair = [candidate(4.0), candidate(4.0 - apart, overlaps=overlaps, picture=picture)]
    return rank(pair, [taste(3), taste(3)])


@pytest.mark.parametrize("kind", [RequestKind.DESCRIBE, RequestKind.RESTYLE])
def test_two_that_are_close_are_compared(kind: RequestKind) -> None:
    assert are_close(replace(REQUEST, kind=kind), ranked(CLOSE / 2))


def test_a_clear_winner_is_not_questioned() -> None:
    assert not are_close(REQUEST, ranked(CLOSE * 2))


def test_a_flawed_or_equal_picture_is_no_rival() -> None:
    assert not are_close(REQUEST, ranked(overlaps=1))
    assert not are_close(REQUEST, ranked(picture=0))


@pytest.mark.parametrize(
    "change",
    [{"private": True}, {"outside": True}, {"top": 1}, {"kind": RequestKind.EDIT}],
)
def test_only_what_several_people_see_two_of_is_compared(change: dict[str, object]) -> None:
    assert not are_close(replace(REQUEST, **change), ranked())  # type: ignore[arg-type]


def test_one_diagram_has_no_rival() -> None:
    assert not are_close(REQUEST, ranked()[:1])
