"""AdamW over float32 masters: bfloat16 weights end where float32 ones would."""

from __future__ import annotations

import torch

from ml.language.optimizer import MasterAdamW

OPTIONS = {"lr": 1e-3, "weight_decay": 0.01, "betas": (0.9, 0.99)}


def parameters(dtype: torch.dtype) -> list[torch.nn.Parameter]:
    generator = torch.Generator().manual_seed(0)
    return [
        torch.nn.Parameter(torch.randn(shape, generator=generator).bfloat16().to(dtype))
        for shape in ((4, 3), (5,))
    ]


def step(optimizer: torch.optim.Optimizer, live: list[torch.nn.Parameter], number: int) -> None:
    generator = torch.Generator().manual_seed(number)
    optimizer.zero_grad()
    for parameter in live:
        gradient = torch.randn(parameter.shape, generator=generator).bfloat16()
        parameter.grad = gradient.to(parameter.dtype)
    optimizer.step()


def assert_same(one: list[torch.nn.Parameter], other: list[torch.nn.Parameter]) -> None:
    for a, b in zip(one, other, strict=True):
        torch.testing.assert_close(a.detach(), b.detach().to(a.dtype), rtol=0, atol=0)


def test_it_follows_adamw_in_float32() -> None:
    live, exact = parameters(torch.bfloat16), parameters(torch.float32)
    ours, theirs = MasterAdamW(live, **OPTIONS), torch.optim.AdamW(exact, **OPTIONS)
    for number in range(20):
        step(ours, live, number)
        step(theirs, exact, number)
        assert_same(live, exact)  # rounded, at every step


def test_updates_too_small_for_bfloat16_add_up() -> None:
    live = [torch.nn.Parameter(torch.ones(3, dtype=torch.bfloat16))]
    plain = [torch.nn.Parameter(torch.ones(3, dtype=torch.bfloat16))]
    ours = MasterAdamW(live, lr=1e-4, weight_decay=0.0)
    theirs = torch.optim.AdamW(plain, lr=1e-4, weight_decay=0.0)
    for _ in range(100):
        for optimizer, weights in ((ours, live), (theirs, plain)):
            weights[0].grad = torch.ones_like(weights[0])
            optimizer.step()
    assert (plain[0] == 1).all(), "the plain one loses every update"
    torch.testing.assert_close(live[0].detach().float(), torch.full((3,), 0.99), rtol=0, atol=4e-3)
    assert (live[0] < 1).all()


def test_what_needs_no_gradient_is_left_alone() -> None:
    live = parameters(torch.bfloat16)
    live[0].requires_grad_(False)
    before = live[0].clone()
    optimizer = MasterAdamW(live, **OPTIONS)
    live[1].grad = torch.ones_like(live[1])
    optimizer.step()
    assert (live[0] == before).all()


def test_gradients_are_cleared_on_the_weights() -> None:
    live = parameters(torch.bfloat16)
    optimizer = MasterAdamW(live, **OPTIONS)
    step(optimizer, live, 0)
    optimizer.zero_grad()
    assert [parameter.grad for parameter in live] == [None, None]
    before = [parameter.clone() for parameter in live]
    optimizer.step()
    assert_same(live, [torch.nn.Parameter(tensor) for tensor in before])


def test_a_state_that_was_kept_goes_on_exactly() -> None:
    through, first = parameters(torch.bfloat16), parameters(torch.bfloat16)
    whole, before = MasterAdamW(through, **OPTIONS), MasterAdamW(first, **OPTIONS)
    for number in range(6):
        step(whole, through, number)
    for number in range(3):
        step(before, first, number)
    second = parameters(torch.bfloat16)
    after = MasterAdamW(second, **OPTIONS)
    after.load_state_dict(before.state_dict())
    assert_same(second, first)
    for number in range(3, 6):
        step(after, second, number)
    assert_same(second, through)


def test_a_closure_is_evaluated_before_its_gradients_are_used() -> None:
    live = [torch.nn.Parameter(torch.ones(3, dtype=torch.bfloat16))]
    optimizer = MasterAdamW(live, lr=0.1, weight_decay=0.0)

    def closure() -> float:
        optimizer.zero_grad()
        loss = (live[0].float() ** 2).sum()
        loss.backward()
        return loss.detach().item()

    assert optimizer.step(closure) == 3
    assert (live[0] < 1).all()
