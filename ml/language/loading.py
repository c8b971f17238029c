"""Loading a base model and its adapter onto the best device there is."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import transformers
from peft import PeftModel
from safetensors import SafetensorError
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedTokenizerBase

from ml.config import EMBEDDED
from ml.errors import ModelError
from ml.language.base import embedded_base


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """A model ready for use with its tokenizer."""

    model: Any
    tokenizer: PreTrainedTokenizerBase
    device: torch.device


def choose_device(wish: str) -> torch.device:
    """The device for `auto`, `cpu`, `cuda` or `cuda:N`.

    Raises:
        ModelError: a card is wished for and there is none, or it is no device at all.
    """
    if wish == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        device = torch.device(wish)
    except RuntimeError as error:
        raise ModelError(
            "DEVICE is {wish}; there are auto, cpu, cuda and cuda:N", wish=repr(wish)
        ) from error
    if device.type == "cuda" and not torch.cuda.is_available():
        raise ModelError(
            "DEVICE is {wish}, but no CUDA card is available; use auto or cpu", wish=wish
        )
    return device


def choose_dtype(device: torch.device) -> torch.dtype:
    """bfloat16 where it exists, float16 on older cards, which only emulate it."""
    if device.type == "cuda" and not torch.cuda.is_bf16_supported(including_emulation=False):
        return torch.float16
    return torch.bfloat16


def base_location(model: str, *, cache: Path) -> str:
    """What `from_pretrained` takes: a folder, or the hub id itself."""
    return str(embedded_base(cache)) if model == EMBEDDED else model


def load_tokenizer(location: str) -> PreTrainedTokenizerBase:
    """The tokenizer of a base model, with a padding token and the left as its padding side."""
    with reported(location):
        tokenizer: PreTrainedTokenizerBase = AutoTokenizer.from_pretrained(location)
    if tokenizer.chat_template is None:
        raise ModelError(
            "{model} has no chat template; choose a model that follows orders", model=location
        )
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.eos_token
    tokenizer.padding_side = "left"
    return tokenizer


def load_base(location: str, *, device: torch.device, attention: str = "sdpa") -> Any:
    """The base model's weights on the device, in evaluation mode."""
    transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    with reported(location):
        model: Any = AutoModelForCausalLM.from_pretrained(
            location, dtype=choose_dtype(device), attn_implementation=attention
        )
        return model.to(device).eval()


def load_for_generation(
    model: str, adapter: str | Path | None, *, cache: Path, device: str
) -> Loaded:
    """The base model with the adapter merged into its weights.

    Args:
        model: `embedded`, a local folder or a hub id.
        adapter: a folder or hub id of a peft adapter, or None for the bare base model.

    Raises:
        ModelError: something is missing, gated, or does not fit; the message says what to do.
    """
    target = choose_device(device)
    location = base_location(model, cache=cache)
    tokenizer = load_tokenizer(location)
    base = load_base(location, device=target)
    if adapter is not None:
        with reported(str(adapter)), no_word_of_old_names():
            base = PeftModel.from_pretrained(base, str(adapter), autocast_adapter_dtype=False)
            base = base.merge_and_unload().eval()
    return Loaded(model=base, tokenizer=tokenizer, device=target)


@contextlib.contextmanager
def no_word_of_old_names() -> Iterator[None]:
    """peft 0.21 asks transformers for a property by its old name; people need not hear of it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*is_gradient_checkpointing", FutureWarning)
        yield


@contextlib.contextmanager
def reported(location: str) -> Iterator[None]:
    try:
        yield
    except torch.OutOfMemoryError as error:
        raise ModelError(
            "{model} does not fit the card's memory; choose a smaller LLM_MODEL or DEVICE=cpu",
            model=location,
        ) from error
    except (OSError, ValueError, RuntimeError, KeyError, ImportError, SafetensorError) as error:
        text = str(error)
        reason = (text.strip().splitlines() or ["no reason given"])[0][:200]
        if "gated" in text.lower():
            raise ModelError(
                "{model} cannot be loaded: it is gated: accept its licence and log in with "
                "`huggingface-cli login` ({reason})",
                model=location,
                reason=reason,
            ) from error
        raise ModelError(
            "{model} cannot be loaded: check the name or folder, and the network if it is a hub "
            "id ({reason})",
            model=location,
            reason=reason,
        ) from error
