import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ml.drawing.layout import place
from ml.export.mermaid import escaped, write_mermaid
from ml.export.words import counted, plain
from ml.spec.model import Spec
from ml.spec.text import parse_spec
from tests.ml.drawing.specs import ALL, any_spec
from tests.ml.export.diagrams import NASTY, nasty

ROOT = Path(__file__).parents[3]
needs_mermaid = pytest.mark.skipif(
    shutil.which("node") is None or not (ROOT / "node_modules" / "mermaid").exists(),
    reason="needs Node.js and `npm install --no-save mermaid jsdom`",
)


def read(*specs: Spec) -> list[Any]:
    """What Mermaid's own parser makes of the diagrams."""
    done = subprocess.run(
        ["node", str(Path(__file__).with_name("mermaid.mjs"))],
        input=json.dumps([write_mermaid(spec, place(spec)) for spec in specs]).encode(),
        capture_output=True,
        timeout=120,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr.decode()
    answers: list[Any] = json.loads(done.stdout)
    return answers


def expect(spec: Spec, graph: Any) -> None:
    assert [node[:2] for node in graph["nodes"]] == [
        [f"n{node.id}", counted(node)] for node in spec.nodes
    ]
    assert [edge[:3] for edge in graph["edges"]] == [
        [f"n{edge.source}", f"n{edge.target}", plain(edge.label)] for edge in spec.edges
    ]


@needs_mermaid
def test_mermaid_reads_every_node_edge_and_label() -> None:
    specs = [parse_spec(text) for text in ALL.values()] + [nasty(label) for label in NASTY]
    for spec, graph in zip(specs, read(*specs), strict=True):
        expect(spec, graph)
    flow = read(parse_spec(ALL["flow"]))[0]
    assert flow["direction"] in ("TB", "TD")
    assert {kind for _, _, kind in flow["nodes"]} == {"stadium", "round", "diamond"}


@needs_mermaid
@settings(
    max_examples=1,
    deadline=None,
    phases=(Phase.generate,),  # starting Node.js takes seconds: many diagrams at once
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(any_spec(most=6), min_size=12, max_size=12))
def test_mermaid_reads_any_diagrams(specs: list[Spec]) -> None:
    for spec, graph in zip(specs, read(*specs), strict=True):
        assert [node[0] for node in graph["nodes"]] == [f"n{node.id}" for node in spec.nodes]
        assert len(graph["edges"]) == len(spec.edges)


@pytest.mark.parametrize("label", NASTY)
def test_no_label_holds_a_letter_that_means_something(label: str) -> None:
    words = escaped(label)
    for letter in '"<>[]{}|`*\\':
        assert letter not in words
    assert "--" not in words[:1]


def test_a_list_marker_is_no_list() -> None:
    assert escaped("1. first") == "1#46; first"
    assert escaped("- item") == "#45; item"
    assert escaped("end") == "end"


def test_style_becomes_arrows_and_classes() -> None:
    spec = parse_spec("down line\n0 start ->~1 go\n1 store ->2\n2 decision Good? ->")
    lines = write_mermaid(spec, place(spec)).splitlines()
    assert lines[0] == "flowchart TD"
    assert '  n2{"Good?"}:::c2' in lines
    assert '  n0 -.->|"go"| n1' in lines
    assert "  n1 --- n2" in lines
    assert sum(line.startswith("  classDef ") for line in lines) == 3
