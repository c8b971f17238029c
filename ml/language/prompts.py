"""How a description is put to the language model."""

from __future__ import annotations

INSTRUCTION = "Write the diagram."
"""The system message: a fine-tuned model needs no more, and each word costs every request."""

Message = dict[str, str]


def messages(description: str) -> list[Message]:
    """The conversation whose next turn is the diagram text.

    The model's own chat template turns it into tokens; the description is one user turn and
    nothing in it can end that turn (see `ml.language.tokens.encode_prompt`).
    """
    return [
        {"role": "system", "content": INSTRUCTION},
        {"role": "user", "content": description},
    ]
