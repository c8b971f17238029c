"""The losses that ORPO is compared with are those of their papers."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
import torch
from peft import LoraConfig, get_peft_model

from bench.objectives import Objective, dpo_loss, kto_loss, ratios, trainer_for, with_reference
from ml.config import ModelConfig
from ml.language.loading import load_base, load_for_generation, load_tokenizer
from ml.language.orpo import OrpoSettings, encode_pairs, margins, train_orpo
from ml.language.preferences import Pair
from ml.language.tokens import IGNORED
from tests.tiny import DESCRIPTION, TEXTS, tiny_installation

RIGHT = [text for text in TEXTS if text.startswith("right")]
DOWN = [text for text in TEXTS if text.startswith("down")]
LOVES_DOWN = [
    Pair(user_id=1, description=DESCRIPTION, chosen=down, rejected=right)
    for down, right in zip(DOWN, RIGHT, strict=True)
]
SETTINGS = OrpoSettings(epochs=1, learning_rate=1e-2, replay=0.0, batch=2)
BETA = 0.1


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> ModelConfig:
    return tiny_installation(tmp_path_factory.mktemp("models"))


def adapter(models: ModelConfig) -> Any:
    """A float32 adapter that changes something already."""
    torch.manual_seed(0)
    config = LoraConfig(r=4, lora_alpha=8, target_modules=["q_proj", "v_proj", "down_proj"])
    base = load_base(models.model, device=torch.device("cpu"))
    adapted = get_peft_model(base, config, autocast_adapter_dtype=False)
    for name, parameter in adapted.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.1)
    return adapted.float().eval()


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def test_dpo_is_the_log_sigmoid_of_the_margin_over_the_reference() -> None:
    chosen, rejected = [2.0, -1.0, 0.5], [0.5, 1.0, 0.5]
    expected = [-math.log(sigmoid(BETA * (c - r))) for c, r in zip(chosen, rejected, strict=True)]
    found = dpo_loss(torch.tensor(chosen), torch.tensor(rejected))
    assert found.item() == pytest.approx(sum(expected) / 3)
    assert dpo_loss(torch.zeros(2), torch.zeros(2)).item() == pytest.approx(math.log(2))


@pytest.mark.parametrize(("mismatched", "divergence"), [([1.0, 3.0], 2.0), ([-4.0, 1.0], 0.0)])
def test_kto_values_texts_against_the_divergence_and_does_not_learn_that(
    mismatched: list[float], divergence: float
) -> None:
    desirable = torch.tensor([2.0, -1.0], requires_grad=True)
    undesirable = torch.tensor([0.5, 4.0], requires_grad=True)
    apart = torch.tensor(mismatched, requires_grad=True)
    loss = kto_loss(desirable, undesirable, apart)
    expected = [1 - sigmoid(BETA * (d - divergence)) for d in (2.0, -1.0)]
    expected += [1 - sigmoid(BETA * (divergence - u)) for u in (0.5, 4.0)]
    assert loss.item() == pytest.approx(sum(expected) / 4)
    torch.autograd.backward(loss)
    assert desirable.grad is not None
    assert undesirable.grad is not None
    assert (desirable.grad < 0).all()
    assert (undesirable.grad > 0).all()
    assert apart.grad is None


def test_the_reference_is_the_adapter_at_the_start_by_all_its_logits(models: ModelConfig) -> None:
    adapted = adapter(models)
    data, _ = encode_pairs(load_tokenizer(models.model), LOVES_DOWN[:3], max_tokens=500)
    rows = list(with_reference(adapted.get_base_model(), data, mismatched=True))
    for row, other in zip(rows, [*rows[1:], rows[0]], strict=True):
        assert row["mismatched_input_ids"] == other["chosen_input_ids"]  # one description
        for side in ("chosen", "rejected", "mismatched"):
            ids, labels = (torch.tensor([row[f"{side}_{n}"]]) for n in ("input_ids", "labels"))
            with torch.no_grad():
                known = adapted(ids).logits[:, :-1].log_softmax(-1)
            each = known.gather(-1, ids[:, 1:, None])[..., 0][labels[:, 1:] != IGNORED]
            assert row[f"reference_{side}_logps"] == pytest.approx(float(each.sum()), abs=1e-3)


@pytest.mark.parametrize("objective", [Objective.DPO, Objective.KTO])
def test_before_the_first_step_the_model_is_its_reference(
    models: ModelConfig, tmp_path: Path, objective: Objective
) -> None:
    tokenizer = load_tokenizer(models.model)
    data, _ = encode_pairs(tokenizer, LOVES_DOWN, max_tokens=500)
    trainer: Any = trainer_for(objective, batch=2)(
        adapter(models), tokenizer, data, SETTINGS, tmp_path, on_cpu=True
    )
    batch = trainer.data_collator([trainer.train_dataset[0], trainer.train_dataset[1]])
    causal = trainer.model.eval().get_base_model()
    for side in ("chosen", "rejected"):
        torch.testing.assert_close(ratios(causal, batch, side), torch.zeros(2), atol=1e-3, rtol=0)
    loss, said = trainer.get_batch_loss_metrics(trainer.model, batch)
    even = {Objective.DPO: math.log(2), Objective.KTO: 0.5}
    assert loss.item() == pytest.approx(even[objective], abs=1e-3)
    assert said["margin"] == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize("objective", [Objective.DPO, Objective.KTO])
def test_what_is_loved_becomes_more_probable(
    models: ModelConfig, tmp_path: Path, objective: Objective
) -> None:
    adapter(models).save_pretrained(tmp_path / "start")
    tuned = train_orpo(
        SETTINGS,
        LOVES_DOWN,
        model=models.model,
        cache=models.cache,
        out=tmp_path / "out",
        device="cpu",
        start_from=tmp_path / "start",
        report=lambda stage, done: None,
        trainer=trainer_for(objective, batch=2),
    )
    before, after = (
        margins(
            load_for_generation(models.model, folder, cache=models.cache, device="cpu"),
            LOVES_DOWN,
        )
        for folder in (tmp_path / "start", tuned)
    )
    assert (after > before).all()
