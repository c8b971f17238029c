"""Prompt files of both forms become the structures that they ask for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from ml.errors import SpecError
from ml.language.evaluate import SIZES, StructureScore, by_size, score_structure
from ml.language.reference import read_prompts, spread, without_names
from ml.spec.text import parse_spec

NETWORK = {
    "id": 1,
    "prompt": "NN with a 20 x 20 input, conv, pool, 8 hidden nodes and 2 outputs ",
    "structure": {
        "task": "dl_model",
        "layer_types": ["cnn_input", "conv", "pool", "dense", "dense"],
        "layer_sizes": [20, 18, 9, 8, 2],
    },
}
FLOW = {
    "id": 2,
    "prompt": "process that includes, \n* filter that inputs DB\n* a PCA converts text into photo",
    "structure": {
        "task": "flowchart",
        "nodes": [
            {"id": 0, "type": "db", "targets": [1]},
            {"id": 1, "type": "func", "targets": [2]},
            {"id": 2, "type": "str", "targets": [3, 4]},
            {"id": 3, "type": "picture", "targets": []},
            {"id": 4, "type": "chart", "targets": []},
        ],
    },
}


def written(path: Path, *rows: Mapping[str, object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_layers_of_a_reference_network_become_ours(tmp_path: Path) -> None:
    prompts = read_prompts(written(tmp_path / "p.jsonl", NETWORK))
    (example,) = prompts.examples
    assert (example.family, example.description[-1]) == ("network", "s")
    wanted = parse_spec("0 input Image 20x20\n1 conv\n2 pool\n3 dense x8\n4 output x2")
    assert prompts.view(wanted) == prompts.view(example.spec)
    answer = parse_spec(
        "0 input Image 20x20\n1 conv Conv 3x3\n2 pool\n3 dense x8 Hidden\n4 output x2"
    )
    assert prompts.view(answer) == prompts.view(example.spec)


def test_a_reference_flow_has_the_converters_and_no_conversion_that_nobody_said(
    tmp_path: Path,
) -> None:
    prompts = read_prompts(written(tmp_path / "p.jsonl", FLOW))
    wanted = "0 store ->1\n1 process ->2\n2 data str ->4\n3 data picture ->\n4 process ->3"
    assert set(prompts.examples[0].spec.edges) == set(parse_spec(wanted + "\n").edges)
    said = (
        "0 store Database ->1\n1 process Filter ->2\n2 data Text ->4\n"
        "3 data Photo ->\n4 process PCA ->3"
    )
    score = score_structure(
        "flow", prompts.examples[0].spec, said, finished=True, view=without_names
    )
    assert score.exact
    other = said.replace("Photo", "Histogram")
    score = score_structure(
        "flow", prompts.examples[0].spec, other, finished=True, view=without_names
    )
    assert not score.exact
    assert score.node_f1 == pytest.approx(0.8)


def test_our_own_form_is_compared_name_by_name(tmp_path: Path) -> None:
    row = {"prompt": "cats chase mice", "text": "0 person Cats\n1 person Mice"}
    prompts = read_prompts(written(tmp_path / "p.jsonl", row))
    assert prompts.examples[0].description == "cats chase mice"
    other = parse_spec("0 person Cats\n1 person Dogs")
    assert prompts.view(other) != prompts.view(prompts.examples[0].spec)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"prompt": "a", "text": "0 banana"}],
        [{"prompt": "a"}],
        [{"prompt": "a", "text": "0 input"}, NETWORK],
    ],
)
def test_a_file_that_is_of_no_form_is_refused(
    rows: list[Mapping[str, object]], tmp_path: Path
) -> None:
    with pytest.raises(SpecError):
        read_prompts(written(tmp_path / "p.jsonl", *rows))


def test_a_sample_is_spread_over_the_file(tmp_path: Path) -> None:
    rows = [{"prompt": f"{number}", "text": "0 input"} for number in range(10)]
    examples = read_prompts(written(tmp_path / "p.jsonl", *rows)).examples
    assert [one.description for one in spread(examples, 4)] == ["0", "2", "5", "7"]
    assert spread(examples, 99) == list(examples)


def test_scores_are_grouped_by_how_many_nodes_were_wanted() -> None:
    def score(nodes: int) -> StructureScore:
        lines = "\n".join(f"{id} process Step {id}" for id in range(nodes))
        return score_structure("family", parse_spec(lines), "0 input", finished=True)

    scores = [score(nodes) for nodes in (1, 4, 5, 12, 13, 60)]
    assert [len(group) for group in by_size(scores).values()] == [2, 1, 1, 2]
    assert list(by_size([])) == list(SIZES)
