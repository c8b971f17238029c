"""DOT: a graph of the Spec for Graphviz, which places it itself.

    dot -Tsvg diagram.dot -o diagram.svg

Nodes keep their outlines, colours and reading order; a layer is one node.
"""

from __future__ import annotations

from ml.drawing.palettes import colours
from ml.export.looks import forms, line_of, shades
from ml.export.words import counted, hexadecimal, plain, title
from ml.spec.model import Direction, Edge, Line, Node, Spec
from ml.spec.scene import Form, Scene

_SHAPES = {
    Form.RECTANGLE: ("box", "filled"),
    Form.ROUND_RECTANGLE: ("box", "filled,rounded"),
    Form.ELLIPSE: ("ellipse", "filled"),
    Form.DIAMOND: ("diamond", "filled"),
    Form.CYLINDER: ("cylinder", "filled"),
    Form.ELLIPSIS: ("box", "filled"),
}
_FONT = "Arial"


def write_dot(spec: Spec, scene: Scene) -> str:
    """The Spec as a directed graph. The Scene says which outlines were drawn."""
    palette = colours(spec.style.palette)
    line, caption = hexadecimal(palette.line), hexadecimal(palette.caption)
    direction = "LR" if spec.style.direction is Direction.RIGHT else "TB"
    outlines, colouring = forms(spec, scene), shades(spec)

    def node_line(node: Node) -> str:
        shape, style = _SHAPES[outlines[node.id]]
        shade = colouring[node.id]
        return (
            f"  n{node.id} [label={quoted(counted(node))}, shape={shape}, style={quoted(style)}, "
            f'fillcolor="#{hexadecimal(shade.fill)}", color="#{hexadecimal(shade.stroke)}", '
            f'fontcolor="#{hexadecimal(shade.text)}"];'
        )

    lines = [
        "digraph diagram {",
        f'  graph [rankdir={direction}, bgcolor="#{hexadecimal(scene.background)}", '
        f'fontname="{_FONT}", tooltip={quoted(title(spec))}];',
        f'  node [fontname="{_FONT}", fontsize=14, margin="0.18,0.1"];',
        f'  edge [fontname="{_FONT}", fontsize=11, color="#{line}", fontcolor="#{caption}"];',
        *(node_line(node) for node in spec.nodes),
        *(
            f"  n{edge.source} -> n{edge.target}{_attributes(edge, line_of(spec, edge))};"
            for edge in spec.edges
        ),
        "}",
    ]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """The text as a DOT string. Graphviz reads entities and escapes in it, so both are undone."""
    safe = plain(text).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{safe}"'


def _attributes(edge: Edge, line: Line) -> str:
    parts = []
    if edge.label:
        parts.append(f"label={quoted(edge.label)}")
    if line is Line.DASHED:
        parts.append("style=dashed")
    if line is Line.LINE:
        parts.append("arrowhead=none")
    return f" [{', '.join(parts)}]" if parts else ""
