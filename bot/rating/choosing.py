"""“A or B?”: three buttons below two results that are about as good."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any, Self

import discord

from bot.texts import gettext as _
from bot.texts import later
from bot.translating import Addressed

QUESTION = later(
    "⚖️ **A or B?** The first two are about as good, as far as I can tell. Which one is better: "
    "**A** (#1) or **B** (#2)? Everybody may answer, and nobody sees who said what."
)


class Answer(StrEnum):
    """What somebody says about two diagrams."""

    A = "a"
    B = "b"
    NEITHER = "neither"


_ID = r"[0-9]{1,18}"
_LABELS = {Answer.A: "A", Answer.B: "B", Answer.NEITHER: later("Neither")}


class ChooseButton(
    Addressed,
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=rf"choose:(?P<a>{_ID}):(?P<b>{_ID}):(?P<answer>{'|'.join(Answer)})",
):
    """One answer; a click becomes the event `a_or_b`."""

    def __init__(self, a: int, b: int, answer: Answer) -> None:
        super().__init__(
            discord.ui.Button(label=_(_LABELS[answer]), custom_id=f"choose:{a}:{b}:{answer}")
        )
        self._a = a
        self._b = b
        self._answer = answer

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /
    ) -> Self:
        return cls(int(match["a"]), int(match["b"]), Answer(match["answer"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        interaction.client.dispatch("a_or_b", interaction, self._a, self._b, self._answer)


def under_question(a: int, b: int) -> discord.ui.View:
    """What is below the question about two diagrams."""
    view = discord.ui.View(timeout=None)
    for answer in Answer:
        view.add_item(ChooseButton(a, b, answer))
    return view
