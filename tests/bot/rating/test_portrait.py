"""The picture of a taste, before it is drawn."""

from __future__ import annotations

from bot.rating.portrait import favourites_of, in_words, leanings_of, portrait
from bot.texts import speaking
from ml.drawing.geometry import violations
from ml.drawing.layout import place
from ml.spec.rows import write_rows
from ml.spec.scene import Scene
from ml.spec.text import parse_spec
from storage.rated import RatedDiagram

TEXT = "right {palette} round arrow spacious nodes\n0 data Read\n1 process Clean\n2 model Train\n"


def rated(count: int, *, own: bool = True) -> list[RatedDiagram]:
    """Every other one is green, and liked."""
    scenes = {p: place(parse_spec(TEXT.format(palette=p))) for p in ("green", "pink")}
    return [
        RatedDiagram(
            id=number,
            text=TEXT.format(palette=palette),
            scene=scenes[palette].to_json(),
            rating=4 if palette == "green" else 1,
            predicted=2.5 if own else None,
            shown=True,
        )
        for number, palette in enumerate(["green", "pink"] * (count // 2), start=1)
    ]


def words_in(scene: Scene) -> str:
    return " | ".join(line for text in scene.captions for line in text.lines)


def test_bars_and_words_say_the_same_and_stay_on_the_canvas() -> None:
    given = rated(20)
    found = leanings_of(given)
    assert in_words(found) == "You like: Green. You like less: Pink."
    scene = portrait(given, found)
    assert violations(scene).outside == 0
    assert violations(scene).overlaps == 0
    assert "Green" in words_in(scene)
    assert "Pink" in words_in(scene)


def test_a_taste_is_told_in_korean_too() -> None:
    given = rated(20)
    with speaking("ko"):
        scene = portrait(given, leanings_of(given))
    assert "초록" in words_in(scene)
    assert "Green" not in words_in(scene)


def test_the_curve_needs_enough_predictions() -> None:
    assert "lately" in words_in(portrait(rated(16), []))
    assert "Rate 15 of your own" in words_in(portrait(rated(14), []))
    assert "Rate 15 of your own" in words_in(portrait(rated(16, own=False), []))


def test_favourites_are_rated_well_have_a_picture_and_of_equals_the_latest_come_first() -> None:
    given = rated(8)
    assert [one.id for one in favourites_of(given)] == [7, 5, 3]
    hidden = [
        RatedDiagram(**{**vars(one), "shown": one.rating < 4 or one.id == 1}) for one in given
    ]
    assert [one.id for one in favourites_of(hidden)] == [1]


def test_diagrams_without_words_say_nothing_and_can_be_favourites() -> None:
    given = [
        RatedDiagram(**{**vars(one), "text": write_rows(Scene.from_json(one.scene))})
        for one in rated(6)
    ]
    assert leanings_of(given) == []
    assert in_words([]) == "Nothing stands out yet: you like all kinds alike."
    scene = portrait(given, [])
    assert len(scene.shapes) == 9
    assert "Nothing stands out yet." in words_in(scene)
