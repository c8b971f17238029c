"""One version of a model on disk: weight files and the manifest that names them.

The manifest is written last, so a folder with one is whole; it holds the SHA-256 of every file,
so a file that changed since is noticed.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from typing import Any

from ml.errors import ModelError

MANIFEST = "manifest.json"
LIBRARIES = ("numpy", "peft", "safetensors", "torch", "transformers", "trl")


class ModelKind(StrEnum):
    LANGUAGE = "language"
    READABILITY = "readability"
    AUTOENCODER = "autoencoder"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a version says about itself.

    `config` is what is needed to build the model, `metrics` what it reached on held-out data,
    `data_hash` names the training data and `files` maps each weight file to its SHA-256.
    `parent` served when this was made, `verdict` says in words how they compared, and
    `libraries` are the versions of what it was made with.
    """

    version: str
    kind: ModelKind
    config: Mapping[str, Any]
    metrics: Mapping[str, float]
    data_hash: str
    seed: int
    created_at: str
    files: Mapping[str, str]
    parent: str | None = None
    verdict: str = ""
    libraries: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Version:
    """A version on disk whose files are whole and the ones its manifest names."""

    folder: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        return self.manifest.version


def write_version(
    folder: Path,
    write: Callable[[Path], None],
    *,
    version: str,
    kind: ModelKind,
    config: Mapping[str, Any],
    metrics: Mapping[str, float],
    data_hash: str,
    seed: int,
    parent: str | None,
    verdict: str = "",
) -> None:
    """Writes weights and then their manifest into a folder that exists."""
    write(folder)
    manifest = {
        "version": version,
        "kind": kind.value,
        "config": dict(config),
        "metrics": {name: round(float(value), 6) for name, value in metrics.items()},
        "data_hash": data_hash,
        "seed": seed,
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "files": {
            path.relative_to(folder).as_posix(): sha256(path)
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.name != MANIFEST
        },
        "parent": parent,
        "verdict": verdict,
        "libraries": _libraries(),
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def read_version(folder: Path) -> Version:
    """The version in a folder, its files checked against its manifest.

    Raises:
        ModelError: no manifest, an unreadable one, or a file that is missing or changed.
    """
    try:
        raw = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(**{**raw, "kind": ModelKind(raw["kind"])})
        files = dict(manifest.files)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ModelError("there is no model in {path}", path=str(folder)) from error
    except (OSError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise ModelError(
            "{path} cannot be read: {reason}", path=str(folder / MANIFEST), reason=str(error)
        ) from error
    for name, expected in files.items():
        path = folder / name
        if not path.is_file():
            raise ModelError(
                "{path} is missing; restore it or publish another version", path=str(path)
            )
        if sha256(path) != expected:
            raise ModelError(
                "{path} is not the file its manifest names; restore it", path=str(path)
            )
    return Version(folder=folder, manifest=manifest)


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _libraries() -> dict[str, str]:
    """The version of Python and of each library of LIBRARIES that is installed."""
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
