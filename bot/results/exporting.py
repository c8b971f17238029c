"""A diagram as a file for another program, made when somebody chooses a format."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path, PurePath
from typing import Any, Self

import discord

from bot.errors import UserFacingError
from bot.problems import problem_of
from bot.results.delivery import file_name
from bot.results.shown import Shown
from bot.texts import gettext as _
from bot.texts import later
from bot.translating import Addressed
from ml.errors import ModelError, SpecError, WorkerError
from ml.export.formats import Format, export
from ml.spec.rows import write_rows
from ml.spec.scene import Scene
from ml.spec.text import parse_spec
from ml.worker import Draws

_CHOICES = {
    Format.PPTX: ("PowerPoint", later("Shapes and connectors that can be edited")),
    Format.DRAWIO: ("draw.io", later("Also for diagrams.net")),
    Format.SVG: ("SVG", later("A drawing that stays sharp at any size")),
    Format.PNG_2X: ("PNG", later("2000 × 1200 pixels, as posted")),
    Format.PNG: (later("PNG, small"), later("1000 × 600 pixels")),
    Format.PNG_TRANSPARENT: (later("PNG without background"), later("2000 × 1200 pixels")),
    Format.MERMAID: ("Mermaid", later("Text for Markdown, GitHub and wikis")),
    Format.DOT: ("Graphviz DOT", later("Text for Graphviz")),
    Format.JSON: ("JSON", later("The structure and the places of everything")),
    Format.ROWS: (later("Rows"), later("One shape a line")),
}


class FormatMenu(
    Addressed,
    discord.ui.DynamicItem[discord.ui.Select[discord.ui.View]],
    template=r"diagram:format:(?P<id>[0-9]{1,18})",
):
    """The formats to choose from; a choice becomes the event `diagram_format`."""

    def __init__(self, diagram_id: int) -> None:
        super().__init__(
            discord.ui.Select(
                custom_id=f"diagram:format:{diagram_id}",
                placeholder=_("Choose a format"),
                options=[
                    discord.SelectOption(label=_(label), value=format.value, description=_(about))
                    for format, (label, about) in _CHOICES.items()
                ],
            )
        )
        self._diagram_id = diagram_id

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /
    ) -> Self:
        return cls(int(match["id"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        chosen = self.item.values[0]
        interaction.client.dispatch("diagram_format", interaction, chosen, self._diagram_id)


def format_menu(diagram_id: int) -> discord.ui.View:
    """The private answer to **Export**."""
    view = discord.ui.View(timeout=None)
    view.add_item(FormatMenu(diagram_id))
    return view


class Exports:
    """Makes the files. `images` is the folder of the posted PNGs."""

    def __init__(self, *, worker: Draws, images: Path) -> None:
        self._worker = worker
        self._images = images

    async def file(self, shown: Shown, format: Format) -> tuple[str, bytes]:
        """The name and the content of a diagram's file.

        Raises:
            UserFacingError: it cannot be made now, or never from this diagram.
        """
        diagram = shown.diagram
        scene = Scene.from_json(diagram.scene)
        if format.needs_opencv:
            data = await self._picture(diagram.png_path, scene, format)
        elif format is Format.ROWS:
            data = write_rows(scene).encode()
        else:
            try:
                spec = parse_spec(diagram.text)
            except SpecError as error:
                raise UserFacingError(
                    _(
                        "This diagram has places but no structure, so it can be had as PNG or Rows "
                        "only."
                    )
                ) from error
            data = await asyncio.to_thread(export, spec, scene, format)
        name = PurePath(file_name(shown.origin.description, diagram.rank)).stem
        return name + format.extension, data

    async def _picture(self, posted: str | None, scene: Scene, format: Format) -> bytes:
        """The posted file where that is meant; the others are drawn where OpenCV is."""
        if format is Format.PNG_2X and posted is not None:
            try:
                return await asyncio.to_thread((self._images / posted).read_bytes)
            except FileNotFoundError:
                pass  # drawn anew
        try:
            return await self._worker.picture(
                scene,
                scale=1.0 if format is Format.PNG else 2.0,
                transparent=format is Format.PNG_TRANSPARENT,
            )
        except (WorkerError, ModelError) as error:
            raise UserFacingError(problem_of(error, "export")) from error
