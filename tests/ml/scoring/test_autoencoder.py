"""The autoencoder: it learns, keeps, refuses, and its latents tell looks apart."""

from __future__ import annotations

import random
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from ml.drawing.layout import place
from ml.drawing.render import draw
from ml.errors import ModelError
from ml.registry import ModelKind, Registry
from ml.scoring.autoencoder import CONTENT, LOOK, Autoencoder
from ml.scoring.checkpoint import Checkpoint
from ml.scoring.images import HEIGHT, WIDTH
from ml.scoring.pictures import Styled, placed_spec, styled_pictures
from ml.scoring.recovery import commonest, knn_recovered, pca
from ml.scoring.train_autoencoder import (
    STYLES,
    AutoencoderTraining,
    collapsed,
    fit,
    measure_latents,
    publish_better,
    step,
)
from ml.spec.model import Palette

QUICK = AutoencoderTraining(size=1, epochs=10, batch=16, rate=5e-3, cores=1)


def swatches(count: int = 64, seed: int = 0) -> Styled:
    """Pictures of a bar whose way is the direction and whose colour is all else."""
    random_ = np.random.default_rng(seed)
    styles = np.stack([random_.integers(0, words, count) for words in STYLES], axis=1)
    styles[:, 2:] = styles[:, 1:2] % np.array(STYLES[2:])
    pictures = np.full((count, HEIGHT, WIDTH, 3), 255, np.uint8)
    shades = np.random.default_rng(9).integers(0, 220, (STYLES[1], 3))
    for picture, (direction, palette, *_) in zip(pictures, styles, strict=True):
        top, left = random_.integers(0, 60, 2)
        tall, wide = (80, 20) if direction else (20, 80)
        picture[top : top + tall, left : left + wide] = shades[palette]
    return Styled(pictures=pictures, styles=styles)


def untrained() -> Autoencoder:
    torch.manual_seed(0)
    return Autoencoder(styles=STYLES)


def test_one_step_moves_every_parameter() -> None:
    model = untrained()
    before = {name: value.clone() for name, value in model.named_parameters()}
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
    step(model, optimizer, swatches(16), np.arange(16), QUICK)
    still = [n for n, value in model.named_parameters() if torch.equal(value, before[n])]
    assert not still


def test_latents_have_unit_spread_in_look_and_less_in_content() -> None:
    model = untrained()
    with torch.no_grad():
        latents = model.train().latents(torch.from_numpy(swatches(64).pictures))
    spread = latents.std(0)
    assert latents.shape == (64, LOOK + CONTENT)
    assert spread[:LOOK].mean() == pytest.approx(1.0, abs=0.05)
    assert spread[LOOK:].mean() == pytest.approx(0.3, abs=0.05)


@pytest.fixture(scope="module")
def learnt() -> Autoencoder:
    return fit(swatches(160), training=QUICK)


def test_training_paints_and_tells_colours_apart(learnt: Autoencoder) -> None:
    metrics = measure_latents(learnt, swatches(120, seed=1))
    assert metrics["painting"] < 0.9
    assert metrics["recovery_palette"] > 0.3
    assert metrics["recovery_direction"] > 0.7


def test_a_stopped_training_goes_on(tmp_path: Path) -> None:
    data = swatches(32)
    whole = fit(data, training=QUICK)
    checkpoint = Checkpoint(tmp_path / "state.pt", key="k")

    class PowerCut(Exception):
        pass

    def stop(_: str, done: float) -> None:
        if done > 0.6:
            raise PowerCut

    with pytest.raises(PowerCut):
        fit(data, training=QUICK, checkpoint=checkpoint, report=stop)
    told: list[str] = []
    again = fit(data, training=QUICK, checkpoint=checkpoint, report=lambda s, _: told.append(s))
    assert not told[0].startswith("epoch 1,")
    assert again.encode_pictures(data.pictures) == pytest.approx(
        whole.encode_pictures(data.pictures), abs=1e-2
    )


TINY = AutoencoderTraining(size=1, epochs=3, batch=8, cores=1)

KILLED = """
    import sys
    from pathlib import Path
    from ml.scoring.checkpoint import Checkpoint
    from ml.scoring.train_autoencoder import fit
    from tests.ml.scoring.test_autoencoder import TINY, swatches

    def report(stage, done):
        if stage.startswith("epoch 2,"):
            print("in the middle", flush=True)
            sys.stdin.read()

    checkpoint = Checkpoint(Path(sys.argv[1]), key="k")
    fit(swatches(8), training=TINY, checkpoint=checkpoint, report=report)
    """


def test_a_training_whose_process_is_killed_goes_on_with_the_epoch_it_was_at(
    tmp_path: Path,
) -> None:
    state = tmp_path / "state.pt"
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(state)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"in the middle\n"
        process.kill()
    told: list[str] = []
    fit(
        swatches(8),
        training=TINY,
        checkpoint=Checkpoint(state, key="k"),
        report=lambda stage, _: told.append(stage.partition(",")[0]),
    )
    assert told == ["epoch 2", "epoch 3"]


def test_a_model_that_learnt_nothing_is_named_collapsed_and_not_published(tmp_path: Path) -> None:
    held_out = swatches(24)
    assert collapsed(measure_latents(untrained(), held_out)) is not None
    registry = Registry(root=tmp_path / "models", shipped=tmp_path / "none")
    with pytest.raises(ModelError, match="collapsed"):
        publish_better(registry, untrained(), None, held_out, data_hash="h", seed=0)
    with pytest.raises(ModelError):
        registry.serving(ModelKind.AUTOENCODER)


def test_a_published_autoencoder_gives_the_same_latents_and_only_a_better_one_replaces_it(
    tmp_path: Path, learnt: Autoencoder
) -> None:
    registry = Registry(root=tmp_path / "models", shipped=tmp_path / "none")
    held_out = swatches(120, seed=1)
    model = learnt
    first = publish_better(registry, model, None, held_out, data_hash="h", seed=0)
    loaded = Autoencoder.load(registry.serving(ModelKind.AUTOENCODER).folder)
    pictures = held_out.pictures[:8]
    assert (loaded.encode_pictures(pictures) == model.encode_pictures(pictures)).all()
    second = publish_better(registry, model, loaded, held_out, data_hash="h", seed=0)
    assert first.published
    assert not second.published
    assert registry.serving(ModelKind.AUTOENCODER).name == first.version


def test_latents_of_nothing_are_nothing() -> None:
    assert untrained().encode([]).shape == (0, LOOK + CONTENT)


def test_neighbours_recover_what_the_space_holds_and_not_what_it_does_not() -> None:
    random_ = np.random.default_rng(0)
    styles = random_.integers(0, 3, (200, 2))
    space = np.eye(3, dtype=np.float32)[styles[:, 0]]
    space = space + random_.normal(0, 0.1, (200, 3)).astype(np.float32)
    first, second = knn_recovered(space[:100], styles[:100], space[100:], styles[100:]).mean(0)
    assert first == 1.0
    assert second < 0.6
    assert all(0.2 < share < 0.6 for share in commonest(styles[:100], styles[100:]))


def test_principal_components_keep_distances() -> None:
    points = np.random.default_rng(0).normal(size=(20, 5)).astype(np.float32)
    a, b = pca(points[:12], [points[12:]], 5)
    assert a.shape == (12, 5)
    assert np.linalg.norm(a[0] - b[0]) == pytest.approx(
        np.linalg.norm(points[0] - points[12]), rel=1e-3
    )


def test_styled_pictures_are_the_same_for_the_same_seed() -> None:
    one, other = styled_pictures(2, 5), styled_pictures(2, 5)
    assert (one.pictures == other.pictures).all()
    assert (one.styles == other.styles).all()
    assert (one.styles < STYLES).all()


def test_the_shipped_encoder_puts_a_palette_change_farther_than_a_change_of_words() -> None:
    folder = Registry(root=Path("/nonexistent")).serving(ModelKind.AUTOENCODER).folder
    model = Autoencoder.load(folder)
    near, far = [], []
    for seed in range(6):
        spec, scene = placed_spec(random.Random(seed))
        renamed = replace(
            spec, nodes=tuple(replace(n, label=n.label[::-1].strip() or "x") for n in spec.nodes)
        )
        other = Palette.ORANGE if spec.style.palette is Palette.BLUE else Palette.BLUE
        recoloured = replace(spec, style=replace(spec.style, palette=other))
        latents = model.encode([draw(scene), draw(place(renamed)), draw(place(recoloured))])
        near.append(np.linalg.norm(latents[0] - latents[1]))
        far.append(np.linalg.norm(latents[0] - latents[2]))
    assert sum(f > n for f, n in zip(far, near, strict=True)) >= 5
