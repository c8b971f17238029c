"""Next-token losses and log-probabilities, computed only where there is something to learn.

Stock trl projects in float32, which this projection's size makes the dearest part of a step on
a CPU. Here the frozen output projection is applied to the labelled positions alone, a chunk at
a time, and the gradient is formed at once from the same logits, so that they are never kept:
memory is one chunk of logits whatever the batch (Hsu et al., 2024, “Liger Kernel”).
"""

from __future__ import annotations

from typing import Any

import torch
from torch.nn import functional

from ml.language.tokens import IGNORED

CHUNK = 256
"""Positions whose logits exist at the same time."""


class _FrozenHeadLoss(torch.autograd.Function):
    """Summed cross-entropy of `hidden @ head.T` against labels; the head gets no gradient."""

    @staticmethod
    def forward(
        context: Any, hidden: torch.Tensor, head: torch.Tensor, labels: torch.Tensor
    ) -> torch.Tensor:
        total = torch.zeros((), dtype=torch.float32, device=hidden.device)
        gradient = torch.empty_like(hidden)
        for start in range(0, len(hidden), CHUNK):
            part = slice(start, start + CHUNK)
            logits = functional.linear(hidden[part], head).float()
            log_normaliser = logits.logsumexp(dim=-1, keepdim=True)
            chosen = labels[part, None]
            total += (log_normaliser - logits.gather(-1, chosen)).sum()
            probabilities = logits.sub_(log_normaliser).exp_()
            probabilities.scatter_add_(-1, chosen, -torch.ones_like(chosen, dtype=logits.dtype))
            gradient[part] = probabilities.to(head.dtype) @ head
        context.save_for_backward(gradient)
        return total

    @staticmethod
    def backward(context: Any, *outputs: torch.Tensor) -> tuple[torch.Tensor, None, None]:
        (gradient,) = context.saved_tensors
        return gradient * outputs[0].to(gradient.dtype), None, None


def next_token_loss(
    hidden: torch.Tensor, head: torch.Tensor, labels: torch.Tensor, *, tokens: int
) -> torch.Tensor:
    """Cross-entropy of the labelled next tokens, divided by `tokens`.

    Args:
        hidden: [batch, length, d], the last hidden states.
        head: [vocabulary, d], frozen.
        labels: int64 [batch, length]; `IGNORED` where there is no loss.
        tokens: how many labelled tokens the whole optimiser step holds.
    """
    following = labels[:, 1:].reshape(-1)
    kept = following != IGNORED
    states = hidden[:, :-1].reshape(-1, hidden.shape[-1])[kept]
    loss: torch.Tensor = _FrozenHeadLoss.apply(  # type: ignore[no-untyped-call]
        states, head, following[kept]
    )
    return loss / tokens


def log_probabilities(
    causal: Any, ids: torch.Tensor, mask: torch.Tensor, labels: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Of each text the log-probability of its labelled tokens, in nats, and how many these are.

    Both float32 [texts].

    Args:
        causal: the model with its output projection `lm_head`, which is frozen.
        ids: int64 [texts, length]; `mask` is 1 where there is a token.
        labels: int64 [texts, length]; `IGNORED` where there is no loss.
    """
    hidden = causal.model(input_ids=ids, attention_mask=mask, use_cache=False).last_hidden_state
    head = causal.lm_head.weight
    sums = [
        -next_token_loss(one[None], head, wanted[None], tokens=1)
        for one, wanted in zip(hidden, labels, strict=True)
    ]
    return torch.stack(sums), (labels[:, 1:] != IGNORED).sum(1).float()


def mean_log_probabilities(
    causal: Any, ids: torch.Tensor, mask: torch.Tensor, labels: torch.Tensor
) -> torch.Tensor:
    """As `log_probabilities`, the mean of a token: float32 [texts]."""
    sums, tokens = log_probabilities(causal, ids, mask, labels)
    return sums / tokens
