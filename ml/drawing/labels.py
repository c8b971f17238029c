"""Text: how wide it is, where it breaks, and how it is made to fit.

Widths are those of OpenCV's own sans typeface. They are measured at twice the size, the
scale at which diagrams are posted, because glyphs advance by whole pixels.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import cv2

from ml.spec.scene import Colour, Text

LINE_HEIGHT = 1.24
WEIGHT = 450
MIN_SIZE = 8.0
ELLIPSIS = "…"
_MEASURE_SCALE = 2


@dataclass(frozen=True, kw_only=True)
class Block:
    """Wrapped lines and the extent, in px, of the block they make."""

    lines: tuple[str, ...]
    size: float
    width: float
    height: float

    def at(self, x: float, y: float, colour: Colour) -> Text:
        """The block as a Text centred on (x, y)."""
        return Text(
            x=x,
            y=y,
            width=self.width,
            height=self.height,
            lines=self.lines,
            size=self.size,
            colour=colour,
        )


@lru_cache(maxsize=1)
def typeface() -> cv2.FontFace:
    """The one typeface of all diagrams."""
    return cv2.FontFace("sans")


@lru_cache(maxsize=65_536)
def pixel_width(text: str, pixels: int) -> int:
    """The advance width of one line at a whole pixel size."""
    _, _, width, _ = cv2.getTextSize((0, 0), text, (0, 0), typeface(), pixels, WEIGHT, 0)
    return int(width)


def width(text: str, size: float) -> float:
    """The width in px of one line at a font size in px."""
    return pixel_width(text, max(1, round(size * _MEASURE_SCALE))) / _MEASURE_SCALE


@lru_cache(maxsize=8_192)
def clean(text: str) -> str:
    """The text without what the typeface cannot draw: emoji, control and joining characters."""
    kept = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Zl", "Zp") else letter
        for letter in unicodedata.normalize("NFC", text)
        if ord(letter) < 0x1F000
        and not 0xFE00 <= ord(letter) <= 0xFE0F
        and not 0xD800 <= ord(letter) <= 0xF8FF
        and unicodedata.category(letter) not in ("Cf", "Cn")
    )
    return " ".join(kept.split()) or "–"


@lru_cache(maxsize=16_384)
def wrap(
    text: str, size: float, room: float, most: int, *, break_words: bool = False
) -> Block | None:
    """The text in as few lines as fit `room` px, evenly filled; None when `most` are too few.

    Lines break at spaces, after hyphens, slashes and underscores, and, in words of Han or Kana
    that are wider than the room, between any two characters. Other words, Hangul ones among
    them, stay whole unless `break_words` says otherwise.
    """
    pieces = _pieces(text, between_characters=False)
    if any(width(piece.strip(), size) > room for piece in pieces):
        pieces = _pieces(text, between_characters=True)
        if any(width(piece.strip(), size) > room for piece in pieces):
            if not break_words:
                return None
            pieces = tuple(part for piece in pieces for part in _broken(piece, size, room))
    lines = _greedy(pieces, size, room)
    if len(lines) > most:
        return None
    if len(lines) > 1:
        # The narrowest room that needs no more lines fills them evenly.
        low, high = max(width(piece.strip(), size) for piece in pieces), room
        while high - low > 1:
            middle = (low + high) / 2
            if len(_greedy(pieces, size, middle)) <= len(lines):
                high = middle
            else:
                low = middle
        lines = _greedy(pieces, size, high)
    return block(lines, size)


def block(lines: tuple[str, ...], size: float) -> Block:
    """Lines as they are, measured."""
    return Block(
        lines=lines,
        size=size,
        width=max(width(line, size) for line in lines),
        height=len(lines) * size * LINE_HEIGHT,
    )


@lru_cache(maxsize=16_384)
def fit(text: str, room: float, height: float, size: float, least: float = MIN_SIZE) -> Block:
    """The text made to fit `room` × `height` px: wrapped at words, then a little smaller, then
    with long words broken, then smaller still, then shortened with “…”."""
    for break_words, smallest in ((False, max(least, size * 0.75)), (True, least)):
        step = size
        while step >= smallest:
            most = max(1, int((height + 0.5) / (step * LINE_HEIGHT)))
            wrapped = wrap(text, step, room, most, break_words=break_words)
            if wrapped is not None:
                return wrapped
            step -= 0.5
    return _shorten(text, room, height, least)


def _shorten(text: str, room: float, height: float, size: float) -> Block:
    """As much of the text as fits at this size, cut inside words where it must be."""
    most = max(1, int((height + 0.5) / (size * LINE_HEIGHT)))
    lines: list[str] = []
    rest = text
    while rest:
        last = len(lines) == most - 1
        taken = _fitting(rest, size, room)
        if last or taken == 0:
            if taken < len(rest):
                keep = len(rest)
                while keep > 0 and width(rest[:keep].rstrip() + ELLIPSIS, size) > room:
                    keep -= 1
                rest = rest[:keep].rstrip() + ELLIPSIS
            lines.append(rest)
            break
        if taken < len(rest) and " " in rest[: taken + 1].strip():
            taken = rest[: taken + 1].rindex(" ")
        lines.append(rest[:taken].strip())
        rest = rest[taken:].strip()
    return block(tuple(lines), size)


def _broken(piece: str, size: float, room: float) -> Iterator[str]:
    """A word in equal parts that fit."""
    parts = 1
    while parts < len(piece):
        each = -(-len(piece) // parts)
        chunks = [piece[start : start + each] for start in range(0, len(piece), each)]
        if all(width(chunk.strip(), size) <= room for chunk in chunks):
            break
        parts += 1
    else:
        chunks = list(piece)
    yield from chunks


def _fitting(text: str, size: float, room: float) -> int:
    count = len(text)
    while count > 0 and width(text[:count].rstrip(), size) > room:
        count -= 1
    return count


def _greedy(pieces: tuple[str, ...], size: float, room: float) -> tuple[str, ...]:
    lines: list[str] = []
    line = ""
    for piece in pieces:
        if line and width((line + piece).strip(), size) > room:
            lines.append(line.strip())
            line = piece
        else:
            line += piece
    lines.append(line.strip())
    return tuple(line for line in lines if line) or (" ",)


@lru_cache(maxsize=8_192)
def _pieces(text: str, *, between_characters: bool) -> tuple[str, ...]:
    """The parts between which a line may break; spaces stay at the end of their part."""
    return tuple(_split(text, between_characters))


def _split(text: str, between_characters: bool) -> Iterator[str]:
    part = ""
    for position, letter in enumerate(text):
        part += letter
        following = text[position + 1 : position + 2]
        if following in ("", " "):
            continue
        joint = letter in "-/_" and len(part) > 2 and following.isalnum()
        wide = between_characters and (_is_wide(letter) or _is_wide(following))
        if letter == " " or joint or (wide and following.isalnum()):
            yield part
            part = ""
    if part:
        yield part


def _is_wide(letter: str) -> bool:
    if "\uac00" <= letter <= "\ud7a3":
        return False
    return unicodedata.east_asian_width(letter) in "WF"
