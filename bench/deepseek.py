"""The size of `deepseek-coder-1.3b-instruct`, for models with random weights."""

from __future__ import annotations

from transformers import LlamaConfig

CONFIG = LlamaConfig(
    vocab_size=32_256,
    hidden_size=2_048,
    intermediate_size=5_504,
    num_hidden_layers=24,
    num_attention_heads=16,
    num_key_value_heads=16,
    max_position_embeddings=16_384,
    rope_parameters={"rope_type": "linear", "factor": 4.0, "rope_theta": 100_000.0},
    tie_word_embeddings=False,
)
