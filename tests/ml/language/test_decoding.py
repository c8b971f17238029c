"""The CPU's own Llama decoder against the model's own forward pass."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import torch
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM

from ml.language.decoding import (
    GROWTH,
    Decoder,
    Decoding,
    LlamaDecoder,
    TransformersDecoder,
    decoder_for,
)

PROMPTS = [[5, 6, 7], [9, 8, 7, 6, 5, 4, 3, 2, 1], [11]]


def llama(**changes: Any) -> Any:
    """Random weights; two queries share a key head."""
    settings: dict[str, Any] = {
        "vocab_size": 50,
        "hidden_size": 64,
        "intermediate_size": 96,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
    }
    with torch.random.fork_rng():
        torch.manual_seed(3)
        model: Any = LlamaForCausalLM(LlamaConfig(**(settings | changes)))
    return model.eval()


def both(model: Any, sources: list[int]) -> tuple[Decoding, Decoding]:
    decoders: list[Decoder] = [LlamaDecoder(model), TransformersDecoder(model)]
    fast, plain = (decoder.begin(PROMPTS, sources) for decoder in decoders)
    return fast, plain


@pytest.fixture(autouse=True)
def _no_gradients() -> Iterator[None]:
    with torch.inference_mode():
        yield


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"num_key_value_heads": 4},
        {"num_key_value_heads": 1},
        {"head_dim": 32},
        {"tie_word_embeddings": True},
        {"rope_parameters": {"rope_type": "linear", "factor": 4.0, "rope_theta": 10_000.0}},
    ],
    ids=str,
)
def test_both_give_the_same_logits_all_the_way(changes: dict[str, Any]) -> None:
    """Prompts of different lengths, several rows of one prompt, and rows that end early."""
    fast, plain = both(llama(**changes), [0, 1, 1, 2])
    torch.testing.assert_close(fast.logits, plain.logits)
    for step in range(4):
        tokens = [(7 * step + row) % 50 for row in range(len(fast.logits))]
        for decoding in (fast, plain):
            decoding.advance(tokens)
            if step == 1:
                decoding.keep([3, 1])
        torch.testing.assert_close(fast.logits, plain.logits)
    assert fast.logits.shape == (2, 50)


def test_the_cache_grows_as_far_as_the_text_goes() -> None:
    fast, plain = both(llama(), [2, 1])
    for step in range(2 * GROWTH + 3):
        for decoding in (fast, plain):
            decoding.advance([step % 50, 3])
    torch.testing.assert_close(fast.logits, plain.logits)


def test_in_bfloat16_they_agree_as_nearly_as_it_can() -> None:
    fast, plain = both(llama().bfloat16(), [0, 1])
    for decoding in (fast, plain):
        decoding.advance([4, 5])
    torch.testing.assert_close(fast.logits.float(), plain.logits.float(), atol=0.02, rtol=0.05)


def test_every_row_is_its_prompt_s_and_no_other_s() -> None:
    """What the padding of a shorter prompt holds has no say."""
    decoder = LlamaDecoder(llama())
    together = decoder.begin(PROMPTS, [0, 1, 2]).logits
    for row, prompt in enumerate(PROMPTS):
        alone = decoder.begin([prompt], [0]).logits[0]
        torch.testing.assert_close(together[row], alone)


def test_what_it_cannot_do_is_left_to_transformers() -> None:
    assert isinstance(decoder_for(llama()), LlamaDecoder)
    assert isinstance(decoder_for(llama(attention_bias=True)), TransformersDecoder)
    assert isinstance(decoder_for(llama(hidden_act="gelu")), TransformersDecoder)
    other: Any = GPT2LMHeadModel(GPT2Config(vocab_size=50, n_embd=32, n_layer=1, n_head=2))
    decoding = decoder_for(other.eval()).begin(PROMPTS, [0, 2])
    decoding.advance([1, 2])
    assert decoding.logits.shape == (2, 50)
