"""Versioned models: which one serves, how a new one is published, how to step back.

    <root>/<kind>/<version>/manifest.json + weight files
    <root>/<kind>/serving              the version that serves; below it those that served before
    <root>/<kind>/pinned               the versions that are never deleted

A version is written to a temporary folder, its manifest last, and then renamed: a folder with
a manifest is whole. What ships with the package (`ml/weights/<kind>/`) serves until something
better is published; it is read in place and never written to.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ml.errors import ModelError
from ml.versions import Manifest, ModelKind, Version, read_version, sha256, write_version

__all__ = [
    "SHIPPED",
    "Listed",
    "Manifest",
    "ModelKind",
    "Outcome",
    "Registry",
    "Version",
    "read_version",
    "sha256",
    "write_version",
]

log = logging.getLogger(__name__)

SHIPPED = Path(__file__).parent / "weights"
KEEP = 5
"""So many of the latest versions of a kind stay, whether they ever served or not."""

_HISTORY = 20  # names that are remembered of what served
_STALE = 24 * 3600.0  # seconds after which a temporary folder was left by something that died


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a training came to. `serving` has the metrics of what served before, if anything.

    `verdict` says in words how the two compared.
    """

    version: str
    published: bool
    metrics: dict[str, float]
    serving: dict[str, float] | None
    verdict: str


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A version in the list of its kind; `problem` says why a damaged one has no manifest."""

    name: str
    manifest: Manifest | None
    serves: bool
    pinned: bool
    problem: ModelError | None


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
        served = self._served(kind)
        if served is None:
            return self.shipped(kind)
        if not served or not _is_name(served[0]):
            pointer = self._root / kind / "serving"
            raise ModelError(
                "{path} does not name a version; delete it to use the shipped one",
                path=str(pointer),
            )
        return self._read(kind, served[0])

    def shipped(self, kind: ModelKind) -> Version:
        """The version that ships.

        Raises:
            ModelError: none ships of this kind, or it is torn or tampered with.
        """
        return _of_kind(read_version(self._shipped / kind), kind)

    def versions(self, kind: ModelKind) -> list[Listed]:
        """Every version, the latest first, what ships last. Reads all their files."""
        serves = (self._served(kind) or [""])[0]
        pinned = self.pinned(kind)
        listed = []
        for name in reversed(self.names(kind)):
            manifest, problem = None, None
            try:
                manifest = self._read(kind, name).manifest
            except ModelError as error:
                problem = error
            listed.append(
                Listed(
                    name=name,
                    manifest=manifest,
                    serves=name == serves,
                    pinned=name in pinned,
                    problem=problem,
                )
            )
        try:
            shipped = self.shipped(kind)
        except ModelError:
            return listed  # none ships of this kind
        return [
            *listed,
            Listed(
                name=shipped.name,
                manifest=shipped.manifest,
                serves=not serves,
                pinned=False,
                problem=None,
            ),
        ]

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
        verdict: str = "",
    ) -> Version:
        """Keeps the weights that `write` puts into the folder it is given, and serves them.

        With `serve=False` the version is kept aside and the old one goes on serving. Old
        versions are deleted: all but KEEP, the pinned, the serving and the one before it.
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
                verdict=verdict,
            )
            draft.rename(home / version)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        if serve:
            before = self._served(kind) or []
            self._write(kind, "serving", [version, *before][:_HISTORY])
        self._prune(kind)
        return self._read(kind, version)

    def roll_back(self, kind: ModelKind) -> Version:
        """Serves what served before, past those that are damaged, and in the end what ships.

        Raises:
            ModelError: nothing served before, or not even what ships is whole.
        """
        served = self._served(kind)
        if served is None:
            raise ModelError(
                "the {kind} model that ships serves; there is none before it", kind=kind
            )
        for place, name in enumerate(served[1:], start=1):
            try:
                version = self._read(kind, name)
            except ModelError:
                continue
            self._write(kind, "serving", served[place:])
            return version
        version = self.shipped(kind)
        (self._root / kind / "serving").unlink()
        return version

    def pinned(self, kind: ModelKind) -> tuple[str, ...]:
        """The versions that are never deleted."""
        return tuple(self._lines(kind, "pinned") or ())

    def pin(self, kind: ModelKind, name: str, *, pinned: bool = True) -> None:
        """Keeps a version for good, or lets it go the way of the others.

        Raises:
            ModelError: there is no such version of this installation.
        """
        if name not in self.names(kind):
            raise ModelError(
                "there is no {kind} version {name} that was trained here", kind=kind, name=name
            )
        others = [other for other in self.pinned(kind) if other != name]
        self._write(kind, "pinned", [*others, name] if pinned else others)

    def _prune(self, kind: ModelKind) -> None:
        home = self._root / kind
        try:
            names = self.names(kind)
            served = [name for name in self._served(kind) or () if name in names]
            kept = {*names[-KEEP:], *served[:2], *self.pinned(kind)}
            for name in names:
                if name not in kept:
                    # Renamed first: what is half deleted is never taken for a version.
                    (home / name).rename(home / f".deleted-{name}")
        except (OSError, ModelError) as error:
            log.warning("old %s versions stay: %s", kind, error, extra={"action": "publish"})
        for folder in home.glob(".d*-*"):
            if folder.name.startswith(".deleted-") or _stale(folder):
                shutil.rmtree(folder, ignore_errors=True)

    def names(self, kind: ModelKind) -> list[str]:
        """The versions that were made here, the oldest first."""
        home = self._root / kind
        return sorted(path.name for path in home.glob("*") if path.is_dir() and _is_name(path.name))

    def _parent(self, kind: ModelKind) -> str | None:
        try:
            return self.serving(kind).name
        except ModelError:
            return None

    def _read(self, kind: ModelKind, name: str) -> Version:
        return _of_kind(read_version(self._root / kind / name), kind)

    def _served(self, kind: ModelKind) -> list[str] | None:
        """What serves and what served before, the latest first; None: what ships serves."""
        return self._lines(kind, "serving")

    def _lines(self, kind: ModelKind, file: str) -> list[str] | None:
        path = self._root / kind / file
        try:
            return path.read_text(encoding="utf-8").split()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise ModelError(
                "{path} cannot be read: {reason}", path=str(path), reason=str(error)
            ) from error

    def _write(self, kind: ModelKind, file: str, names: Sequence[str]) -> None:
        path = self._root / kind / file
        draft = path.with_suffix(".draft")
        draft.write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
        draft.replace(path)


def _is_name(name: str) -> bool:
    """Whether it can be a version's: never a way out of the folder, never a temporary one."""
    return name.isalnum()


def _stale(folder: Path) -> bool:
    try:
        return time.time() - folder.stat().st_mtime > _STALE
    except OSError:
        return False  # gone meanwhile


def _of_kind(version: Version, kind: ModelKind) -> Version:
    if version.manifest.kind is not kind:
        raise ModelError(
            "{path} holds a {other} model, not a {kind} one",
            path=str(version.folder),
            other=version.manifest.kind,
            kind=kind,
        )
    return version
