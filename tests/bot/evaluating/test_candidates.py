"""What the whole pipeline draws, with tiny models, is kept and not drawn twice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.cli import main
from bot.evaluating.candidates import drawn
from ml.candidate import DrawJob, DrawResult
from ml.config import ModelConfig
from ml.pipeline import Pipeline
from tests.tiny import DESCRIPTION, tiny_installation


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installation")
    config = tiny_installation(folder)
    (folder / "models").symlink_to(config.versions)
    return folder


def test_what_was_drawn_once_is_read_from_disk_the_next_time(
    installation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline = Pipeline.load(
        ModelConfig(
            model=str(installation / "base"),
            device="cpu",
            cache=tmp_path,
            versions=installation / "models",
        )
    )
    [first] = drawn([DESCRIPTION], pipeline, tmp_path / "loop", count=5)
    assert first

    def refuse(jobs: Sequence[DrawJob]) -> list[DrawResult]:
        raise AssertionError("nothing is left to draw")

    monkeypatch.setattr(pipeline, "draw", refuse)
    [again] = drawn([DESCRIPTION], pipeline, tmp_path / "loop", count=5)
    for one, other in zip(first, again, strict=True):
        assert (one.text, one.spec, one.scene) == (other.text, other.spec, other.scene)
        assert one.readability == other.readability
        assert one.violations == other.violations
        assert np.array_equal(one.latent, other.latent)


def test_the_command_plays_and_draws_a_plot(
    installation: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LLM_MODEL", str(installation / "base"))
    monkeypatch.setenv("DATA_DIR", str(installation))
    plot = tmp_path / "loop.png"
    size = {"days": 2, "people": 2, "requests": 1, "servers": 1, "descriptions": 2}
    small = [f"--{name}={number}" for name, number in size.items()]
    assert main(["eval", "loop", *small, "--json", "--plot", str(plot)]) == 0
    lives = json.loads(capsys.readouterr().out)
    assert [len(life["first"]) for life in lives] == [2] * 4
    assert plot.read_bytes().startswith(b"\x89PNG")
