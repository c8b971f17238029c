"""Convolutional layers as slabs: tall where their maps are large, low where they are small."""

from __future__ import annotations

from ml.drawing.figures import NOMINAL, Figure, counted, form_of
from ml.drawing.labels import clean, fit
from ml.spec.model import Density, Direction, Kind, Node, Outline, Spec
from ml.spec.scene import Form

_TALL, _LOW = 250.0, 84.0
_WIDE, _NARROW = 400.0, 150.0
_ROOM = 48.0
_MAPS = frozenset({Kind.CONV, Kind.POOL})
_BESIDE = _MAPS | {Kind.INPUT, Kind.NORM, Kind.ACTIVATION}


def slabs(spec: Spec) -> dict[int, float]:
    """The nodes that are drawn as slabs, with the share of the full size that each has.

    They are the head of a diagram that starts as a plain chain of convolutions, poolings and
    what stands between them; empty when there are fewer than three of the former.
    """
    if spec.style.outline is Outline.OVAL:
        return {}
    targets = {
        node.id: [edge.target for edge in spec.edges if edge.source == node.id]
        for node in spec.nodes
    }
    head: list[Node] = []
    for node, following in zip(spec.nodes, [*spec.nodes[1:], None], strict=True):
        if node.kind not in _BESIDE or (node.kind is not Kind.CONV and node.count > 1):
            break
        head.append(node)
        if following is None or targets[node.id] != [following.id]:
            break
    while head and head[-1].kind not in _MAPS:
        head.pop()
    if sum(node.kind in _MAPS for node in head) < 3:
        return {}
    entered = [edge for edge in spec.edges if edge.target in {node.id for node in head}]
    if len(entered) != len(head) - 1:
        return {}
    pools = sum(node.kind is Kind.POOL for node in head)
    steps = pools if pools > 1 else sum(node.kind in _MAPS for node in head)
    shares: dict[int, float] = {}
    passed = 0
    for node in head:
        if node.kind is Kind.POOL or (pools <= 1 and node.kind is Kind.CONV and passed < steps):
            passed += 1
        shares[node.id] = 1.0 - passed / max(1, steps)
    return shares


def slab(node: Node, spec: Spec, share: float) -> Figure:
    """The slab of a node: as tall (downwards: as wide) as `share`, 0–1, says."""
    label = counted(clean(node.label), node.count)
    form = Form.RECTANGLE if spec.style.outline is Outline.BOX else form_of(node.kind, spec.style)
    compact = spec.style.density is Density.COMPACT
    if spec.style.direction is Direction.DOWN:
        laid = fit(label, _NARROW - 24.0, 3 * NOMINAL * 1.3, NOMINAL, NOMINAL - 3)
        wide = _NARROW + (_WIDE - _NARROW) * share
        high = laid.height + (10.0 if compact else 16.0)
    else:
        laid = fit(label, _ROOM, _LOW - 10.0, NOMINAL, NOMINAL - 3)
        wide = max(46.0, laid.width + (10.0 if compact else 16.0))
        high = _LOW + (_TALL - _LOW) * share
    return Figure(
        node=node.id,
        kind=node.kind,
        hue=node.hue,
        form=form,
        width=wide,
        height=high,
        label=label,
        inner=(wide - 6.0, high - 8.0),
        slab=True,
    )
