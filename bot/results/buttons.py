"""The buttons under posted diagrams and on the private answers to them.

An id names what to do and the diagram, never anything that a person typed: `diagram:edit:123`.
So a button works after a restart and years later, and what it does is in `bot/cogs/results.py`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any, Self

import discord

from bot.texts import gettext as _
from bot.texts import later
from bot.translating import Addressed


class Action(StrEnum):
    """What a button does to its diagram."""

    REFINE = "refine"
    EDIT = "edit"
    RESTYLE = "restyle"
    AGAIN = "again"
    EXPORT = "export"
    DELETE = "delete"
    REDO = "redo"  # an edit that was not right, with the text as the person left it
    SURE = "sure"  # about deleting
    KEEP = "keep"


_ID = r"(?P<id>[0-9]{1,18})"
_LOOKS = {
    Action.REFINE: (later("Refine"), "🪄", discord.ButtonStyle.primary),
    Action.EDIT: (later("Edit text"), "✏️", discord.ButtonStyle.secondary),
    Action.RESTYLE: (later("Restyle"), "🎨", discord.ButtonStyle.secondary),
    Action.AGAIN: (later("More like this"), "🔁", discord.ButtonStyle.secondary),
    Action.EXPORT: (later("Export"), "📤", discord.ButtonStyle.secondary),
    Action.DELETE: (later("Delete"), "🗑️", discord.ButtonStyle.secondary),
    Action.REDO: (later("Edit again"), "✏️", discord.ButtonStyle.primary),
    Action.SURE: (later("Delete it"), "🗑️", discord.ButtonStyle.danger),
    Action.KEEP: (later("Keep it"), None, discord.ButtonStyle.secondary),
}
_RESULT = (
    Action.REFINE,
    Action.EDIT,
    Action.RESTYLE,
    Action.AGAIN,
    Action.EXPORT,
    Action.DELETE,
)


class DiagramButton(
    Addressed,
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=rf"diagram:(?P<action>{'|'.join(Action)}):{_ID}",
):
    """One button; a click becomes the event `diagram_button`."""

    def __init__(self, action: Action, diagram_id: int) -> None:
        label, emoji, style = _LOOKS[action]
        super().__init__(
            discord.ui.Button(
                label=_(label),
                emoji=emoji,
                style=style,
                custom_id=f"diagram:{action}:{diagram_id}",
            )
        )
        self._action = action
        self._diagram_id = diagram_id

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /
    ) -> Self:
        return cls(Action(match["action"]), int(match["id"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        interaction.client.dispatch("diagram_button", interaction, self._action, self._diagram_id)


def result_buttons(diagram_id: int) -> list[DiagramButton]:
    """What can be done with a diagram, wherever it is shown."""
    return [DiagramButton(action, diagram_id) for action in _RESULT]


def under_result(diagram_id: int) -> discord.ui.View:
    """What everybody has under a posted diagram."""
    return _view(diagram_id, *_RESULT)


def under_bad_edit(diagram_id: int) -> discord.ui.View:
    """What a person has under an edit that was not right."""
    return _view(diagram_id, Action.REDO)


def under_delete(diagram_id: int) -> discord.ui.View:
    """What a person is asked before a diagram is deleted."""
    return _view(diagram_id, Action.SURE, Action.KEEP)


def _view(diagram_id: int, *actions: Action) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    for action in actions:
        view.add_item(DiagramButton(action, diagram_id))
    return view
