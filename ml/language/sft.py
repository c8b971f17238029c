"""Supervised fine-tuning: teaches a base model the diagram language with a LoRA adapter.

    diagram-bot train sft --examples 20000

The examples come from `ml.language.corpus`; only the diagram text carries loss. The run keeps
a checkpoint every few minutes and continues from it when it is started again. It runs the same
on a CPU with the embedded model and on a card with `deepseek-coder-1.3b-instruct`.
"""

from __future__ import annotations

import hashlib
import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from datasets.arrow_dataset import Dataset
from peft import LoraConfig, get_peft_model
from transformers import PreTrainedTokenizerBase
from trl.trainer.sft_config import SFTConfig
from trl.trainer.sft_trainer import SFTTrainer

from ml.language.corpus.mix import Exercise, exercises
from ml.language.loading import (
    base_location,
    choose_device,
    load_tokenizer,
    no_word_of_old_names,
)
from ml.language.loss import next_token_loss
from ml.language.tokens import IGNORED, encode_example
from ml.language.training import (
    AdapterCheckpoints,
    Report,
    adapter_optimizer,
    load_frozen,
    run_training,
    shared_arguments,
    to_go_on,
)

FREE_STYLE_SHARE = 8
"""In one example of so many the style words that nobody asked for are learned: enough to keep
them evenly likely. In all of them they would be most of the loss, and nothing but noise."""

TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


@dataclass(frozen=True, kw_only=True)
class SftSettings:
    """One run. The same settings and seed make the same adapter on the same machine."""

    examples: int = 16_000
    seed: int = 1
    rank: int = 16
    learning_rate: float = 8e-4
    batch: int = 8
    max_tokens: int = 384
    checkpoint_steps: int = 200


def train_sft(
    settings: SftSettings,
    *,
    model: str,
    cache: Path,
    out: Path,
    device: str = "auto",
    start_from: Path | None = None,
    report: Report,
) -> Path:
    """Trains an adapter and returns the folder it was saved to (inside `out`).

    Args:
        model: `embedded`, a local folder or a hub id.
        out: checkpoints and the finished adapter go here; a run that was cut off continues.
        start_from: an adapter to go on from instead of a fresh one.
    """
    target = choose_device(device)
    location = base_location(model, cache=cache)
    tokenizer = load_tokenizer(location)
    report("writing examples", 0.0)
    data, data_hash = encode_examples(
        tokenizer,
        itertools.islice(exercises(settings.seed), settings.examples),
        max_tokens=settings.max_tokens,
    )
    base = load_frozen(location, device=target)
    adapted = to_go_on(base, start_from) if start_from else _fresh(base, settings)
    return run_training(
        _trainer(adapted, tokenizer, data, settings, out, on_cpu=target.type == "cpu"),
        settings,
        model=model,
        start_from=start_from,
        data_hash=data_hash,
        out=out,
        report=report,
    )


def encode_examples(
    tokenizer: PreTrainedTokenizerBase, examples: Iterable[Exercise], *, max_tokens: int
) -> tuple[Dataset, str]:
    """Token ids and labels of the examples that fit, and the SHA-256 of their text."""
    digest = hashlib.sha256()
    rows: dict[str, list[list[int]]] = {"input_ids": [], "labels": []}
    for number, example in enumerate(examples):
        said = f"{example.present or ''}{example.description}"
        digest.update(f"{said}\0{example.text}\0".encode())
        ids, labels = encode_example(
            tokenizer,
            example.description,
            example.text,
            example.present,
            free=() if number % FREE_STYLE_SHARE == 0 else example.free,
        )
        if len(ids) <= max_tokens:
            rows["input_ids"].append(ids)
            rows["labels"].append(labels)
    return Dataset.from_dict(rows), digest.hexdigest()


def _fresh(base: Any, settings: SftSettings) -> Any:
    torch.manual_seed(settings.seed)  # the adapter begins at random
    config = LoraConfig(
        r=settings.rank,
        lora_alpha=2 * settings.rank,
        target_modules=list(TARGETS),
        task_type="CAUSAL_LM",
    )
    with no_word_of_old_names():
        return get_peft_model(base, config, autocast_adapter_dtype=False)


def _trainer(
    adapted: Any,
    tokenizer: PreTrainedTokenizerBase,
    data: Dataset,
    settings: SftSettings,
    out: Path,
    *,
    on_cpu: bool,
) -> AdapterTrainer:
    steps = math.ceil(len(data) / settings.batch)
    arguments = SFTConfig(
        **shared_arguments(settings, out, on_cpu=on_cpu),
        per_device_train_batch_size=settings.batch,
        num_train_epochs=1,
        # Constant, then down to zero over the last quarter: a run can be continued from the
        # constant part, which a cosine would not allow.
        lr_scheduler_type="warmup_stable_decay",
        lr_scheduler_kwargs={"num_decay_steps": max(1, steps // 4)},
        warmup_steps=min(50, max(1, steps // 20)),
        train_sampling_strategy="group_by_length",
        max_length=None,
        logging_steps=10,
        dataset_kwargs={"skip_prepare_dataset": True},
    )
    return AdapterTrainer(
        model=adapted,
        args=arguments,
        train_dataset=data,
        processing_class=tokenizer,
        optimizers=adapter_optimizer(adapted, settings.learning_rate),
    )


class AdapterTrainer(AdapterCheckpoints, SFTTrainer):
    """trl's trainer with a loss that leaves the frozen output projection in its own dtype."""

    def compute_loss(
        self, model: Any, inputs: Any, return_outputs: bool = False, num_items_in_batch: Any = None
    ) -> torch.Tensor:
        causal = self.accelerator.unwrap_model(model).get_base_model()
        hidden = causal.model(
            input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"], use_cache=False
        ).last_hidden_state
        labels = inputs["labels"]
        tokens = (labels != IGNORED).sum() if num_items_in_batch is None else num_items_in_batch
        return next_token_loss(hidden, causal.lm_head.weight, labels, tokens=int(tokens))
