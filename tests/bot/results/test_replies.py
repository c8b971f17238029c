from __future__ import annotations

import asyncio
from time import monotonic
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.background import Background
from bot.results.replies import Reply


class Interaction:
    """The part of an interaction that a Reply uses."""

    def __init__(self, *, expired: bool = False, gone: bool = False) -> None:
        self.expired = expired
        self.gone = gone
        self.shown: list[str] = []

    def is_expired(self) -> bool:
        return self.expired

    async def edit_original_response(self, *, content: str, **_: Any) -> None:
        if self.gone:
            response = SimpleNamespace(status=404, reason="Not Found")
            raise discord.NotFound(response, "Unknown Webhook")  # type: ignore[arg-type]
        await asyncio.sleep(0)
        self.shown.append(content)


class Channel:
    """A channel that takes edits of its messages, and new ones."""

    def __init__(self) -> None:
        self.edits: list[tuple[int, str]] = []
        self.sent: list[str] = []

    def get_partial_messageable(self, _: int) -> Channel:
        return self

    def get_partial_message(self, id: int) -> Any:
        async def edit(*, content: str, **_: Any) -> None:
            self.edits.append((id, content))

        return SimpleNamespace(edit=edit)

    async def send(self, content: str, **_: Any) -> None:
        self.sent.append(content)


def reply_of(
    channel: Channel,
    interaction: Interaction | None,
    *,
    message_id: int | None = 7,
    pause: float = 0.0,
) -> Reply:
    return Reply(
        client=channel,  # type: ignore[arg-type]
        background=Background(),
        channel_id=1,
        user_id=2,
        message_id=message_id,
        interaction=interaction,  # type: ignore[arg-type]
        pause=pause,
    )


async def test_the_same_text_is_shown_once() -> None:
    interaction = Interaction()
    reply = reply_of(Channel(), interaction)
    for _ in range(3):
        reply.say("a")
        await asyncio.sleep(0.01)
    await reply.finish("a")
    assert interaction.shown == ["a"]


async def test_texts_that_come_fast_are_skipped_but_never_the_last() -> None:
    interaction = Interaction()
    reply = reply_of(Channel(), interaction, pause=0.05)
    began = monotonic()
    for number in range(20):
        reply.say(str(number))
        await asyncio.sleep(0.005)
    async with asyncio.timeout(60):
        while interaction.shown[-1] != "19":  # noqa: ASYNC110 (nobody is told of an edit)
            await asyncio.sleep(0.01)
    assert interaction.shown[0] == "0"
    assert len(interaction.shown) <= 1 + (monotonic() - began) / 0.05


async def test_the_end_does_not_wait_for_the_pause_and_nothing_comes_after_it() -> None:
    interaction = Interaction()
    reply = reply_of(Channel(), interaction, pause=300.0)
    reply.say("a")
    await asyncio.sleep(0.01)
    reply.say("b")
    async with asyncio.timeout(60):
        await reply.finish("end")
    assert interaction.shown == ["a", "end"]


@pytest.mark.parametrize("interaction", [None, Interaction(expired=True), Interaction(gone=True)])
async def test_without_a_token_the_message_is_edited_by_id(interaction: Interaction | None) -> None:
    channel = Channel()
    await reply_of(channel, interaction).finish("end")
    assert channel.edits == [(7, "end")]
    assert not channel.sent


async def test_what_cannot_be_edited_is_said_in_a_new_message() -> None:
    channel = Channel()
    await reply_of(channel, Interaction(expired=True), message_id=None).finish("end")
    assert channel.sent == ["<@2>\nend"]


async def test_a_text_that_is_too_long_for_discord_is_shortened() -> None:
    channel = Channel()
    await reply_of(channel, Interaction(expired=True), message_id=None).finish("x" * 5_000)
    (sent,) = channel.sent
    assert len(sent) <= 2_000
    assert sent.endswith("…")
