"""What the words of a diagram text for looks and colours are called, as they begin a line."""

from __future__ import annotations

from enum import StrEnum

from bot.texts import later
from ml.spec.model import Density, Detail, Direction, Hue, Line, Outline, Palette

CALLED: dict[StrEnum, str] = {
    Direction.RIGHT: later("Left to right"),
    Direction.DOWN: later("Top to bottom"),
    Palette.BLUE: later("Blue"),
    Palette.GREEN: later("Green"),
    Palette.TEAL: later("Teal"),
    Palette.PURPLE: later("Purple"),
    Palette.ORANGE: later("Orange"),
    Palette.PINK: later("Pink"),
    Palette.GRAY: later("Grey"),
    Palette.VIVID: later("Many colours"),
    Outline.BOX: later("Boxes"),
    Outline.ROUND: later("Round corners"),
    Outline.OVAL: later("Ovals"),
    Line.ARROW: later("Arrows"),
    Line.LINE: later("Plain lines"),
    Line.DASHED: later("Dashed lines"),
    Density.SPACIOUS: later("Spacious"),
    Density.COMPACT: later("Compact"),
    Detail.NODES: later("Every unit drawn"),
    Detail.LAYERS: later("Layers as blocks"),
    Hue.RED: later("Red"),
    Hue.YELLOW: later("Yellow"),
}
"""A hue that is a palette as well is called the same: as text they are equal."""
