"""Versioned models: which one serves, how a new one is published, how to step back.

    <root>/<kind>/<version>/manifest.json + weight files
    <root>/<kind>/serving              the name of the version that serves

A version is written to a temporary folder, its manifest last, and then renamed: a folder with
a manifest is whole. What ships with the package (`ml/weights/<kind>/`) serves until something
better is published; it is read in place and never written to.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from ml.errors import ModelError

SHIPPED = Path(__file__).parent / "weights"
MANIFEST = "manifest.json"


class ModelKind(StrEnum):
    LANGUAGE = "language"
    READABILITY = "readability"
    AUTOENCODER = "autoencoder"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a version says about itself.

    `config` is what is needed to build the model, `metrics` what it reached on held-out data,
    `data_hash` names the training data and `files` maps each weight file to its SHA-256.
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


@dataclass(frozen=True, kw_only=True)
class Version:
    """A version on disk whose files are whole and the ones its manifest names."""

    folder: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        return self.manifest.version


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a training came to. `serving` has the metrics of what served before, if anything."""

    version: str
    published: bool
    metrics: dict[str, float]
    serving: dict[str, float] | None


class Registry:
    """The versions of every model of one installation."""

    def __init__(self, *, root: Path, shipped: Path = SHIPPED) -> None:
        self._root = root
        self._shipped = shipped

    def serving(self, kind: ModelKind) -> Version:
        """The version that is to be used.

        Raises:
            ModelError: there is none, or it is torn or tampered with.
        """
        pointer = self._root / kind / "serving"
        try:
            name = pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return _of_kind(read_version(self._shipped / kind), kind)
        except (OSError, UnicodeDecodeError) as error:
            raise ModelError(f"{pointer} cannot be read: {error}") from error
        if name in {"", ".", ".."} or "/" in name or os.sep in name:
            raise ModelError(f"{pointer} does not name a version; delete it to use the shipped one")
        return _of_kind(read_version(self._root / kind / name), kind)

    def publish(
        self,
        kind: ModelKind,
        write: Callable[[Path], None],
        *,
        config: Mapping[str, Any],
        metrics: Mapping[str, float],
        data_hash: str,
        seed: int,
        serve: bool = True,
    ) -> Version:
        """Keeps the weights that `write` puts into the folder it is given, and serves them.

        With `serve=False` the version is kept aside and the old one goes on serving.
        """
        home = self._root / kind
        home.mkdir(parents=True, exist_ok=True)
        version = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=home))
        try:
            write_version(
                draft,
                write,
                version=version,
                kind=kind,
                config=config,
                metrics=metrics,
                data_hash=data_hash,
                seed=seed,
                parent=self._parent(kind),
            )
            draft.rename(home / version)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        if serve:
            self._point(kind, version)
        return read_version(home / version)

    def _parent(self, kind: ModelKind) -> str | None:
        try:
            return self.serving(kind).name
        except ModelError:
            return None

    def _point(self, kind: ModelKind, version: str) -> None:
        pointer = self._root / kind / "serving"
        draft = pointer.with_suffix(".draft")
        draft.write_text(version + "\n", encoding="utf-8")
        draft.replace(pointer)


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
        raise ModelError(f"there is no model in {folder}") from error
    except (OSError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise ModelError(f"{folder / MANIFEST} cannot be read: {error}") from error
    for name, expected in files.items():
        path = folder / name
        if not path.is_file():
            raise ModelError(f"{path} is missing; restore it or publish another version")
        if sha256(path) != expected:
            raise ModelError(f"{path} is not the file its manifest names; restore it")
    return Version(folder=folder, manifest=manifest)


def _of_kind(version: Version, kind: ModelKind) -> Version:
    if version.manifest.kind is not kind:
        raise ModelError(
            f"{version.folder} holds a {version.manifest.kind} model, not a {kind} one"
        )
    return version


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
