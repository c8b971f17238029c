"""Versions of models: published whole or not at all, and never served when damaged."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ml.errors import ModelError
from ml.registry import KEEP, SHIPPED, ModelKind, Registry, Version, sha256, write_version

KIND = ModelKind.READABILITY


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(root=tmp_path / "versions", shipped=tmp_path / "shipped")


def weights(text: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / "model.bin").write_text(text)
        (folder / "more").mkdir()
        (folder / "more" / "deep.bin").write_text(text * 2)

    return write


def publish(registry: Registry, text: str = "weights", **options: Any) -> Version:
    about = {"config": {"folds": 2}, "metrics": {"mae": 0.5}, "data_hash": "abc", "seed": 7}
    return registry.publish(KIND, weights(text), **{**about, **options})


def ship(folder: Path, kind: ModelKind = KIND, version: str = "shipped") -> None:
    folder.mkdir(parents=True)
    write_version(
        folder, weights("shipped"), version=version, kind=kind,
        config={}, metrics={}, data_hash="", seed=0, parent=None,
    )  # fmt: skip


def served(registry: Registry) -> str:
    return (registry.serving(KIND).folder / "model.bin").read_text()


# Publishing


def test_what_is_published_serves(registry: Registry) -> None:
    version = publish(registry)
    assert registry.serving(KIND) == version
    assert served(registry) == "weights"


def test_a_manifest_says_where_a_version_comes_from(registry: Registry) -> None:
    first = publish(registry, config={"folds": 3}, metrics={"mae": 0.1234567891})
    manifest = publish(registry).manifest
    assert manifest.parent == first.name
    assert first.manifest.parent is None
    assert first.manifest.config == {"folds": 3}
    assert first.manifest.metrics == {"mae": 0.123457}
    assert (manifest.kind, manifest.data_hash, manifest.seed) == (KIND, "abc", 7)
    assert manifest.files == {
        "model.bin": sha256(first.folder / "model.bin"),
        "more/deep.bin": sha256(first.folder / "more" / "deep.bin"),
    }


def test_a_version_that_is_kept_aside_does_not_serve(registry: Registry) -> None:
    old = publish(registry, "old")
    new = publish(registry, "new", serve=False)
    assert new.manifest.parent == old.name
    assert registry.serving(KIND) == old
    assert (new.folder / "model.bin").read_text() == "new"


def test_kinds_do_not_touch_each_other(registry: Registry) -> None:
    publish(registry)
    with pytest.raises(ModelError, match="no model"):
        registry.serving(ModelKind.LANGUAGE)


def test_a_write_that_fails_leaves_nothing_and_the_old_version_serves(
    registry: Registry, tmp_path: Path
) -> None:
    old = publish(registry, "old")

    def write(folder: Path) -> None:
        (folder / "model.bin").write_text("half")
        raise OSError("disk full")

    before = sorted((tmp_path / "versions").rglob("*"))
    with pytest.raises(OSError, match="disk full"):
        registry.publish(KIND, write, config={}, metrics={}, data_hash="", seed=0)
    assert sorted((tmp_path / "versions").rglob("*")) == before
    assert registry.serving(KIND) == old


def test_a_version_can_be_published_over_one_that_is_damaged(registry: Registry) -> None:
    (publish(registry).folder / "model.bin").unlink()
    assert publish(registry, "repaired").manifest.parent is None
    assert served(registry) == "repaired"


# What ships


def test_what_ships_serves_until_something_is_published(registry: Registry, tmp_path: Path) -> None:
    ship(tmp_path / "shipped" / KIND)
    assert registry.serving(KIND).name == "shipped"
    assert served(registry) == "shipped"
    assert publish(registry).manifest.parent == "shipped"
    assert served(registry) == "weights"


def test_what_ships_with_the_package_is_whole() -> None:
    registry = Registry(root=Path("nowhere"))
    for kind in ModelKind:
        if (SHIPPED / kind).is_dir():
            assert registry.serving(kind).manifest.kind is kind


def test_no_model_anywhere_is_an_error(registry: Registry) -> None:
    with pytest.raises(ModelError, match="there is no model in"):
        registry.serving(KIND)


# Damage


def damaged(registry: Registry, harm: Callable[[Path], object], reason: str) -> None:
    harm(publish(registry).folder)
    with pytest.raises(ModelError, match=reason):
        registry.serving(KIND)


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (lambda folder: (folder / "model.bin").unlink(), "model.bin is missing"),
        (lambda folder: (folder / "model.bin").write_text("weightz"), "is not the file"),
        (lambda folder: (folder / "more" / "deep.bin").write_text(""), "is not the file"),
        (lambda folder: (folder / "manifest.json").unlink(), "there is no model"),
        (lambda folder: (folder / "manifest.json").write_text(""), "cannot be read"),
        (lambda folder: (folder / "manifest.json").write_text('{"version": "'), "cannot be read"),
        (lambda folder: (folder / "manifest.json").write_text("[1, 2]"), "cannot be read"),
        (lambda folder: (folder / "manifest.json").write_text("[" * 99_999), "cannot be read"),
        (lambda folder: (folder / "manifest.json").write_bytes(b"\xff\xfe"), "cannot be read"),
    ],
)
def test_a_torn_or_tampered_version_is_refused_with_the_reason(
    registry: Registry, harm: Callable[[Path], object], reason: str
) -> None:
    damaged(registry, harm, reason)


@pytest.mark.parametrize(
    "change",
    [
        {"files": ["model.bin"]},
        {"files": None},
        {"kind": "language"},
        {"kind": "poetry"},
        {"kind": None},
        {"surprise": 1},
    ],
)
def test_a_manifest_that_makes_no_sense_is_refused(
    registry: Registry, change: dict[str, Any]
) -> None:
    def harm(folder: Path) -> None:
        raw = json.loads((folder / "manifest.json").read_text())
        (folder / "manifest.json").write_text(json.dumps({**raw, **change}))

    damaged(registry, harm, "cannot be read|not a readability one")


@pytest.mark.parametrize("name", ["", "..", ".", "../readability/x", "/etc", "nothing", "a\0b"])
def test_a_pointer_that_names_no_version_is_refused(
    registry: Registry, tmp_path: Path, name: str
) -> None:
    publish(registry)
    (tmp_path / "versions" / KIND / "serving").write_text(name)
    with pytest.raises(ModelError):
        registry.serving(KIND)


def test_a_pointer_that_is_no_text_is_refused(registry: Registry, tmp_path: Path) -> None:
    publish(registry)
    pointer = tmp_path / "versions" / KIND / "serving"
    pointer.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ModelError, match="cannot be read"):
        registry.serving(KIND)
    pointer.unlink()
    pointer.mkdir()
    with pytest.raises(ModelError, match="cannot be read"):
        registry.serving(KIND)


def test_a_pointer_to_a_file_is_refused(registry: Registry, tmp_path: Path) -> None:
    publish(registry)
    (tmp_path / "versions" / KIND / "serving").write_text("serving")
    with pytest.raises(ModelError, match="there is no model"):
        registry.serving(KIND)


# Lists, pins, steps back


def names(registry: Registry) -> list[str]:
    return [listed.name for listed in registry.versions(KIND)]


def test_the_list_has_every_version_latest_first_and_says_which_serves(
    registry: Registry, tmp_path: Path
) -> None:
    ship(tmp_path / "shipped" / KIND)
    old = publish(registry, metrics={"mae": 0.7})
    new = publish(registry, metrics={"mae": 0.6}, serve=False, verdict="no better")
    listed = registry.versions(KIND)
    assert [one.name for one in listed] == [new.name, old.name, "shipped"]
    assert [one.serves for one in listed] == [False, True, False]
    assert listed[0].manifest is not None
    assert listed[0].manifest.metrics == {"mae": 0.6}
    assert listed[0].manifest.verdict == "no better"


def test_without_versions_of_its_own_what_ships_is_listed_as_serving(
    registry: Registry, tmp_path: Path
) -> None:
    assert registry.versions(KIND) == []
    ship(tmp_path / "shipped" / KIND)
    (listed,) = registry.versions(KIND)
    assert (listed.name, listed.serves) == ("shipped", True)


def test_a_damaged_version_is_listed_with_what_is_wrong(registry: Registry) -> None:
    publish(registry)
    (publish(registry).folder / "model.bin").write_text("weightz")
    bad, good = registry.versions(KIND)
    assert (bad.serves, good.problem) == (True, None)
    assert bad.problem is not None
    assert "is not the file" in str(bad.problem)


def test_a_version_says_what_it_was_made_with(registry: Registry) -> None:
    libraries = publish(registry).manifest.libraries
    assert {"python", "numpy", "torch"} <= set(libraries)
    assert libraries["numpy"][0].isdigit()


def test_rolling_back_goes_one_step_at_a_time_to_what_ships(
    registry: Registry, tmp_path: Path
) -> None:
    ship(tmp_path / "shipped" / KIND)
    first = publish(registry, "one")
    publish(registry, "aside", serve=False)
    publish(registry, "two")
    assert registry.roll_back(KIND) == first
    assert served(registry) == "one"
    third = publish(registry, "three")
    assert third.manifest.parent == first.name
    assert registry.roll_back(KIND) == first
    assert registry.roll_back(KIND).name == "shipped"
    assert served(registry) == "shipped"
    with pytest.raises(ModelError, match="none before it"):
        registry.roll_back(KIND)


def test_rolling_back_leaves_a_damaged_version_and_steps_over_one(registry: Registry) -> None:
    first = publish(registry, "one")
    (publish(registry, "two").folder / "manifest.json").unlink()
    (publish(registry, "three").folder / "model.bin").unlink()
    assert registry.roll_back(KIND) == first


def test_without_anything_whole_to_go_back_to_the_serving_version_stays(
    registry: Registry,
) -> None:
    only = publish(registry)
    with pytest.raises(ModelError, match="there is no model in"):
        registry.roll_back(KIND)
    assert registry.serving(KIND) == only


def test_old_versions_go_but_not_the_pinned_the_serving_and_the_one_before_it(
    registry: Registry, tmp_path: Path
) -> None:
    lost = publish(registry, "zero")
    before = publish(registry, "one")
    serving = publish(registry, "two")
    pinned = publish(registry, "three", serve=False)
    registry.pin(KIND, pinned.name)
    rest = [publish(registry, str(number), serve=False) for number in range(KEEP + 1)]
    kept = [before, serving, pinned, *rest[1:]]
    assert names(registry) == [version.name for version in reversed(kept)]
    assert not lost.folder.exists()
    assert registry.roll_back(KIND) == before

    registry.pin(KIND, pinned.name, pinned=False)
    publish(registry, serve=False)
    assert pinned.name not in names(registry)
    assert not list((tmp_path / "versions" / KIND).glob(".d*"))


def test_only_what_is_there_can_be_pinned(registry: Registry) -> None:
    publish(registry)
    for name in ("nothing", "..", "serving"):
        with pytest.raises(ModelError, match="there is no readability version"):
            registry.pin(KIND, name)
    assert registry.pinned(KIND) == ()


def test_what_a_killed_training_left_is_cleared_away_a_day_later(
    registry: Registry, tmp_path: Path
) -> None:
    publish(registry)
    home = tmp_path / "versions" / KIND
    young, old, half_deleted = home / ".draft-a", home / ".draft-b", home / ".deleted-1"
    for folder in (young, old, half_deleted):
        folder.mkdir()
        (folder / "model.bin").write_text("half")
    os.utime(old, (0, 0))
    publish(registry)
    assert [folder.exists() for folder in (young, old, half_deleted)] == [True, False, False]
    assert len(names(registry)) == 2
