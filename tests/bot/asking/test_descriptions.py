from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking.descriptions import MAX_DESCRIPTION, clean
from bot.errors import BadDescription


def test_white_space_becomes_single_spaces_and_lists_keep_their_lines() -> None:
    assert clean("  a CNN \r\n\n with\ttwo   layers ") == "a CNN\nwith two layers"


def test_control_and_bidirectional_characters_are_dropped() -> None:
    assert clean("a\x00b\x1b[31m c\u202ed\u200be") == "ab[31m cde"


def test_other_scripts_and_emoji_between_words_stay() -> None:
    for text in ("합성곱 신경망", "卷积神经网络", "شبكة عصبية", "сеть 🧠 → ответ"):
        assert clean(text) == unicodedata.normalize("NFC", text)


def test_joiners_that_belong_to_a_script_stay() -> None:
    assert clean("می\u200cخواهم نمودار") == "می\u200cخواهم نمودار"


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00\x01", "\u200b\u202e"])
def test_nothing_to_see_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadDescription, match="/diagram description"):
        clean(text)


@pytest.mark.parametrize("text", ["?!…", "🙂🙂🙂", "-> -> ->", "a", "***"])
def test_no_words_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadDescription, match="a few words"):
        clean(text)


def test_too_long_names_both_lengths() -> None:
    with pytest.raises(BadDescription, match=r"4,000 characters; I read at most 1,000"):
        clean("x" * 4_000)
    assert len(clean("x" * MAX_DESCRIPTION)) == MAX_DESCRIPTION


@given(st.text(max_size=1_500))
def test_whatever_comes_out_is_short_visible_and_stays_the_same(text: str) -> None:
    try:
        cleaned = clean(text)
    except BadDescription:
        return
    assert 0 < len(cleaned) <= MAX_DESCRIPTION
    assert clean(cleaned) == cleaned
    assert not any(
        unicodedata.category(letter) in {"Cc", "Cs", "Co"} for letter in cleaned.replace("\n", "")
    )
