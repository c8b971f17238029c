import json
import shutil
import subprocess
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from ml.drawing.layout import place
from ml.export.dot import write_dot
from ml.export.words import counted, plain
from ml.spec.model import Spec
from ml.spec.text import parse_spec
from tests.ml.drawing.specs import ALL, any_spec
from tests.ml.export.diagrams import NASTY, nasty

needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="needs Graphviz")


def drawn(spec: Spec) -> Any:
    """What Graphviz makes of it: its own drawing instructions, with the words it would draw."""
    done = subprocess.run(
        ["dot", "-Tjson"],
        input=write_dot(spec, place(spec)).encode(),
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def words(part: dict[str, Any]) -> str:
    return "".join(op["text"] for op in part.get("_ldraw_", ()) if op["op"] == "T")


@needs_dot
@pytest.mark.parametrize("name", ALL)
def test_graphviz_reads_every_node_and_edge(name: str) -> None:
    spec = parse_spec(ALL[name])
    graph = drawn(spec)
    assert [part["name"] for part in graph["objects"]] == [f"n{node.id}" for node in spec.nodes]
    ends = {(edge["tail"], edge["head"]) for edge in graph["edges"]}
    places = {node.id: number for number, node in enumerate(spec.nodes)}
    assert ends == {(places[edge.source], places[edge.target]) for edge in spec.edges}


@needs_dot
@pytest.mark.parametrize("label", NASTY)
def test_graphviz_draws_labels_as_they_were_written(label: str) -> None:
    spec = nasty(label)
    graph = drawn(spec)
    assert [words(part) for part in graph["objects"]] == [label] * len(spec.nodes)
    assert [words(edge) for edge in graph["edges"]] == [label] * len(spec.edges)


@needs_dot
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_spec(most=8))
def test_graphviz_reads_any_diagram(spec: Spec) -> None:
    graph = drawn(spec)
    assert len(graph["objects"]) == len(spec.nodes)
    assert len(graph.get("edges", ())) == len(spec.edges)
    for part, node in zip(graph["objects"], spec.nodes, strict=True):
        assert plain(words(part)) == plain(counted(node))


def test_a_label_cannot_end_its_quotes() -> None:
    spec = nasty('x"]; n9 [label="y\\')
    text = write_dot(spec, place(spec))
    assert '[label="x\\"]; n9 [label=\\"y\\\\", shape=' in text


def test_style_becomes_attributes() -> None:
    spec = parse_spec("down line\n0 start ->~1 go\n1 store ->2\n2 decision Good? ->")
    text = write_dot(spec, place(spec))
    assert "rankdir=TB" in text
    assert 'n0 -> n1 [label="go", style=dashed];' in text
    assert "n1 -> n2 [arrowhead=none];" in text
    assert "shape=cylinder" in text
    assert "shape=diamond" in text
