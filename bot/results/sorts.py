"""What sort of diagram a Spec is, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bot.texts import gettext as _
from ml.spec.model import Kind, Spec

LAYERS = {
    Kind.DENSE,
    Kind.CONV,
    Kind.POOL,
    Kind.NORM,
    Kind.ACTIVATION,
    Kind.ATTENTION,
    Kind.RECURRENT,
    Kind.EMBEDDING,
    Kind.ADD,
}
"""What networks are made of; several of the same are usual there."""


def sort_of(spec: Spec) -> str:
    """What the diagram is, by the kinds of its nodes."""
    kinds = [node.kind for node in spec.nodes]
    layers = [kind for kind in kinds if kind in LAYERS]
    if 2 * len(layers) >= len(kinds) or (Kind.DENSE in layers and Kind.INPUT in kinds):
        return _network(set(layers))
    if {Kind.DECISION, Kind.START, Kind.END} & set(kinds):
        return _("A flowchart")
    if Kind.MODEL in kinds:
        return _("A machine learning pipeline")
    if {Kind.SERVICE, Kind.PERSON} & set(kinds):
        return _("A system")
    if {Kind.DATA, Kind.STORE, Kind.DOCUMENT} & set(kinds):
        return _("A data flow")
    return _("A diagram")


def _network(layers: Iterable[Kind]) -> str:
    if Kind.ATTENTION in layers:
        return _("A neural network with attention")
    if Kind.CONV in layers:
        return _("A convolutional neural network")
    if Kind.RECURRENT in layers:
        return _("A recurrent neural network")
    if set(layers) == {Kind.DENSE}:
        return _("A fully connected neural network")
    return _("A neural network")
