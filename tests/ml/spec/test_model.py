"""A Spec is valid by construction."""

from __future__ import annotations

import pickle

import pytest

from ml.errors import ModelError, SpecError
from ml.spec.model import MAX_COUNT, MAX_LABEL, MAX_NODES, Edge, Kind, Node, Spec, Style


def node(id: int = 0, *, count: int = 1, label: str = "Step") -> Node:
    return Node(id=id, kind=Kind.PROCESS, count=count, label=label)


def spec(*nodes: Node, edges: tuple[Edge, ...] = ()) -> Spec:
    return Spec(style=Style(), nodes=nodes, edges=edges)


def test_what_is_at_its_limit_is_valid() -> None:
    nodes = [node(id, count=MAX_COUNT, label="x" * MAX_LABEL) for id in range(MAX_NODES)]
    edge = Edge(source=0, target=0, label="x" * MAX_LABEL)
    assert len(spec(*nodes, edges=(edge,)).nodes) == MAX_NODES


@pytest.mark.parametrize(
    ("nodes", "edges", "reason"),
    [
        ((), (), "at least one node"),
        (tuple(node(id) for id in range(MAX_NODES + 1)), (), "at most 60"),
        ((node(3), node(3)), (), "node 3 is there twice"),
        ((node(count=0),), (), "1 to 9999"),
        ((node(count=MAX_COUNT + 1),), (), "1 to 9999"),
        ((node(label=""),), (), "1 to 40"),
        ((node(label="x" * (MAX_LABEL + 1)),), (), "1 to 40"),
        ((node(),), (Edge(source=0, target=7),), "there is no node 7"),
        ((node(),), (Edge(source=7, target=0),), "there is no node 7"),
        ((node(),), (Edge(source=0, target=0), Edge(source=0, target=0, label="a")), "twice"),
        ((node(),), (Edge(source=0, target=0, label="x" * (MAX_LABEL + 1)),), "at most 40"),
    ],
)
def test_what_is_not_valid_is_refused_with_its_reason(
    nodes: tuple[Node, ...], edges: tuple[Edge, ...], reason: str
) -> None:
    with pytest.raises(SpecError, match=reason):
        spec(*nodes, edges=edges)


def test_a_node_is_found_by_its_id() -> None:
    one = spec(node(4, label="Four"), node(2, label="Two"))
    assert one.node(2).label == "Two"
    with pytest.raises(KeyError):
        one.node(0)


def test_every_kind_has_a_label_of_its_own() -> None:
    assert len({kind.default_label for kind in Kind}) == len(Kind)
    assert Kind.INPUT.default_label == "Input"


def test_an_error_keeps_its_line_between_processes() -> None:
    error = pickle.loads(pickle.dumps(SpecError("wrong", line=3)))
    assert (error.problem, error.line, str(error)) == ("wrong", 3, "line 3: wrong")


def test_an_error_can_be_said_in_another_language_also_in_another_process() -> None:
    error = pickle.loads(pickle.dumps(ModelError("{path} is gone", path="{a}")))
    assert str(error) == "{a} is gone"
    assert error.worded({"{path} is gone": "{path} fehlt"}.__getitem__) == "{a} fehlt"
    assert str(ModelError("what {others} said")) == "what {others} said", "it has no values"
