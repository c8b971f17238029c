"""Trains the autoencoder: `diagram-bot train autoencoder`.

On pictures that the project makes, in evenly drawn styles. Published only when k-NN on its
latents recovers the style words better than on the serving one's, by more than noise, for
diagrams neither has seen.
"""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ml.errors import ModelError
from ml.gate import paired_bootstrap
from ml.registry import ModelKind, Outcome, Registry
from ml.scoring.autoencoder import Autoencoder
from ml.scoring.checkpoint import Checkpoint, cores, half_precision
from ml.scoring.pictures import Report, Styled, data_hash, quiet, styled_pictures
from ml.scoring.readability import ink
from ml.scoring.recovery import commonest, knn_recovered
from ml.spec.text import STYLE_WORDS

log = logging.getLogger(__name__)

HELD_OUT_SEED = 990_002
STYLES = tuple(len(words) for words in STYLE_WORDS.values())


@dataclass(frozen=True, kw_only=True)
class AutoencoderTraining:
    """How to train. `size` pictures are made for training, a sixth of that to compare on."""

    seed: int = 0
    size: int = 4_000
    epochs: int = 12
    batch: int = 64
    rate: float = 3e-3
    style_weight: float = 0.3
    cores: int = 2


def train(
    registry: Registry,
    *,
    training: AutoencoderTraining | None = None,
    warm: bool = True,
    work: Path | None = None,
    report: Report = quiet,
) -> Outcome:
    """Trains an autoencoder and publishes it if it beats the serving one.

    `warm` starts from the serving weights. With `work`, a folder, the training leaves its state
    there after every epoch and goes on from it when it was stopped.

    Raises:
        ModelError: it collapsed: its pictures are no better than the mean picture, or its
            latents do not tell styles apart.
    """
    training = training or AutoencoderTraining()
    data = styled_pictures(
        training.size, training.seed, lambda stage, done: report(stage, 0.35 * done)
    )
    held_out = styled_pictures(training.size // 3, HELD_OUT_SEED)
    serving = _serving(registry)
    hashed = data_hash(data.pictures, data.styles)
    checkpoint = None
    start = serving if warm else None
    if work is not None:
        checkpoint = Checkpoint(
            work / "autoencoder.pt", key=f"{training} {hashed} {start is not None}"
        )
    with cores(training.cores):
        model = fit(
            data,
            training=training,
            start=start,
            checkpoint=checkpoint,
            report=lambda stage, done: report(stage, 0.45 + 0.5 * done),
        )
        outcome = publish_better(
            registry, model, serving, held_out, data_hash=hashed, seed=training.seed
        )
    if checkpoint is not None:
        checkpoint.clear()
    report("done", 1.0)
    return outcome


def publish_better(
    registry: Registry,
    model: Autoencoder,
    serving: Autoencoder | None,
    held_out: Styled,
    *,
    data_hash: str,
    seed: int,
) -> Outcome:
    """Keeps an autoencoder as a version; it serves only if it beats the serving one.

    It must recover more of the style words by more than noise.

    Raises:
        ModelError: it collapsed.
    """
    metrics = measure_latents(model, held_out)
    problem = collapsed(metrics)
    if problem is not None:
        raise ModelError(f"the autoencoder collapsed: {problem}")
    before, published, verdict = None, True, "nothing served before"
    if serving is not None:
        before = measure_latents(serving, held_out)
        gain = paired_bootstrap(recovered(model, held_out), recovered(serving, held_out), seed)
        published = gain.better
        verdict = (
            f"recovery {metrics['recovery']:.3f}, the serving one {before['recovery']:.3f}: {gain}"
        )
    version = registry.publish(
        ModelKind.AUTOENCODER,
        model.save,
        config=model.config,
        metrics=metrics,
        data_hash=data_hash,
        seed=seed,
        serve=published,
        verdict=verdict,
    )
    return Outcome(
        version=version.name,
        published=published,
        metrics=metrics,
        serving=before,
        verdict=verdict,
    )


def fit(
    data: Styled,
    *,
    training: AutoencoderTraining,
    start: Autoencoder | None = None,
    checkpoint: Checkpoint | None = None,
    report: Report = quiet,
) -> Autoencoder:
    """An autoencoder fitted to styled pictures."""
    torch.manual_seed(training.seed)
    model = Autoencoder(styles=STYLES)
    model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    if start is not None:
        model.load_state_dict(start.state_dict())
    rate = training.rate * (0.5 if start is not None else 1.0)
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.02)
    kept = checkpoint.load() if checkpoint else None
    first = 0
    if kept is not None:
        model.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
        first = kept["epoch"]
    batches = max(1, len(data) // training.batch)
    for epoch in range(first, training.epochs):
        rng = np.random.default_rng([training.seed, epoch])
        order = rng.permutation(len(data))
        model.train()
        losses = []
        for number, rows in enumerate(np.array_split(order, batches)):
            done = (epoch + number / batches) / training.epochs
            for group in optimizer.param_groups:
                group["lr"] = rate * min(done / 0.1 + 1e-2, 0.5 * (1 + math.cos(math.pi * done)))
            losses.append(step(model, optimizer, data, rows, training))
        words = f"epoch {epoch + 1}, loss {np.mean(losses):.3f}"
        report(words, (epoch + 1) / training.epochs)
        if checkpoint:
            checkpoint.save(
                {
                    "epoch": epoch + 1,
                    "model": model.state_dict(),
                    "optimizer": optimizer.state_dict(),
                }
            )
    return model.eval()


def step(
    model: Autoencoder,
    optimizer: torch.optim.Optimizer,
    data: Styled,
    rows: NDArray[np.int64],
    training: AutoencoderTraining,
) -> float:
    """One optimisation step on some rows; returns the loss."""
    pictures = torch.from_numpy(data.pictures[rows])
    styles = torch.from_numpy(data.styles[rows])
    with half_precision():
        _, painted, logits = model(pictures)
    loss = painting_loss(painted.float(), halved(pictures))
    for field, words in enumerate(logits):
        loss = loss + training.style_weight * nn.functional.cross_entropy(
            words.float(), styles[:, field], label_smoothing=0.05
        )
    optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(model.parameters(), 2.0)
    optimizer.step()
    return float(loss.detach())


def painting_loss(painted: Tensor, wanted: Tensor) -> Tensor:
    """Mean squared error over that of blank paper: 1 for a model that paints nothing."""
    return ((painted - wanted) ** 2).mean() / (wanted**2).mean().clamp(min=1e-4)


def halved(pictures: Tensor) -> Tensor:
    """What is to be painted: ink at half the size, float[B, 3, 72, 120]."""
    return nn.functional.avg_pool2d(ink(pictures), 2)


def measure_latents(model: Autoencoder, held_out: Styled) -> dict[str, float]:
    """Recovery of each style word, their mean, and how well pictures are painted.

    Half of the held-out pictures are the known ones of the k-NN, the other half the queries.
    `painting` is the squared error over that of the mean picture: 1 has learnt nothing.
    """
    latents = model.encode_pictures(held_out.pictures)
    half = len(held_out) // 2
    fields = _fields_recovered(latents, held_out).mean(0)
    guesses = commonest(held_out.styles[:half], held_out.styles[half:])
    wanted = halved(torch.from_numpy(held_out.pictures[half:]))
    with torch.inference_mode():
        painted = model.decode(torch.from_numpy(latents[half:]))
    error = float(((painted - wanted) ** 2).mean())
    blank = float(((wanted - wanted.mean(0)) ** 2).mean())
    spread = latents.std(0) / model.scale.numpy()
    return {
        **{f"recovery_{name}": float(got) for name, got in zip(STYLE_WORDS, fields, strict=True)},
        "recovery": float(np.mean(fields)),
        "constant_recovery": float(np.mean(guesses)),
        "painting": error / blank,
        "dead_axes": float((spread < 0.1).mean()),
    }


def recovered(model: Autoencoder, held_out: Styled) -> NDArray[np.float64]:
    """float64[M]: the share of its style words that each query of `measure_latents` recovers."""
    shares: NDArray[np.float64] = _fields_recovered(
        model.encode_pictures(held_out.pictures), held_out
    ).mean(1)
    return shares


def _fields_recovered(latents: NDArray[np.float32], held_out: Styled) -> NDArray[np.bool_]:
    half = len(held_out) // 2
    return knn_recovered(
        latents[:half], held_out.styles[:half], latents[half:], held_out.styles[half:]
    )


def collapsed(metrics: dict[str, float]) -> str | None:
    """What is wrong with an autoencoder that learnt nothing; None when it did learn."""
    if metrics["painting"] > 0.9:
        return f"it paints no better than the mean picture ({metrics['painting']:.2f})"
    if metrics["recovery"] < metrics["constant_recovery"] + 0.1:
        return f"latents recover only {metrics['recovery']:.2f} of the style words"
    if metrics["dead_axes"] > 0.25:
        return f"{metrics['dead_axes']:.0%} of the latent's axes are constant"
    return None


def _serving(registry: Registry) -> Autoencoder | None:
    try:
        model = Autoencoder.load(registry.serving(ModelKind.AUTOENCODER).folder)
    except ModelError as error:
        log.info("no autoencoder serves: %s", error)
        return None
    return model if model.config == Autoencoder(styles=STYLES).config else None
