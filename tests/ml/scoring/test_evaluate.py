"""Ratings in a file, and how scores compare with them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ml.errors import SpecError
from ml.scoring.agreement_plot import picture
from ml.scoring.calibrate import LOSSES, Weights, fit, fit_levels, predict
from ml.scoring.damage import FAULTS, damage
from ml.scoring.evaluate import as_json, compare, pictures_of, read_ratings, table
from ml.scoring.evaluate_pairs import in_order, own_pairs, pairs_table, shares
from ml.scoring.images import HEIGHT, WIDTH
from ml.scoring.measures import measure
from ml.scoring.plain import plain_scene
from ml.scoring.rubric import COVERING, readability
from ml.spec.rows import write_rows
from tests.ml.scoring.scenes import chain


def write(path: Path, *lines: dict[str, object]) -> Path:
    path.write_text("\n".join(map(json.dumps, lines)) + "\n\n", encoding="utf-8")
    return path


def test_ratings_are_read_and_compared_over_all_and_over_those_by_people(tmp_path: Path) -> None:
    rows = write_rows(chain())
    file = write(
        tmp_path / "ratings.jsonl",
        {"image": "base/1.png", "rating": 5, "rows": rows},
        {"image": "other/1.png", "rating": 2, "rows": rows},
        {"image": "other/2.png", "rating": 3, "rows": rows},
    )
    ratings = read_ratings(file)
    assert len(ratings[0].scene.shapes) == 5
    assert pictures_of(ratings).shape == (3, HEIGHT, WIDTH, 3)
    parts = compare(ratings, np.array([5.0, 2.0, 4.0], np.float32))
    assert parts["all"].mae == pytest.approx(1 / 3)
    assert parts["rated one by one"].count == 2
    assert parts["rated one by one"].mae == pytest.approx(0.5)
    assert "Spearman" in table(parts)
    assert json.loads(as_json(parts))["all"]["constant_mae"] == pytest.approx(1.0)


def test_the_plot_shows_diagrams_by_people_in_blue() -> None:
    predicted = np.array([4.5, 4.6, 4.4, 1.2], np.float32)
    given = np.array([5.0, 5.0, 4.0, 1.0])

    def blue(single: list[bool]) -> int:
        image = picture(predicted, given, np.array(single))[:, :1100]
        return int((image == (30, 90, 200)).all(axis=2).sum())

    assert picture(predicted, given, np.zeros(4, bool)).shape == (1200, 2000, 3)
    assert blue([True] * 4) > blue([False, False, False, True]) > blue([False] * 4)


def test_pairs_are_worse_by_geometry_and_counted_by_fault_and_degree() -> None:
    pairs = own_pairs(30, 5)
    assert [(p.fault, p.degree) for p in pairs] == [(p.fault, p.degree) for p in own_pairs(30, 5)]
    assert all(readability(pair.better) > readability(pair.worse) for pair in pairs)
    right = in_order(pairs, lambda scenes: np.array([readability(s) for s in scenes], np.float32))
    assert right.all()
    right[0] = False
    found = shares(pairs, right)
    assert found["all"][0] == 30
    assert found["all"][1] == pytest.approx(29 / 30)
    assert found[pairs[0].fault][1] < 1
    assert "in order" in pairs_table(found)


def test_a_line_that_is_no_rating_is_named(tmp_path: Path) -> None:
    file = write(tmp_path / "ratings.jsonl", {"image": "a", "rating": 5, "rows": ""}, {"image": 1})
    with pytest.raises(SpecError, match="line"):
        read_ratings(file)


def test_calibration_finds_the_weights_that_made_the_ratings() -> None:
    import random

    rng = random.Random(0)
    fault = next(iter(FAULTS))
    measured = []
    for _ in range(120):
        scene = plain_scene(rng)
        measured.append(measure(damage(fault(scene, rng, 0.5), rng, faults=1, degree=0.2)))
    true = Weights(
        step=1.5,
        covering=np.full(len(COVERING), 0.6, np.float32),
        loss=np.full(len(LOSSES), 0.2, np.float32),
    )
    ratings = predict(true, measured)
    found = fit(measured, ratings, np.ones_like(ratings), steps=400)
    assert np.abs(predict(found, measured) - ratings).mean() < 0.1


def test_levels_bring_a_score_to_what_people_say_and_keep_its_order() -> None:
    estimated = np.linspace(0, 5, 200, dtype=np.float32)
    people = np.where(estimated < 4, 2.0, 5.0).astype(np.float32)
    levels = fit_levels(estimated, people, np.ones_like(people))
    knots, at = zip(*levels, strict=True)
    said = np.interp(estimated, knots, at)
    assert (np.diff(said) > 0).all()
    assert np.abs(said - people).mean() < 0.5 * np.abs(estimated - people).mean()
