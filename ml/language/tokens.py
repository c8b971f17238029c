"""Descriptions and diagram texts as token ids, the same for training and for generation."""

from __future__ import annotations

import re
from collections.abc import Collection

from transformers import PreTrainedTokenizerBase

from ml.language.prompts import messages

IGNORED = -100
"""The label of a token that carries no loss."""


def encode_prompt(
    tokenizer: PreTrainedTokenizerBase, description: str, present: str | None = None
) -> list[int]:
    """The prompt's ids, up to the point where the model's answer begins.

    Args:
        present: the text of the diagram that the description wants changed.
    """
    text = tokenizer.apply_chat_template(
        messages(
            _without_special_tokens(tokenizer, description),
            None if present is None else _without_special_tokens(tokenizer, present),
        ),
        tokenize=False,
        add_generation_prompt=True,
    )
    return list(tokenizer(text, add_special_tokens=False)["input_ids"])


def encode_example(
    tokenizer: PreTrainedTokenizerBase,
    description: str,
    text: str,
    present: str | None = None,
    *,
    free: Collection[str] = (),
) -> tuple[list[int], list[int]]:
    """The ids of a prompt with its answer, and their labels: only the answer carries loss.

    Args:
        free: words of the answer's first line that carry none either.
    """
    prompt = encode_prompt(tokenizer, description, present)
    encoded = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
    answer = [*encoded["input_ids"], tokenizer.eos_token_id]
    words = re.finditer(r"\S+", text.partition("\n")[0])
    spans = [word.span() for word in words if word.group() in free]
    spared = {
        index
        for index, (start, end) in enumerate(encoded["offset_mapping"])
        if any(start < stop and begin < end for begin, stop in spans)
    }
    labels = [IGNORED if index in spared else id for index, id in enumerate(answer)]
    return prompt + answer, [IGNORED] * len(prompt) + labels


def _without_special_tokens(tokenizer: PreTrainedTokenizerBase, description: str) -> str:
    """The description with a space inside whatever the tokenizer would take for a command."""
    added = tokenizer.added_tokens_decoder.values()  # more than the ones that have a role
    special = {*tokenizer.all_special_tokens, *(str(token) for token in added if token.special)}
    for token in sorted(special, key=lambda token: (-len(token), token)):
        description = description.replace(token, f"{token[:1]} {token[1:]}")
    return description
