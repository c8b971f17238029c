"""Preference tuning by ORPO: a serving adapter learns what people like better.

    diagram-bot train orpo

Odds ratio preference optimisation (Hong et al., 2024, arXiv:2403.07691) needs no reference
model: its loss is that of fine-tuning on the chosen text plus, with weight β, how unlikely it
is that the chosen text has the better odds. trl's trainer does the rest; its step is replaced by
one in which logits exist only where there is a loss, a chunk at a time. A step of the size
of `deepseek-coder-1.3b-instruct` takes 3.1 GiB on a CPU, weights included
(`bench/orpo_memory.py`).

trl computes the loss of fine-tuning over the prompt too. Here it is the paper's, of the chosen
text alone: what people ask is nothing to imitate. Among the pairs are contrasts that keep wishes
for a style above anybody's taste (`ml.language.wishes`).
"""

from __future__ import annotations

import hashlib
import itertools
import math
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from datasets.arrow_dataset import Dataset
from numpy.typing import NDArray
from transformers import PreTrainedTokenizerBase

from ml.errors import ModelError
from ml.language.loading import Loaded, base_location, choose_device, load_tokenizer
from ml.language.loss import mean_log_probabilities
from ml.language.preferences import Contrast, Pair
from ml.language.tokens import encode_example
from ml.language.training import (
    AdapterCheckpoints,
    Report,
    adapter_optimizer,
    load_frozen,
    run_training,
    shared_arguments,
    to_go_on,
)
from ml.language.wishes import wish_contrasts

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # that it may change: the version is pinned
    from trl.experimental.orpo import ORPOConfig, ORPOTrainer


class MakeTrainer(Protocol):
    """Makes the trainer of an adapted model for encoded pairs."""

    def __call__(
        self,
        adapted: Any,
        tokenizer: PreTrainedTokenizerBase,
        data: Dataset,
        settings: OrpoSettings,
        out: Path,
        *,
        on_cpu: bool,
    ) -> OrpoTrainer: ...


@dataclass(frozen=True, kw_only=True)
class OrpoSettings:
    """One run. `batch` is pairs a step, `beta` the weight of the odds ratio (λ in the paper) and
    `replay` how many contrasts of `ml.language.wishes` go with each pair."""

    epochs: int = 1
    seed: int = 1
    beta: float = 0.5
    learning_rate: float = 5e-5
    replay: float = 1.0
    batch: int = 4
    max_tokens: int = 1_536
    checkpoint_steps: int = 25


def train_orpo(
    settings: OrpoSettings,
    pairs: Sequence[Pair],
    *,
    model: str,
    cache: Path,
    out: Path,
    device: str = "auto",
    start_from: Path,
    report: Report,
    trainer: MakeTrainer | None = None,
) -> Path:
    """Tunes a copy of the adapter in `start_from`; returns the folder it was saved to.

    Args:
        model: `embedded`, a local folder or a hub id.
        out: checkpoints and the finished adapter go here; a run that was cut off continues.
        trainer: makes one with another loss than `orpo_trainer`, to compare it with.

    Raises:
        ModelError: no pair is short enough, or the numbers are none any more.
    """
    target = choose_device(device)
    location = base_location(model, cache=cache)
    tokenizer = load_tokenizer(location)
    replayed = itertools.islice(wish_contrasts(settings.seed), round(settings.replay * len(pairs)))
    data, data_hash = encode_pairs(tokenizer, [*pairs, *replayed], max_tokens=settings.max_tokens)
    if not len(data):
        raise ModelError(f"no pair has at most {settings.max_tokens} tokens")
    adapted = to_go_on(load_frozen(location, device=target), start_from)
    return run_training(
        (trainer or orpo_trainer)(
            adapted, tokenizer, data, settings, out, on_cpu=target.type == "cpu"
        ),
        settings,
        model=model,
        start_from=start_from,
        data_hash=data_hash,
        out=out,
        report=report,
    )


def encode_pairs(
    tokenizer: PreTrainedTokenizerBase, pairs: Sequence[Contrast], *, max_tokens: int
) -> tuple[Dataset, str]:
    """Token ids and labels of the pairs that fit, and the SHA-256 of their text."""
    digest = hashlib.sha256()
    rows = []
    for pair in pairs:
        digest.update(f"{pair.description}\0{pair.chosen}\0{pair.rejected}\0".encode())
        row: dict[str, list[int]] = {}
        for side, text in (("chosen", pair.chosen), ("rejected", pair.rejected)):
            ids, labels = encode_example(tokenizer, pair.description, text, free=pair.free)
            row[f"{side}_input_ids"] = ids
            row[f"{side}_attention_mask"] = [1] * len(ids)
            row[f"{side}_labels"] = labels
        if max(len(row["chosen_input_ids"]), len(row["rejected_input_ids"])) <= max_tokens:
            rows.append(row)
    return Dataset.from_list(rows), digest.hexdigest()


@torch.inference_mode()
def margins(loaded: Loaded, pairs: Sequence[Contrast]) -> NDArray[np.float64]:
    """By how much a model finds each chosen text more probable than the rejected one.

    float64 [pairs]: mean log-probability of a token, in nats; above 0 the chosen one wins.
    """
    result = []
    for pair in pairs:
        one, other = (
            [torch.tensor([part], device=loaded.device) for part in encoded]
            for text in (pair.chosen, pair.rejected)
            for encoded in [encode_example(loaded.tokenizer, pair.description, text)]
        )
        chosen, rejected = (
            mean_log_probabilities(loaded.model, ids, torch.ones_like(ids), labels)
            for ids, labels in (one, other)
        )
        result.append(float(chosen - rejected))
    return np.array(result)


def orpo_trainer(
    adapted: Any,
    tokenizer: PreTrainedTokenizerBase,
    data: Dataset,
    settings: OrpoSettings,
    out: Path,
    *,
    on_cpu: bool,
    kind: type[OrpoTrainer] | None = None,
    at_once: int = 1,
) -> OrpoTrainer:
    """The trainer of a run; a step sees `batch` pairs, `at_once` of them at a time."""
    steps = math.ceil(len(data) / settings.batch) * settings.epochs
    arguments = ORPOConfig(
        **shared_arguments(settings, out, on_cpu=on_cpu),
        beta=settings.beta,
        max_length=settings.max_tokens,
        per_device_train_batch_size=at_once,
        gradient_accumulation_steps=settings.batch // at_once,
        num_train_epochs=settings.epochs,
        lr_scheduler_type="cosine",
        warmup_steps=max(1, steps // 10),
        remove_unused_columns=False,
        logging_steps=5,
    )
    return (kind or OrpoTrainer)(
        model=adapted,
        args=arguments,
        train_dataset=data,
        processing_class=tokenizer,
        optimizers=adapter_optimizer(adapted, settings.learning_rate),
    )


class OrpoTrainer(AdapterCheckpoints, ORPOTrainer):
    """trl's trainer, with a step that keeps no logits."""

    def tokenize_row(self, feature: Mapping[str, Any], model: Any = None) -> dict[str, Any]:
        """Nothing: the rows come encoded, as the generator and fine-tuning encode them."""
        return {}

    def get_batch_loss_metrics(
        self, model: Any, batch: dict[str, Any], train_eval: str = "train"
    ) -> tuple[torch.Tensor, dict[str, float]]:
        """The loss of a batch of pairs, and what is logged of it."""
        both = self.concatenated_inputs(
            batch, padding_value=self.padding_value, device=self.accelerator.device
        )
        of_both: Any = mean_log_probabilities(
            self.accelerator.unwrap_model(model).get_base_model(),
            both["concatenated_input_ids"],
            both["concatenated_attention_mask"],
            both["concatenated_labels"],
        )
        chosen, rejected = of_both.chunk(2)
        weighted, _, _, _, log_odds = self.odds_ratio_loss(chosen, rejected)
        return -chosen.mean() - weighted.mean(), {
            "won": float((chosen > rejected).float().mean()),
            "log_odds": float(log_odds.detach()),
        }
