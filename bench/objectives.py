"""The losses that ORPO is compared with, over the same trainer: logits only where there is a loss.

Both hold a model to what it was when it began. The adapter at the start is the reference; its
log-probabilities are computed before the first step and kept beside the pairs, so that no second
copy of the weights is needed.
"""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import Any

import torch
from datasets.arrow_dataset import Dataset
from torch.nn import functional

from ml.language.loss import log_probabilities
from ml.language.orpo import MakeTrainer, OrpoTrainer, orpo_trainer

BETA = 0.1
"""How firmly DPO and KTO hold to the reference: the value of both papers and of trl."""
SIDES = ("chosen", "rejected")


class Objective(StrEnum):
    """What a tuning minimises."""

    ORPO = "orpo"
    DPO = "dpo"
    KTO = "kto"


def trainer_for(objective: Objective, *, batch: int) -> MakeTrainer:
    """Makes trainers for `train_orpo`. KTO sees `batch` pairs at once: it needs their mean."""
    if objective is Objective.DPO:
        return partial(_with_reference, kind=DpoTrainer)
    if objective is Objective.KTO:
        return partial(_with_reference, kind=KtoTrainer, at_once=batch)
    return orpo_trainer


def dpo_loss(chosen: torch.Tensor, rejected: torch.Tensor) -> torch.Tensor:
    """Direct preference optimisation (Rafailov et al., 2023, arXiv:2305.18290, eq. 7).

    Args:
        chosen: by how much the model finds each chosen text more probable than the reference
            does, in nats, float32 [pairs]; `rejected` likewise.
    """
    return -functional.logsigmoid(BETA * (chosen - rejected)).mean()


def kto_loss(
    desirable: torch.Tensor, undesirable: torch.Tensor, mismatched: torch.Tensor
) -> torch.Tensor:
    """Kahneman-Tversky optimisation (Ethayarajh et al., 2024, arXiv:2402.01306, eq. 7 and 8).

    Both weights are 1, as there are as many desirable texts as others.

    Args:
        desirable: log-ratios to the reference as in `dpo_loss`, float32 [texts].
        mismatched: those of texts that answer other descriptions: their mean, if it is above
            zero, stands for the divergence from the reference.
    """
    divergence = mismatched.mean().clamp(min=0).detach()
    losses = [
        1 - torch.sigmoid(BETA * (desirable - divergence)),
        1 - torch.sigmoid(BETA * (divergence - undesirable)),
    ]
    return torch.cat(losses).mean()


class DpoTrainer(OrpoTrainer):
    """Of pairs with `reference_*_logps`."""

    def get_batch_loss_metrics(
        self, model: Any, batch: dict[str, Any], train_eval: str = "train"
    ) -> tuple[torch.Tensor, dict[str, float]]:
        causal = self.accelerator.unwrap_model(model).get_base_model()
        chosen, rejected = (ratios(causal, batch, side) for side in SIDES)
        return dpo_loss(chosen, rejected), _said(chosen, rejected)


class KtoTrainer(OrpoTrainer):
    """Takes pairs for texts that are desirable, the chosen ones, and others that are not.

    Each row also has a `mismatched` text, the chosen one of another pair.
    """

    def get_batch_loss_metrics(
        self, model: Any, batch: dict[str, Any], train_eval: str = "train"
    ) -> tuple[torch.Tensor, dict[str, float]]:
        causal = self.accelerator.unwrap_model(model).get_base_model()
        with torch.no_grad():
            mismatched = ratios(causal, batch, "mismatched")
        chosen, rejected = (ratios(causal, batch, side) for side in SIDES)
        return kto_loss(chosen, rejected, mismatched), _said(chosen, rejected)


def ratios(causal: Any, batch: dict[str, Any], side: str) -> torch.Tensor:
    """log π(text)/π_reference(text) of one side of the pairs, float32 [pairs]."""
    device = causal.lm_head.weight.device
    ids, mask, labels, reference = (
        batch[name].to(device)
        for name in (
            f"{side}_input_ids",
            f"{side}_attention_mask",
            f"{side}_labels",
            f"reference_{side}_logps",
        )
    )
    sums, _ = log_probabilities(causal, ids, mask, labels)
    apart: torch.Tensor = sums - reference
    return apart


def with_reference(causal: Any, data: Dataset, *, mismatched: bool) -> Dataset:
    """The pairs with the reference's log-probabilities and, if wanted, `mismatched` texts."""
    rows: list[dict[str, Any]] = [dict(row) for row in data]
    if mismatched:
        for row, other in zip(rows, [*rows[1:], *rows[:1]], strict=True):
            row.update(_answer_of(other, to=row))
    device = causal.lm_head.weight.device
    with torch.no_grad():
        for row in rows:
            for side in (*SIDES, "mismatched") if mismatched else SIDES:
                ids, labels = (
                    torch.tensor([row[f"{side}_{name}"]], device=device)
                    for name in ("input_ids", "labels")
                )
                sums, _ = log_probabilities(causal, ids, torch.ones_like(ids), labels)
                row[f"reference_{side}_logps"] = float(sums)
    return Dataset.from_list(rows)


def _with_reference(
    adapted: Any, tokenizer: Any, data: Dataset, *rest: Any, kind: type[OrpoTrainer], **named: Any
) -> OrpoTrainer:
    adapted.eval()
    known = with_reference(adapted.get_base_model(), data, mismatched=kind is KtoTrainer)
    return orpo_trainer(adapted, tokenizer, known, *rest, kind=kind, **named)


def _answer_of(other: dict[str, Any], *, to: dict[str, Any]) -> dict[str, list[int]]:
    """The prompt of one row with what carries loss in the chosen text of another."""
    prompt = to["chosen_input_ids"][: _unlabelled(to)]
    start = _unlabelled(other)
    ids = prompt + other["chosen_input_ids"][start:]
    return {
        "mismatched_input_ids": ids,
        "mismatched_attention_mask": [1] * len(ids),
        "mismatched_labels": to["chosen_labels"][: len(prompt)] + other["chosen_labels"][start:],
    }


def _unlabelled(row: dict[str, Any]) -> int:
    """How many tokens come before the first with a loss: the prompt, and perhaps style words."""
    return next(at for at, label in enumerate(row["chosen_labels"]) if label >= 0)


def _said(chosen: torch.Tensor, rejected: torch.Tensor) -> dict[str, float]:
    return {
        "won": float((chosen > rejected).float().mean()),
        "margin": float((chosen - rejected).mean().detach()),
    }
