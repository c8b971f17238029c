"""Basic readability from pixels: an ensemble of small convolutional networks, one a fold.

Each network takes the whole 240 × 144 picture down to grids of 30 × 18, 15 × 9 and 8 × 5, joins
them on the finest, and takes means and maxima, so that a single overlap in a corner and clutter
everywhere both reach the score. Beside the score it estimates the geometry that the rubric
measures, and in which cells of the finest grid each fault lies; those other tasks are what makes
it look at the right things (Caruana, “Multitask Learning”, 1997) and what explains a score.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from ml.errors import ModelError
from ml.registry import ModelKind, Registry
from ml.scoring.flags import MAPS
from ml.scoring.images import HEIGHT, WIDTH, Image, prepare_all
from ml.versions import read_version

log = logging.getLogger(__name__)

LOWEST, HIGHEST = 0.0, 5.0
WEIGHTS = "ensemble.safetensors"
WIDTHS = (16, 32, 64, 96)
BLOCK = 4
LEVELS = ((LOWEST, LOWEST), (HIGHEST, HIGHEST))


class FoldNetwork(nn.Module):
    """One network: uint8[B, H, W, 3] → score float[B], not clipped, measures
    float[B, M] and maps float[B, F, 18, 30], the logits of what shows where.
    """

    def __init__(
        self, *, widths: Sequence[int] = WIDTHS, measures: int = 0, maps: int = len(MAPS)
    ) -> None:
        super().__init__()
        first, second, third, fourth = widths
        self.fine = nn.Sequential(_conv(3 * BLOCK**2, first), _Residual(first))
        self.cells = nn.Sequential(_conv(first, second, stride=2), *_twice(second))
        self.parts = nn.Sequential(_conv(second, third, stride=2), *_twice(third))
        self.whole = nn.Sequential(_conv(third, fourth, stride=2), *_twice(fourth))
        self.from_parts = nn.Conv2d(third, second, 1)
        self.from_whole = nn.Conv2d(fourth, second, 1)
        self.joined = _Residual(second)
        self.maps = nn.Conv2d(second, maps, 1)
        self.head = nn.Sequential(
            nn.Linear(2 * (second + fourth + maps), 64), nn.SiLU(), nn.Linear(64, 1 + measures)
        )

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        cells = self.cells(self.fine(in_blocks(pictures)))
        parts = self.parts(cells)
        whole = self.whole(parts)
        size = cells.shape[2:]
        seen = self.joined(
            cells
            + nn.functional.interpolate(self.from_parts(parts), size=size)
            + nn.functional.interpolate(self.from_whole(whole), size=size)
        )
        maps = self.maps(seen)
        grids = (seen, whole, maps.sigmoid())
        pooled = [pool for grid in grids for pool in (grid.mean((2, 3)), grid.amax((2, 3)))]
        out = self.head(torch.cat(pooled, 1))
        return out[:, 0], out[:, 1:], maps


class ReadabilityEnsemble(nn.Module):
    """The mean of K fold networks, brought to the level of people's ratings.

    `levels` are (what the networks estimate of the rubric, what people say of it), both rising;
    between them the score is interpolated. They change no order.
    """

    def __init__(
        self,
        *,
        folds: int,
        widths: Sequence[int] = WIDTHS,
        measures: Sequence[str] = (),
        levels: Sequence[tuple[float, float]] = LEVELS,
    ) -> None:
        super().__init__()
        self.levels = tuple((float(low), float(high)) for low, high in levels)
        if any(b <= a for side in zip(*self.levels, strict=True) for a, b in pairwise(side)):
            raise ValueError(f"levels must rise on both sides: {self.levels}")
        self.widths = tuple(widths)
        self.measures = tuple(measures)
        self.folds = nn.ModuleList(
            FoldNetwork(widths=widths, measures=len(measures)) for _ in range(folds)
        )

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        """uint8[B, H, W, 3] → scores float[K, B], measures float[K, B, M]."""
        scores, measures, _ = zip(*(fold(pictures) for fold in self.folds), strict=True)
        return torch.stack(scores), torch.stack(measures)

    def score(self, images: Sequence[Image]) -> NDArray[np.float32]:
        """The readability, 0–5, of N RGB images uint8[H, W, 3]: float32[N]."""
        return self.score_pictures(prepare_all(images))

    def score_pictures(self, pictures: Image, *, batch: int = 64) -> NDArray[np.float32]:
        """The readability, 0–5, of prepared pictures uint8[N, 144, 240, 3]: float32[N]."""
        estimated, said = zip(*self.levels, strict=True)
        found = np.interp(self.rubric_scores(pictures, batch=batch), estimated, said)
        return np.asarray(found.clip(LOWEST, HIGHEST), np.float32)

    def rubric_scores(self, pictures: Image, *, batch: int = 64) -> NDArray[np.float32]:
        """What the networks estimate of the rubric, before the level of people: float32[N].

        Not clipped: among good pictures, estimates above 5 still tell the better ones.
        """
        self.eval()
        device = next(self.parameters()).device
        scores = np.empty(len(pictures), np.float32)
        with torch.inference_mode():
            for start in range(0, len(pictures), batch):
                part = torch.from_numpy(pictures[start : start + batch]).to(device)
                scores[start : start + batch] = self(part)[0].mean(0).cpu().numpy()
        return scores

    @property
    def config(self) -> dict[str, Any]:
        """What the manifest must say to build this ensemble again."""
        return {
            "folds": len(self.folds),
            "widths": list(self.widths),
            "measures": list(self.measures),
            "levels": [list(level) for level in self.levels],
            "input": [HEIGHT, WIDTH],
        }

    def save(self, folder: Path) -> None:
        """Writes the weights into a folder."""
        save_file({k: v.contiguous() for k, v in self.state_dict().items()}, folder / WEIGHTS)

    @classmethod
    def load(cls, folder: Path, *, device: str = "cpu") -> ReadabilityEnsemble:
        """The ensemble of a published version.

        Raises:
            ModelError: no such version, or weights that do not fit its manifest.
        """
        config = read_version(folder).manifest.config
        try:
            ensemble = cls(
                folds=config["folds"],
                widths=config["widths"],
                measures=config["measures"],
                levels=config.get("levels", LEVELS),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(
                "{path}: the manifest does not describe an ensemble", path=str(folder)
            ) from error
        load_weights(ensemble, folder / WEIGHTS)
        return ensemble.to(device).eval()


def serving_ensemble(registry: Registry, *, device: str = "cpu") -> tuple[ReadabilityEnsemble, str]:
    """The ensemble to score with, and the name of its version.

    A version that an earlier release trained may be of other networks than ours. What ships is
    used in its place then, which the log says, until a better one is trained.

    Raises:
        ModelError: none serves, it is torn or tampered with, or what ships does not fit either.
    """
    version = registry.serving(ModelKind.READABILITY)
    try:
        return ReadabilityEnsemble.load(version.folder, device=device), version.name
    except ModelError as error:
        shipped = registry.shipped(ModelKind.READABILITY)
        if shipped.folder == version.folder:
            raise
        log.warning(
            "readability version %s does not fit this release, so %s, which ships, is used until "
            "a better one is trained: %s",
            version.name,
            shipped.name,
            str(error).partition("\n")[0],
            extra={"action": "load"},
        )
    return ReadabilityEnsemble.load(shipped.folder, device=device), shipped.name


def load_weights(module: nn.Module, path: Path) -> None:
    """Fills a module from a safetensors file.

    Raises:
        ModelError: the file cannot be read or belongs to another architecture.
    """
    try:
        weights: Mapping[str, Tensor] = load_file(path)
        module.load_state_dict(weights)
    except (OSError, SafetensorError, RuntimeError) as error:
        raise ModelError(
            "{path} does not fit this model: {reason}", path=str(path), reason=str(error)
        ) from error


def ink(pictures: Tensor) -> Tensor:
    """uint8[B, H, W, 3] → float[B, 3, H, W]: 0 for white paper, 1 for black."""
    return pictures.permute(0, 3, 1, 2).float().mul_(-1 / 255).add_(1)


def bold(pictures: Tensor) -> Tensor:
    """Ink with thin lines brought out: reduced to a pixel's fraction, they are faint.

    Tinted paper, up to 2 %, counts as white.
    """
    return ink(pictures).sub_(0.02).clamp_(min=0).sqrt_()


_BOLD = np.sqrt(np.maximum(1 - np.arange(256) / 255 - 0.02, 0)).astype(np.float32)
"""`bold` of each byte: looking it up takes a sixth of the time of working it out."""


def in_blocks(pictures: Tensor) -> Tensor:
    """uint8[B, H, W, 3] → bold ink float[B, 48, H / 4, W / 4], a block of 4 × 4 pixels a place."""
    count, height, width, colours = pictures.shape
    blocks = pictures.view(count, height // BLOCK, BLOCK, width // BLOCK, BLOCK * colours)
    blocks = blocks.transpose(2, 3).reshape(count, height // BLOCK, width // BLOCK, -1)
    seen = torch.from_numpy(_BOLD[blocks.cpu().numpy()]).to(pictures.device)
    return seen.permute(0, 3, 1, 2)


class _Residual(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(width)

    def forward(self, x: Tensor) -> Tensor:
        return nn.functional.silu(x + self.norm(self.conv(x)))


def _twice(width: int) -> tuple[_Residual, _Residual]:
    return _Residual(width), _Residual(width)


def _conv(before: int, width: int, *, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, width, 3, stride=stride, padding=1, bias=False),
        nn.BatchNorm2d(width),
        nn.SiLU(),
    )
