"""The demo's stage: what people do in the simulated Discord, written down as it happens."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, time
from typing import TextIO

import discord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.app import App
from bot.rating.emojis import RATING_EMOJIS
from bot.simulated.simulation import Outside
from ml.errors import SpecError
from ml.spec.model import Style
from ml.spec.text import parse_spec
from storage.diagrams import get_diagram
from storage.messages import diagram_of_message
from storage.ratings import rating_of

WIDTH = 96


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A posted diagram with what the database knows of it."""

    message_id: int
    diagram_id: int
    caption: str
    rank: int
    readability: float
    taste: float
    looks: Style
    file: Path

    def style(self, field: str) -> str:
        """One word of its style: its direction, palette, outline …"""
        return str(getattr(self.looks, field))


class Transcript:
    """Writes lines for people."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def title(self, text: str) -> None:
        self.line("")
        self.line(f"── {text} {'─' * max(0, WIDTH - len(text) - 4)}")

    def line(self, text: str) -> None:
        self._out.write(text + "\n")
        self._out.flush()

    def speech(self, who: str, text: str) -> None:
        """What somebody says, wrapped beside their name."""
        for number, line in enumerate(plain(text).splitlines()):
            indent = f"{who if not number else '':<6}"
            wrapped = textwrap.wrap(line, WIDTH - 6, break_long_words=False) or [""]
            self.line(indent + ("\n" + " " * 6).join(wrapped))


def plain(text: str) -> str:
    """Discord's markup as a reader sees it: links without addresses, times as "in 2 min"."""
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1 🔗", text)
    text = re.sub(r"<t:(\d+):R>", lambda match: _relative(int(match[1]) - time()), text)
    return re.sub(r"\\(.)", r"\1", text.replace("**", ""))


def _relative(seconds: float) -> str:
    size = abs(seconds)
    amount = f"{size:.0f} s" if size < 90 else f"{size / 60:.0f} min"
    if size >= 5_400:
        amount = f"{size / 3_600:.0f} h"
    return f"in {amount}" if seconds > 0 else f"{amount} ago"


class Stage:
    """People, a channel and the bot; every act is written down, checks are collected."""

    def __init__(self, *, env: Env, app: App, worker: Outside, say: Transcript, out: Path) -> None:
        self.env = env
        self.app = app
        self.say = say
        self.checks: list[tuple[bool, str]] = []
        self._worker = worker
        self._out = out
        self._channel: ChannelHandle | None = None
        self._seen = 0
        self._asked = 0

    def open(self, channel: ChannelHandle) -> None:
        """Everything happens in this channel."""
        self._channel = channel

    @property
    def channel(self) -> ChannelHandle:
        assert self._channel is not None
        return self._channel

    def check(self, happened: bool, what: str) -> None:
        """Note whether something that the demo is about really happened."""
        self.checks.append((bool(happened), what))

    async def ask(
        self,
        *asked: tuple[MemberActor, str, Mapping[str, int]],
        moved: bool = False,
        limit: float = 240.0,
    ) -> list[list[Shown]]:
        """/diagram from several people before the first is done; what each got."""
        began = perf_counter()
        before = len(self.env.http_requests)
        results = []
        for who, description, options in asked:
            said = " ".join(f"{name}: {value}" for name, value in options.items())
            self.say.speech(who.name, f"/diagram {description} {said}")
            results.append(
                await who.slash(self.channel, "diagram", description=description, **options)
            )
        await self._worker.settled(limit=limit)
        seconds = perf_counter() - began
        posts = self._new_posts()
        got = []
        for (who, _, _), result in zip(asked, results, strict=True):
            self.say.line("")
            trail = self._statuses(before, result.response.id if result.response else 0)
            self.say.speech("Bot", f"to {who.name}: " + " → ".join(trail))
            if result.response is not None:
                self.say.speech("", result.response.content.splitlines()[-1])
            mine = [post for post in posts if who.mention in post.content]
            self._asked += 1
            got.append([await self._shown(post, who) for post in mine])
            self._table(got[-1], moved=moved)
        self.say.line(f"      ({seconds:.1f} s from the first command to the last picture)")
        return got

    async def react_to(self, who: MemberActor, shown: Sequence[Shown], value: int) -> None:
        """Click a number emoji under each of these."""
        for one in shown:
            await who.react(self.message(one), RATING_EMOJIS[value])
        names = ", ".join(one.file.stem for one in shown)
        self.say.speech(who.name, f"+ {RATING_EMOJIS[value]}  on {names}")

    async def unreact(self, who: MemberActor, shown: Shown, value: int) -> None:
        """Take a number emoji back."""
        await who.unreact(self.message(shown), RATING_EMOJIS[value])
        self.say.speech(who.name, f"− {RATING_EMOJIS[value]}  on {shown.file.stem}, taken back")

    async def slash(self, who: MemberActor, command: str) -> None:
        self.say.speech(who.name, f"/{command}")
        result = await who.slash(self.channel, command)
        said = result.response.content if result.response else "(nothing)"
        self.say.speech("Bot", said)
        self.check(result.ephemeral, f"/{command} is answered privately")

    async def rating(self, who: MemberActor, shown: Shown) -> int | None:
        """The person's current rating, as the database has it."""
        async with self.app.database.reading() as session:
            return await rating_of(session, who.id, shown.diagram_id)

    def message(self, shown: Shown) -> discord.Message:
        """The message as it is now."""
        return next(m for m in self.channel.history() if m.id == shown.message_id)

    def _new_posts(self) -> list[discord.Message]:
        posts = [message for message in self.channel.history() if message.attachments]
        new, self._seen = posts[self._seen :], len(posts)
        return new

    def _statuses(self, before: int, message_id: int) -> list[str]:
        """What the status message said before its last words."""
        mine = self.env.backend.messages[self.channel.id].get(message_id)
        quote = mine.content.splitlines()[0] if mine is not None else ""
        said = [
            str(request.json["content"]).splitlines()[-1]
            for request in self.env.http_requests[before:]
            if request.method == "PATCH"
            and isinstance(request.json, dict)
            and str(request.json.get("content", "")).startswith(quote)
        ]
        return list(dict.fromkeys(said))[:-1]

    async def _shown(self, post: discord.Message, who: MemberActor) -> Shown:
        async with self.app.database.reading() as session:
            diagram_id = await diagram_of_message(session, post.id)
            assert diagram_id is not None, "a posted diagram is not in the database"
            diagram = await get_diagram(session, diagram_id)
        try:
            looks = parse_spec(diagram.text).style
        except SpecError:  # another dialect
            looks = Style()
        file = self._out / f"{self._asked}-{who.name.lower()}-{diagram.rank}.png"
        file.write_bytes(await post.attachments[0].read())
        return Shown(
            message_id=post.id,
            diagram_id=diagram_id,
            caption=post.content.splitlines()[0],
            rank=diagram.rank,
            readability=diagram.readability,
            taste=diagram.taste,
            looks=looks,
            file=file,
        )

    def _table(self, shown: Sequence[Shown], *, moved: bool) -> None:
        room = max((len(one.caption) for one in shown), default=0)
        for one in shown:
            looks = f"{one.style('direction')} {one.style('palette')}"
            line = f"      {one.caption:<{room}}  {looks:<13}  {one.file.name}"
            if moved:
                was = 1 + sum(other.readability > one.readability for other in shown)
                arrow = "▲" if was > one.rank else "▼" if was < one.rank else " "
                line += f"  {arrow} #{was} by readability alone"
            self.say.line(line)
