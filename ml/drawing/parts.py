"""What a layout engine moves about: parts, each one shape or a whole run of unit layers.

Sizes are nominal px, at which a label has NOMINAL px; the finished drawing is scaled to the
canvas as a whole. Inside a part everything is relative to the part's centre.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ml.drawing.labels import Block, clean, fit
from ml.spec.model import Density, Detail, Direction, Edge, Kind, Node, Outline, Spec, Style
from ml.spec.scene import Form

NOMINAL = 14.0
EDGE_LABEL = 12.0
CAPTION = 13.0
MAX_SHAPES = 60
MAX_ROUTES = 700

_UNIT = 30.0
_REPLICAS = 4
_UNIT_KINDS = frozenset(
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
_LAYER_KINDS = _UNIT_KINDS | {Kind.CONV, Kind.POOL, Kind.ATTENTION, Kind.ADD}


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One shape. `inner` is the width and height that its label may fill, at `label_y`."""

    node: int
    kind: Kind
    form: Form
    x: float = 0.0
    y: float = 0.0
    width: float
    height: float
    label: str = ""
    inner: tuple[float, float] = (0.0, 0.0)
    label_y: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Caption:
    """Words beside the shapes of a layer, in a box of their own."""

    words: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Part:
    """What the layout engine places as one box of `width` × `height`.

    `entry` and `exit` are the positions in `figures` where outer edges arrive and leave;
    `mesh` holds the inner edges as pairs of positions.
    """

    figures: tuple[Figure, ...]
    width: float
    height: float
    entry: tuple[int, ...] = (0,)
    exit: tuple[int, ...] = (0,)
    mesh: tuple[tuple[int, int], ...] = ()
    captions: tuple[Caption, ...] = ()

    @property
    def single(self) -> bool:
        return len(self.figures) == 1


@dataclass(frozen=True, kw_only=True)
class Link:
    """An edge between parts, by their positions."""

    source: int
    target: int
    edge: Edge
    label: Block | None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All parts of a diagram and the links between them."""

    style: Style
    parts: tuple[Part, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class Sizing:
    """How shapes are cut: the width in px at which labels wrap, equal sizes or each its own,
    and the most units of a layer that are drawn one by one (0: none)."""

    wrap: float = 118.0
    equal: bool = True
    units: int = 16


def plan(spec: Spec, sizing: Sizing) -> Plan:
    """Cuts a Spec into parts."""
    runs = _runs(spec, sizing)
    parts: list[Part] = []
    home: dict[int, list[int]] = {}
    singles: list[int] = []
    for node in spec.nodes:
        if node.id in home:
            continue
        run = next((run for run in runs if run[0] == node.id), None)
        if run is not None:
            for member in run:
                home[member] = [len(parts)]
            parts.append(_run_part(spec, run, sizing))
            continue
        home[node.id] = []
        for figure in _figures(node, spec.style, sizing):
            home[node.id].append(len(parts))
            singles.append(len(parts))
            parts.append(Part(figures=(figure,), width=figure.width, height=figure.height))
    if sizing.equal:
        _equalise(parts, singles)
    links: list[Link] = []
    for edge in spec.edges:
        for source in home[edge.source]:
            for target in home[edge.target]:
                if source == target and edge.source != edge.target:
                    continue
                first = source == home[edge.source][0] and target == home[edge.target][0]
                label = fit(clean(edge.label), 110.0, 3 * EDGE_LABEL * 1.3, EDGE_LABEL)
                links.append(
                    Link(
                        source=source,
                        target=target,
                        edge=edge,
                        label=label if edge.label and first else None,
                    )
                )
    return Plan(style=spec.style, parts=tuple(parts), links=tuple(links))


def drawn_units(count: int, most: int) -> tuple[int, int]:
    """How many units stand before and after the dots; (count, 0) when none are left out."""
    if count <= most:
        return count, 0
    shown = min(8, max(2, most - 1))
    return (shown + 1) // 2, shown // 2


def _runs(spec: Spec, sizing: Sizing) -> list[list[int]]:
    """Chains of unit layers that are drawn as one part, each a list of node ids."""
    if spec.style.detail is not Detail.NODES or sizing.units == 0:
        return []
    looped = {edge.source for edge in spec.edges if edge.source == edge.target}
    units = {
        node.id: node
        for node in spec.nodes
        if node.count > 1 and node.kind in _UNIT_KINDS and node.id not in looped
    }
    shown = {id: _shown(node.count, sizing.units) for id, node in units.items()}
    if sum(shown.values()) + len(spec.nodes) - len(units) > MAX_SHAPES:
        return []
    leaving = Counter(edge.source for edge in spec.edges)
    arriving = Counter(edge.target for edge in spec.edges)
    following = {
        edge.source: edge.target
        for edge in spec.edges
        if edge.source in units
        and edge.target in units
        and leaving[edge.source] == 1
        and arriving[edge.target] == 1
    }
    heads = [id for id in units if id not in following.values()]
    runs = []
    for head in heads:
        run = [head]
        while run[-1] in following and following[run[-1]] not in run:
            run.append(following[run[-1]])
        runs.append(run)
    lines = sum(
        shown[one] * shown[other] for run in runs for one, other in zip(run, run[1:], strict=False)
    )
    return runs if lines <= MAX_ROUTES else []


def _shown(count: int, most: int) -> int:
    before, after = drawn_units(count, most)
    return before + after + (1 if after else 0)


def _run_part(spec: Spec, run: list[int], sizing: Sizing) -> Part:
    down = spec.style.direction is Direction.DOWN
    compact = spec.style.density is Density.COMPACT
    pitch = _UNIT + (6.0 if compact else 11.0)
    gap = 80.0 if compact else 110.0
    nodes = [spec.node(id) for id in run]
    figures: list[Figure] = []
    layers: list[list[int]] = []
    deepest = max(_shown(node.count, sizing.units) for node in nodes) * pitch - (pitch - _UNIT)
    captions: list[Caption] = []
    start = -((len(nodes) - 1) * (_UNIT + gap)) / 2
    for number, node in enumerate(nodes):
        along = start + number * (_UNIT + gap)
        before, after = drawn_units(node.count, sizing.units)
        total = before + after + (1 if after else 0)
        members = []
        for place in range(total):
            across = (place - (total - 1) / 2) * pitch
            dots = bool(after) and place == before
            if not dots:
                members.append(len(figures))
            figures.append(
                Figure(
                    node=node.id,
                    kind=node.kind,
                    form=Form.ELLIPSIS if dots else Form.ELLIPSE,
                    x=across if down else along,
                    y=along if down else across,
                    width=_UNIT if down or not dots else _UNIT / 2,
                    height=_UNIT if not down or not dots else _UNIT / 2,
                )
            )
        layers.append(members)
        captions.append(_caption(node, along, deepest, gap, down))
    width = (len(nodes) - 1) * (_UNIT + gap) + _UNIT
    outer = any(
        (edge.source in run) != (edge.target in run) for edge in spec.edges
    )
    pad = 2 * (44.0 if outer else 0.0)
    beside = max(caption.width if down else caption.height for caption in captions) + 12.0
    across_size = deepest + 2 * beside
    mesh = tuple(
        (one, other)
        for left, right in zip(layers, layers[1:], strict=False)
        for one in left
        for other in right
    )
    return Part(
        figures=tuple(figures),
        width=across_size if down else width + pad,
        height=width + pad if down else across_size,
        entry=tuple(layers[0]),
        exit=tuple(layers[-1]),
        mesh=mesh,
        captions=tuple(captions),
    )


def _caption(node: Node, along: float, deepest: float, gap: float, down: bool) -> Caption:
    words = f"{clean(node.label)} · {node.count:,}"
    room = 120.0 if down else _UNIT + gap - 12.0
    laid = fit(words, room, 3 * CAPTION * 1.3, CAPTION)
    if down:
        return Caption(
            words=words,
            x=-(deepest / 2 + 16.0) - laid.width / 2,
            y=along,
            width=laid.width,
            height=laid.height,
        )
    y = deepest / 2 + 10.0 + laid.height / 2
    return Caption(words=words, x=along, y=y, width=laid.width, height=laid.height)


def _figures(node: Node, style: Style, sizing: Sizing) -> Iterator[Figure]:
    """The shape of a node, or its replicas when it is a few equal boxes."""
    label = clean(node.label)
    apart = node.kind not in _LAYER_KINDS and node.kind is not Kind.DECISION
    if style.detail is Detail.NODES and sizing.units and apart and 1 < node.count <= _REPLICAS:
        for number in range(1, node.count + 1):
            yield figure_of(node, f"{label} {number}", style, sizing.wrap)
        return
    if node.count > 1:
        label = f"{label} × {node.count:,}"
    yield figure_of(node, label, style, sizing.wrap)


def figure_of(node: Node, label: str, style: Style, wrap: float) -> Figure:
    """The shape that a label asks for at nominal size, its label in the middle."""
    if node.kind is Kind.ADD and node.count == 1 and node.label == Kind.ADD.default_label:
        return Figure(
            node=node.id,
            kind=node.kind,
            form=Form.ELLIPSE,
            width=36.0,
            height=36.0,
            label="+",
            inner=(30.0, 30.0),
        )
    laid = fit(label, wrap, 4 * NOMINAL * 1.3, NOMINAL, NOMINAL - 3)
    return sized(node.id, node.kind, label, form_of(node.kind, style), laid.width, laid.height)


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


def sized(
    node: int, kind: Kind, label: str, form: Form, label_width: float, label_height: float
) -> Figure:
    """A figure of this form that holds a label of this extent with room around it."""
    label_y = 0.0
    if form is Form.DIAMOND:
        # A box inside a diamond: w/W + h/H ≤ 1.
        width = max(92.0, label_width + 1.75 * label_height + 14.0)
        height = max(56.0, label_height + label_width / 1.75 + 8.0)
    elif form is Form.ELLIPSE:
        width = max(76.0, label_width * 1.22 + 22.0)
        height = max(44.0, label_height * 1.45 + 16.0)
    elif form is Form.CYLINDER:
        width = max(84.0, label_width + 26.0)
        height = max(58.0, label_height + 36.0)
        label_y = min(0.10 * width, 0.16 * height, 12.0) * 0.8
    else:
        width = max(76.0, label_width + 26.0)
        height = max(44.0, label_height + 22.0)
    return Figure(
        node=node,
        kind=kind,
        form=form,
        width=width,
        height=height,
        label=label,
        inner=_inner(form, width, height, label_width, label_height),
        label_y=label_y,
    )


def _inner(
    form: Form, width: float, height: float, label_width: float, label_height: float
) -> tuple[float, float]:
    """The box for the label inside a figure, at least the label's own."""
    if form in (Form.DIAMOND, Form.ELLIPSE):
        return label_width + 2.0, label_height + 2.0
    if form is Form.CYLINDER:
        return width - 14.0, height - 28.0
    return width - 14.0, height - 10.0


def _equalise(parts: list[Part], singles: Sequence[int]) -> None:
    """Gives shapes of the same form the same size, as a person would draw them."""
    for form in (Form.RECTANGLE, Form.ROUND_RECTANGLE, Form.ELLIPSE, Form.CYLINDER, Form.DIAMOND):
        same = [
            index
            for index in singles
            if parts[index].figures[0].form is form and parts[index].figures[0].label != "+"
        ]
        if len(same) < 2:
            continue
        width = max(parts[index].width for index in same)
        height = max(parts[index].height for index in same)
        for index in same:
            figure = parts[index].figures[0]
            grown = (width - figure.width, height - figure.height)
            share = 0.6 if form in (Form.ELLIPSE, Form.DIAMOND) else 1.0
            inner = (figure.inner[0] + share * grown[0], figure.inner[1] + share * grown[1])
            if form is Form.DIAMOND:
                inner = figure.inner
            parts[index] = replace(
                parts[index],
                figures=(replace(figure, width=width, height=height, inner=inner),),
                width=width,
                height=height,
            )
