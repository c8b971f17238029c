"""Colours: one hue family a palette, one shade a role.

Shades are picked in OKLCH (Björn Ottosson, “A perceptual color space for image processing”,
2020), where equal lightness looks equally light in every hue: contrast then holds for all
palettes alike. A label keeps at least 4.5:1 on its fill and a line 3:1 on the background
(WCAG 2.2, 1.4.3 and 1.4.11).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from ml.spec.model import Hue, Kind, Palette
from ml.spec.scene import Colour


class Role(Enum):
    """What a node does in a diagram; kinds that do the same share a colour."""

    SOURCE = auto()
    LAYER = auto()
    SEQUENCE = auto()
    MINOR = auto()
    ACTIVATION = auto()
    MERGE = auto()
    STEP = auto()
    MODEL = auto()
    DECISION = auto()
    STORE = auto()
    PERSON = auto()
    TERMINAL = auto()
    SINK = auto()


ROLES: dict[Kind, Role] = {
    Kind.INPUT: Role.SOURCE,
    Kind.DATA: Role.SOURCE,
    Kind.DENSE: Role.LAYER,
    Kind.CONV: Role.LAYER,
    Kind.ATTENTION: Role.SEQUENCE,
    Kind.RECURRENT: Role.SEQUENCE,
    Kind.EMBEDDING: Role.SEQUENCE,
    Kind.POOL: Role.MINOR,
    Kind.NORM: Role.MINOR,
    Kind.ACTIVATION: Role.ACTIVATION,
    Kind.ADD: Role.MERGE,
    Kind.PROCESS: Role.STEP,
    Kind.SERVICE: Role.STEP,
    Kind.MODEL: Role.MODEL,
    Kind.DECISION: Role.DECISION,
    Kind.STORE: Role.STORE,
    Kind.DOCUMENT: Role.STORE,
    Kind.PERSON: Role.PERSON,
    Kind.START: Role.TERMINAL,
    Kind.END: Role.TERMINAL,
    Kind.OUTPUT: Role.SINK,
}


@dataclass(frozen=True, kw_only=True)
class Shade:
    """The colours of one node."""

    fill: Colour
    stroke: Colour
    text: Colour


@dataclass(frozen=True, kw_only=True)
class Colours:
    """Everything a drawing needs to know about a palette."""

    background: Colour
    line: Colour
    mesh: Colour
    """Lines of fully connected layers: many, so lighter than `line`."""
    caption: Colour
    roles: dict[Role, Shade]

    def of(self, kind: Kind, hue: Hue | None = None) -> Shade:
        """The colours of a node of this kind; a hue of its own outweighs the palette's."""
        role = ROLES[kind]
        if hue is None:
            return self.roles[role]
        return _tinted(hue, deep=role in _DEEP)


# Role → lightness of the fill, chroma against the palette's own, and hue shift in degrees.
# A palette walks from pale sources over its compute layers to a deep sink.
_TONES: dict[Role, tuple[float, float, float]] = {
    Role.SOURCE: (0.965, 0.35, 0),
    Role.LAYER: (0.86, 1.0, 0),
    Role.SEQUENCE: (0.80, 1.15, 14),
    Role.MINOR: (0.925, 0.65, -14),
    Role.ACTIVATION: (0.90, 0.9, 28),
    Role.MERGE: (0.985, 0.15, 0),
    Role.STEP: (0.90, 0.75, 0),
    Role.MODEL: (0.52, 1.75, 4),
    Role.STORE: (0.885, 0.7, -28),
    Role.PERSON: (0.945, 0.6, 24),
    Role.TERMINAL: (0.42, 1.15, 0),
    Role.SINK: (0.48, 1.55, 0),
}

# Palette → hue in degrees and chroma of a compute layer, hue and chroma of a decision, which
# stands out from the rest, and hue of the deep shades.
_HUES: dict[Palette, tuple[float, float, float, float, float]] = {
    Palette.BLUE: (257, 0.075, 88, 0.085, 257),
    Palette.GREEN: (152, 0.075, 92, 0.090, 152),
    Palette.TEAL: (195, 0.070, 82, 0.080, 200),
    Palette.PURPLE: (298, 0.080, 80, 0.075, 295),
    Palette.ORANGE: (62, 0.090, 98, 0.110, 42),
    Palette.PINK: (355, 0.075, 75, 0.080, 358),
    Palette.GRAY: (262, 0.010, 262, 0.004, 262),
}

# Role → hue, lightness and chroma of the fill in `vivid`.
_VIVID: dict[Role, tuple[float, float, float]] = {
    Role.SOURCE: (152, 0.91, 0.085),
    Role.LAYER: (255, 0.83, 0.095),
    Role.SEQUENCE: (300, 0.82, 0.100),
    Role.MINOR: (200, 0.90, 0.070),
    Role.ACTIVATION: (92, 0.93, 0.110),
    Role.MERGE: (265, 0.96, 0.012),
    Role.STEP: (232, 0.90, 0.055),
    Role.MODEL: (280, 0.53, 0.190),
    Role.DECISION: (68, 0.88, 0.120),
    Role.STORE: (178, 0.86, 0.085),
    Role.PERSON: (342, 0.89, 0.075),
    Role.TERMINAL: (270, 0.38, 0.050),
    Role.SINK: (18, 0.55, 0.185),
}


# Hue of one node → hue in degrees, lightness and chroma of its fill.
_TINTS: dict[Hue, tuple[float, float, float]] = {
    Hue.RED: (22, 0.78, 0.130),
    Hue.ORANGE: (58, 0.83, 0.125),
    Hue.YELLOW: (98, 0.92, 0.130),
    Hue.GREEN: (150, 0.83, 0.125),
    Hue.TEAL: (192, 0.83, 0.095),
    Hue.BLUE: (252, 0.79, 0.110),
    Hue.PURPLE: (303, 0.77, 0.120),
    Hue.PINK: (352, 0.82, 0.110),
    Hue.GRAY: (262, 0.86, 0.008),
}

_DEEP = frozenset({Role.MODEL, Role.TERMINAL, Role.SINK})
"""Roles whose fill is dark in every palette; they stay dark in a hue of their own."""


@cache
def colours(palette: Palette) -> Colours:
    """The colours of a palette."""
    if palette is Palette.VIVID:
        roles = {role: _shade(hue, light, chroma) for role, (hue, light, chroma) in _VIVID.items()}
        return _colours(262, 0.020, roles)
    hue, chroma, decision_hue, decision_chroma, deep = _HUES[palette]
    roles = {
        role: _shade((hue if light > 0.7 else deep) + shift, light, chroma * part)
        for role, (light, part, shift) in _TONES.items()
    }
    roles[Role.DECISION] = _shade(decision_hue, 0.94, decision_chroma)
    return _colours(hue, min(chroma, 0.05), roles)


@cache
def _tinted(hue: Hue, *, deep: bool) -> Shade:
    degrees, light, chroma = _TINTS[hue]
    return _shade(degrees, 0.50, chroma * 1.3) if deep else _shade(degrees, light, chroma)


def contrast(one: Colour, other: Colour) -> float:
    """The WCAG contrast ratio of two colours, 1–21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _colours(hue: float, chroma: float, roles: dict[Role, Shade]) -> Colours:
    return Colours(
        background=_srgb(0.992, chroma * 0.06, hue),
        line=_srgb(0.46, chroma * 0.9, hue),
        mesh=_srgb(0.655, chroma * 0.9, hue),
        caption=_srgb(0.38, chroma * 0.8, hue),
        roles=roles,
    )


def _shade(hue: float, light: float, chroma: float) -> Shade:
    fill = _srgb(light, chroma, hue)
    if light < 0.7:
        stroke = _srgb(light - 0.10, chroma, hue)
        return Shade(fill=fill, stroke=stroke, text=_srgb(0.99, chroma * 0.05, hue))
    stroke = _srgb(0.56, min(0.16, chroma * 1.5 + 0.01), hue)
    return Shade(fill=fill, stroke=stroke, text=_srgb(0.29, min(0.09, chroma), hue))


def _srgb(light: float, chroma: float, hue: float) -> Colour:
    """OKLCH as sRGB; chroma is lowered until the colour exists on a screen."""
    while chroma > 0.001:
        channels = _linear(light, chroma, hue)
        if all(-1e-4 <= channel <= 1.0001 for channel in channels):
            break
        chroma *= 0.95
    red, green, blue = (_encode(channel) for channel in _linear(light, chroma, hue))
    return red, green, blue


def _linear(light: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _encode(channel: float) -> int:
    channel = min(1.0, max(0.0, channel))
    curved = 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
    return round(255 * curved)


def _luminance(colour: Colour) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
