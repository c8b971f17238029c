"""Every fault makes a Scene worse by the rubric and keeps it a Scene."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ml.scoring.damage import FAULTS, Fault, damage
from ml.scoring.plain import plain_scene
from ml.scoring.rubric import readability
from ml.spec.scene import Scene
from tests.ml.scoring.scenes import chain, worded

NEEDS_LUCK = {"lose", "rewire", "far_away", "grow", "clutter", "jitter", "squash", "shift"}
"""Faults that on some diagrams change nothing that anybody would call worse."""


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_lowers_the_rubrics_score(fault: Fault) -> None:
    good = worded(chain(6))
    before = readability(good)
    after = [readability(fault(good, random.Random(seed), 0.9)) for seed in range(12)]
    worse = sum(score < before - 0.05 for score in after)
    assert max(after) <= before
    assert worse >= (4 if fault.__name__ in NEEDS_LUCK else 10)


@given(st.integers(0, 10_000), st.integers(1, 4), st.floats(0, 1))
def test_damage_always_gives_a_scene_that_can_be_kept(
    seed: int, faults: int, degree: float
) -> None:
    rng = random.Random(seed)
    bad = damage(plain_scene(rng), rng, faults=faults, degree=degree)
    assert Scene.from_json(bad.to_json()) == bad
    for route in bad.routes:
        assert max(route.source, route.target) < len(bad.shapes)
    assert 0 <= readability(bad) <= 5


def test_more_damage_is_worse_on_average() -> None:
    def mean(faults: int, degree: float) -> float:
        scores = []
        for seed in range(60):
            rng = random.Random(seed)
            scores.append(readability(damage(plain_scene(rng), rng, faults=faults, degree=degree)))
        return sum(scores) / len(scores)

    assert mean(1, 0.1) > mean(2, 0.5) > mean(4, 0.9)


def test_the_same_seed_gives_the_same_damage() -> None:
    one, other = (damage(chain(6), random.Random(5), faults=3, degree=0.5) for _ in range(2))
    assert one == other
