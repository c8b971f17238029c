"""A name means the nodes that a careful reader takes it for, or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ml.errors import SpecError
from ml.spec.changes import apply_changes, as_wished
from ml.spec.model import Kind, Spec
from ml.spec.naming import find_node, find_nodes, name_of
from ml.spec.nouns import KIND_NOUNS, plural, singulars
from ml.spec.text import parse_spec, write_spec
from tests.ml.spec.specs import specs

NET = parse_spec(
    "0 input Photo A\n1 input Photo B\n2 conv Stem\n3 activation ReLU\n4 conv #red Conv 3x3\n"
    "5 activation ReLU\n6 dense x8 #red Fc1\n7 dense x4 Fc2\n8 store Weights\n9 output Label"
)


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("second conv layer", [4]), ("the 1st activation", [3]), ("last dense", [7]),
        ("penultimate dense layer", [6]), ("second to last box", [8]), ("first node", [0]),
        ("relu", [3, 5]), ("both relus", [3, 5]), ("every nonlinearity", [3, 5]),
        ("all the nonlinearities", [3, 5]), ("second relu", [5]), ("both photos", [0, 1]),
        ("all 2 of the conv layers", [2, 4]), ("two photos", [0, 1]), ("database", [8]),
        ("red boxes", [4, 6]), ("red", [4, 6]), ("all red ones", [4, 6]), ("first red box", [4]),
        ("all", list(range(10))), ("두 번째 합성곱", [4]), ("활성화 모두", [3, 5]),
        ("모든 은닉층", [6, 7]), ("Photo B", [1]), ("7", [7]),
    ],
)  # fmt: skip
def test_nodes_are_found_by_what_people_call_them(name: str, ids: list[int]) -> None:
    assert [node.id for node in find_nodes(NET, name)] == ids


@pytest.mark.parametrize(
    "name",
    ["third conv", "all three photos", "fourth pooling", "blue boxes", "the", "of", "first",
     "the step", "photo", "second third conv"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(name: str) -> None:
    with pytest.raises(SpecError, match=r"there is no node|say which"):
        find_nodes(NET, name)


def test_a_label_counts_before_what_it_could_describe() -> None:
    spec = parse_spec("0 conv One\n1 conv Two\n2 process Second conv\n3 process Red")
    assert find_node(spec, "second conv").id == 2
    assert find_node(spec, "red").id == 3


def test_one_node_is_wanted_where_several_would_be_a_guess() -> None:
    with pytest.raises(SpecError, match="can be 3, 5: say which"):
        find_node(NET, "ReLU")
    with pytest.raises(SpecError, match="can be 3, 5"):
        apply_changes(NET, "after ReLU|norm")
    after = apply_changes(NET, "after every relu|norm")
    assert [node.kind for node in after.nodes].count(Kind.NORM) == 2


@pytest.mark.parametrize(
    ("wish", "id", "name"),
    [
        ("make the second conv layer red", 4, "second conv layer"),
        ("make conv 3x3 red", 4, "Conv 3x3"),
        ("make #4 red", 4, "4"),
        ("the last box in red", 9, "last box"),
        ("두 번째 합성곱을 빨간색으로", 4, "두 번째 합성곱"),
        ("no relu at 5", 5, "5"),
        ("something red", 4, "Conv 3x3"),
    ],
)
def test_a_node_is_called_as_the_wish_calls_it(wish: str, id: int, name: str) -> None:
    assert name_of(NET, NET.node(id), wish) == name


def test_names_that_mean_several_stay_as_they_are() -> None:
    text = "remove both photos\npaint 4|red\n"
    assert as_wished(NET, text, "the second conv") == "remove both photos\npaint second conv|red\n"


@given(specs(most=6, numbered=True), st.integers(0, 5), st.sampled_from(sorted(
    noun for nouns in KIND_NOUNS.values() for noun in nouns)), st.booleans())  # fmt: skip
def test_what_a_node_is_called_finds_it(spec: Spec, id: int, noun: str, last: bool) -> None:
    spec = parse_spec(write_spec(spec))
    if id < len(spec.nodes):
        wish = f"the {'last' if last else 'second'} {noun} and the first box"
        node = spec.node(id)
        assert find_node(spec, name_of(spec, node, wish)) == node


@pytest.mark.parametrize("nouns", KIND_NOUNS.values())
def test_a_plural_is_understood(nouns: tuple[str, ...]) -> None:
    assert all(noun in singulars(plural(noun)) for noun in nouns)
