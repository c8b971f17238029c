"""Six buttons that rate a diagram, for where reactions cannot be given or seen.

They are on the private answer to **Rate diagram**, or below a result that is itself an answer.
"""

from __future__ import annotations

import re
from typing import Any, Self

import discord

from bot.rating.emojis import RATING_EMOJIS
from bot.results.buttons import result_buttons
from bot.texts import gettext as _
from bot.translating import Addressed
from storage.database import Database
from storage.ratings import rating_of

_RESULT = re.compile(r"rate:(?P<diagram>\d{1,18}):[0-5]:result")
_A_ROW = 3
_LARGEST_ROW = 5  # of Discord


class RateButton(
    Addressed,
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"rate:(?P<diagram>\d{1,18}):(?P<value>[0-5])(?P<result>:result)?",
):
    """A click becomes the event `rated_by_button`: whoever clicked gives the diagram `value`.

    `in_result`: the buttons are below the diagram itself.
    """

    def __init__(
        self, diagram_id: int, value: int, *, chosen: bool = False, in_result: bool = False
    ) -> None:
        style = discord.ButtonStyle.primary if chosen else discord.ButtonStyle.secondary
        super().__init__(
            discord.ui.Button(
                emoji=RATING_EMOJIS[value],
                style=style,
                custom_id=f"rate:{diagram_id}:{value}{':result' if in_result else ''}",
                row=value // _A_ROW,
            )
        )
        self._diagram_id = diagram_id
        self._value = value
        self._in_result = in_result

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /
    ) -> Self:
        in_result = match["result"] is not None
        return cls(int(match["diagram"]), int(match["value"]), in_result=in_result)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        interaction.client.dispatch(
            "rated_by_button", interaction, self._diagram_id, self._value, self._in_result
        )


async def ask_for_rating(
    interaction: discord.Interaction[Any], database: Database, diagram_id: int
) -> None:
    """Make the deferred answer the six buttons, with the present rating of whoever acted.

    Raises:
        StorageError: the database failed.
    """
    async with database.reading() as session:
        value = await rating_of(session, interaction.user.id, diagram_id)
    if value is None:
        text = (
            _("How do you like diagram {id}?").format(id=diagram_id)
            + " "
            + _("{low} is bad, {high} is great.").format(
                low=RATING_EMOJIS[0], high=RATING_EMOJIS[-1]
            )
        )
    else:
        text = _("Your rating of diagram {id} is {emoji}.").format(
            id=diagram_id, emoji=RATING_EMOJIS[value]
        )
    await interaction.edit_original_response(content=text, view=_view(diagram_id, value))


def under_answer(diagram_id: int, chosen: int | None = None) -> discord.ui.View:
    """What people have under a diagram that answers one of them.

    `chosen` is the rating by button of whoever alone sees it.
    """
    view = _view(diagram_id, chosen, in_result=True)
    first = len(RATING_EMOJIS) // _A_ROW
    for place, button in enumerate(result_buttons(diagram_id)):
        button.row = first + place // _LARGEST_ROW
        view.add_item(button)
    return view


def diagram_of_answer(message: discord.Message) -> int | None:
    """The diagram that one of our answers shows, by its buttons: such messages are not stored."""
    for row in message.components:
        for item in row.children if isinstance(row, discord.ActionRow) else ():
            found = _RESULT.fullmatch(getattr(item, "custom_id", None) or "")
            if found is not None:
                return int(found["diagram"])
    return None


def _view(diagram_id: int, chosen: int | None, *, in_result: bool = False) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    for value in range(len(RATING_EMOJIS)):
        view.add_item(RateButton(diagram_id, value, chosen=value == chosen, in_result=in_result))
    return view
