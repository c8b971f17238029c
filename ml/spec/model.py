"""What a diagram says, before anything is placed: nodes, edges and style."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from ml.errors import SpecError

MAX_NODES = 60
MAX_LABEL = 40
MAX_COUNT = 9_999
MAX_ID = 999
MAX_TARGETS = 12


class Kind(StrEnum):
    """What a node is. It decides the outline and, in most palettes, the shade."""

    INPUT = "input"
    DENSE = "dense"
    CONV = "conv"
    POOL = "pool"
    NORM = "norm"
    ACTIVATION = "activation"
    ATTENTION = "attention"
    RECURRENT = "recurrent"
    EMBEDDING = "embedding"
    ADD = "add"
    OUTPUT = "output"
    DATA = "data"
    STORE = "store"
    DOCUMENT = "document"
    PROCESS = "process"
    MODEL = "model"
    DECISION = "decision"
    START = "start"
    END = "end"
    PERSON = "person"
    SERVICE = "service"

    @property
    def default_label(self) -> str:
        """The label of a node of this kind that was given none."""
        return self.value.capitalize()


class Direction(StrEnum):
    RIGHT = "right"
    DOWN = "down"


class Palette(StrEnum):
    BLUE = "blue"
    GREEN = "green"
    TEAL = "teal"
    PURPLE = "purple"
    ORANGE = "orange"
    PINK = "pink"
    GRAY = "gray"
    VIVID = "vivid"  # every role its own hue


class Hue(StrEnum):
    """A colour for one node, whatever the palette: people point at things with it."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    TEAL = "teal"
    BLUE = "blue"
    PURPLE = "purple"
    PINK = "pink"
    GRAY = "gray"


class Outline(StrEnum):
    """The shape of an ordinary node; decisions and stores keep their own."""

    BOX = "box"
    ROUND = "round"
    OVAL = "oval"


class Line(StrEnum):
    ARROW = "arrow"
    LINE = "line"
    DASHED = "dashed"


class Density(StrEnum):
    SPACIOUS = "spacious"
    COMPACT = "compact"


class Detail(StrEnum):
    """Whether a layer of N nodes is drawn node by node (when they fit) or as one block."""

    NODES = "nodes"
    LAYERS = "layers"


@dataclass(frozen=True, kw_only=True)
class Style:
    """Every choice that changes how a diagram looks and not what it says."""

    direction: Direction = Direction.RIGHT
    palette: Palette = Palette.BLUE
    outline: Outline = Outline.ROUND
    line: Line = Line.ARROW
    density: Density = Density.SPACIOUS
    detail: Detail = Detail.NODES


@dataclass(frozen=True, kw_only=True)
class Node:
    """`count` > 1 makes it a layer of that many equal nodes; no `hue` leaves the colour to the
    palette."""

    id: int
    kind: Kind
    count: int = 1
    label: str
    hue: Hue | None = None


@dataclass(frozen=True, kw_only=True)
class Edge:
    """`dashed` sets one edge apart from the diagram's own line (a skip, a feedback)."""

    source: int
    target: int
    label: str = ""
    dashed: bool = False


@dataclass(frozen=True, kw_only=True)
class Spec:
    """A whole diagram, valid by construction.

    Nodes keep the order in which they were written: it is the reading order.

    Raises:
        SpecError: no node, more than MAX_NODES, an id twice, an edge to or from a node that
            is not there, the same edge twice, or a count or label out of range.
    """

    style: Style
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def __post_init__(self) -> None:
        if not self.nodes:
            raise SpecError("a diagram needs at least one node")
        if len(self.nodes) > MAX_NODES:
            raise SpecError(
                "{count} nodes; at most {most} fit a diagram", count=len(self.nodes), most=MAX_NODES
            )
        ids: set[int] = set()
        for node in self.nodes:
            if node.id in ids:
                raise SpecError("node {id} is there twice", id=node.id)
            ids.add(node.id)
            if not 1 <= node.count <= MAX_COUNT:
                raise SpecError(
                    "node {id}: a layer has 1 to {most} nodes", id=node.id, most=MAX_COUNT
                )
            if not 1 <= len(node.label) <= MAX_LABEL:
                raise SpecError(
                    "node {id}: a label has 1 to {most} characters", id=node.id, most=MAX_LABEL
                )
        for pair in _repeated((edge.source, edge.target) for edge in self.edges):
            raise SpecError(
                "the edge {source} to {target} is there twice", source=pair[0], target=pair[1]
            )
        for edge in self.edges:
            for end in (edge.source, edge.target):
                if end not in ids:
                    raise SpecError(
                        "edge {source} to {target}: there is no node {end}",
                        source=edge.source,
                        target=edge.target,
                        end=end,
                    )
            if len(edge.label) > MAX_LABEL:
                raise SpecError(
                    "edge {source} to {target}: a label has at most {most} characters",
                    source=edge.source,
                    target=edge.target,
                    most=MAX_LABEL,
                )

    def renumbered(self) -> Spec:
        """The same diagram with its nodes numbered 0, 1, 2 … and its edges in the order of their
        sources."""
        places = {node.id: place for place, node in enumerate(self.nodes)}
        edges = (
            replace(edge, source=places[edge.source], target=places[edge.target])
            for edge in self.edges
        )
        return Spec(
            style=self.style,
            nodes=tuple(replace(node, id=places[node.id]) for node in self.nodes),
            edges=tuple(sorted(edges, key=lambda edge: edge.source)),
        )

    def node(self, id: int) -> Node:
        """The node with this id; KeyError when there is none."""
        for node in self.nodes:
            if node.id == id:
                return node
        raise KeyError(id)


def _repeated(pairs: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    seen: set[tuple[int, int]] = set()
    for pair in pairs:
        if pair in seen:
            yield pair
        seen.add(pair)
