"""Preference tuning on the tiny model: the loss is ORPO's, and what is loved is drawn more."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import load_file
from torch.nn import functional

from ml.config import ModelConfig
from ml.errors import ModelError
from ml.language.generator import LocalGenerator, Prompt
from ml.language.loading import load_base, load_for_generation, load_tokenizer
from ml.language.loss import mean_log_probabilities
from ml.language.orpo import (
    OrpoSettings,
    OrpoTrainer,
    encode_pairs,
    margins,
    orpo_trainer,
    train_orpo,
)
from ml.language.preferences import Pair
from ml.language.tokens import IGNORED
from ml.language.wishes import wish_contrasts
from ml.spec.grammar import spec_grammar
from ml.spec.text import parse_spec
from tests.tiny import DESCRIPTION, TEXTS

SETTINGS = OrpoSettings(
    epochs=4, beta=1.0, learning_rate=1e-2, replay=0.0, batch=2, checkpoint_steps=3
)
RIGHT = [text for text in TEXTS if text.startswith("right")]
DOWN = [text for text in TEXTS if text.startswith("down")]
LOVES_DOWN = [
    Pair(user_id=1, description=DESCRIPTION, chosen=down, rejected=right)
    for down, right in zip(DOWN, RIGHT, strict=True)
]
CPU = torch.device("cpu")


class Cut(Exception):
    """The power fails."""


class Reports:
    """The steps a run reported; `cut_at` ends it by force when it reports that one."""

    def __init__(self, cut_at: int | None = None) -> None:
        self.steps: list[int] = []
        self._cut_at = cut_at

    def __call__(self, stage: str, done: float) -> None:
        if stage.startswith("step "):
            self.steps.append(int(stage.split()[1]))
            if self.steps[-1] == self._cut_at:
                raise Cut


@pytest.fixture(scope="module")
def start(models: ModelConfig, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An adapter that changes nothing yet."""
    folder = tmp_path_factory.mktemp("start")
    adapter(models).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def run(models: ModelConfig, start: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole run's folder."""
    out = tmp_path_factory.mktemp("run")
    tune(models, start, out)
    return out


def adapter(models: ModelConfig) -> Any:
    torch.manual_seed(0)
    config = LoraConfig(r=4, lora_alpha=8, target_modules=["q_proj", "v_proj", "down_proj"])
    base = load_base(models.model, device=CPU)
    return get_peft_model(base, config, autocast_adapter_dtype=False)


def tune(
    models: ModelConfig, start: Path, out: Path, reports: Reports | None = None, **changed: Any
) -> Path:
    return train_orpo(
        changed.pop("settings", SETTINGS),
        changed.pop("pairs", LOVES_DOWN),
        model=models.model,
        cache=models.cache,
        out=out,
        device="cpu",
        start_from=start,
        report=reports or Reports(),
    )


def trainer_of(models: ModelConfig, out: Path) -> Any:
    tokenizer = load_tokenizer(models.model)
    data, _ = encode_pairs(tokenizer, LOVES_DOWN, max_tokens=500)
    adapted = adapter(models).float()
    for name, parameter in adapted.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.2)
    return orpo_trainer(adapted, tokenizer, data, SETTINGS, out, on_cpu=True)


def batch_of(trainer: Any, pairs: int) -> Any:
    rows = [trainer.train_dataset[index] for index in range(pairs)]
    for row in rows[:1]:  # one text is longer than the others
        for key in ("chosen_input_ids", "chosen_attention_mask", "chosen_labels"):
            row[key] = [*row[key], row[key][-1]]
    return trainer.data_collator(rows)


def gradients(trainer: Any, loss: torch.Tensor) -> dict[str, torch.Tensor]:
    trainer.model.zero_grad()
    torch.autograd.backward(loss)
    return {
        name: parameter.grad.clone()
        for name, parameter in trainer.model.named_parameters()
        if parameter.grad is not None
    }


def styles(models: ModelConfig, folder: Path) -> list[str]:
    """The direction of the first candidate of many requests."""
    loaded = load_for_generation(models.model, folder, cache=models.cache, device="cpu")
    generator = LocalGenerator(loaded, grammar=spec_grammar())
    prompts = [
        Prompt(id=str(seed), description=DESCRIPTION, count=1, seed=seed) for seed in range(40)
    ]
    return [parse_spec(sample.text).style.direction for (sample,) in generator.write(prompts)]


def test_the_loss_and_its_gradient_are_those_of_trl_when_there_is_no_prompt(
    models: ModelConfig, tmp_path: Path
) -> None:
    """trl learns the prompt too, so the two are the same only where there is none."""
    trainer = trainer_of(models, tmp_path)
    batch = batch_of(trainer, 1)
    for side in ("chosen", "rejected"):
        batch[f"{side}_labels"] = batch[f"{side}_input_ids"].clone()
    ours, _ = trainer.get_batch_loss_metrics(trainer.model, batch)
    theirs, _ = super(OrpoTrainer, trainer).get_batch_loss_metrics(trainer.model, batch)
    torch.testing.assert_close(ours, theirs, rtol=1e-4, atol=1e-4)
    expected = gradients(trainer, theirs)
    for name, gradient in gradients(trainer, ours).items():
        assert expected[name].abs().max() > 0
        torch.testing.assert_close(gradient, expected[name], rtol=1e-4, atol=1e-4)


def test_several_pairs_with_prompts_have_the_loss_of_the_paper(
    models: ModelConfig, tmp_path: Path
) -> None:
    trainer = trainer_of(models, tmp_path)
    batch = batch_of(trainer, 3)
    ours, said = trainer.get_batch_loss_metrics(trainer.model, batch)
    chosen, rejected, *_ = trainer.concatenated_forward(trainer.model, batch)
    odds = [p.exp() / (1 - p.exp()) for p in (chosen.double(), rejected.double())]
    ratio = torch.log(odds[0] / odds[1])
    expected = (-chosen - SETTINGS.beta * functional.logsigmoid(ratio)).mean().float()
    torch.testing.assert_close(ours, expected, rtol=1e-4, atol=1e-4)
    assert said["log_odds"] == pytest.approx(ratio.mean().item(), abs=1e-3)
    wanted = gradients(trainer, expected)
    for name, gradient in gradients(trainer, ours).items():
        torch.testing.assert_close(gradient, wanted[name], rtol=1e-4, atol=1e-4)


def test_padding_changes_no_log_probability(models: ModelConfig, tmp_path: Path) -> None:
    trainer = trainer_of(models, tmp_path)
    causal = trainer.model.get_base_model()
    row = trainer.train_dataset[0]
    ids, labels = torch.tensor([row["chosen_input_ids"]]), torch.tensor([row["chosen_labels"]])
    alone = mean_log_probabilities(causal, ids, torch.ones_like(ids), labels)
    padded = functional.pad(ids, (0, 7), value=2)
    mask = functional.pad(torch.ones_like(ids), (0, 7))
    wide = functional.pad(labels, (0, 7), value=IGNORED)
    torch.testing.assert_close(mean_log_probabilities(causal, padded, mask, wide), alone)


def test_what_is_loved_is_drawn_more_and_the_structure_stays(
    models: ModelConfig, start: Path, run: Path
) -> None:
    before, after = styles(models, start), styles(models, run / "adapter")
    assert before.count("down") < 0.7 * len(before)
    assert after.count("down") > 0.9 * len(after)
    loaded = load_for_generation(models.model, run / "adapter", cache=models.cache, device="cpu")
    generator = LocalGenerator(loaded, grammar=spec_grammar())
    ((sample,),) = generator.write([Prompt(id="a", description=DESCRIPTION, count=1, seed=0)])
    assert [node.label for node in parse_spec(sample.text).nodes] == ["Read", "Clean", "Train"]


def test_a_word_that_is_free_carries_no_loss(models: ModelConfig) -> None:
    tokenizer = load_tokenizer(models.model)
    pair = replace(LOVES_DOWN[0], free=("round", "arrow"))
    ((row,), _), ((whole,), _) = (
        encode_pairs(tokenizer, [one], max_tokens=500) for one in (pair, LOVES_DOWN[0])
    )
    for side in ("chosen", "rejected"):
        assert row[f"{side}_input_ids"] == whole[f"{side}_input_ids"]
        spared = sum(label == IGNORED for label in row[f"{side}_labels"])
        at_all = sum(label == IGNORED for label in whole[f"{side}_labels"])
        assert spared == at_all + len("round") + len("arrow")  # a token is a byte


def test_wishes_are_learned_along_with_what_is_loved(
    models: ModelConfig, start: Path, tmp_path: Path
) -> None:
    wishes = list(islice(wish_contrasts(SETTINGS.seed), 4))
    found = []
    for name, replay in (("without", 0.0), ("with", 0.5)):
        adapter = tune(
            models,
            start,
            tmp_path / name,
            pairs=LOVES_DOWN[:8],
            settings=replace(SETTINGS, replay=replay),
        )
        loaded = load_for_generation(models.model, adapter, cache=models.cache, device="cpu")
        found.append((margins(loaded, wishes).min(), margins(loaded, LOVES_DOWN).min()))
    (without, _), (with_them, loved) = found
    assert max(without, 0) < with_them
    assert loved > 0


def test_a_run_that_was_cut_off_goes_on_and_ends_as_if_nothing_had_been(
    models: ModelConfig, start: Path, run: Path, tmp_path: Path
) -> None:
    with pytest.raises(Cut):
        tune(models, start, tmp_path, Reports(cut_at=5))
    rest = Reports()
    again = tune(models, start, tmp_path, rest)
    assert rest.steps[0] > 3, "it began anew"
    whole = load_file(run / "adapter" / "adapter_model.safetensors")
    for name, tensor in load_file(again / "adapter_model.safetensors").items():
        torch.testing.assert_close(tensor, whole[name], rtol=0, atol=0)


def test_a_run_says_what_it_did_and_names_no_path_of_this_machine(
    models: ModelConfig, run: Path
) -> None:
    about = json.loads((run / "run.json").read_text())
    assert about["settings"]["beta"] == SETTINGS.beta
    assert about["history"][-1]["log_odds"] > about["history"][0]["log_odds"]
    config = json.loads((run / "adapter" / "adapter_config.json").read_text())
    assert config["base_model_name_or_path"] == models.model


def test_numbers_that_are_none_end_the_run_before_they_are_kept(
    models: ModelConfig, tmp_path: Path
) -> None:
    spoilt = adapter(models)
    for name, parameter in spoilt.named_parameters():
        if "lora_B" in name:
            parameter.data.fill_(torch.inf)
    spoilt.save_pretrained(tmp_path / "spoilt")
    with pytest.raises(ModelError, match="smaller learning rate"):
        tune(models, tmp_path / "spoilt", tmp_path / "out")
    assert not (tmp_path / "out" / "adapter").exists()


def test_pairs_that_are_too_long_are_left_out(
    models: ModelConfig, start: Path, tmp_path: Path
) -> None:
    tokenizer = load_tokenizer(models.model)
    long = Pair(user_id=1, description=DESCRIPTION * 20, chosen=DOWN[0], rejected=RIGHT[0])
    data, name = encode_pairs(tokenizer, [*LOVES_DOWN, long], max_tokens=300)
    assert len(data) == len(LOVES_DOWN)
    assert name != encode_pairs(tokenizer, LOVES_DOWN, max_tokens=300)[1]
    with pytest.raises(ModelError, match="no pair"):
        tune(models, start, tmp_path, settings=OrpoSettings(max_tokens=10))
