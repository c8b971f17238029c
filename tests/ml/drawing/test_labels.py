from hypothesis import given, settings
from hypothesis import strategies as st

from ml.drawing.labels import MIN_SIZE, clean, fit, width, wrap


def test_text_breaks_at_words_and_fills_its_lines_evenly() -> None:
    wrapped = wrap("Multi-head self attention layer", 14, 120, 4)
    assert wrapped is not None
    assert wrapped.lines == ("Multi-head self", "attention layer")
    assert wrapped.width <= 120


def test_words_stay_whole_where_a_smaller_size_helps() -> None:
    fitted = fit("데이터베이스", 68, 40, 14)
    assert fitted.lines == ("데이터베이스",)
    assert 10 <= fitted.size < 14


def test_han_and_kana_break_between_characters() -> None:
    fitted = fit("これはとても長い日本語のラベル", 80, 80, 14)
    assert len(fitted.lines) > 1
    assert fitted.size == 14
    assert "".join(fitted.lines) == "これはとても長い日本語のラベル"


def test_a_word_too_long_for_its_shape_is_broken_before_it_becomes_tiny() -> None:
    fitted = fit("Supercalifragilisticexpialidocious", 100, 60, 14)
    assert fitted.size >= 10
    assert len(fitted.lines) > 1
    assert "".join(fitted.lines) == "Supercalifragilisticexpialidocious"


def test_what_cannot_fit_ends_in_an_ellipsis() -> None:
    fitted = fit("a label much too long for so small a place", 50, 12, 14)
    assert fitted.size == MIN_SIZE
    assert fitted.lines[-1].endswith("…")


@given(text=st.text(min_size=1, max_size=40), room=st.integers(24, 200), lines=st.integers(1, 4))
@settings(max_examples=80, deadline=None)
def test_fitted_text_is_never_wider_than_its_room(text: str, room: int, lines: int) -> None:
    fitted = fit(clean(text), room, lines * 18, 14)
    assert fitted.size >= MIN_SIZE
    assert fitted.width <= room or fitted.lines[-1] in ("…", clean(text)[0])
    assert len(fitted.lines) <= 7


def test_what_the_typeface_cannot_draw_is_left_out() -> None:
    assert clean("🚀 Launch\u200d\x07  it\n now") == "Launch it now"
    assert clean("🚀") == "–"


def test_wider_text_measures_wider() -> None:
    assert width("WWW", 14) > width("iii", 14) > 0
    assert width("Word", 28) > 1.8 * width("Word", 14)
