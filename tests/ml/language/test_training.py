"""What both trainings share: they ask no hub where the base model is, and leave stdout alone."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ml.config import EMBEDDED, ModelConfig
from ml.language.base import FOLDER
from ml.language.orpo import OrpoSettings, train_orpo
from ml.language.preferences import Pair
from ml.language.sft import SftSettings, train_sft
from tests.tiny import DESCRIPTION, TEXTS

SFT = SftSettings(examples=6, rank=4, batch=2, max_tokens=600, checkpoint_steps=1)
ORPO = OrpoSettings(batch=1, replay=0.0, checkpoint_steps=1)
PAIRS = [
    Pair(user_id=1, description=DESCRIPTION, chosen=TEXTS[number], rejected=TEXTS[-1])
    for number in range(6)
]


@pytest.fixture
def installed(models: ModelConfig, tmp_path: Path) -> ModelConfig:
    """The tiny model where the embedded one would be."""
    shutil.copytree(models.model, tmp_path / "cache" / FOLDER)
    return replace(models, model=EMBEDDED, cache=tmp_path / "cache")


def test_the_embedded_model_is_never_looked_for_on_a_hub_and_nothing_is_said_on_stdout(
    installed: ModelConfig, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A look-up that fails is a warning, and so an error here."""
    said: list[str] = []

    def report(stage: str, done: float) -> None:
        said.append(stage)

    where: Any = {"model": EMBEDDED, "cache": installed.cache, "device": "cpu", "report": report}
    fresh = train_sft(SFT, out=tmp_path / "fresh", **where)
    further = train_sft(SFT, out=tmp_path / "further", start_from=fresh, **where)
    tuned = train_orpo(ORPO, PAIRS, out=tmp_path / "tuned", start_from=further, **where)
    config = json.loads((tuned / "adapter_config.json").read_text())
    assert config["base_model_name_or_path"] == EMBEDDED
    assert capfd.readouterr().out == ""
    assert any("loss" in stage for stage in said)
