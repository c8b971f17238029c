"""The shape that a node asks for: its form and its size around its label."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ml.drawing.labels import clean, fit
from ml.drawing.outlines import cylinder_rim
from ml.spec.model import Density, Detail, Hue, Kind, Node, Outline, Style
from ml.spec.scene import Form

NOMINAL = 14.0
"""Font size in px of a label before a drawing is scaled to its canvas."""

_REPLICAS = 4
_TALLER = 0.45
_UPRIGHT = (Form.RECTANGLE, Form.ROUND_RECTANGLE, Form.CYLINDER)
UNIT_KINDS = frozenset(
    {
        Kind.INPUT,
        Kind.DENSE,
        Kind.NORM,
        Kind.ACTIVATION,
        Kind.RECURRENT,
        Kind.EMBEDDING,
        Kind.OUTPUT,
    }
)
"""Layers of these kinds are made of units that can be drawn one by one."""

_LAYER_KINDS = UNIT_KINDS | {Kind.CONV, Kind.POOL, Kind.ATTENTION, Kind.ADD}


@dataclass(frozen=True, kw_only=True)
class Sizing:
    """How shapes are cut.

    `wrap` is the width in px at which labels wrap; `flat` saves height, `tall` spends it;
    `equal` makes shapes of one form equally large; `units` is the most units of a layer that
    are drawn one by one (0: layers and replicas are one shape each); `taper` draws
    convolutional layers as slabs that shrink with their maps.
    """

    wrap: float = 118.0
    flat: bool = False
    tall: bool = False
    equal: bool = True
    units: int = 16
    taper: bool = False


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One shape. `inner` is the width and height that its label may fill, `label_y` below the
    centre."""

    node: int
    kind: Kind
    hue: Hue | None = None
    form: Form
    x: float = 0.0
    y: float = 0.0
    width: float
    height: float
    label: str = ""
    inner: tuple[float, float] = (0.0, 0.0)
    label_y: float = 0.0
    slab: bool = False


def figures(node: Node, style: Style, sizing: Sizing) -> list[Figure]:
    """The shape of a node, or one for each of its few replicas."""
    label = clean(node.label)
    apart = node.kind not in _LAYER_KINDS and node.kind is not Kind.DECISION
    if style.detail is Detail.NODES and sizing.units and apart and 1 < node.count <= _REPLICAS:
        return [
            _figure(node, f"{label} {number}", style, sizing) for number in range(1, node.count + 1)
        ]
    return [_figure(node, counted(label, node.count), style, sizing)]


def counted(label: str, count: int) -> str:
    """The label of a layer of `count`; its last two words stay on one line."""
    return label if count == 1 else f"{label} ×\N{NO-BREAK SPACE}{count:,}"


def form_of(kind: Kind, style: Style) -> Form:
    """The outline of a kind in a style."""
    if kind is Kind.DECISION:
        return Form.DIAMOND
    if kind is Kind.STORE:
        return Form.CYLINDER
    if kind in (Kind.START, Kind.END, Kind.PERSON):
        return Form.ELLIPSE
    if kind is Kind.DOCUMENT or style.outline is Outline.BOX:
        return Form.RECTANGLE
    return Form.ELLIPSE if style.outline is Outline.OVAL else Form.ROUND_RECTANGLE


def _figure(node: Node, label: str, style: Style, sizing: Sizing) -> Figure:
    if node.kind is Kind.ADD and node.count == 1 and node.label == Kind.ADD.default_label:
        return Figure(
            node=node.id,
            kind=node.kind,
            hue=node.hue,
            form=Form.ELLIPSE,
            width=34.0,
            height=34.0,
            label="+",
            inner=(28.0, 28.0),
        )
    laid = fit(label, sizing.wrap, 4 * NOMINAL * 1.3, NOMINAL, NOMINAL - 3)
    form = form_of(node.kind, style)
    pad = (0.0 if sizing.flat else 10.0) - (4.0 if style.density is Density.COMPACT else 0.0)
    if node.kind is Kind.ADD and form is Form.ROUND_RECTANGLE:
        pad -= 6.0
    figure = _sized(node, label, form, laid.width, laid.height, pad)
    if sizing.tall and form in _UPRIGHT:
        more = _TALLER * figure.height
        inner = (figure.inner[0], figure.inner[1] + more)
        figure = replace(figure, height=figure.height + more, inner=inner)
    return figure


def _sized(
    node: Node, label: str, form: Form, label_width: float, label_height: float, pad: float
) -> Figure:
    """A figure of this form that holds a label of this extent with room around it."""
    label_y = 0.0
    inner = (label_width + 2.0, label_height + 2.0)
    if form is Form.DIAMOND:
        # A box fits a diamond when w/W + h/H ≤ 1.
        wide = max(92.0, label_width + 1.8 * label_height + 6.0 + pad)
        high = max(50.0 + pad / 2, label_height + label_width / 1.8 + 4.0 + pad / 2)
    elif form is Form.ELLIPSE:
        wide = max(72.0, label_width * 1.2 + 16.0 + pad / 2)
        high = max(32.0 + pad, label_height * 1.4 + 8.0 + pad)
        inner = (wide / 1.2 - 6.0, max(inner[1], high / 1.4 - 6.0))
    elif form is Form.CYLINDER:
        wide = max(80.0, label_width + 22.0 + pad / 2)
        high = max(48.0 + pad, label_height + 26.0 + pad)
        label_y = cylinder_rim(wide, high) * 0.85
        inner = (wide - 12.0, high - 2.6 * cylinder_rim(wide, high))
    else:
        wide = max(72.0, label_width + 18.0 + pad)
        high = max(32.0 + pad, label_height + 12.0 + pad)
        inner = (wide - 12.0, high - 8.0)
    return Figure(
        node=node.id,
        kind=node.kind,
        hue=node.hue,
        form=form,
        width=wide,
        height=high,
        label=label,
        inner=inner,
        label_y=label_y,
    )
