"""How nodes and edges look where another program places them: one form and shade a node."""

from __future__ import annotations

from collections import defaultdict

from ml.drawing.palettes import Shade, colours
from ml.spec.model import Edge, Line, Outline, Spec
from ml.spec.scene import Form, Scene


def forms(spec: Spec, scene: Scene) -> dict[int, Form]:
    """Node id → its outline. A layer that is drawn unit by unit becomes one block."""
    drawn: dict[int, list[Form]] = defaultdict(list)
    for shape in scene.shapes:
        drawn[shape.node].append(shape.form)
    block = Form.RECTANGLE if spec.style.outline is Outline.BOX else Form.ROUND_RECTANGLE
    return {
        node.id: drawn[node.id][0] if len(drawn[node.id]) == 1 else block for node in spec.nodes
    }


def shades(spec: Spec) -> dict[int, Shade]:
    """Node id → its colours in the diagram's palette."""
    palette = colours(spec.style.palette)
    return {node.id: palette.of(node.kind, node.hue) for node in spec.nodes}


def line_of(spec: Spec, edge: Edge) -> Line:
    """The line of an edge: its own when it is dashed, else the diagram's."""
    return Line.DASHED if edge.dashed else spec.style.line
