"""Next-token logits of many rows that grow by one token at a time.

`decoder_for` chooses between two ways that give the same answers. TransformersDecoder runs any
causal model on any device. LlamaDecoder runs Llama models on a CPU, where a step is bound by the
memory that the weights are read from: oneDNN keeps them in its blocked order (twice the speed of
plain matrices for up to 16 rows), the cache is allocated ahead, and the queries that share a key
head are taken as one longer query instead of copying the keys for each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from torch.nn import functional

GROWTH = 64
"""Tokens by which a LlamaDecoder's cache is longer than what it holds, when it has to grow."""


class Decoding(Protocol):
    """A batch of rows on its way. `logits`: [rows, vocabulary], of the token that comes next."""

    logits: torch.Tensor

    def keep(self, rows: Sequence[int]) -> None:
        """Goes on with these rows only."""

    def advance(self, tokens: Sequence[int]) -> None:
        """Appends one token to every row."""


class Decoder(Protocol):
    """A language model, ready to decode."""

    def begin(self, prompts: Sequence[Sequence[int]], sources: Sequence[int]) -> Decoding:
        """Reads every prompt once; row i goes on from prompt `sources[i]`."""


def decoder_for(model: Any) -> Decoder:
    """The fastest decoder that a causal language model of transformers can have."""
    return LlamaDecoder(model) if LlamaDecoder.suits(model) else TransformersDecoder(model)


class TransformersDecoder:
    """Any causal language model, by its own forward pass."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def begin(self, prompts: Sequence[Sequence[int]], sources: Sequence[int]) -> Decoding:
        return _TransformersDecoding(self._model, prompts, sources)


class _TransformersDecoding:
    def __init__(
        self, model: Any, prompts: Sequence[Sequence[int]], sources: Sequence[int]
    ) -> None:
        self._model = model
        ids, mask = (part.to(model.device) for part in _padded(prompts))
        output = model(
            input_ids=ids,
            attention_mask=mask.long(),
            position_ids=_positions(mask),
            use_cache=True,
            logits_to_keep=1,
        )
        self.logits = output.logits[:, -1]
        self._mask, self._cache = mask, output.past_key_values
        self.keep(sources)

    def keep(self, rows: Sequence[int]) -> None:
        kept = torch.tensor(rows, device=self._mask.device)
        self._cache.batch_select_indices(kept)
        self._mask, self.logits = self._mask[kept], self.logits[kept]

    def advance(self, tokens: Sequence[int]) -> None:
        self._mask = torch.cat((self._mask, self._mask.new_ones(len(tokens), 1)), dim=1)
        output = self._model(
            input_ids=torch.tensor(tokens, device=self._mask.device)[:, None],
            attention_mask=self._mask.long(),
            position_ids=self._mask.sum(dim=1, keepdim=True) - 1,
            past_key_values=self._cache,
            use_cache=True,
        )
        self.logits = output.logits[:, -1]


@dataclass(frozen=True, kw_only=True)
class _Layer:
    """The weights of one block; matrices are packed."""

    attention_norm: torch.Tensor
    query_key_value: torch.Tensor
    output: torch.Tensor
    mlp_norm: torch.Tensor
    gate: torch.Tensor
    up: torch.Tensor
    down: torch.Tensor


class LlamaDecoder:
    """A Llama model (Touvron et al., 2023) on the CPU; the given one is not needed any more."""

    def __init__(self, model: Any) -> None:
        config = model.config
        self.heads: int = config.num_attention_heads
        self.key_heads: int = config.num_key_value_heads
        self.head_size: int = model.model.layers[0].self_attn.head_dim
        self.rope = model.model.rotary_emb
        # A CPU that cannot multiply bfloat16 is faster with float32.
        fast = torch.ops.mkldnn._is_mkldnn_bf16_supported()
        self.dtype: torch.dtype = model.dtype if fast else torch.float32
        self._epsilon: float = config.rms_norm_eps
        self._embedding = self._plain(model.get_input_embeddings().weight)
        self._norm = self._plain(model.model.norm.weight)
        self._head = self._packed(model.get_output_embeddings().weight)
        self._layers = [self._layer(block) for block in model.model.layers]

    @staticmethod
    def suits(model: Any) -> bool:
        """Whether a model is such a one, and this build of torch has oneDNN."""
        config = model.config
        return (
            config.model_type == "llama"
            and model.device.type == "cpu"
            and model.dtype in (torch.bfloat16, torch.float32)
            and torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]
            and config.hidden_act == "silu"
            and not config.attention_bias
            and not config.mlp_bias
        )

    def begin(self, prompts: Sequence[Sequence[int]], sources: Sequence[int]) -> Decoding:
        return _LlamaDecoding(self, prompts, sources)

    def new_cache(self, rows: int, length: int) -> torch.Tensor:
        """Room for keys and values: [layers, 2, rows, key heads, length, head size]."""
        shape = (len(self._layers), 2, rows, self.key_heads, length, self.head_size)
        return torch.zeros(shape, dtype=self.dtype)

    def forward(
        self,
        ids: torch.Tensor,
        positions: torch.Tensor,
        seen: torch.Tensor,
        cache: torch.Tensor,
        start: int,
    ) -> torch.Tensor:
        """The logits [N, V] after the last of L more tokens for each of N rows.

        Args:
            ids: int64[N, L].
            positions: int64[N, L], the tokens' places in their rows.
            seen: bool[N, L, start + L], which tokens each of them attends to.
            cache: from `new_cache`; the tokens' keys and values are written to it at `start`.
        """
        rows, length = ids.shape
        end, size = start + length, self.head_size
        rotated = self.heads + self.key_heads
        cos, sin = (part.unsqueeze(1) for part in self.rope(self._embedding, positions))
        sin = torch.cat((-sin[..., : size // 2], sin[..., size // 2 :]), dim=-1)
        group = self.heads // self.key_heads
        mask = seen.unsqueeze(1).repeat(1, 1, group, 1)
        x = functional.embedding(ids, self._embedding).flatten(0, 1)
        for layer, (keys, values) in zip(self._layers, cache, strict=True):
            projected = _linear(self._normed(x, layer.attention_norm), layer.query_key_value)
            states = projected.view(rows, length, -1, size).transpose(1, 2)
            turned = states[:, :rotated]
            turned = turned * cos + turned.roll(size // 2, dims=-1) * sin
            keys[:, :, start:end] = turned[:, self.heads :]
            values[:, :, start:end] = states[:, rotated:]
            attended = functional.scaled_dot_product_attention(
                turned[:, : self.heads].reshape(rows, self.key_heads, group * length, size),
                keys[:, :, :end],
                values[:, :, :end],
                attn_mask=mask,
            )
            attended = attended.reshape(rows, self.heads, length, size).transpose(1, 2)
            x = _linear_and(attended.reshape(rows * length, -1), layer.output, "add", x)
            normed = self._normed(x, layer.mlp_norm)
            gated = _linear_and(normed, layer.up, "mul", _linear(normed, layer.gate, "swish"))
            x = _linear_and(gated, layer.down, "add", x)
        return _linear(self._normed(x.view(rows, length, -1)[:, -1], self._norm), self._head)

    def _normed(self, x: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
        return functional.rms_norm(x, weight.shape, weight, self._epsilon)

    def _layer(self, block: Any) -> _Layer:
        attention, mlp = block.self_attn, block.mlp
        inward = (attention.q_proj.weight, attention.k_proj.weight, attention.v_proj.weight)
        return _Layer(
            attention_norm=self._plain(block.input_layernorm.weight),
            query_key_value=self._packed(torch.cat(inward)),
            output=self._packed(attention.o_proj.weight),
            mlp_norm=self._plain(block.post_attention_layernorm.weight),
            gate=self._packed(mlp.gate_proj.weight),
            up=self._packed(mlp.up_proj.weight),
            down=self._packed(mlp.down_proj.weight),
        )

    def _plain(self, weight: torch.Tensor) -> torch.Tensor:
        # A copy, because the original may be a view into the whole checkpoint's mapped file.
        return weight.detach().to(self.dtype, copy=True)

    def _packed(self, weight: torch.Tensor) -> torch.Tensor:
        packed: torch.Tensor = torch.ops.mkldnn._reorder_linear_weight(
            weight.detach().to(self.dtype)
        )
        return packed


class _LlamaDecoding:
    def __init__(
        self, decoder: LlamaDecoder, prompts: Sequence[Sequence[int]], sources: Sequence[int]
    ) -> None:
        self._decoder = decoder
        ids, self._mask = _padded(prompts)
        self._length = ids.shape[1]
        self._cache = decoder.new_cache(len(ids), self._length + GROWTH)
        before = torch.ones(self._length, self._length, dtype=torch.bool).tril()
        itself = torch.eye(self._length, dtype=torch.bool)  # padding must see something, or is NaN
        seen = (self._mask.unsqueeze(1) & before) | itself
        self.logits = decoder.forward(ids, _positions(self._mask), seen, self._cache, 0)
        self.keep(sources)

    def keep(self, rows: Sequence[int]) -> None:
        kept = torch.tensor(rows)
        self._cache = self._cache[:, :, kept]
        self._mask, self.logits = self._mask[kept], self.logits[kept]

    def advance(self, tokens: Sequence[int]) -> None:
        if self._length == self._cache.shape[-2]:
            more = self._decoder.new_cache(len(tokens), GROWTH)
            self._cache = torch.cat((self._cache, more), dim=-2)
        self._mask = torch.cat((self._mask, self._mask.new_ones(len(tokens), 1)), dim=1)
        self.logits = self._decoder.forward(
            torch.tensor(tokens)[:, None],
            self._mask.sum(dim=1, keepdim=True) - 1,
            self._mask.unsqueeze(1),
            self._cache,
            self._length,
        )
        self._length += 1


def _padded(prompts: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Prompts as int64[N, L] with padding on the left, and where they are: bool[N, L]."""
    longest = max(len(prompt) for prompt in prompts)
    ids = torch.zeros(len(prompts), longest, dtype=torch.int64)
    mask = torch.zeros(len(prompts), longest, dtype=torch.bool)
    for row, prompt in enumerate(prompts):
        ids[row, longest - len(prompt) :] = torch.tensor(prompt)
        mask[row, longest - len(prompt) :] = True
    return ids, mask


def _positions(mask: torch.Tensor) -> torch.Tensor:
    return (mask.cumsum(dim=1) - 1).clamp(min=0)


def _linear(x: torch.Tensor, packed: torch.Tensor, then: str = "none") -> torch.Tensor:
    """x @ weight.T, and an activation."""
    product: torch.Tensor = torch.ops.mkldnn._linear_pointwise(x, packed, None, then, [], "")
    return product


def _linear_and(
    x: torch.Tensor, packed: torch.Tensor, operation: str, other: torch.Tensor
) -> torch.Tensor:
    """x @ weight.T, added to or multiplied by another matrix."""
    product: torch.Tensor = torch.ops.mkldnn._linear_pointwise.binary(
        x, other, packed, None, operation
    )
    return product
