"""The form with a diagram's text, and the texts that were not right yet.

The form is not kept anywhere: what comes back names its diagram, as buttons do, so a form that
was open during a restart can still be sent.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import discord

from bot.errors import BadDiagramText
from bot.texts import gettext as _
from ml.errors import SpecError
from ml.spec.text import parse_spec

MAX_INPUT = 4_000
"""Characters that Discord takes in a text input."""
_FORM = re.compile(r"diagram:text:(?P<id>[0-9]{1,18})")


def editable(text: str) -> str:
    """The text of a diagram, as it can be put into the form.

    Raises:
        BadDiagramText: it is of another dialect, or too long.
    """
    try:
        parse_spec(text)
    except SpecError as error:
        raise BadDiagramText(
            _(
                "This diagram was written in another form, which has no text to edit. Please "
                "describe it anew with `/diagram`."
            )
        ) from error
    if len(text) > MAX_INPUT:
        raise BadDiagramText(
            _(
                "The text of this diagram has {length:,} characters, and Discord's forms take at "
                "most {most:,}. Please describe a part of it with `/diagram`."
            ).format(length=len(text), most=MAX_INPUT)
        )
    return text


def form(diagram_id: int, text: str) -> discord.ui.Modal:
    """The text in a form, to be changed."""
    modal = discord.ui.Modal(title=_("Edit the diagram"), custom_id=f"diagram:text:{diagram_id}")
    modal.add_item(
        discord.ui.Label(
            text=_("Diagram text"),
            description=_(
                "Style words first, then a line a part: its number, kind, label, ->targets"
            ),
            component=discord.ui.TextInput(
                custom_id="text",
                style=discord.TextStyle.paragraph,
                default=text,
                max_length=MAX_INPUT,
            ),
        )
    )
    modal.stop()  # else discord.py would keep it until it is sent, which may be never
    return modal


def filled_in(interaction: discord.Interaction) -> tuple[int, str] | None:
    """The diagram id and the text, when the interaction is this form being sent."""
    return sent(interaction, _FORM)


def sent(interaction: discord.Interaction, form: re.Pattern[str]) -> tuple[int, str] | None:
    """The diagram id and what was typed, when the interaction is a form of this id being sent."""
    data: Mapping[str, Any] = interaction.data or {}
    match = form.fullmatch(data.get("custom_id", ""))
    if interaction.type is not discord.InteractionType.modal_submit or match is None:
        return None
    texts = [row["component"]["value"] for row in data["components"] if "component" in row]
    return int(match["id"]), texts[0]


class Drafts:
    """The latest text of each person and diagram that was not right: `size` of them, in memory."""

    def __init__(self, *, size: int = 500) -> None:
        self._size = size
        self._texts: OrderedDict[tuple[int, int], str] = OrderedDict()

    def put(self, user_id: int, diagram_id: int, text: str) -> None:
        """Keep this, in place of an earlier one."""
        self._texts[user_id, diagram_id] = text
        self._texts.move_to_end((user_id, diagram_id))
        if len(self._texts) > self._size:
            self._texts.popitem(last=False)

    def get(self, user_id: int, diagram_id: int) -> str | None:
        """What was kept, or None when it is not there any more."""
        return self._texts.get((user_id, diagram_id))
