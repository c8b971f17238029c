"""Descriptions and diagram texts as token ids, the same for training and for generation."""

from __future__ import annotations

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
    tokenizer: PreTrainedTokenizerBase, description: str, text: str, present: str | None = None
) -> tuple[list[int], list[int]]:
    """The ids of a prompt with its answer, and their labels: only the answer carries loss."""
    prompt = encode_prompt(tokenizer, description, present)
    answer = list(tokenizer(text, add_special_tokens=False)["input_ids"])
    answer.append(tokenizer.eos_token_id)
    return prompt + answer, [IGNORED] * len(prompt) + answer


def _without_special_tokens(tokenizer: PreTrainedTokenizerBase, description: str) -> str:
    """The description with a space inside whatever the tokenizer would take for a command."""
    added = tokenizer.added_tokens_decoder.values()  # more than the ones that have a role
    special = {*tokenizer.all_special_tokens, *(str(token) for token in added if token.special)}
    for token in sorted(special, key=lambda token: (-len(token), token)):
        description = description.replace(token, f"{token[:1]} {token[1:]}")
    return description
