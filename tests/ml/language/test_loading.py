"""Loading: what comes out is ready to use, what goes wrong is said in words."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM

from ml.config import ModelConfig
from ml.errors import ModelError
from ml.language.loading import (
    base_location,
    choose_device,
    choose_dtype,
    load_base,
    load_for_generation,
    load_tokenizer,
    reported,
)
from tests.tiny import tiny_model, tiny_tokenizer

CPU = torch.device("cpu")
IDS = torch.tensor([[1, 50, 60, 70, 80]])


@pytest.fixture
def base(models: ModelConfig, tmp_path: Path) -> Path:
    """A copy of the tiny base model, to be damaged."""
    return Path(shutil.copytree(models.model, tmp_path / "base"))


@pytest.fixture
def adapter(models: ModelConfig, tmp_path: Path) -> Path:
    """An adapter that changes the tiny model a good deal."""
    model: Any = AutoModelForCausalLM.from_pretrained(models.model, dtype=torch.float32)
    config = LoraConfig(r=4, lora_alpha=8, target_modules=["q_proj", "down_proj"])
    adapted = get_peft_model(model, config)
    generator = torch.Generator().manual_seed(0)
    for name, parameter in adapted.named_parameters():
        if "lora_" in name:
            parameter.data.normal_(std=0.15, generator=generator)
    adapted.save_pretrained(tmp_path / "adapter")
    return tmp_path / "adapter"


# Devices


def test_a_device_is_chosen_or_refused_in_words() -> None:
    assert choose_device("cpu") == CPU
    assert choose_device("auto").type == ("cuda" if torch.cuda.is_available() else "cpu")
    assert choose_dtype(CPU) is torch.bfloat16
    with pytest.raises(ModelError, match="there are auto, cpu, cuda"):
        choose_device("banana")


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has a card")
@pytest.mark.parametrize("wish", ["cuda", "cuda:1"])
def test_a_card_that_is_not_there_is_refused_in_words(wish: str) -> None:
    with pytest.raises(ModelError, match=f"DEVICE is {wish}, but no CUDA card"):
        choose_device(wish)


@pytest.mark.parametrize(("card_has_it", "dtype"), [(True, torch.bfloat16), (False, torch.float16)])
def test_an_older_card_that_only_emulates_bfloat16_gets_float16(
    card_has_it: bool, dtype: torch.dtype, monkeypatch: pytest.MonkeyPatch
) -> None:
    def supported(including_emulation: bool = True) -> bool:
        return card_has_it or including_emulation

    monkeypatch.setattr(torch.cuda, "is_bf16_supported", supported)
    assert choose_dtype(torch.device("cuda")) is dtype


# What is loaded


def test_a_folder_or_hub_id_is_taken_as_it_is(tmp_path: Path) -> None:
    assert base_location("some/model", cache=tmp_path) == "some/model"


def test_a_base_model_is_ready_for_use(models: ModelConfig) -> None:
    loaded = load_for_generation(models.model, None, cache=models.cache, device="cpu")
    assert (loaded.device, loaded.model.dtype) == (CPU, torch.bfloat16)
    assert not loaded.model.training
    assert loaded.tokenizer.padding_side == "left"


def test_a_tokenizer_without_padding_pads_with_its_end(base: Path) -> None:
    config = base / "tokenizer_config.json"
    raw = json.loads(config.read_text())
    config.write_text(json.dumps({**raw, "pad_token": None}))
    tokenizer = load_tokenizer(str(base))
    assert tokenizer.pad_token == "</s>"


def test_an_adapter_is_merged_without_loss(models: ModelConfig, adapter: Path) -> None:
    """The logits are those of base and adapter side by side, up to the rounding of bfloat16."""
    loaded = load_for_generation(models.model, adapter, cache=models.cache, device="cpu")
    assert loaded.model.dtype is torch.bfloat16
    assert not any("lora" in name for name, _ in loaded.model.named_parameters())
    base = load_base(models.model, device=CPU).float()
    with torch.inference_mode():
        bare = base(IDS).logits
        apart = PeftModel.from_pretrained(base, str(adapter)).eval()(IDS).logits
        merged = loaded.model.float()(IDS).logits
    assert (apart - bare).abs().max() > 1
    torch.testing.assert_close(merged, apart, rtol=0.05, atol=0.15)


# What goes wrong


def refused(model: Path | str, adapter: Path | str | None, reason: str) -> None:
    with pytest.raises(ModelError, match=reason):
        load_for_generation(str(model), adapter, cache=Path("nowhere"), device="cpu")


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    refused(tmp_path / "nothing", None, "nothing cannot be loaded: check the name or folder")


@pytest.mark.parametrize(
    "harm",
    [
        lambda base: (base / "config.json").unlink(),
        lambda base: (base / "config.json").write_text("{"),
        lambda base: (base / "config.json").write_text('{"model_type": "poetry"}'),
        lambda base: (base / "tokenizer.json").write_text("{"),
        lambda base: (base / "model.safetensors").unlink(),
        lambda base: (base / "model.safetensors").write_bytes(b"torn"),
        lambda base: (base / "model.safetensors").write_bytes(
            (base / "model.safetensors").read_bytes()[:-100]
        ),
    ],
)
def test_a_damaged_base_model_is_refused(base: Path, harm: Callable[[Path], object]) -> None:
    harm(base)
    refused(base, None, "cannot be loaded")


def test_a_model_that_cannot_chat_is_refused(base: Path) -> None:
    (base / "chat_template.jinja").unlink()
    refused(base, None, "no chat template")


@pytest.mark.parametrize(
    "harm",
    [
        lambda adapter: shutil.rmtree(adapter),
        lambda adapter: (adapter / "adapter_config.json").write_text("{"),
        lambda adapter: (adapter / "adapter_config.json").write_text("{}"),
        lambda adapter: (adapter / "adapter_model.safetensors").unlink(),
        lambda adapter: (adapter / "adapter_model.safetensors").write_bytes(b"torn"),
    ],
)
def test_a_damaged_adapter_is_refused(
    models: ModelConfig, adapter: Path, harm: Callable[[Path], object]
) -> None:
    harm(adapter)
    refused(models.model, adapter, "cannot be loaded")


def test_an_adapter_of_another_model_is_refused(adapter: Path, tmp_path: Path) -> None:
    tokenizer = tiny_tokenizer()
    other = tiny_model(tokenizer)
    other.config.hidden_size = 32
    smaller = type(other)(other.config)
    smaller.save_pretrained(tmp_path / "other")
    tokenizer.save_pretrained(tmp_path / "other")
    refused(tmp_path / "other", adapter, "adapter cannot be loaded")


def test_a_gated_model_says_what_to_do() -> None:
    with (
        pytest.raises(ModelError, match="accept its licence and log in"),
        reported("some/model"),
    ):
        raise OSError("You are trying to access a gated repo.\nMore words")


def test_too_little_memory_says_what_to_do() -> None:
    with pytest.raises(ModelError, match="smaller LLM_MODEL"), reported("some/model"):
        raise torch.OutOfMemoryError


def test_a_mistake_of_ours_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError), reported("some/model"):
        raise ZeroDivisionError
