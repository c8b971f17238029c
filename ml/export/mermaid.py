"""Mermaid: a flowchart of the Spec, which Mermaid places itself.

GitHub, GitLab, Notion, Obsidian and others draw it. Nodes keep their outlines and colours;
a layer is one node.
"""

from __future__ import annotations

import re

from ml.drawing.palettes import Shade, colours
from ml.export.looks import forms, line_of, shades
from ml.export.words import counted, hexadecimal, plain
from ml.spec.model import Direction, Line, Spec
from ml.spec.scene import Form, Scene

_BRACKETS = {
    Form.RECTANGLE: ("[", "]"),
    Form.ROUND_RECTANGLE: ("(", ")"),
    Form.ELLIPSE: ("([", "])"),
    Form.DIAMOND: ("{", "}"),
    Form.CYLINDER: ("[(", ")]"),
    Form.ELLIPSIS: ("[", "]"),
}
_ARROWS = {Line.ARROW: "-->", Line.LINE: "---", Line.DASHED: "-.->"}
# Letters that mean something to Mermaid, to Markdown or to HTML, and starts of Markdown lists.
_MEANING = re.compile(r"[\"#&;<>\[\]{}|\\`*_~$%@]|^[-+=]|(?<=^\d)[.)]|(?<=^\d\d)[.)]|://")


def write_mermaid(spec: Spec, scene: Scene) -> str:
    """The Spec as a Mermaid flowchart. The Scene says which outlines were drawn."""
    direction = "LR" if spec.style.direction is Direction.RIGHT else "TD"
    lines = [f"flowchart {direction}"]
    outlines, colouring = forms(spec, scene), shades(spec)
    classes = {shade: f"c{n}" for n, shade in enumerate(dict.fromkeys(colouring.values()))}
    for node in spec.nodes:
        before, after = _BRACKETS[outlines[node.id]]
        name = classes[colouring[node.id]]
        lines.append(f'  n{node.id}{before}"{escaped(counted(node))}"{after}:::{name}')
    for edge in spec.edges:
        label = plain(edge.label)
        words = f'|"{escaped(label)}"|' if label else ""
        arrow = _ARROWS[line_of(spec, edge)]
        lines.append(f"  n{edge.source} {arrow}{words} n{edge.target}")
    lines += [f"  classDef {name} {_style(shade)}" for shade, name in classes.items()]
    if spec.edges:
        ink = hexadecimal(colours(spec.style.palette).line)
        lines.append(f"  linkStyle default stroke:#{ink}")
    return "\n".join(lines) + "\n"


def escaped(label: str) -> str:
    """A label as it stands between Mermaid's quotes: entities for all that means something."""
    escapes = _MEANING.sub(lambda found: "".join(f"#{ord(c)};" for c in found[0]), label)
    return escapes or " "


def _style(shade: Shade) -> str:
    return (
        f"fill:#{hexadecimal(shade.fill)},stroke:#{hexadecimal(shade.stroke)},"
        f"color:#{hexadecimal(shade.text)}"
    )
