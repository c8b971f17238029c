"""From a training to a version that serves, when it is better than the one that did."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from peft import LoraConfig, get_peft_model

from ml.candidate import DrawJob
from ml.config import ModelConfig
from ml.errors import ModelError
from ml.language.corpus.edits import Edit
from ml.language.corpus.examples import Example
from ml.language.generator import Prompt
from ml.language.loading import load_base
from ml.language.publish import (
    FILES,
    Gate,
    default_gate,
    measure,
    publish_better,
    train_and_publish,
)
from ml.language.sft import SftSettings
from ml.pipeline import Pipeline, load_generator
from ml.registry import ModelKind, Outcome, Registry
from ml.spec.text import parse_spec
from tests.ml.test_pipeline import Answers
from tests.tiny import DESCRIPTION, TEXTS

KNOWN = Example(family="known", description=DESCRIPTION, spec=parse_spec(TEXTS[0]))
GATE = Gate(descriptions=[KNOWN], edits=[])
FEW = SftSettings(examples=8, rank=2, learning_rate=1e-5, batch=4, max_tokens=700)


def train(installation: ModelConfig, out: Path, *, go_on: bool = False) -> Outcome:
    return train_and_publish(
        registry(installation),
        model=installation.model,
        cache=installation.cache,
        device="cpu",
        out=out,
        settings=FEW,
        go_on=go_on,
        report=lambda stage, done: None,
        gate=GATE,
    )


def registry(installation: ModelConfig) -> Registry:
    return Registry(root=installation.versions)


def adapter(installation: ModelConfig, folder: Path, *, noise: float) -> Path:
    """An adapter that changes nothing, or everything."""
    model: Any = load_base(installation.model, device=torch.device("cpu"))
    config = LoraConfig(r=2, lora_alpha=4, target_modules=["q_proj", "down_proj"])
    adapted = get_peft_model(model, config, autocast_adapter_dtype=False)
    generator = torch.Generator().manual_seed(0)
    for name, parameter in adapted.named_parameters():
        if "lora_" in name and noise:
            parameter.data.copy_(noise * torch.randn(parameter.shape, generator=generator))
    adapted.save_pretrained(folder)
    return folder


def publish(installation: ModelConfig, folder: Path) -> Outcome:
    home = registry(installation)
    serving = home.serving(ModelKind.LANGUAGE)
    return publish_better(
        home,
        folder,
        serving if serving.manifest.config["base"] == installation.model else None,
        model=installation.model,
        cache=installation.cache,
        device="cpu",
        seed=1,
        data_hash="none",
        report=lambda stage, done: None,
        gate=GATE,
    )


def test_what_is_trained_is_published_serves_and_draws(
    installation: ModelConfig, tmp_path: Path
) -> None:
    before = registry(installation).serving(ModelKind.LANGUAGE)
    outcome = train(installation, tmp_path / "out")
    serving = registry(installation).serving(ModelKind.LANGUAGE)
    assert (outcome.published, outcome.serving) == (True, None)
    assert (serving.name, serving.manifest.parent) == (outcome.version, before.name)
    assert set(serving.manifest.files) == set(FILES)
    assert serving.manifest.config == {"base": installation.model, "dialect": "spec"}
    assert serving.manifest.metrics == outcome.metrics
    assert not (tmp_path / "out" / "checkpoints").exists()

    generator = load_generator(installation)
    ((sample,),) = generator.write([Prompt(id="a", description=DESCRIPTION, count=1, seed=0)])
    assert sample.finished

    pipeline = Pipeline.load(installation)
    assert pipeline.versions.language == outcome.version
    job = DrawJob(id="a", description=DESCRIPTION, count=2, seed=0)
    (result,) = pipeline.draw([job])
    assert len(result.candidates) + result.dropped == 2
    assert [node.label for node in result.candidates[0].spec.nodes] == ["Read", "Clean", "Train"]
    assert result.versions == pipeline.versions


def test_what_is_not_better_is_kept_aside(installation: ModelConfig, tmp_path: Path) -> None:
    first = train(installation, tmp_path / "out")
    second = train(installation, tmp_path / "again", go_on=True)
    assert second.serving == first.metrics
    assert not second.published
    assert registry(installation).serving(ModelKind.LANGUAGE).name == first.version
    assert (installation.versions / "language" / second.version / "manifest.json").is_file()


def test_a_better_one_takes_over_and_a_worse_one_does_not(
    installation: ModelConfig, tmp_path: Path
) -> None:
    bad = adapter(installation, tmp_path / "bad", noise=3.0)
    good = adapter(installation, tmp_path / "good", noise=0.0)
    first = publish(installation, bad)
    second = publish(installation, good)
    third = publish(installation, bad)
    assert [one.metrics["exact"] for one in (first, second, third)] == [0, 1, 0]
    assert [one.published for one in (first, second, third)] == [True, True, False]
    assert registry(installation).serving(ModelKind.LANGUAGE).name == second.version


def test_there_must_be_something_to_go_on_from(installation: ModelConfig, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="there is none to go on from"):
        train(installation, tmp_path / "out", go_on=True)


def test_descriptions_and_edits_count_alike() -> None:
    edit = Edit(
        family="paint",
        before=parse_spec("0 input"),
        description="red",
        text="paint 0|red\n",
        after=parse_spec("0 input #red"),
    )
    gate = Gate(descriptions=[KNOWN, KNOWN], edits=[edit])
    for answer, metrics, exact in (
        (TEXTS[0], {"exact": 1.0, "edits": 0.0}, [1, 1, 0]),
        ("paint Input|red\n", {"exact": 0.0, "edits": 1.0}, [0, 0, 1]),
    ):
        told, per_answer = measure(Answers(answer), gate)  # type: ignore[arg-type]
        assert {name: told[name] for name in metrics} == metrics
        assert per_answer.tolist() == exact


def test_the_gate_is_the_same_every_time_and_has_edits() -> None:
    gate = default_gate()
    assert gate == default_gate()
    assert (len(gate.descriptions), len(gate.edits)) == (160, 60)
