"""Scenes as JSON: the same when they come back, and nothing else is taken for one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ml.drawing.layout import place
from ml.errors import SpecError
from ml.spec.rows import parse_rows
from ml.spec.scene import Scene
from ml.spec.text import parse_spec
from tests.ml.spec.test_rows import ROWS, row_texts

SPEC = """down vivid round dashed compact nodes
0 person Müller 데이터
1 decision Good, or "bad"? ->2 yes,~0 no
2 dense x12 ->3
3 store ->
"""
PLACED = place(parse_spec(SPEC))


@pytest.mark.parametrize("scene", [PLACED, parse_rows(ROWS)], ids=["placed", "rows"])
def test_a_scene_comes_back_from_json_as_it_was(scene: Scene) -> None:
    assert Scene.from_json(scene.to_json()) == scene


@given(row_texts())
def test_any_scene_of_rows_comes_back_from_json_as_it_was(text: str) -> None:
    scene = parse_rows(text)
    assert Scene.from_json(scene.to_json()) == scene


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "3",
        "[]",
        '"Scene"',
        "{}",
        '{"shapes": [], "routes": []}',
        "[" * 200_000,
        PLACED.to_json()[:-1],
        '{"shapes": 3, "routes": [], "captions": [], "background": [0, 0, 0]}',
        '{"shapes": [null], "routes": [], "captions": [], "background": [0, 0, 0]}',
        '{"shapes": [], "routes": [], "captions": [null], "background": [0, 0, 0]}',
        '{"shapes": [], "routes": [], "captions": [], "background": [0, 0]}',
        '{"shapes": [], "routes": [], "captions": [], "background": [0, 0, Infinity]}',
        '{"shapes": [], "routes": [], "captions": [], "background": [0, 0, 256]}',
    ],
)
def test_what_is_no_scene_is_refused(text: str) -> None:
    with pytest.raises(SpecError, match="not a Scene"):
        Scene.from_json(text)


SHAPE_CHANGES = [
    {"x": "left"},
    {"x": None},
    {"y": float("nan")},
    {"width": float("inf")},
    {"height": 10**400},
    {"form": "blob"},
    {"fill": [1, 2, 3, 4]},
    {"stroke": "red"},
    {"node": "first"},
    {"label": "word"},
    {"label": {}},
    {"surprise": 1},
]


@pytest.mark.parametrize("change", SHAPE_CHANGES, ids=str)
def test_a_shape_that_makes_no_sense_is_refused(change: dict[str, Any]) -> None:
    raw = json.loads(PLACED.to_json())
    raw["shapes"][1].update(change)
    with pytest.raises(SpecError, match="not a Scene"):
        Scene.from_json(json.dumps(raw))


@pytest.mark.parametrize(
    "change",
    [
        {"source": 99},
        {"target": -1},
        {"target": "0"},
        {"points": [[1, 2, 3]]},
        {"points": [[1, None]]},
        {"line": "wavy"},
        {"label": {"x": 1}},
    ],
    ids=str,
)
def test_a_route_that_makes_no_sense_is_refused(change: dict[str, Any]) -> None:
    raw = json.loads(PLACED.to_json())
    raw["routes"][0].update(change)
    with pytest.raises(SpecError, match="not a Scene"):
        Scene.from_json(json.dumps(raw))


@pytest.mark.parametrize("change", [{"lines": 3}, {"lines": [None]}, {"size": "big"}], ids=str)
def test_a_label_that_makes_no_sense_is_refused(change: dict[str, Any]) -> None:
    raw = json.loads(PLACED.to_json())
    raw["shapes"][0]["label"].update(change)
    with pytest.raises(SpecError, match="not a Scene"):
        Scene.from_json(json.dumps(raw))


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=150)
@given(st.data())
def test_whatever_one_part_is_replaced_by_it_is_a_scene_or_refused(data: st.DataObject) -> None:
    raw = json.loads(PLACED.to_json())
    part = raw
    while True:
        keys = list(part) if isinstance(part, dict) else list(range(len(part)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(part[key], dict | list) or not part[key] or data.draw(st.booleans()):
            break
        part = part[key]
    part[key] = data.draw(JSON)
    try:
        scene = Scene.from_json(json.dumps(raw))
    except SpecError:
        return
    assert Scene.from_json(scene.to_json()) == scene
