"""The grammars: they spell every canonical text, and nothing that the parsers refuse."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from llguidance import LLMatcher, LLTokenizer

from ml.errors import SpecError
from ml.language.generator import LocalGenerator, Prompt, Sample, Temperatures
from ml.language.loading import Loaded
from ml.spec.changes import MAX_CHANGES
from ml.spec.grammar import change_grammar, rows_grammar, spec_grammar
from ml.spec.model import MAX_LABEL, MAX_NODES, MAX_TARGETS, Edge, Kind, Node, Spec, Style
from ml.spec.naming import name_of
from ml.spec.rows import parse_rows, write_rows
from ml.spec.text import parse_spec, write_answer, write_spec
from tests.ml.spec.specs import TRICKY, specs
from tests.ml.spec.test_rows import row_texts
from tests.tiny import tiny_model, tiny_tokenizer

BYTES = LLTokenizer("byte")
SPEC = LLMatcher(BYTES, spec_grammar())
ROWS = LLMatcher(BYTES, rows_grammar())
CHANGE = LLMatcher(BYTES, change_grammar())
STYLE = "right blue round arrow spacious nodes\n"


def begins(grammar: LLMatcher, text: str) -> bool:
    """Whether a text of the grammar may begin like this."""
    tokens = BYTES.tokenize_str(text)
    return grammar.deep_copy().validate_tokens(tokens) == len(tokens)


def spells(grammar: LLMatcher, text: str) -> bool:
    """Whether the text is one of the grammar, and may end where it ends."""
    matcher = grammar.deep_copy()
    tokens = BYTES.tokenize_str(text)
    return matcher.try_consume_tokens(tokens) == len(tokens) and matcher.is_accepting()


def test_the_grammars_compile() -> None:
    assert not SPEC.is_error(), SPEC.get_error()
    assert not ROWS.is_error(), ROWS.get_error()
    assert not CHANGE.is_error(), CHANGE.get_error()


# The spec dialect


@settings(max_examples=80)
@given(specs(most=6, numbered=True))
def test_the_answer_of_a_numbered_spec_is_spelled(spec: Spec) -> None:
    assert spells(SPEC, write_answer(spec))


def test_an_edge_can_only_lead_to_nodes_that_are_there() -> None:
    lines = "".join(f"{number} input\n" for number in range(21))
    for text in ("21 end <-20", "21 end <-9,10,0", "21 end <-3 yes ->21", "21 end <- ->~0"):
        assert spells(SPEC, f"{STYLE}{lines}{text}\n")
        assert parse_spec(f"{STYLE}{lines}{text}\n")
    for text in ("21 end <-21\n", "21 end ->22", "21 end <-30", "21 end ->0 <-1", "0 end <-"):
        assert not begins(SPEC, f"{STYLE}{lines if text[0] == '2' else ''}{text}")


@pytest.mark.parametrize(
    "text",
    [
        "style down green\n",
        "after 2|pool Max pool\n",
        "before Conv 3x3, 16|dense x64 #red Head\nremove 0\n",
        "between 1|Encoder: top|store\n",
        "link 3|1|try again\nlink 3|2\ndash A -- b|1\n",
        "paint 출력|none\nrename 1|Réseau → a|b\ncount 1|128\nkind 1|decision\n",
        "swap 1|2\nmove Head|1\nunlink 1|2\nsolid 1|2\nfrom 1|end\nto 1|input x3\n",
    ],
)
def test_changes_are_spelled_line_by_line(text: str) -> None:
    assert spells(CHANGE, text)
    assert not spells(CHANGE, text.rstrip("\n"))


def test_there_is_at_least_one_change_and_the_number_of_them_is_bounded() -> None:
    assert not spells(CHANGE, "")
    assert spells(CHANGE, "remove 1\n" * MAX_CHANGES)
    assert not begins(CHANGE, "remove 1\n" * (MAX_CHANGES + 1))


@pytest.mark.parametrize(
    "text", ["remove |", "paint 1|beige", "paint 1\n", "after 2|-> 3", "0 input", "\n"]
)
def test_nothing_else_is_a_change(text: str) -> None:
    assert not begins(CHANGE, text)


PRESENT = parse_spec("0 input Photo A\n1 input Photo B\n2 conv Conv 3x3\n4 store a/b\n5 output a|b")


@pytest.mark.parametrize(
    "text",
    [
        "remove Photo A\n", "paint both photos|red\n", "rename 4|Anything\n", "remove a/b\n",
        "after last conv layer|pool Max pool\n", "link Conv 3x3|5|to c\n", "dash any|0\n",
        "count all 3 of the dense layers|4\n", "paint the red box|blue\n", "paint all|none\n",
        "paint 두 번째 합성곱|red\n", "relabel old words|new ones\nremove 0\n",
        "remove 0\nremove 1\n",
        "from 0|data New one\nlink New one|2\n", "rename 0|Left\nremove Left\npaint left|red\n",
    ],
)  # fmt: skip
def test_changes_name_nodes_that_are_there_or_that_they_make(text: str) -> None:
    assert spells(LLMatcher(BYTES, change_grammar(PRESENT)), text)


@pytest.mark.parametrize(
    "text",
    ["remove Photo C", "remove 3\n", "link 0|Somewhere", "paint Photos A", "swap 0|1\nremove New",
     "relabel a|b\nremove b|", "rename Phone"],
)  # fmt: skip
def test_changes_name_no_other_nodes(text: str) -> None:
    assert not begins(LLMatcher(BYTES, change_grammar(PRESENT)), text)


def test_a_diagram_without_a_label_that_can_be_a_name_has_no_empty_one() -> None:
    grammar = LLMatcher(BYTES, change_grammar(parse_spec("0 input a|b")))
    assert spells(grammar, "remove 0\n")
    assert not begins(grammar, "remove \n")


@given(specs(most=6, numbered=True))
@settings(max_examples=25)
def test_every_node_of_every_diagram_can_be_named(spec: Spec) -> None:
    spec = parse_spec(write_spec(spec))
    grammar = LLMatcher(BYTES, change_grammar(spec))
    for node in spec.nodes:
        assert spells(grammar, f"remove {name_of(spec, node, node.label)}\n")


@pytest.mark.parametrize("label", TRICKY)
@pytest.mark.parametrize("count", [1, 16])
def test_a_tricky_label_is_spelled_on_a_node_and_on_an_edge(label: str, count: int) -> None:
    node = Node(id=0, kind=Kind.DENSE, count=count, label=label)
    edge = Edge(source=0, target=0, label=label.replace(",", ";"))
    assert spells(SPEC, write_answer(Spec(style=Style(), nodes=(node,), edges=(edge,))))


def test_the_longest_labels_and_lists_of_targets_are_spelled_and_no_longer_ones() -> None:
    label = "層" * MAX_LABEL
    assert spells(SPEC, f"{STYLE}0 input {label} ->0 {label}\n")
    assert not begins(SPEC, f"{STYLE}0 input {label}層")
    assert not begins(SPEC, f"{STYLE}0 input ->0 {label}層")
    targets = ",".join(["0"] * MAX_TARGETS)
    assert spells(SPEC, f"{STYLE}0 input ->{targets}\n")
    assert not begins(SPEC, f"{STYLE}0 input ->{targets},")
    assert not begins(SPEC, f"{STYLE}0 input " + "a-" * (MAX_LABEL // 2) + "a")


def test_nodes_are_numbered_in_order_up_to_the_most_there_may_be() -> None:
    assert not begins(SPEC, f"{STYLE}1")
    assert not begins(SPEC, f"{STYLE}0 input\n2")
    assert not begins(SPEC, f"{STYLE}0 input\n0")
    assert not begins(SPEC, f"{STYLE}0 input\n1 end\n10")
    lines = [f"{number} input\n" for number in range(MAX_NODES)]
    assert spells(SPEC, STYLE + "".join(lines))
    assert not begins(SPEC, STYLE + "".join(lines) + "6")


def test_a_text_cannot_end_before_its_line_does() -> None:
    for text in ("right", STYLE, f"{STYLE}0", f"{STYLE}0 input", f"{STYLE}0 input ->"):
        assert begins(SPEC, text)
        assert not spells(SPEC, text)
    assert spells(SPEC, f"{STYLE}0 input\n")


@pytest.mark.parametrize(
    "text",
    [
        "left",
        "blue",
        "right blue round arrow spacious nodes ",
        "right  blue",
        f"{STYLE}0 banana",
        f"{STYLE}0 Input",
        f"{STYLE}0  input",
        f"{STYLE}0 input\n\n",
        f"{STYLE}0 input x0\n",
        f"{STYLE}0 input x12345\n",
        f"{STYLE}0 input\t",
        f"{STYLE}0 input A\x00",
        f"{STYLE}0 input A\r",
        f"{STYLE}0 input A\x85",
        f"{STYLE}0 input A\u2028",
        f"{STYLE}0 input A->",
        f"{STYLE}0 input A ->B",
        f"{STYLE}0 input ->0 a->",
        f"{STYLE}0 input ->0 a,b",
        f"{STYLE}0 input ->0,,",
        f"{STYLE}0 input ->~~",
        f"{STYLE}0 input ->100",
    ],
)
def test_what_the_parser_would_not_read_like_that_cannot_begin(text: str) -> None:
    assert not begins(SPEC, text)


@given(st.lists(st.sampled_from(list(" x129->,~Aaé\n")), max_size=14).map("".join))
def test_every_line_that_is_spelled_is_read(tail: str) -> None:
    text = f"{STYLE}0 input{tail}\n"
    if spells(SPEC, text):
        assert read(text)


def read(text: str) -> bool:
    """Whether a text is read, or refused for the one thing that a grammar cannot know."""
    try:
        parse_spec(text)
    except SpecError as error:
        return error.problem.startswith("there is no node")
    return True


# The rows dialect


@settings(max_examples=50)
@given(row_texts())
def test_rows_that_are_written_are_spelled(text: str) -> None:
    assert spells(ROWS, write_rows(parse_rows(text)))


def test_rows_are_numbered_and_whole() -> None:
    row = ", 1, 2, 'circle', 3, 4, 'solid arrow', (1, 2, 3), (4, 5, 6), [1, 2]]\n"
    assert spells(ROWS, f"[0{row}[1{row}")
    assert not begins(ROWS, "[1")
    assert not begins(ROWS, f"[0{row}[0")
    assert not begins(ROWS, "[0, -1")
    assert not begins(ROWS, "[0, 1, 2, 'star'")
    assert not spells(ROWS, f"[0{row}"[:-1])
    rows = [f"[{number}{row}" for number in range(MAX_NODES)]
    assert spells(ROWS, "".join(rows))
    assert not begins(ROWS, "".join(rows) + "[")


# A model that knows nothing


def babble(grammar: str, seed: int) -> list[Sample]:
    """What random weights write under a grammar, hot and greedy."""
    tokenizer = tiny_tokenizer()
    tokenizer.padding_side = "left"
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        model = tiny_model(tokenizer).eval()
    loaded = Loaded(model=model, tokenizer=tokenizer, device=torch.device("cpu"))
    generator = LocalGenerator(loaded, grammar=grammar, temperatures=Temperatures(structure=1.0))
    (samples,) = generator.write([Prompt(id="a", description="a net", count=8, seed=seed)])
    return samples


@pytest.mark.parametrize("seed", range(3))
def test_random_weights_write_specs_that_end_and_are_read(seed: int) -> None:
    greedy, *free = babble(spec_grammar(), seed)
    own = [sample for sample in free if not sample.copied]  # greed may want ever more lines
    assert all(sample.finished for sample in own)
    assert all(read(sample.text) for sample in (greedy, *free))


@pytest.mark.parametrize("seed", range(3))
def test_random_weights_write_rows_that_end_and_are_read(seed: int) -> None:
    greedy, *free = babble(rows_grammar(), seed)
    assert all(sample.finished for sample in free)
    for sample in (greedy, *free):
        assert len(parse_rows(sample.text).shapes) == sample.text.count("\n")
