"""Ratings in a file, and how scores compare with them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ml.errors import SpecError
from ml.scoring.calibrate import LOSSES, Weights, fit, predict
from ml.scoring.damage import FAULTS, damage
from ml.scoring.evaluate import as_json, compare, pictures_of, read_ratings, table
from ml.scoring.images import HEIGHT, WIDTH
from ml.scoring.measures import measure
from ml.scoring.plain import plain_scene
from ml.scoring.rubric import COVERING
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
