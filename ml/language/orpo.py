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
from typing import Any

import numpy as np
import torch
from datasets.arrow_dataset import Dataset
from numpy.typing import NDArray
from peft import PeftModel
from transformers import PreTrainedTokenizerBase

from ml.errors import ModelError
from ml.language.loading import (
    Loaded,
    base_location,
    choose_device,
    load_base,
    load_tokenizer,
    no_word_of_old_names,
)
from ml.language.loss import next_token_loss
from ml.language.optimizer import MasterAdamW
from ml.language.preferences import Contrast, Pair
from ml.language.tokens import IGNORED, encode_example
from ml.language.training import AdapterCheckpoints, Report, run_training
from ml.language.wishes import wish_contrasts

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # that it may change: the version is pinned
    from trl.experimental.orpo import ORPOConfig, ORPOTrainer


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
) -> Path:
    """Tunes a copy of the adapter in `start_from`; returns the folder it was saved to.

    Args:
        model: `embedded`, a local folder or a hub id.
        out: checkpoints and the finished adapter go here; a run that was cut off continues.

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
    on_cpu = target.type == "cpu"
    base = load_base(location, device=target, attention="eager" if on_cpu else "sdpa")
    with no_word_of_old_names():
        adapted = PeftModel.from_pretrained(
            base, str(start_from), is_trainable=True, autocast_adapter_dtype=False
        )
    return run_training(
        orpo_trainer(adapted, tokenizer, data, settings, out, on_cpu=on_cpu),
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


def mean_log_probabilities(
    causal: Any, ids: torch.Tensor, mask: torch.Tensor, labels: torch.Tensor
) -> torch.Tensor:
    """The mean log-probability of each text's labelled tokens, float32 [texts].

    Args:
        causal: the model with its output projection `lm_head`, which is frozen.
        ids: int64 [texts, length]; `mask` is 1 where there is a token.
        labels: int64 [texts, length]; `IGNORED` where there is no loss.
    """
    hidden = causal.model(input_ids=ids, attention_mask=mask, use_cache=False).last_hidden_state
    head = causal.lm_head.weight
    return torch.stack(
        [
            -next_token_loss(
                one[None], head, wanted[None], tokens=int((wanted[1:] != IGNORED).sum())
            )
            for one, wanted in zip(hidden, labels, strict=True)
        ]
    )


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
) -> OrpoTrainer:
    """The trainer of a run; a step of it sees one pair at a time, `batch` of them in all."""
    steps = math.ceil(len(data) / settings.batch) * settings.epochs
    arguments = ORPOConfig(
        output_dir=str(out / "checkpoints"),
        beta=settings.beta,
        max_length=settings.max_tokens,
        per_device_train_batch_size=1,
        gradient_accumulation_steps=settings.batch,
        num_train_epochs=settings.epochs,
        learning_rate=settings.learning_rate,
        lr_scheduler_type="cosine",
        warmup_steps=max(1, steps // 10),
        activation_checkpointing=not on_cpu,
        use_cpu=on_cpu,
        bf16=False,  # the weights are bfloat16 already
        remove_unused_columns=False,
        save_steps=settings.checkpoint_steps,
        save_total_limit=2,
        logging_steps=5,
        seed=settings.seed,
        data_seed=settings.seed,
        report_to="none",
        disable_tqdm=True,
        dataloader_pin_memory=not on_cpu,
    )
    optimizer: Any = MasterAdamW(
        adapted.parameters(), lr=settings.learning_rate, weight_decay=0.0, betas=(0.9, 0.99)
    )
    scheduler: Any = None  # the one that the arguments name
    return OrpoTrainer(
        model=adapted,
        args=arguments,
        train_dataset=data,
        processing_class=tokenizer,
        optimizers=(optimizer, scheduler),
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
