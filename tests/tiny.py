"""A whole installation of models, made in seconds: the worker's real code, next to no weights.

The language model is a two-layer Llama that has learned a few diagram texts by heart. The
scoring models are untrained: their numbers mean nothing, but they are real numbers.
"""

from __future__ import annotations

from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from ml.config import ModelConfig
from ml.language.tokens import encode_example
from ml.registry import ModelKind, Registry
from ml.scoring.autoencoder import Autoencoder
from ml.scoring.readability import ReadabilityEnsemble
from ml.spec.model import Direction, Palette
from ml.spec.text import STYLE_WORDS

DESCRIPTION = "read, clean, train"
TEXTS = [
    f"{direction} {palette} round arrow spacious nodes\n"
    "0 data Read\n1 process Clean\n2 model Train\n"
    for direction in Direction
    for palette in Palette
]
CHAT = (
    "{% for message in messages %}<s>{{ message['content'] }}{% endfor %}"
    "{% if add_generation_prompt %}<s>{% endif %}"
)


def tiny_installation(folder: Path, *, steps: int = 150) -> ModelConfig:
    """Models under `folder`, and the config that names them."""
    with torch.random.fork_rng():
        torch.manual_seed(0)
        base = folder / "base"
        _language(base, steps)
        registry = Registry(root=folder / "versions")
        readability = ReadabilityEnsemble(folds=2)
        autoencoder = Autoencoder(styles=[len(words) for words in STYLE_WORDS.values()])
    about = {"metrics": {}, "data_hash": "none", "seed": 0}
    registry.publish(ModelKind.READABILITY, readability.save, config=readability.config, **about)
    registry.publish(ModelKind.AUTOENCODER, autoencoder.save, config=autoencoder.config, **about)
    registry.publish(
        ModelKind.LANGUAGE,
        lambda home: (home / "note").write_text("the base model knows it all") and None,
        config={"base": "none", "dialect": "spec"},
        **about,
    )
    return ModelConfig(
        model=str(base), device="cpu", cache=folder / "cache", versions=folder / "versions"
    )


def _language(folder: Path, steps: int) -> None:
    tokenizer = tiny_tokenizer()
    model = tiny_model(tokenizer)
    examples = [encode_example(tokenizer, DESCRIPTION, text) for text in TEXTS]
    longest = max(len(ids) for ids, _ in examples)
    ids = torch.tensor(
        [one + [tokenizer.pad_token_id] * (longest - len(one)) for one, _ in examples]
    )
    labels = torch.tensor([one + [-100] * (longest - len(one)) for _, one in examples])
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
    for _ in range(steps):
        loss = model(
            input_ids=ids, attention_mask=ids != tokenizer.pad_token_id, labels=labels
        ).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def tiny_model(tokenizer: PreTrainedTokenizerFast) -> LlamaForCausalLM:
    """Two layers that know nothing yet, in float32; torch's seed decides their weights."""
    return LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(tokenizer),
            hidden_size=64,
            intermediate_size=128,
            num_hidden_layers=2,
            num_attention_heads=4,
            max_position_embeddings=2_048,
            tie_word_embeddings=True,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
        )
    )


def tiny_tokenizer() -> PreTrainedTokenizerFast:
    """One token a byte, and a few for commands."""
    special = ["<s>", "</s>", "<pad>"]
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {token: number for number, token in enumerate([*special, *letters])}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    wrapped = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", pad_token="<pad>"
    )
    wrapped.chat_template = CHAT
    return wrapped
