"""The gate: a gain is believed only when it is more than noise."""

from __future__ import annotations

import numpy as np
import pytest

from ml.gate import paired_bootstrap


def test_a_clear_gain_is_better_and_a_clear_loss_is_worse() -> None:
    old = np.random.default_rng(0).normal(0, 1, 200)
    new = old + np.random.default_rng(1).normal(0.2, 0.5, 200)
    verdict = paired_bootstrap(new, old)
    assert verdict.better
    assert not verdict.worse
    assert verdict.low < verdict.gain < verdict.high
    assert paired_bootstrap(old, new).worse


def test_the_pairing_counts_and_not_the_spread_of_the_examples() -> None:
    old = np.random.default_rng(0).normal(0, 10, 100)  # unpaired, 0.1 would drown in this
    assert paired_bootstrap(old + 0.1, old).better


def test_two_equal_models_are_called_better_no_more_often_than_noise_allows() -> None:
    random_ = np.random.default_rng(0)
    verdicts = [
        paired_bootstrap(random_.normal(0, 1, 80), random_.normal(0, 1, 80), seed)
        for seed in range(60)
    ]
    assert sum(verdict.better for verdict in verdicts) <= 5  # 1.5 are expected
    assert sum(verdict.low <= 0 <= verdict.high for verdict in verdicts) >= 50


def test_a_handful_of_examples_that_changed_sides_is_noise() -> None:
    old = np.zeros(160)
    new = old.copy()
    new[:2] = 1.0
    assert not paired_bootstrap(new, old).better
    new[:8] = 1.0
    assert paired_bootstrap(new, old).better


def test_the_same_model_is_neither() -> None:
    answers = np.array([1.0, 0.0, 1.0])
    verdict = paired_bootstrap(answers, answers)
    assert (verdict.better, verdict.worse, verdict.gain) == (False, False, 0.0)
    assert "no different beyond noise" in str(verdict)


def test_the_interval_has_the_length_that_the_normal_approximation_says() -> None:
    gains = np.random.default_rng(3).normal(0, 2, 400)
    verdict = paired_bootstrap(gains, np.zeros(400))
    expected = 2 * 1.96 * gains.std() / 20
    assert verdict.high - verdict.low == pytest.approx(expected, rel=0.08)


@pytest.mark.parametrize("new", [[], [1.0], [1.0, np.nan, 1.0], [[1.0, 2.0, 3.0]]])
def test_what_cannot_be_compared_is_an_error(new: list[float]) -> None:
    with pytest.raises(ValueError, match="compared"):
        paired_bootstrap(np.array(new), np.array([1.0, 2.0, 3.0]))
