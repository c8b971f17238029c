"""What a diagram text's words for looks, colours and kinds are called, as they begin a line."""

from __future__ import annotations

from enum import StrEnum

from bot.texts import later
from ml.spec.model import Density, Detail, Direction, Hue, Kind, Line, Outline, Palette

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
    Kind.INPUT: later("Input"),
    Kind.DENSE: later("Dense layer"),
    Kind.CONV: later("Convolution"),
    Kind.POOL: later("Pooling"),
    Kind.NORM: later("Normalisation"),
    Kind.ACTIVATION: later("Activation"),
    Kind.ATTENTION: later("Attention"),
    Kind.RECURRENT: later("Recurrent layer"),
    Kind.EMBEDDING: later("Embedding"),
    Kind.ADD: later("Addition"),
    Kind.OUTPUT: later("Output"),
    Kind.DATA: later("Data"),
    Kind.STORE: later("Store"),
    Kind.DOCUMENT: later("Document"),
    Kind.PROCESS: later("Process"),
    Kind.MODEL: later("Model"),
    Kind.DECISION: later("Decision"),
    Kind.START: later("Start"),
    Kind.END: later("End"),
    Kind.PERSON: later("Person"),
    Kind.SERVICE: later("Service"),
}
"""A hue that is a palette as well is called the same: as text they are equal."""
