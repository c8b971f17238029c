"""Structure scores on cases that can be counted by hand."""

from __future__ import annotations

from collections import Counter

import pytest

from ml.language.corpus.edits import Edit
from ml.language.corpus.examples import Example
from ml.language.evaluate import (
    BATCH,
    StructureScore,
    edit_summary,
    evaluate_edits,
    evaluate_structure,
    f1,
    score_edit,
    score_structure,
    summary,
)
from ml.language.generator import LocalGenerator
from ml.language.loading import Loaded
from ml.spec.grammar import spec_grammar
from ml.spec.text import parse_spec
from tests.tiny import DESCRIPTION, TEXTS

WANTED = """0 input x4
1 dense x16 Hidden
2 decision Good? ->3 yes,1 no
3 output
"""


def score(text: str) -> StructureScore:
    return score_structure("family", parse_spec(WANTED), text, finished=True)


@pytest.mark.parametrize(
    ("wanted", "got", "value"),
    [
        ("", "", 1.0),
        ("a", "", 0.0),
        ("", "a", 0.0),
        ("ab", "ab", 1.0),
        ("ab", "bc", 0.5),
        ("aab", "ab", 0.8),
        ("a", "aaa", 0.5),
    ],
)
def test_f1_counts_what_both_have_against_what_there_is(
    wanted: str, got: str, value: float
) -> None:
    assert f1(Counter(wanted), Counter(got)) == pytest.approx(value)


def test_the_same_structure_is_exact_whatever_numbers_style_and_case() -> None:
    same = "down pink\n7 input x4\n3 dense x16 hidden\n9 decision good? ->2 Yes,3 NO\n2 output\n"
    got = score(same)
    assert (got.valid, got.exact, got.node_f1, got.edge_f1) == (True, True, 1.0, 1.0)


@pytest.mark.parametrize(
    ("change", "nodes", "edges"),
    [
        (("x16", "x15"), 0.75, 1 / 4),  # three of the four edges touch that node
        (("Hidden", "Other"), 0.75, 1 / 4),
        (("1 dense", "1 conv"), 0.75, 1 / 4),
        (("->3 yes,1 no", "->3 yes"), 1.0, 2 * 3 / 7),
        (("->3 yes,1 no", "->3 yes,1 no,0"), 1.0, 2 * 4 / 9),
        (("3 yes", "3 sure"), 1.0, 3 / 4),
        (("3 output\n", "3 output\n4 end\n"), 2 * 4 / 9, 2 * 4 / 9),
    ],
)
def test_one_mistake_costs_what_it_touches(
    change: tuple[str, str], nodes: float, edges: float
) -> None:
    got = score(WANTED.replace(*change))
    assert not got.exact
    assert got.node_f1 == pytest.approx(nodes)
    assert got.edge_f1 == pytest.approx(edges)


def test_what_does_not_parse_scores_nothing() -> None:
    got = score("0 banana")
    assert (got.valid, got.exact, got.node_f1, got.edge_f1) == (False, False, 0.0, 0.0)
    assert got.finished


def test_the_summary_is_the_mean_over_diagrams() -> None:
    got = summary([score(WANTED), score("0 banana"), score(WANTED.replace("3 yes", "3 sure"))])
    assert got == {
        "valid": pytest.approx(2 / 3),
        "finished": 1.0,
        "exact": pytest.approx(1 / 3),
        "node_f1": pytest.approx(2 / 3),
        "edge_f1": pytest.approx((1 + 0.75) / 3),
    }


def test_the_summary_of_nothing_is_nothing() -> None:
    assert set(summary([]).values()) == {0.0}


def test_a_model_is_scored_by_its_answer_to_every_example(loaded: Loaded) -> None:
    generator = LocalGenerator(loaded, grammar=spec_grammar())
    right = Example(family="known", description=DESCRIPTION, spec=parse_spec(TEXTS[0]))
    wrong = Example(family="unknown", description=DESCRIPTION, spec=parse_spec(WANTED))
    heard: list[int] = []
    scores = evaluate_structure(generator, [right, wrong] * (BATCH // 2 + 1), done=heard.append)
    assert [one.exact for one in scores] == [True, False] * (BATCH // 2 + 1)
    assert [one.family for one in scores[:2]] == ["known", "unknown"]
    assert all(one.finished and one.valid for one in scores)
    assert heard == [BATCH, 2]


EDIT = Edit(
    family="paint",
    before=parse_spec("0 input\n1 model Encoder\n2 output"),
    description="make the encoder red",
    text="paint 1|red\n",
    after=parse_spec("0 input\n1 model #red Encoder\n2 output"),
)


@pytest.mark.parametrize(
    ("text", "exact", "kept"),
    [
        (EDIT.text, True, 1.0),
        ("paint 1|none\npaint 1|red\n", True, 1.0),
        ("paint 1|blue\n", False, 1.0),
        ("paint 1|red\nrename 2|Out\n", False, 0.5),
        ("paint 1|red\nremove 0\n", False, 0.5),
        ("style down\npaint 1|red\n", False, 1.0),
    ],
)
def test_an_edit_is_exact_when_the_whole_diagram_is(text: str, exact: bool, kept: float) -> None:
    got = score_edit(EDIT, text)
    assert (got.answer, got.valid, got.exact, got.kept) == (text, True, exact, kept)


def test_an_edit_that_cannot_be_read_scores_nothing() -> None:
    got = score_edit(EDIT, "paint 9|red")
    assert (got.valid, got.exact, got.kept) == (False, False, 0.0)


def test_a_model_is_shown_the_diagram_that_it_is_to_change(loaded: Loaded) -> None:
    generator = LocalGenerator(loaded, grammar=spec_grammar())
    scores = evaluate_edits(generator, [EDIT] * 3)
    assert len(scores) == 3
    assert edit_summary(scores)["exact"] == 0.0  # this model has never seen an edit
    assert set(edit_summary([]).values()) == {0.0}
