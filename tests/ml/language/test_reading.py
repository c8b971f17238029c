"""From sampled texts to diagrams, in both dialects."""

from __future__ import annotations

import pytest

from ml.config import Dialect
from ml.drawing.geometry import violations
from ml.errors import SpecError
from ml.language.reading import grammar_of, read_diagram, spec_of_rows
from ml.spec.grammar import rows_grammar, spec_grammar
from ml.spec.model import MAX_NODES, Edge
from ml.spec.rows import parse_rows
from ml.spec.text import parse_spec

TEXT = "down pink\n0 input\n1 dense ->0\n"
ROW = "[{}, 100, 300, 'circle', 62, 75, 'solid arrow', (1, 2, 3), (0, 0, 0), [{}]]\n"


def test_each_dialect_has_its_grammar() -> None:
    assert grammar_of(Dialect.SPEC) == spec_grammar()
    assert grammar_of(Dialect.ROWS) == rows_grammar()


def test_a_spec_is_placed() -> None:
    spec, scene = read_diagram(TEXT, Dialect.SPEC)
    assert spec == parse_spec(TEXT)
    assert {shape.node for shape in scene.shapes} == {0, 1}
    assert violations(scene).total == 0


def test_rows_stand_where_they_say_and_are_a_structure_too() -> None:
    text = ROW.format(4, "7, 9") + ROW.format(7, "4")
    spec, scene = read_diagram(text, Dialect.ROWS)
    assert scene == parse_rows(text)
    assert [node.id for node in spec.nodes] == [4, 7]
    assert spec.edges == (Edge(source=4, target=7), Edge(source=7, target=4))


@pytest.mark.parametrize("dialect", Dialect)
@pytest.mark.parametrize("text", ["", "Sorry, I cannot.", "0 banana", "[0, 1]"])
def test_what_is_no_diagram_is_refused(dialect: Dialect, text: str) -> None:
    with pytest.raises(SpecError):
        read_diagram(text, dialect)


def test_a_dialect_does_not_read_the_other_one() -> None:
    with pytest.raises(SpecError):
        read_diagram(TEXT, Dialect.ROWS)
    with pytest.raises(SpecError):
        read_diagram(ROW.format(0, ""), Dialect.SPEC)


def test_more_shapes_than_a_spec_may_have_nodes_are_refused() -> None:
    rows = [ROW.format(number, "") for number in range(MAX_NODES + 1)]
    assert len(spec_of_rows(parse_rows("".join(rows[:-1]))).nodes) == MAX_NODES
    with pytest.raises(SpecError, match="at most 60"):
        spec_of_rows(parse_rows("".join(rows)))
