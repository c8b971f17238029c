"""The loss with the frozen projection is cross-entropy, and so is its gradient."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from ml.language.loss import CHUNK, next_token_loss
from ml.language.tokens import IGNORED

WIDTH, VOCABULARY = 8, 50


def batch(rows: int, length: int, *, share: float = 0.7) -> tuple[torch.Tensor, ...]:
    """Hidden states, a frozen head and labels, some of which carry no loss."""
    generator = torch.Generator().manual_seed(rows * 1_000 + length)
    hidden = torch.randn(rows, length, WIDTH, generator=generator)
    head = torch.randn(VOCABULARY, WIDTH, generator=generator)
    labels = torch.randint(VOCABULARY, (rows, length), generator=generator)
    labels[torch.rand(rows, length, generator=generator) > share] = IGNORED
    return hidden, head, labels


def reference(
    hidden: torch.Tensor, head: torch.Tensor, labels: torch.Tensor, tokens: int
) -> tuple[torch.Tensor, torch.Tensor]:
    hidden = hidden.clone().requires_grad_()
    loss = functional.cross_entropy(
        (hidden[:, :-1] @ head.T).reshape(-1, VOCABULARY).float(),
        labels[:, 1:].reshape(-1),
        ignore_index=IGNORED,
        reduction="sum",
    )
    (loss / tokens).backward()
    assert hidden.grad is not None
    return (loss / tokens).detach(), hidden.grad


def ours(
    hidden: torch.Tensor, head: torch.Tensor, labels: torch.Tensor, tokens: int
) -> tuple[torch.Tensor, torch.Tensor]:
    hidden = hidden.clone().requires_grad_()
    loss = next_token_loss(hidden, head, labels, tokens=tokens)
    loss.backward()
    assert hidden.grad is not None
    return loss.detach(), hidden.grad


@pytest.mark.parametrize("length", [2, CHUNK, CHUNK + 1, CHUNK + 2, 3 * CHUNK])
@pytest.mark.parametrize("rows", [1, 3])
def test_loss_and_gradient_are_those_of_cross_entropy(rows: int, length: int) -> None:
    hidden, head, labels = batch(rows, length, share=1.0 if length <= CHUNK + 2 else 0.7)
    loss, gradient = ours(hidden, head, labels, 17)
    expected, expected_gradient = reference(hidden, head, labels, 17)
    torch.testing.assert_close(loss, expected)
    torch.testing.assert_close(gradient, expected_gradient)


def test_large_logits_do_not_overflow() -> None:
    hidden, head, labels = batch(1, 5, share=1.0)
    loss, gradient = ours(1e4 * hidden, head, labels, 4)
    expected, expected_gradient = reference(1e4 * hidden, head, labels, 4)
    torch.testing.assert_close(loss, expected)
    torch.testing.assert_close(gradient, expected_gradient)


def test_states_in_bfloat16_have_the_loss_in_float32() -> None:
    hidden, head, labels = (tensor for tensor in batch(2, 40))
    hidden, head = hidden.bfloat16(), head.bfloat16()
    loss, gradient = ours(hidden, head, labels, 10)
    expected, expected_gradient = reference(hidden, head, labels, 10)
    assert (loss.dtype, gradient.dtype) == (torch.float32, torch.bfloat16)
    torch.testing.assert_close(loss, expected, rtol=1e-2, atol=1e-2)
    torch.testing.assert_close(gradient, expected_gradient, rtol=2e-2, atol=2e-2)


def test_positions_without_a_label_have_no_gradient() -> None:
    hidden, head, labels = batch(1, 6, share=1.0)
    labels[0, 3] = IGNORED  # the token that the state before it foretells
    _, gradient = ours(hidden, head, labels, 5)
    assert gradient[0, 2].abs().sum() == 0
    assert gradient[0, 5].abs().sum() == 0  # nothing follows the last one
    assert (gradient[0, [0, 1, 3, 4]].abs().sum(dim=1) > 0).all()


def test_a_batch_without_labels_has_no_loss() -> None:
    hidden, head, _ = batch(2, 4)
    loss, gradient = ours(hidden, head, torch.full((2, 4), IGNORED), 1)
    assert loss == 0
    assert gradient.abs().sum() == 0
