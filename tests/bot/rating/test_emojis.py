import pytest

from bot.errors import UserFacingError
from bot.rating.emojis import RATING_EMOJIS, as_reaction, number_of, read_chosen, without
from storage.ratings import HIGHEST

CHOSEN = {"👍": 5, "❤️": 4, "<:yay:123456789012345678>": 3}


def test_number_emojis_stand_for_themselves_everywhere() -> None:
    assert [number_of(emoji, {}) for emoji in RATING_EMOJIS] == list(range(HIGHEST + 1))
    assert number_of("3\u20e3", {}) == 3


@pytest.mark.parametrize("emoji", ["6️⃣", "👍", "⭐", "5", "", "5️⃣5️⃣", "123456789012345678"])
def test_other_emojis_are_no_ratings_unless_chosen(emoji: str) -> None:
    assert number_of(emoji, {}) is None


def test_a_chosen_emoji_is_a_rating_in_every_variant() -> None:
    assert [number_of(emoji, CHOSEN) for emoji in ("👍", "👍🏽", "❤️", "❤")] == [5, 5, 4, 4]
    assert number_of("123456789012345678", CHOSEN) == 3
    assert number_of("👎", CHOSEN) is None


def test_a_list_of_emojis_is_read_with_its_numbers() -> None:
    england = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
    text = f" 👍=5, 👎 = 1 ❤️=5;{england}=0 👩‍🚀=2 🇰🇷=3 #️⃣=4"
    wanted = {"👍": 5, "👎": 1, "❤️": 5, england: 0, "👩‍🚀": 2, "🇰🇷": 3, "#️⃣": 4}
    assert read_chosen(text) == wanted
    assert read_chosen("<a:yay:123456789012345678>=5") == {"<a:yay:123456789012345678>": 5}
    assert read_chosen("👍=5 👍🏽=2") == {"👍🏽": 2}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("👍", "with its number"),
        ("👍=five", "with its number"),
        ("5", "with its number"),
        ("👍=6", "not 6"),
        ("good=5", "not one emoji"),
        ("👍👎=5", "not one emoji"),
        ("3️⃣=5", "stand for themselves"),
        ("3\u20e3=5", "stand for themselves"),
        ("<:yay:12>=5", "not one emoji"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, said: str) -> None:
    with pytest.raises(UserFacingError, match=said):
        read_chosen(text)


def test_emojis_are_taken_out_in_any_variant() -> None:
    assert without(CHOSEN, "👍🏻 <:new_name:123456789012345678>") == {"❤️": 4}
    assert without(CHOSEN, "❤=4, 👎") == {"👍": 5, "<:yay:123456789012345678>": 3}


def test_discord_gets_the_characters_or_the_id() -> None:
    assert [as_reaction(mark) for mark in ("👍", "3️⃣", "123")] == ["👍", "3️⃣", "emoji:123"]
