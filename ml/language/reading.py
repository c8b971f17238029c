"""From a sampled text to a diagram, in whichever dialect the model speaks."""

from __future__ import annotations

from ml.config import Dialect
from ml.drawing.layout import place
from ml.spec.grammar import rows_grammar, spec_grammar
from ml.spec.model import Edge, Kind, Node, Spec, Style
from ml.spec.rows import parse_rows
from ml.spec.scene import Scene
from ml.spec.text import parse_spec


def grammar_of(dialect: Dialect) -> str:
    """The grammar under which texts of a dialect are sampled."""
    return spec_grammar() if dialect is Dialect.SPEC else rows_grammar()


def read_diagram(text: str, dialect: Dialect) -> tuple[Spec, Scene]:
    """What a text says and where it stands.

    Raises:
        SpecError: the text is not of this dialect, or not valid.
        LayoutError: it cannot be placed.
    """
    if dialect is Dialect.SPEC:
        spec = parse_spec(text)
        return spec, place(spec)
    scene = parse_rows(text)
    return spec_of_rows(scene), scene


def spec_of_rows(scene: Scene) -> Spec:
    """The structure of a Scene that was parsed from rows: numbered nodes without kinds.

    Raises:
        SpecError: more shapes than a Spec may have nodes.
    """
    nodes = [
        Node(id=shape.node, kind=Kind.PROCESS, label=str(shape.node)) for shape in scene.shapes
    ]
    edges = [
        Edge(source=scene.shapes[route.source].node, target=scene.shapes[route.target].node)
        for route in scene.routes
    ]
    return Spec(style=Style(), nodes=tuple(nodes), edges=tuple(edges))
