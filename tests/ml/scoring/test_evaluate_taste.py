"""What simulated people say about predicted ratings, and how it is shown."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from ml.scoring.autoencoder import Autoencoder
from ml.scoring.evaluate_taste import (
    BEST,
    MEAN,
    OURS,
    Outcome,
    Pictures,
    draw_pictures,
    play,
    recovery,
)
from ml.scoring.learning_curves import TASTES, as_json, average, picture, recovery_table, table
from ml.scoring.looks import LOOKS
from ml.scoring.simulated_people import Kind, one_hot
from ml.spec.text import STYLE_WORDS

SIZES = (0, 8, 40)


@pytest.fixture(scope="module")
def pictures() -> Pictures:
    """Latents that hold all that people have tastes about; components that hold nothing."""
    random = np.random.default_rng(0)
    words = random.integers(0, (2, 8, 3, 3, 2, 2), (240, 6))
    attributes = one_hot(words)
    return Pictures(
        words=words,
        latents=(3 * (attributes - attributes.mean(0))).astype(np.float32),
        components=random.standard_normal((240, 8)).astype(np.float32),
    )


@pytest.fixture(scope="module")
def outcomes(pictures: Pictures) -> list[Outcome]:
    return play(pictures, servers=2, seed=3, sizes=SIZES)


def pairs(outcomes: list[Outcome], way: str, ratings: int, *kinds: Kind) -> float:
    return average(outcomes, "pairwise", way, ratings, kinds or TASTES)


def test_the_mean_orders_nothing_and_ratings_teach_the_others(outcomes: list[Outcome]) -> None:
    for size in SIZES:
        assert pairs(outcomes, MEAN, size) == 0.5
    for way in (BEST, OURS):
        assert pairs(outcomes, way, 40) > 0.7
        assert pairs(outcomes, way, 40) > pairs(outcomes, way, 8)


def test_a_team_is_known_before_its_members_rate(outcomes: list[Outcome]) -> None:
    assert pairs(outcomes, BEST, 0, Kind.TEAM) == 0.5
    assert pairs(outcomes, OURS, 0, Kind.TEAM) > 0.53
    assert pairs(outcomes, OURS, 0, Kind.CONTRARIAN) < 0.5


def test_the_contrarian_is_found_out_after_a_few_ratings(outcomes: list[Outcome]) -> None:
    assert pairs(outcomes, OURS, 40, Kind.CONTRARIAN) > 0.65


def test_features_that_hold_nothing_teach_nothing(outcomes: list[Outcome]) -> None:
    assert abs(pairs(outcomes, "k-NN, pixels' PCA", 40) - 0.5) < 0.06


def test_better_order_means_less_regret(outcomes: list[Outcome]) -> None:
    def regret(way: str) -> float:
        return average(outcomes, "regret", way, 40, TASTES)

    assert 0 <= regret(OURS) < regret(MEAN)


def test_the_indifferent_have_no_regrets_and_little_error(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.kind is Kind.INDIFFERENT:
            assert outcome.pairwise == 0.5
            assert outcome.regret == 0
            assert outcome.error < 1


def test_what_latents_hold_is_told_and_what_they_do_not_hold_is_guessed(pictures: Pictures) -> None:
    told = recovery(pictures)
    assert list(told["commonest"]) == list(STYLE_WORDS)
    guessed, held, missed = (
        np.mean(list(told[way].values()))
        for way in ("commonest", "k-NN, latents", "k-NN, pixels' PCA")
    )
    assert held > guessed + 0.25
    assert missed < guessed + 0.1


def test_the_tables_have_every_number_and_json_reads_back(
    outcomes: list[Outcome], pictures: Pictures
) -> None:
    lines = table(outcomes).splitlines()
    wanted = f"{pairs(outcomes, OURS, 40):.3f}"
    assert any(line.startswith(OURS) and line.endswith(wanted) for line in lines)
    told = recovery(pictures)
    assert f"{told['commonest']['palette']:.3f}" in recovery_table(told)
    read = json.loads(as_json(outcomes, told))
    assert [Outcome(**row) for row in read["outcomes"]] == outcomes
    assert read["recovery"] == told


def test_the_plot_has_a_curve_for_every_way(outcomes: list[Outcome]) -> None:
    image = picture(outcomes)
    ways = {outcome.way for outcome in outcomes}
    assert image.shape == (1200, 2000, 3)
    colours, areas = np.unique(image[::2, 170:1480:2].reshape(-1, 3), axis=0, return_counts=True)
    curves = areas[(np.ptp(colours.astype(int), axis=1) > 60) & (areas > 100)]
    assert len(curves) >= len(ways) - 2  # the mean is grey, and two ridges lie on one another


def test_drawn_pictures_differ_and_know_their_words() -> None:
    encoder = Autoencoder(styles=[len(words) for words in STYLE_WORDS.values()])
    drawn = draw_pictures(encoder, 12, seed=5)
    assert drawn.words.shape == (12, len(STYLE_WORDS))
    assert drawn.latents.shape == (12, encoder.look + encoder.content + len(LOOKS))
    assert len(np.unique(drawn.components.round(3), axis=0)) == 12
    assert all(math.isfinite(value) for value in drawn.components.ravel())
