"""Which models to use and where they are kept: what the settings say about this package."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

EMBEDDED = "embedded"
"""The base model that comes with a package index, for machines without a card or a hub."""


class Dialect(StrEnum):
    """What the language model writes."""

    SPEC = "spec"
    ROWS = "rows"


@dataclass(frozen=True, kw_only=True)
class ModelConfig:
    """The models of one installation.

    Attributes:
        model: `embedded`, a local folder or a hub id.
        adapter: a folder or hub id; None takes the serving version of the registry when it was
            trained on `model`, and no adapter otherwise.
        dialect: None takes what the adapter's manifest says, `spec` without one.
        device: `auto`, `cpu` or `cuda`.
        cache: where base models are kept.
        versions: the registry's folder, where this installation's own versions are.
    """

    model: str = EMBEDDED
    adapter: str | None = None
    dialect: Dialect | None = None
    device: str = "auto"
    cache: Path
    versions: Path
