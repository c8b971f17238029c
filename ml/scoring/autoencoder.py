"""A convolutional autoencoder whose latents are near where pictures look alike.

A plain autoencoder spends its latent on where the ink is. Here the latent has two blocks: the
**look** block, from which linear heads must read off the style words while it trains, and the
**content** block, which takes whatever else the decoder needs. Both leave the encoder with zero
mean and unit variance an axis (batch normalisation without scale), and content is then scaled
down, so that distance means difference in look first and in content second. The decoder sees
both blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor, nn

from ml.errors import ModelError
from ml.scoring.images import HEIGHT, WIDTH, Image, prepare_all
from ml.scoring.readability import bold, load_weights
from ml.versions import read_version

WEIGHTS = "autoencoder.safetensors"
LOOK, CONTENT = 24, 40
CONTENT_SCALE = 0.3
GRID = HEIGHT // 16, WIDTH // 16


class Autoencoder(nn.Module):
    """uint8[B, 144, 240, 3] → latents float[B, D] → ink float[B, 3, 72, 120], of half the size.

    `styles` is the number of words of each style field, for the heads.
    """

    def __init__(self, *, styles: Sequence[int], look: int = LOOK, content: int = CONTENT) -> None:
        super().__init__()
        self.styles, self.look, self.content = tuple(styles), look, content
        self.encoder = nn.Sequential(
            nn.PixelUnshuffle(2),
            _down(12, 24),
            _same(24),
            _down(24, 48),
            _same(48),
            _down(48, 64),
            _same(64),
        )
        cells = GRID[0] * GRID[1]
        self.squeeze = nn.Conv2d(64, 12, 1)
        self.to_latent = nn.Linear(12 * cells + 2 * 64, look + content)
        self.norm = nn.BatchNorm1d(look + content, affine=False)
        self.heads = nn.ModuleList(nn.Linear(look, words) for words in styles)
        self.from_latent = nn.Linear(look + content, 12 * cells)
        self.decoder = nn.Sequential(
            nn.Conv2d(12, 64, 1), nn.SiLU(), _up(64, 48), _up(48, 32),
            nn.Conv2d(32, 12, 3, padding=1), nn.PixelShuffle(2),
        )  # fmt: skip
        scale = torch.ones(look + content)
        scale[look:] = CONTENT_SCALE
        self.scale: Tensor
        self.register_buffer("scale", scale)

    def latents(self, pictures: Tensor) -> Tensor:
        """float[B, D]: look, with unit variance an axis, then content, with CONTENT_SCALE²."""
        seen = self.encoder(bold(pictures))
        flat = torch.cat(
            [self.squeeze(seen).flatten(1), seen.mean((2, 3)), seen.amax((2, 3))], dim=1
        )
        return torch.as_tensor(self.norm(self.to_latent(flat)) * self.scale)

    def decode(self, latents: Tensor) -> Tensor:
        """float[B, 3, 72, 120], ink: 0 for white paper, 1 for black."""
        grid = self.from_latent(latents / self.scale).view(-1, 12, *GRID)
        return torch.as_tensor(self.decoder(grid))

    def style_logits(self, latents: Tensor) -> list[Tensor]:
        """One float[B, words] a style field."""
        look = latents[:, : self.look]
        return [head(look) for head in self.heads]

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor, list[Tensor]]:
        """Latents, the picture made from them, and the style logits."""
        latents = self.latents(pictures)
        return latents, self.decode(latents), self.style_logits(latents)

    def encode(self, images: Sequence[Image]) -> NDArray[np.float32]:
        """The latents float32[N, D] of N RGB images uint8[H, W, 3]."""
        return self.encode_pictures(prepare_all(images))

    def encode_pictures(self, pictures: Image, *, batch: int = 64) -> NDArray[np.float32]:
        """The latents float32[N, D] of prepared pictures uint8[N, 144, 240, 3]."""
        self.eval()
        device = next(self.parameters()).device
        out = np.empty((len(pictures), self.look + self.content), np.float32)
        with torch.inference_mode():
            for start in range(0, len(pictures), batch):
                part = torch.from_numpy(pictures[start : start + batch]).to(device)
                out[start : start + batch] = self.latents(part).cpu().numpy()
        return out

    @property
    def config(self) -> dict[str, Any]:
        """What the manifest must say to build this autoencoder again."""
        return {
            "styles": list(self.styles),
            "look": self.look,
            "content": self.content,
            "input": [HEIGHT, WIDTH],
        }

    def save(self, folder: Path) -> None:
        """Writes the weights into a folder."""
        save_file({k: v.contiguous() for k, v in self.state_dict().items()}, folder / WEIGHTS)

    @classmethod
    def load(cls, folder: Path, *, device: str = "cpu") -> Autoencoder:
        """The autoencoder of a published version.

        Raises:
            ModelError: no such version, or weights that do not fit its manifest.
        """
        config = read_version(folder).manifest.config
        try:
            model = cls(styles=config["styles"], look=config["look"], content=config["content"])
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(
                "{path}: the manifest does not describe an autoencoder", path=str(folder)
            ) from error
        load_weights(model, folder / WEIGHTS)
        return model.to(device).eval()


def _down(before: int, width: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, width, 3, stride=2, padding=1, bias=False),
        nn.BatchNorm2d(width),
        nn.SiLU(),
    )


def _same(width: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(width, width, 3, padding=1, bias=False), nn.BatchNorm2d(width), nn.SiLU()
    )


def _up(before: int, width: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Upsample(scale_factor=2),
        nn.Conv2d(before, width, 3, padding=1, bias=False),
        nn.BatchNorm2d(width),
        nn.SiLU(),
    )
