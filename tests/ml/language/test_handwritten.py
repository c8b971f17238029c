"""The sentences written by hand are what they claim to be: whole, honest and new."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import islice

from ml.language.corpus.examples import training_examples
from ml.language.handwritten import FILE, handwritten
from ml.spec.model import Node, Style

GROUPS = {
    "networks", "cnn", "branches", "sequence", "transformers", "generative", "pipelines",
    "decisions", "loops", "services", "everyday", "lists", "arrows", "korean", "chat", "vague",
}  # fmt: skip
USUAL = {
    "1d": "conv1d", "attention": "어텐션", "avg": "average|mean|평균", "conv": "합성곱",
    "dense": "linear|완전연결층",
    "hidden": "", "image": "input|이미지", "max": "맥스", "norm": "norm", "pool": "풀링",
    "output": "softmax|sigmoid",
}  # fmt: skip
"""Words that layers are labelled with, and how people say them, if they say them at all."""


def _words(text: str) -> list[str]:
    """The words and numbers of a text, sizes as one: “3 x 3”, “64 by 64” as 3x3 and 64x64."""
    text = re.sub(r"(?<=\d)\s*(?:x|×|by)\s*(?=\d)", "x", text.casefold())
    return re.findall(r"[\w.]*\w", text)


def _copied(node: Node, prompt: str) -> bool:
    said = " ".join(_words(prompt))
    words = [re.sub(r"^x(?=\d+$)", "", word) for word in _words(node.label)]
    return node.label == node.kind.default_label or all(
        word in said or re.search(USUAL.get(word, "(?!)"), said) for word in words
    )


def test_there_are_enough_of_every_group_and_size() -> None:
    written = handwritten()
    assert len(written) >= 200
    assert {one.group for one in written} == GROUPS
    sizes = Counter(min(len(one.spec.nodes) - 1, 12) // 4 for one in written)
    assert sizes[0] >= 70
    assert sizes[1] >= 80
    assert sizes[2] >= 40
    assert sizes[3] >= 20


def test_every_line_is_its_diagram_and_says_nothing_of_style() -> None:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    for line, one in zip(lines, handwritten(), strict=True):
        row = json.loads(line)
        assert row.keys() == {"group", "prompt", "text"}
        assert row["prompt"].strip() == row["prompt"] != ""
        assert row["text"].startswith("0 "), one.prompt
        assert one.spec.style == Style()
        assert one.spec == one.spec.renumbered(), one.prompt


def test_no_description_occurs_twice() -> None:
    prompts = Counter(" ".join(_words(one.prompt)) for one in handwritten())
    assert [prompt for prompt, times in prompts.items() if times > 1] == []


def test_labels_are_words_of_the_description() -> None:
    made_up = [
        (node.label, one.prompt)
        for one in handwritten()
        for node in one.spec.nodes
        if not _copied(node, one.prompt)
    ]
    assert made_up == []


def test_every_node_is_connected_unless_it_is_alone() -> None:
    for one in handwritten():
        linked = {end for edge in one.spec.edges for end in (edge.source, edge.target)}
        assert linked == {node.id for node in one.spec.nodes}, one.prompt


def test_decisions_are_questions_and_part_into_labelled_ways() -> None:
    for one in handwritten():
        for node in one.spec.nodes:
            if node.kind == "decision":
                ways = [edge.label for edge in one.spec.edges if edge.source == node.id]
                assert node.label.endswith("?"), one.prompt
                assert len(set(ways)) == len(ways) >= 2, one.prompt
                assert all(ways), one.prompt


def test_the_corpus_makes_none_of_them() -> None:
    ours = {" ".join(_words(one.prompt)) for one in handwritten()}
    drawn = {
        " ".join(_words(example.description)) for example in islice(training_examples(1), 5_000)
    }
    assert not ours & drawn
