"""Which models to use and where they are kept: what the settings say about this package."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

EMBEDDED = "embedded"
"""The base model that comes with a package index, for machines without a card or a hub."""


class Dialect(StrEnum):
    """What the language model writes."""

    SPEC = "spec"
    ROWS = "rows"


@dataclass(frozen=True, kw_only=True)
class ServerConfig:
    """An OpenAI-compatible server that runs the language model.

    Attributes:
        url: up to and without `/chat/completions`; mostly it ends with `/v1`.
        key: what it wants to know callers by, if anything; a secret.
        answer_seconds: how long one answer may take, waiting in the server's queue included.
    """

    url: str
    key: str | None = field(default=None, repr=False)
    answer_seconds: float = 120.0


@dataclass(frozen=True, kw_only=True)
class ModelConfig:
    """The models of one installation.

    Attributes:
        model: `embedded`, a local folder or a hub id; the name on the server, when there is one.
        adapter: a folder or hub id; None takes the serving version of the registry when it was
            trained on `model`, and no adapter otherwise. A server has its own.
        dialect: None takes what the adapter's manifest says, `spec` without one.
        device: `auto`, `cpu` or `cuda`.
        cache: where base models are kept.
        versions: the registry's folder, where this installation's own versions are.
        server: who runs the language model; None loads it here.
    """

    model: str = EMBEDDED
    adapter: str | None = None
    dialect: Dialect | None = None
    device: str = "auto"
    cache: Path
    versions: Path
    server: ServerConfig | None = None
