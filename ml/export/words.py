"""What all formats say alike: clean words, colours, titles."""

from __future__ import annotations

import re

from ml.spec.model import Node, Spec
from ml.spec.scene import Colour

# XML 1.0, production 2: everything else may not stand in a document, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """The text on one line, without characters that XML cannot hold."""
    return " ".join(_FORBIDDEN.sub(" ", text).split())


def hexadecimal(colour: Colour) -> str:
    """A colour as RRGGBB."""
    return "".join(f"{part:02X}" for part in colour)


def counted(node: Node) -> str:
    """A node's label, with its count when it is a layer."""
    label = plain(node.label)
    return label if node.count == 1 else f"{label} × {node.count:,}"


def title(spec: Spec) -> str:
    """What the diagram is called: where it starts and where it ends."""
    first, last = plain(spec.nodes[0].label), plain(spec.nodes[-1].label)
    return first if len(spec.nodes) == 1 else f"{first} → {last}"


def description(spec: Spec) -> str:
    """The diagram in words, for those who do not see it."""
    labels = {node.id: plain(node.label) for node in spec.nodes}
    parts = [f"{len(labels)} nodes: " + ", ".join(counted(node) for node in spec.nodes) + "."]
    if spec.edges:
        arrows = (
            f"{labels[edge.source]} → {labels[edge.target]}"
            + (f" ({plain(edge.label)})" if edge.label else "")
            for edge in spec.edges
        )
        parts.append(f"{len(spec.edges)} edges: " + ", ".join(arrows) + ".")
    return " ".join(parts)
