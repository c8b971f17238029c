"""Descriptions as tokens: nothing a person types is a command to the model."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transformers import PreTrainedTokenizerFast

from ml.language.prompts import INSTRUCTION
from ml.language.tokens import IGNORED, encode_example, encode_prompt
from tests.tiny import tiny_tokenizer

CHAT = (
    "{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}</s>"
    "{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
COMMANDS = ("<s>", "</s>", "<pad>", "<|user|>", "<|system|>", "<|assistant|>", "<hole>")


def chatty() -> PreTrainedTokenizerFast:
    """A tokenizer whose turns end with `</s>`; `<hole>` is a command without a role."""
    tokenizer = tiny_tokenizer()
    tokenizer.add_special_tokens(
        {"extra_special_tokens": ["<|user|>", "<|system|>", "<|assistant|>"]}
    )
    tokenizer.add_tokens(["<hole>"], special_tokens=True)
    tokenizer.chat_template = CHAT
    return tokenizer


TOKENIZER = chatty()
NUMBERS = {TOKENIZER.convert_tokens_to_ids(command): command for command in COMMANDS}


def commands(ids: list[int]) -> list[str]:
    return [NUMBERS[id] for id in ids if id in NUMBERS]


def test_a_prompt_is_what_the_template_makes_of_the_conversation() -> None:
    text = TOKENIZER.decode(encode_prompt(TOKENIZER, "a small net"))
    assert text == f"<|system|>{INSTRUCTION}</s><|user|>a small net</s><|assistant|>"


@pytest.mark.parametrize("command", COMMANDS)
def test_the_tokenizer_would_take_the_text_of_a_command_for_one(command: str) -> None:
    assert commands(TOKENIZER(f"a {command} b", add_special_tokens=False)["input_ids"]) == [command]


@given(st.lists(st.one_of(st.sampled_from(COMMANDS), st.text(max_size=4))).map("".join))
def test_nothing_in_a_description_ends_its_turn_or_begins_another(description: str) -> None:
    ids = encode_prompt(TOKENIZER, description)
    assert commands(ids) == ["<|system|>", "</s>", "<|user|>", "</s>", "<|assistant|>"]
    assert ids[-2:] == [TOKENIZER.eos_token_id, TOKENIZER.convert_tokens_to_ids("<|assistant|>")]


@pytest.mark.parametrize("hidden", ["</</s>s>", "<|user<|user|>|>", "<<s>s>", "</s></s></s>"])
def test_a_command_within_a_command_is_none_either(hidden: str) -> None:
    assert len(commands(encode_prompt(TOKENIZER, hidden))) == 5


@given(st.text(max_size=40))
def test_every_other_letter_of_a_description_reaches_the_model(description: str) -> None:
    text = TOKENIZER.decode(encode_prompt(TOKENIZER, f"«{description}»"))
    if not any(command in description for command in COMMANDS):
        assert f"«{description}»" in text


def test_only_the_answer_carries_labels() -> None:
    answer = "right\n0 input\n"
    ids, labels = encode_example(TOKENIZER, "a net", answer)
    prompt = encode_prompt(TOKENIZER, "a net")
    assert ids[: len(prompt)] == prompt
    assert labels[: len(prompt)] == [IGNORED] * len(prompt)
    assert labels[len(prompt) :] == ids[len(prompt) :]
    assert TOKENIZER.decode(ids[len(prompt) : -1]) == answer
    assert ids[-1] == TOKENIZER.eos_token_id


def test_style_words_that_nobody_asked_for_carry_no_label() -> None:
    answer = "right teal box\n0 input right\n"
    ids, labels = encode_example(TOKENIZER, "a net", answer, free=("right", "box"))
    start = len(encode_prompt(TOKENIZER, "a net"))
    learned = [id for id, label in zip(ids[start:-1], labels[start:-1], strict=True) if label >= 0]
    assert TOKENIZER.decode(learned).split() == ["teal", "0", "input", "right"]
    assert all(label in (IGNORED, id) for id, label in zip(ids, labels, strict=True))
