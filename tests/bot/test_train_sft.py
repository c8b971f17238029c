"""`diagram-bot train sft --model …` on another Llama than the embedded one, as a card runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from bot.cli import main
from bot.settings import read_settings
from ml.language import generator, publish
from ml.language.generator import Prompt
from ml.pipeline import load_generator
from ml.registry import ModelKind, Registry
from ml.spec.text import parse_spec
from tests.tiny import tiny_model, tiny_tokenizer


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    """An untrained checkpoint, made here."""
    folder = tmp_path / "llama"
    tokenizer = tiny_tokenizer()
    with torch.random.fork_rng():
        torch.manual_seed(0)
        tiny_model(tokenizer).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def test_the_documented_command_trains_an_adapter_that_serves_and_writes_diagrams(
    checkpoint: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DEVICE", "cpu")
    # So little learning ends no answer by itself: few are compared, and those are cut off.
    monkeypatch.setattr(generator, "MAX_ANSWER", 200)
    monkeypatch.setattr(publish, "GATE_EXAMPLES", 1)
    monkeypatch.setattr(publish, "GATE_EDITS", 1)
    command = ["train", "sft", "--model", str(checkpoint), "--examples", "60", "--batch", "2"]
    assert main([*command, "--learning-rate", "0.001", "--json-progress"]) == 0

    outcome = json.loads(capsys.readouterr().out.splitlines()[-1])
    run = json.loads((tmp_path / "data" / "trainings" / "sft" / "run.json").read_text())
    assert (run["settings"]["batch"], run["settings"]["learning_rate"]) == (2, 0.001)
    monkeypatch.setenv("LLM_MODEL", str(checkpoint))
    models = read_settings().models
    serving = Registry(root=models.versions).serving(ModelKind.LANGUAGE)
    assert outcome["published"]
    assert serving.name == outcome["version"]
    assert serving.manifest.config == {"base": str(checkpoint), "dialect": "spec"}

    ((sample,),) = load_generator(models).write(
        [Prompt(id="a", description="read, clean, train", count=1, seed=0)]
    )
    assert parse_spec(sample.text).nodes


@pytest.mark.parametrize(("kind", "words"), [("sft", "--model"), ("orpo", "without LLM_BASE_URL")])
def test_a_name_on_a_server_is_no_base_to_train(
    kind: str,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LLM_BASE_URL", "http://127.0.0.1:1/v1")
    assert main(["train", kind]) == 1
    told = capsys.readouterr().err
    assert "cannot be trained there" in told
    assert words in told
