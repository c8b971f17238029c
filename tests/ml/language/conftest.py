"""The tiny models, made once for this folder."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from ml.config import ModelConfig
from ml.language.loading import Loaded, load_for_generation
from tests.tiny import tiny_installation


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> ModelConfig:
    """An installation for reading only."""
    return tiny_installation(tmp_path_factory.mktemp("models"))


@pytest.fixture
def installation(models: ModelConfig, tmp_path: Path) -> ModelConfig:
    """An installation of a test's own, with the same base model."""
    versions = tmp_path / "versions"
    shutil.copytree(models.versions, versions)
    return replace(models, versions=versions)


@pytest.fixture(scope="session")
def loaded(models: ModelConfig) -> Loaded:
    """The tiny language model in float32, where the shape of a batch changes next to nothing."""
    loaded = load_for_generation(models.model, None, cache=models.cache, device="cpu")
    return replace(loaded, model=loaded.model.float())
