from bot.rating.emojis import RATING_EMOJIS, rating_of


def test_each_number_emoji_is_its_rating() -> None:
    assert [rating_of(emoji) for emoji in RATING_EMOJIS] == [0, 1, 2, 3, 4, 5]


def test_number_emojis_without_the_variation_selector_count_too() -> None:
    assert rating_of("3\u20e3") == 3


def test_other_emojis_are_no_rating() -> None:
    for emoji in ("6️⃣", "👍", "3", "", "🔟"):
        assert rating_of(emoji) is None
