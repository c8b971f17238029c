"""How a description, or a wish about a diagram, is put to the language model."""

from __future__ import annotations

INSTRUCTION = "Write the diagram."
"""The system message: a fine-tuned model needs no more, and each word costs every request."""

CHANGE_INSTRUCTION = "Change the diagram."
"""The system message when there is a diagram already."""

Message = dict[str, str]


def messages(description: str, present: str | None = None) -> list[Message]:
    """The conversation whose next turn is the diagram text.

    `present` is the text of the diagram that the description wants changed, in whole lines.
    The model's own chat template turns it into tokens; the description is one user turn and
    nothing in it can end that turn (see `ml.language.tokens.encode_prompt`).
    """
    if present is not None:
        return [
            {"role": "system", "content": CHANGE_INSTRUCTION},
            {"role": "user", "content": present + description},
        ]
    return [
        {"role": "system", "content": INSTRUCTION},
        {"role": "user", "content": description},
    ]
