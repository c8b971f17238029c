"""The rules of a server: what passes, what does not, and what is said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.asking.asked import Asked
from bot.asking.limits import Origin, check, duration, normal, word_list
from bot.asking.requests import Requests
from bot.errors import AgainstPolicy, Blocked, OverLimit, Paused, Refused, WrongChannel
from bot.people.moderation import audit_line
from ml.scoring.taste import TasteStore
from storage.audit import AuditEntry
from storage.blocks import Block
from storage.database import Database
from storage.guilds import GuildSettings, change_guild_settings
from storage.standing import Standing
from tests.acceptance.sketching import SketchWorker

AT = datetime(2030, 1, 2, 12, tzinfo=UTC)
ASKED = Asked(user_id=1, guild_id=10, channel_id=20, description="read clean", count=2, top=1)
HERE = Origin(channel_ids=frozenset({20}), manages=False)
ADMIN = replace(HERE, manages=True)
BLOCK = Block(guild_id=10, user_id=1, by=9, at=AT, reason=None)


def rules(*ago: float, block: Block | None = None, **settings: Any) -> Standing:
    """How somebody stands who asked so many seconds ago."""
    times = tuple(AT - timedelta(seconds=seconds) for seconds in ago)
    return Standing(settings=GuildSettings(**settings), block=block, asked_at=times, at=AT)


def stamp(**later: float) -> str:
    return f"<t:{int((AT + timedelta(**later)).timestamp())}:R>"


def test_without_rules_everything_passes() -> None:
    check(ASKED, HERE, rules(0, 0, 0))


@pytest.mark.parametrize("origin", [HERE, ADMIN])
def test_nobody_asks_in_a_paused_server(origin: Origin) -> None:
    with pytest.raises(Paused, match="have paused me"):
        check(ASKED, origin, rules(paused=True))


def test_a_blocked_person_reads_why_and_whom_to_ask() -> None:
    with pytest.raises(Blocked, match=r"an admin blocked you\.\nPlease talk to the admins\."):
        check(ASKED, HERE, rules(block=BLOCK))
    with pytest.raises(Blocked, match=r"blocked you: too many cats\nPlease"):
        check(ASKED, HERE, rules(block=replace(BLOCK, reason="too many cats"), paused=True))


def test_other_channels_are_named_but_not_all_of_many() -> None:
    with pytest.raises(WrongChannel, match=r"I draw in <#21> <#22> only\."):
        check(ASKED, HERE, rules(channels=(21, 22)))
    with pytest.raises(WrongChannel, match=r"<#105> and 3 more only\."):
        check(ASKED, HERE, rules(channels=tuple(range(101, 109))))


@pytest.mark.parametrize("ids", [{20}, {30, 20}])
def test_an_allowed_channel_and_its_threads_pass(ids: set[int]) -> None:
    check(ASKED, replace(HERE, channel_ids=frozenset(ids)), rules(channels=(19, 20)))


def test_a_cooldown_says_when_it_ends() -> None:
    with pytest.raises(OverLimit) as refused:
        check(ASKED, HERE, rules(20, cooldown_seconds=60))
    assert str(refused.value) == (
        "This server wants 1 minute between two requests of a person. "
        f"Please ask again {stamp(seconds=40)}."
    )


def test_a_cooldown_is_over_when_its_time_has_passed() -> None:
    check(ASKED, HERE, rules(60, cooldown_seconds=60))
    check(ASKED, HERE, rules(cooldown_seconds=60))


def test_a_quota_says_when_the_next_one_is_free() -> None:
    with pytest.raises(OverLimit) as refused:
        check(ASKED, HERE, rules(10, 3_600, per_day=2))
    assert str(refused.value) == (
        "You have used your 2 requests of the last 24 hours in this server. "
        f"The next one is free {stamp(hours=23)}."
    )


def test_of_a_cooldown_and_a_used_quota_the_longer_one_is_told() -> None:
    with pytest.raises(OverLimit, match="24 hours"):
        check(ASKED, HERE, rules(10, per_day=1, cooldown_seconds=60))


def test_a_quota_that_was_lowered_waits_for_the_last_that_still_counts() -> None:
    with pytest.raises(OverLimit) as refused:
        check(ASKED, HERE, rules(3_600, 7_200, 10_800, per_day=1))
    assert stamp(hours=23) in str(refused.value)


def test_a_quota_that_is_not_used_up_passes() -> None:
    check(ASKED, HERE, rules(10, per_day=2))


def test_who_manages_the_server_may_ask_as_often_as_they_like() -> None:
    check(ASKED, ADMIN, rules(1, 2, per_day=1, cooldown_seconds=60))


def test_who_has_a_chosen_role_may_ask_as_often_as_they_like_and_no_more_than_that() -> None:
    staff = replace(HERE, role_ids=frozenset({7, 8}))
    check(ASKED, staff, rules(1, 2, per_day=1, cooldown_seconds=60, bypass_roles=(8, 9)))
    with pytest.raises(OverLimit):
        check(ASKED, staff, rules(1, 2, per_day=1, bypass_roles=(9,)))
    with pytest.raises(Paused):
        check(ASKED, staff, rules(bypass_roles=(8,), paused=True))


@pytest.mark.parametrize(
    "description",
    ["a bomb", "A BOMB!", "the_bomb_shop", "bo\u200dmb", "ｂｏｍｂ plan", "one big\n\nbang"],
)
@pytest.mark.parametrize("origin", [HERE, ADMIN])
def test_a_word_of_the_list_is_refused_however_it_is_written(
    description: str, origin: Origin
) -> None:
    asked = replace(ASKED, description=description)
    with pytest.raises(AgainstPolicy) as refused:
        check(asked, origin, rules(blocked_words=word_list("bomb, Big  Bang")))
    assert "This server's policy does not allow this request" in str(refused.value)
    assert "bomb" not in str(refused.value)


@pytest.mark.parametrize("description", ["bombard the server", "aplomb", "bomb2", "big bangs"])
def test_a_word_inside_another_one_passes(description: str) -> None:
    check(replace(ASKED, description=description), HERE, rules(blocked_words=("bomb", "big bang")))


@pytest.mark.parametrize("word", ["Bomb", "Bo\x01mb", "Bo\ue000mb"])
def test_the_words_of_a_diagram_text_count_too(word: str) -> None:
    with pytest.raises(AgainstPolicy):
        check(replace(ASKED, text=f"0 start {word}"), HERE, rules(blocked_words=("bomb",)))


def test_a_word_of_the_list_that_only_spells_a_diagram_text_passes() -> None:
    asked = replace(ASKED, text="blue\n0 start Begin\n1 end #red Done")
    check(asked, HERE, rules(blocked_words=("blue", "start", "red", "1")))


def test_a_word_with_signs_in_it_is_no_pattern() -> None:
    check(ASKED, HERE, rules(blocked_words=word_list("r..d, c++, (")))
    with pytest.raises(AgainstPolicy):
        check(replace(ASKED, description="in C++"), HERE, rules(blocked_words=word_list("c++")))


def test_a_word_list_is_parted_by_commas_and_has_each_word_once() -> None:
    assert word_list(" Bomb,bomb ,, Big  bang,") == ("bomb", "big bang")
    assert word_list(" , ") == ()
    assert normal("Straße\u200b") == "strasse"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(1, "1 second"), (90, "90 seconds"), (300, "5 minutes"), (3_600, "1 hour")],
)
def test_a_duration_is_said_in_whole_units(seconds: int, said: str) -> None:
    assert duration(seconds) == said


def test_the_longest_audit_log_fits_one_message() -> None:
    entry = AuditEntry(
        id=1, guild_id=10, user_id=2**64 - 1, action="settings", detail="w " * 500, at=AT
    )
    assert len("\n".join([audit_line(entry)] * 20)) <= 2_000


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with Database(f"sqlite:///{tmp_path / 'bot.db'}") as database:
        yield database


def requests_of(database: Database, tmp_path: Path) -> Requests:
    return Requests(
        database=database,
        worker=SketchWorker(),
        tastes=TasteStore(),
        images=tmp_path / "images",
    )


async def test_of_requests_at_the_same_time_only_the_quota_is_accepted(
    database: Database, tmp_path: Path
) -> None:
    async with database.transaction() as session:
        await change_guild_settings(session, 10, per_day=2)
    requests = requests_of(database, tmp_path)
    wishes = [replace(ASKED, description=f"plan {n}") for n in range(5)]
    answers = await asyncio.gather(
        *(requests.accept(asked, partial(check, asked, HERE)) for asked in wishes),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, Refused) for answer in answers) == 3


async def test_a_restart_does_not_reset_the_counts(database: Database, tmp_path: Path) -> None:
    async with database.transaction() as session:
        await change_guild_settings(session, 10, cooldown_seconds=600)
    may = partial(check, ASKED, HERE)
    await requests_of(database, tmp_path).accept(ASKED, may)
    later = replace(ASKED, description="another plan")
    with pytest.raises(OverLimit, match="wants 10 minutes between"):
        await requests_of(database, tmp_path).accept(later, may)
    await requests_of(database, tmp_path).accept(replace(later, guild_id=None), may)
