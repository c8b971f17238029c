"""A page of somebody's diagrams as Discord shows it, and the buttons that turn it.

A button's id holds everything that its page needs, so it works after a restart.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Self

import discord

from bot.asking.descriptions import EXAMPLE
from bot.rating.emojis import RATING_EMOJIS
from bot.results.delivery import escaped, link, shortened
from bot.results.keeping import alt_text_of
from bot.results.replies import QUIET
from bot.texts import gettext as _
from bot.texts import ngettext
from bot.translating import Addressed
from storage.database import Database
from storage.history import Entry, Page, history

MAX_WORDS = 50
"""Characters to search for: they go into the buttons' ids, which hold 100."""

_QUOTE = 200
_BACK, _ON = "◀", "▶"


@dataclass(frozen=True, kw_only=True)
class Pages:
    """Shows pages of one person's diagrams; `images` is the folder of the PNGs."""

    database: Database
    images: Path

    async def show(
        self, interaction: discord.Interaction[Any], *, number: int = 0, words: str = ""
    ) -> None:
        """Make the deferred answer this page of the diagrams of whoever acted.

        Raises:
            StorageError: the database failed.
        """
        user_id = interaction.user.id
        async with self.database.reading() as session:
            page = await history(session, user_id, words=words.split(), number=number)
        pictures = await asyncio.to_thread(self._pictures, page)
        files = [
            discord.File(
                BytesIO(png),
                filename=_file_name(entry),
                description=alt_text_of(entry.text, entry.description),
            )
            for entry, png in zip(page.entries, pictures, strict=True)
            if png is not None
        ]
        await interaction.edit_original_response(
            content=_head(page, words),
            embeds=[
                _embed(entry, picture=png is not None)
                for entry, png in zip(page.entries, pictures, strict=True)
            ],
            attachments=files,
            view=_view(page, user_id, words),
            allowed_mentions=QUIET,
        )

    def _pictures(self, page: Page) -> list[bytes | None]:
        return [_read(self.images / entry.png_path) for entry in page.entries]


class TurnPage(
    Addressed,
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=re.compile(
        rf"history:(?P<way>[{_BACK}{_ON}]):(?P<number>\d{{1,9}}):(?P<user>\d+):(?P<words>.*)",
        re.DOTALL,
    ),
):
    """A click becomes the event `page_turned`: page `number` of what `user_id` searched for."""

    def __init__(
        self, *, way: str, number: int, user_id: int, words: str, disabled: bool = False
    ) -> None:
        super().__init__(
            discord.ui.Button(
                emoji=way,
                style=discord.ButtonStyle.secondary,
                disabled=disabled,
                custom_id=f"history:{way}:{number}:{user_id}:{words}",
            )
        )
        self._number = number
        self._user_id = user_id
        self._words = words

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /
    ) -> Self:
        return cls(
            way=match["way"],
            number=int(match["number"]),
            user_id=int(match["user"]),
            words=match["words"],
        )

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        interaction.client.dispatch(
            "page_turned", interaction, self._user_id, self._number, self._words
        )


def _view(page: Page, user_id: int, words: str) -> discord.ui.View | None:
    if page.pages == 1:
        return None
    view = discord.ui.View(timeout=None)
    back, on = page.number - 1, page.number + 1
    for way, number, disabled in ((_BACK, back, back < 0), (_ON, on, on == page.pages)):
        view.add_item(
            TurnPage(
                way=way, number=max(0, number), user_id=user_id, words=words, disabled=disabled
            )
        )
    return view


def _head(page: Page, words: str) -> str:
    if page.total == 0 and words:
        return _(
            "None of your diagrams has “{words}” in its description or its labels. `/history` "
            "shows all of them."
        ).format(words=escaped(words))
    if page.total == 0:
        return _("You have no diagrams yet. Try `/diagram description: {example}`").format(
            example=EXAMPLE
        )
    if words:
        text = ngettext(
            "{count:,} diagram with “{words}”", "{count:,} diagrams with “{words}”", page.total
        ).format(count=page.total, words=escaped(words))
    else:
        text = ngettext(
            "You have {count:,} diagram", "You have {count:,} diagrams", page.total
        ).format(count=page.total)
    if page.pages > 1:
        place = _("page {number} of {pages}").format(number=page.number + 1, pages=page.pages)
        text = f"{text} · {place}"
    hint = _("`/show` and an id post one of them again.")
    return f"{text}\n-# {hint}"


def _embed(entry: Entry, *, picture: bool) -> discord.Embed:
    rating = _("not rated")
    if entry.rating is not None:
        rating = _("your rating {emoji}").format(emoji=RATING_EMOJIS[entry.rating])
    when = discord.utils.format_dt(entry.created_at, "f")
    if entry.message:
        when += " · [" + _("message") + f"]({link(entry.message)})"
    lines = [
        escaped(shortened(" ".join(entry.description.split()), _QUOTE)),
        _(
            "**{final:.1f} / 10** · readability {readability:.1f} · taste {taste:.1f} · {rating}"
        ).format(
            final=entry.final, readability=entry.readability, taste=entry.taste, rating=rating
        ),
        when,
    ]
    if not picture:
        lines.append("-# " + _("Its picture is gone."))
    title = _("Diagram {id}").format(id=entry.diagram_id)
    embed = discord.Embed(title=title, description="\n".join(lines))
    if picture:
        embed.set_thumbnail(url=f"attachment://{_file_name(entry)}")
    return embed


def _file_name(entry: Entry) -> str:
    return f"diagram-{entry.diagram_id}.png"


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
