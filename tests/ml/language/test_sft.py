"""Fine-tuning on the tiny model: it learns, it is kept, it goes on where it was cut off."""

from __future__ import annotations

import itertools
import json
import shutil
from pathlib import Path

import pytest
import torch
from peft import PeftModel
from safetensors.torch import load_file

from ml.config import ModelConfig
from ml.errors import ModelError
from ml.language.corpus.examples import training_examples
from ml.language.loading import load_base, load_tokenizer
from ml.language.loss import next_token_loss
from ml.language.sft import TARGETS, SftSettings, encode_examples, train_sft
from ml.language.tokens import IGNORED

SETTINGS = SftSettings(
    examples=56, seed=1, rank=4, learning_rate=1e-2, batch=2, max_tokens=600, checkpoint_steps=5
)
CPU = torch.device("cpu")


class Cut(Exception):
    """The power fails."""


class Reports:
    """What a run reported; `cut_at` ends it by force when it reports that step."""

    def __init__(self, cut_at: int | None = None) -> None:
        self.fractions: list[float] = []
        self.steps: list[int] = []
        self._cut_at = cut_at

    def __call__(self, stage: str, done: float) -> None:
        self.fractions.append(done)
        if stage.startswith("step "):
            self.steps.append(int(stage.split()[1]))
            if self.steps[-1] == self._cut_at:
                raise Cut


def train(
    models: ModelConfig,
    out: Path,
    reports: Reports,
    *,
    settings: SftSettings = SETTINGS,
    start_from: Path | None = None,
) -> Path:
    return train_sft(
        settings,
        model=models.model,
        cache=models.cache,
        out=out,
        device="cpu",
        start_from=start_from,
        report=reports,
    )


def weights(adapter: Path) -> dict[str, torch.Tensor]:
    return load_file(adapter / "adapter_model.safetensors")


def loss_of(models: ModelConfig, adapter: Path | None) -> float:
    """The mean loss over the examples that a run of SETTINGS sees."""
    tokenizer = load_tokenizer(models.model)
    examples = itertools.islice(training_examples(SETTINGS.seed), SETTINGS.examples)
    data, _ = encode_examples(tokenizer, examples, max_tokens=SETTINGS.max_tokens)
    model = load_base(models.model, device=CPU)
    if adapter is not None:
        model = PeftModel.from_pretrained(model, str(adapter), autocast_adapter_dtype=False)
        model = model.get_base_model()
    total, tokens = 0.0, 0
    with torch.inference_mode():
        for row in data:
            labels = torch.tensor([row["labels"]])
            hidden = model.model(input_ids=torch.tensor([row["input_ids"]])).last_hidden_state
            total += float(next_token_loss(hidden, model.lm_head.weight, labels, tokens=1))
            tokens += int((labels != IGNORED).sum())
    return total / tokens


@pytest.fixture(scope="module")
def run(models: ModelConfig, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Reports]:
    """A whole run: its folder and what it reported."""
    out = tmp_path_factory.mktemp("run")
    reports = Reports()
    assert train(models, out, reports) == out / "adapter"
    return out, reports


def test_a_run_reports_its_steps_and_keeps_what_it_did(run: tuple[Path, Reports]) -> None:
    out, reports = run
    about = json.loads((out / "run.json").read_text())
    assert reports.steps == [entry["step"] for entry in about["history"]]
    assert len(reports.steps) >= 2
    assert reports.fractions == sorted(reports.fractions)
    assert about["settings"]["rank"] == SETTINGS.rank
    assert len(about["data_hash"]) == 64


def test_the_loss_falls_and_the_kept_adapter_has_it(
    models: ModelConfig, run: tuple[Path, Reports]
) -> None:
    out, _ = run
    history = [entry["loss"] for entry in json.loads((out / "run.json").read_text())["history"]]
    assert history[-1] < history[0]
    before, after = loss_of(models, None), loss_of(models, out / "adapter")
    assert after < 0.8 * before
    assert after < history[-1]  # the mean of steps before the last ones


def test_every_layer_has_an_adapter_that_has_learned(run: tuple[Path, Reports]) -> None:
    kept = weights(run[0] / "adapter")
    assert len(kept) == 2 * 2 * len(TARGETS)  # A and B, two layers
    assert all(tensor.abs().max() > 0 for tensor in kept.values())  # B begins as zeros
    assert {tensor.dtype for tensor in kept.values()} == {torch.bfloat16}


def test_no_path_of_this_machine_is_kept_with_the_weights(
    models: ModelConfig, run: tuple[Path, Reports]
) -> None:
    config = json.loads((run[0] / "adapter" / "adapter_config.json").read_text())
    assert config["base_model_name_or_path"] == models.model


def test_a_run_goes_on_from_an_adapter_and_moves_all_of_it(
    models: ModelConfig, run: tuple[Path, Reports], tmp_path: Path
) -> None:
    start = run[0] / "adapter"
    few = SftSettings(
        examples=12,
        seed=2,
        rank=4,
        learning_rate=1e-2,
        batch=2,
        max_tokens=600,
        checkpoint_steps=99,
    )
    before, after = (
        weights(start),
        weights(train(models, tmp_path, Reports(), settings=few, start_from=start)),
    )
    assert before.keys() == after.keys()
    for name, tensor in before.items():
        moved = (after[name] - tensor).abs()
        assert moved.max() > 0, name
        assert moved.mean() < 0.2, name  # it did not begin anew


def test_a_run_that_was_cut_off_goes_on_and_ends_as_if_nothing_had_been(
    models: ModelConfig, run: tuple[Path, Reports], tmp_path: Path
) -> None:
    whole, all_of_it = run
    last = all_of_it.steps[-1]
    with pytest.raises(Cut):
        train(models, tmp_path, Reports(cut_at=last))
    assert not (tmp_path / "adapter").exists()
    torn = tmp_path / "checkpoints" / "checkpoint-999"
    torn.mkdir()  # it was cut off while it wrote
    (torn / "adapter_config.json").write_text("{")
    rest = Reports()
    adapter = train(models, tmp_path, rest)
    assert rest.steps == [last], "it began anew"
    for name, tensor in weights(whole / "adapter").items():
        torch.testing.assert_close(weights(adapter)[name], tensor, rtol=0, atol=0)


def test_another_run_does_not_go_on_from_the_checkpoints_it_finds(
    models: ModelConfig, run: tuple[Path, Reports], tmp_path: Path
) -> None:
    shutil.copytree(run[0], tmp_path / "out")
    few = SftSettings(
        examples=30,
        seed=3,
        rank=4,
        learning_rate=1e-2,
        batch=2,
        max_tokens=600,
        checkpoint_steps=99,
    )
    reports = Reports()
    train(models, tmp_path / "out", reports, settings=few)
    assert reports.steps[0] < run[1].steps[-1]


def test_examples_that_are_too_long_are_left_out(models: ModelConfig) -> None:
    tokenizer = load_tokenizer(models.model)
    examples = list(itertools.islice(training_examples(1), 40))
    everything, name = encode_examples(tokenizer, examples, max_tokens=10_000)
    short, same_name = encode_examples(tokenizer, examples, max_tokens=300)
    assert len(everything) == 40
    assert 0 < len(short) < 40
    assert all(len(row["input_ids"]) <= 300 for row in short)
    assert name == same_name
    assert encode_examples(tokenizer, examples[1:], max_tokens=300)[1] != name


def test_a_card_whose_memory_is_full_says_what_to_do(models: ModelConfig, tmp_path: Path) -> None:
    def full(stage: str, done: float) -> None:
        if stage.startswith("step "):
            raise torch.OutOfMemoryError

    with pytest.raises(ModelError, match=r"memory is full; .*--batch"):
        train_sft(
            SETTINGS,
            model=models.model,
            cache=models.cache,
            out=tmp_path,
            device="cpu",
            report=full,
        )
