"""The readability ensemble: it learns, keeps, refuses and prefers."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file

from ml.drawing.render import draw
from ml.errors import ModelError
from ml.registry import ModelKind, Registry
from ml.scoring.checkpoint import Checkpoint
from ml.scoring.damage import overlap, pile
from ml.scoring.fit_readability import ReadabilityTraining, augmented, fit, step
from ml.scoring.flags import GRID, MAPS
from ml.scoring.images import HEIGHT, WIDTH
from ml.scoring.pictures import MEASURED, Rated, rated_by_people
from ml.scoring.plain import plain_scene
from ml.scoring.readability import (
    WEIGHTS,
    FoldNetwork,
    ReadabilityEnsemble,
    serving_ensemble,
)
from ml.scoring.train_readability import fits_training, is_held_out, publish_better
from tests.ml.scoring.scenes import chain

QUICK = ReadabilityTraining(size=1, folds=2, epochs=12, batch_diagrams=4, rate=1e-2, cores=1)


def blots(count: int = 48, seed: int = 0) -> Rated:
    """Pictures whose score falls with the size of their blot: easy to learn."""
    random_ = np.random.default_rng(seed)
    size = random_.integers(1, 100, count)
    pictures = np.full((count, HEIGHT, WIDTH, 3), 255, np.uint8)
    for picture, side in zip(pictures, size, strict=True):
        picture[10 : 10 + side, 10 : 10 + side] = 90
    return Rated(
        pictures=pictures,
        scores=(5 - size / 20).astype(np.float32),
        measures=np.zeros((count, len(MEASURED)), np.float32),
        maps=blotted(pictures),
        groups=np.arange(count) // 2,
    )


def blotted(pictures: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """The cells of 8 × 8 pixels that have ink, on the first map."""
    maps = np.zeros((len(pictures), len(MAPS), *GRID), bool)
    cells = pictures.reshape(len(pictures), GRID[0], HEIGHT // GRID[0], GRID[1], -1)
    maps[:, 0] = cells.min(axis=(2, 4)) < 255
    return maps


def untrained(seed: int = 0, folds: int = 2) -> ReadabilityEnsemble:
    torch.manual_seed(seed)
    return ReadabilityEnsemble(folds=folds, measures=MEASURED)


def test_one_step_moves_every_parameter() -> None:
    torch.manual_seed(0)
    network = FoldNetwork(measures=len(MEASURED))
    before = {name: value.clone() for name, value in network.named_parameters()}
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-2)
    data = blots(16)
    data.measures[:] = 0.5
    step(network, optimizer, data, np.arange(16), np.random.default_rng(0))
    still = [n for n, value in network.named_parameters() if torch.equal(value, before[n])]
    assert not still


def test_training_beats_the_constant_and_says_how_far_it_is() -> None:
    told: list[float] = []
    ensemble = fit(blots(), training=QUICK, report=lambda _, done: told.append(done))
    fresh = blots(seed=1)
    error = np.abs(ensemble.score_pictures(fresh.pictures) - fresh.scores).mean()
    assert error < 0.7 * np.abs(fresh.scores - np.median(fresh.scores)).mean()
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_a_training_that_learns_nothing_is_refused() -> None:
    data = blots()
    noise = Rated(
        pictures=np.full_like(data.pictures, 255),
        scores=np.random.default_rng(0).permutation(data.scores),
        measures=data.measures,
        maps=data.maps,
        groups=data.groups,
    )
    with pytest.raises(ModelError, match="constant"):
        fit(noise, training=ReadabilityTraining(folds=2, epochs=1, cores=1))


class _PowerCut(Exception):
    pass


def test_a_stopped_training_goes_on_and_ends_where_it_would_have(tmp_path: Path) -> None:
    data = blots()
    whole = fit(data, training=QUICK)

    def stop_in_the_second_network(_: str, done: float) -> None:
        if done > 0.6:
            raise _PowerCut

    checkpoint = Checkpoint(tmp_path / "state.pt", key="k")
    with pytest.raises(_PowerCut):
        fit(data, training=QUICK, checkpoint=checkpoint, report=stop_in_the_second_network)
    told: list[float] = []
    again = fit(
        data, training=QUICK, checkpoint=checkpoint, report=lambda _, done: told.append(done)
    )
    assert min(told) > 0.5
    assert again.score_pictures(data.pictures) == pytest.approx(
        whole.score_pictures(data.pictures), abs=1e-3
    )


def test_a_checkpoint_of_another_training_is_ignored(tmp_path: Path) -> None:
    Checkpoint(tmp_path / "state.pt", key="one").save({"epoch": 3})
    assert Checkpoint(tmp_path / "state.pt", key="other").load() is None
    assert Checkpoint(tmp_path / "state.pt", key="one").load() == {"epoch": 3}
    (tmp_path / "state.pt").write_bytes(b"torn")
    assert Checkpoint(tmp_path / "state.pt", key="one").load() is None


def test_a_published_ensemble_gives_the_same_scores_when_loaded(tmp_path: Path) -> None:
    registry = Registry(root=tmp_path / "models", shipped=tmp_path / "none")
    ensemble, data = untrained(), blots(6)
    publish_better(registry, ensemble, None, data, data_hash="h", seed=0)
    loaded = ReadabilityEnsemble.load(registry.serving(ModelKind.READABILITY).folder)
    assert (loaded.score_pictures(data.pictures) == ensemble.score_pictures(data.pictures)).all()


def test_what_ships_is_used_where_the_version_that_serves_is_of_other_networks(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    about = {"metrics": {}, "data_hash": "h", "seed": 0}
    registry = Registry(root=tmp_path / "models")
    serving = untrained(folds=1)
    older = registry.publish(
        ModelKind.READABILITY,
        lambda folder: save_file({"trunk.0.weight": torch.zeros(3)}, folder / WEIGHTS),
        config=serving.config,
        **about,
    )
    ensemble, name = serving_ensemble(registry)
    shipped = registry.shipped(ModelKind.READABILITY)
    data = blots(4)
    expected = ReadabilityEnsemble.load(shipped.folder).score_pictures(data.pictures)
    assert name == shipped.name
    assert (ensemble.score_pictures(data.pictures) == expected).all()
    (said,) = caplog.messages
    assert f"{older.name} does not fit this release, so {shipped.name}" in said
    registry.publish(ModelKind.READABILITY, serving.save, config=serving.config, **about)
    assert serving_ensemble(registry)[1] == registry.serving(ModelKind.READABILITY).name


def test_a_damaged_version_is_not_passed_over(tmp_path: Path) -> None:
    registry = Registry(root=tmp_path / "models")
    ensemble = untrained(folds=1)
    version = registry.publish(
        ModelKind.READABILITY, ensemble.save, config=ensemble.config, metrics={}, data_hash="h",
        seed=0,
    )  # fmt: skip
    (version.folder / WEIGHTS).write_bytes(b"x")
    with pytest.raises(ModelError, match="restore it"):
        serving_ensemble(registry)


def test_a_training_starts_from_fewer_networks_too() -> None:
    data, start = blots(), fit(blots(), training=replace(QUICK, folds=1))
    short = replace(QUICK, epochs=1, rate=0.0)
    assert fits_training(start)
    found = fit(data, training=short, start=start)
    assert len(found.folds) == 2
    wanted = start.folds[0].state_dict()["head.0.weight"]
    for network in found.folds:
        assert torch.equal(network.state_dict()["head.0.weight"], wanted)


def test_only_a_better_ensemble_serves(tmp_path: Path) -> None:
    registry = Registry(root=tmp_path / "models", shipped=tmp_path / "none")
    good, bad, held_out = fit(blots(), training=QUICK), untrained(3), blots(seed=2)
    first = publish_better(registry, good, None, held_out, data_hash="h", seed=0)
    second = publish_better(registry, bad, good, held_out, data_hash="h", seed=0)
    assert first.published
    assert not second.published
    assert second.serving is not None
    assert second.metrics["mae"] > second.serving["mae"]
    assert registry.serving(ModelKind.READABILITY).name == first.version


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    registry = Registry(root=tmp_path / "models", shipped=tmp_path / "none")
    publish_better(registry, untrained(), None, blots(4), data_hash="h", seed=0)
    folder = registry.serving(ModelKind.READABILITY).folder
    (folder / WEIGHTS).write_bytes((folder / WEIGHTS).read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError):
        ReadabilityEnsemble.load(folder)


def test_scores_stay_in_range_and_an_empty_list_has_none() -> None:
    ensemble = untrained()
    with torch.no_grad():
        for fold in ensemble.folds:
            assert isinstance(fold, FoldNetwork)
            fold.head[-1].bias[0] = 40.0  # type: ignore[operator]
    assert (ensemble.score([np.zeros((60, 100, 3), np.uint8)]) == 5.0).all()
    assert ensemble.score([]).shape == (0,)


def test_mirroring_and_recolouring_keep_the_ink_and_mirror_the_maps() -> None:
    data = blots(6)
    changed, maps = augmented(data.pictures, data.maps, np.random.default_rng(0))
    assert changed.sum() == data.pictures.sum()
    assert (changed != data.pictures).any()
    assert (maps != data.maps).any()
    assert (maps == blotted(changed)).all()


def test_levels_move_scores_and_change_no_order(tmp_path: Path) -> None:
    data, ensemble = blots(12), untrained()
    plain = ensemble.rubric_scores(data.pictures)
    low, high = float(plain.min()), float(plain.max())
    ensemble.levels = ((low - 1e-3, 2.0), (high + 1e-3, 3.0))
    moved = ensemble.score_pictures(data.pictures)
    assert ((moved > 2) & (moved < 3)).all()
    assert moved.argsort().tolist() == plain.argsort().tolist()
    registry = Registry(root=tmp_path / "models", shipped=tmp_path / "none")
    publish_better(registry, ensemble, None, data, data_hash="h", seed=0)
    kept = ReadabilityEnsemble.load(registry.serving(ModelKind.READABILITY).folder)
    assert kept.score_pictures(data.pictures) == pytest.approx(moved)


def test_a_later_version_keeps_the_level_of_people(tmp_path: Path) -> None:
    registry = Registry(root=tmp_path / "models", shipped=tmp_path / "none")
    first, second, data = untrained(), fit(blots(), training=QUICK), blots(24, seed=2)
    first.levels = ((0.0, 0.5), (4.0, 4.5))
    publish_better(registry, second, first, data, data_hash="h", seed=0)
    assert second.levels == first.levels


def test_levels_that_fall_are_refused() -> None:
    with pytest.raises(ValueError, match="rise"):
        ReadabilityEnsemble(folds=1, levels=((0.0, 3.0), (5.0, 2.0)))


def test_ratings_of_people_join_as_pictures() -> None:
    rated = rated_by_people([(chain(), 4.0), (chain(3), 1.0)])
    assert rated.pictures.shape == (2, HEIGHT, WIDTH, 3)
    assert rated.scores.tolist() == [4.0, 1.0]
    assert len(set(rated.groups.tolist())) == 2


def test_the_same_ratings_are_always_kept_for_the_comparison() -> None:
    kept = [is_held_out(chain(count)) for count in range(1, 30)]
    assert kept == [is_held_out(chain(count)) for count in range(1, 30)]
    assert 1 <= sum(kept) <= 12


def test_the_shipped_ensemble_prefers_good_pictures_to_clearly_damaged_ones() -> None:
    ensemble = ReadabilityEnsemble.load(shipped(ModelKind.READABILITY))
    good, bad = [], []
    for seed in range(16):
        rng = random.Random(50_000 + seed)
        scene = plain_scene(rng)
        good.append(draw(scene))
        bad.append(draw(pile(overlap(scene, rng, 0.8), rng, 0.5)))
    better = ensemble.score(good) > ensemble.score(bad)
    assert better.sum() >= 15


def shipped(kind: ModelKind) -> Path:
    registry = Registry(root=Path("/nonexistent"))
    return registry.serving(kind).folder
