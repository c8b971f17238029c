"""The `rows` dialect: read as far as it goes, drawn where it says, written again the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ml.drawing.layout import place
from ml.errors import SpecError
from ml.spec.model import Line
from ml.spec.rows import MAX_PLACE, MAX_ROWS, MAX_SIZE, MAX_TEXT, parse_rows, write_rows
from ml.spec.scene import Form, Route, Scene, Shape
from ml.spec.text import parse_spec

ROWS = """[0, 100, 300, 'circle', 62, 75, 'solid arrow', (192, 192, 224), (0, 0, 0), [1, 2]]
[1, 400, 150, 'rectangle', 80, 60, 'dashed line', (1, 2, 3), (4, 5, 6), [2]]
[2, 400, 450, 'round rectangle', 80, 60, 'solid line', (7, 8, 9), (10, 11, 12), []]
"""


def links(scene: Scene) -> list[tuple[int, int]]:
    """The numbers at both ends of every route."""
    return [
        (scene.shapes[route.source].node, scene.shapes[route.target].node) for route in scene.routes
    ]


def one(row: str) -> Shape:
    (shape,) = parse_rows(row).shapes
    return shape


# What a row says


def test_shapes_stand_exactly_where_the_rows_say() -> None:
    scene = parse_rows(ROWS)
    assert scene.shapes == (
        Shape(
            node=0, x=100, y=300, width=62, height=75,
            form=Form.ELLIPSE, fill=(192, 192, 224), stroke=(0, 0, 0),
        ),
        Shape(
            node=1, x=400, y=150, width=80, height=60,
            form=Form.RECTANGLE, fill=(1, 2, 3), stroke=(4, 5, 6),
        ),
        Shape(
            node=2, x=400, y=450, width=80, height=60,
            form=Form.ROUND_RECTANGLE, fill=(7, 8, 9), stroke=(10, 11, 12),
        ),
    )  # fmt: skip
    assert links(scene) == [(0, 1), (0, 2), (1, 2)]
    assert [route.line for route in scene.routes] == [Line.ARROW, Line.ARROW, Line.DASHED]
    assert [route.colour for route in scene.routes] == [(0, 0, 0), (0, 0, 0), (4, 5, 6)]


def test_routes_run_straight_from_outline_to_outline() -> None:
    first, _, second = parse_rows(ROWS).routes
    (x, y), (end_x, end_y) = first.points
    # On the ellipse around (100, 300), on the line to (400, 150) …
    assert ((x - 100) / 31) ** 2 + ((y - 300) / 37.5) ** 2 == pytest.approx(1)
    assert (y - 300) / (x - 100) == pytest.approx(-150 / 300)
    # … and on a border of the rectangle there.
    assert (end_x, end_y) == pytest.approx((360, 170))
    assert second.points == ((400, 180), (400, 420))


def test_two_shapes_in_one_place_are_linked_by_a_point() -> None:
    rows = ROWS.replace("400, 450", "400, 150")
    assert parse_rows(rows).routes[-1].points == ((400, 150), (400, 150))


# What models make of it


def test_rows_are_found_within_prose() -> None:
    lines = ROWS.splitlines()
    text = (
        f"Sure! Here is [the] diagram (3 shapes, as [0, 1, 2]):\n```python\nrows = [{lines[0]},\n"
        f"  {lines[1]}, {lines[2]}]\n```\nLet me know [if] you want 'another' one (or 2)."
    )
    assert parse_rows(text) == parse_rows(ROWS)


@pytest.mark.parametrize("quotes", ['""', "‘’", "“”", "``"])
def test_other_quotes_do_not_matter(quotes: str) -> None:
    text = ROWS
    while "'" in text:
        text = text.replace("'", quotes[0], 1).replace("'", quotes[1], 1)
    assert parse_rows(text) == parse_rows(ROWS)


def test_numbers_may_stand_in_quotes_and_have_a_point() -> None:
    text = (
        "['0', '100', \"300.0\", 'circle', '62', '75.', 'solid arrow', (192, 192, 224), "
        "(0, 0, 0), ['1', 2.0]]\n" + ROWS.partition("\n")[2]
    )
    assert parse_rows(text) == parse_rows(ROWS)


def test_spaces_and_line_breaks_within_a_row_do_not_matter() -> None:
    loose = ROWS.replace(", ", " ,\n  ").replace("[", "[ ").replace("(", "( ").replace(")", " )")
    assert parse_rows(loose) == parse_rows(ROWS)
    assert parse_rows(ROWS.replace(" ", "").replace("solid", "solid ")).shapes[0].x == 100


@pytest.mark.parametrize(
    ("tail", "fill", "stroke", "targets"),
    [
        ("(1, 2, 3), (4, 5, 6), [1]]", (1, 2, 3), (4, 5, 6), [1]),
        ("[1, 2, 3], [4, 5, 6], [1, 2, 0]]", (1, 2, 3), (4, 5, 6), [1, 2]),
        ("(1, 2, 3), 'white', [2]]", (1, 2, 3), (255, 255, 255), [2]),
        ("'black', 'white', [1, 2]]", (0, 0, 0), (255, 255, 255), [1, 2]),
        ("'black', 'white', [0, 1, 2]]", (0, 0, 0), (255, 255, 255), [1, 2]),
        ("(999, 0, 256), (0, 0, 0), [1]]", (255, 0, 255), (0, 0, 0), [1]),
        ("(1, 2, 3), [1]]", (1, 2, 3), (64, 64, 64), [1]),
        ("(1, 2, 3), [2, 1, 0]]", (1, 2, 3), (64, 64, 64), [2, 1]),
        ("[1]]", (240, 240, 240), (64, 64, 64), [1]),
        ("[2, 1, 0]]", (240, 240, 240), (64, 64, 64), [2, 1]),
        ("'mauve', (1, 2, 3), (4, 5, 6), [1]]", (1, 2, 3), (4, 5, 6), [1]),
        ("(1, 2, 3), (4, 5, 6), [1, 2", (1, 2, 3), (4, 5, 6), [1, 2]),
        ("(1, 2, 3), (4, 5, 6), [1, 2\n", (1, 2, 3), (4, 5, 6), [1, 2]),
        ("(1, 2, 3), (4, 5, 6), [‘1’, “2”]]", (1, 2, 3), (4, 5, 6), [1, 2]),
        ("(1, 2, 3), (4, 5, 6), [1.0, 2.5]]", (1, 2, 3), (4, 5, 6), [1, 2]),
        ("(1, 2, 3), (4, 5, 6), [1, 1, 0, 7, 12345678901]]", (1, 2, 3), (4, 5, 6), [1]),
        ("(1, 2, 3), (4, 5, 6), ]", (1, 2, 3), (4, 5, 6), []),
        ("(1, 2, 3), (4, 5, ", (1, 2, 3), (64, 64, 64), []),
        ("(1, 2, 3), (4, 5, 6)", (1, 2, 3), (4, 5, 6), []),
        ("", (240, 240, 240), (64, 64, 64), []),
    ],
)
def test_a_row_is_read_as_far_as_it_goes(
    tail: str,
    fill: tuple[int, int, int],
    stroke: tuple[int, int, int],
    targets: list[int],
) -> None:
    others = ROWS.splitlines()[1:]
    row = f"[0, 100, 300, 'circle', 62, 75, 'solid arrow', {tail}"
    for text in ("\n".join([*others, row]), "\n".join([row, *others])):
        scene = parse_rows(text)
        (shape,) = [shape for shape in scene.shapes if shape.node == 0]
        assert (shape.fill, shape.stroke) == (fill, stroke)
        assert [target for source, target in links(scene) if source == 0] == targets


def test_a_last_row_that_was_cut_off_is_left_out() -> None:
    text = ROWS + "[3, 700, 300, 'circle', 6"
    assert parse_rows(text) == parse_rows(ROWS)


def test_a_number_that_comes_twice_counts_once() -> None:
    again = ROWS.splitlines()[0].replace("100", "900")
    assert parse_rows(ROWS + again) == parse_rows(ROWS)


def test_targets_that_are_missing_or_the_shape_itself_are_dropped() -> None:
    assert links(parse_rows(ROWS.replace("[1, 2]", "[0, 1, 1, 99]"))) == [(0, 1), (1, 2)]


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("circle", Form.ELLIPSE),
        ("Ellipse", Form.ELLIPSE),
        ("OVAL", Form.ELLIPSE),
        ("rectangle", Form.RECTANGLE),
        ("square", Form.RECTANGLE),
        ("", Form.RECTANGLE),
        ("rounded rectangle", Form.ROUND_RECTANGLE),
        ("diamond", Form.DIAMOND),
    ],
)
def test_forms_go_by_their_words(words: str, form: Form) -> None:
    assert one(f"[0, 1, 2, '{words}', 3, 4, 'solid arrow', [1]]").form is form


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("solid arrow", Line.ARROW),
        ("Arrow", Line.ARROW),
        ("solid line", Line.LINE),
        ("line", Line.LINE),
        ("", Line.LINE),
        ("dashed line", Line.DASHED),
        ("dotted", Line.DASHED),
        ("dashed arrow", Line.DASHED),
    ],
)
def test_lines_go_by_their_words(words: str, line: Line) -> None:
    assert parse_rows(ROWS.replace("solid arrow", words)).routes[0].line is line


# Limits


def test_huge_and_tiny_numbers_are_bounded() -> None:
    shape = one("[0, 999999999, -999999999, 'circle', 999999999, 0, 'line', (9999, 0, 0), []]")
    assert (shape.x, shape.y) == (MAX_PLACE, -MAX_PLACE)
    assert (shape.width, shape.height) == (MAX_SIZE, 1)
    assert shape.fill == (255, 0, 0)
    assert one("[0, -3.5, 2.25, 'circle', -7, 4, 'line']").width == 1


def test_longer_numbers_than_that_are_no_row() -> None:
    with pytest.raises(SpecError):
        parse_rows("[0, 1" + "0" * 400 + ", 5, 'circle', 3, 4, 'line']")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no row"),
        ("I cannot draw that.", "no row"),
        ("[]", "no row"),
        ("[1, 2, 3]", "no row"),
        (" " * (MAX_TEXT + 1), f"at most {MAX_TEXT}"),
        (ROWS * (MAX_ROWS // 3 + 1), f"at most {MAX_ROWS}"),
    ],
)
def test_no_rows_or_far_too_many_are_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(SpecError, match=reason):
        parse_rows(text)


def drawable_or_refused(text: str) -> None:
    """Whatever a text is, it is a Scene that is kept and written again, or a SpecError."""
    try:
        scene = parse_rows(text)
    except SpecError:
        return
    assert Scene.from_json(scene.to_json()) == scene
    again = parse_rows(write_rows(scene))
    assert [(r.source, r.target, r.line) for r in again.routes] == [
        (r.source, r.target, r.line) for r in scene.routes
    ]
    assert write_rows(again) == write_rows(parse_rows(write_rows(again)))


PIECES = st.sampled_from(
    ("[", "]", "(", ")", ",", ", ", "'", '"', "“", "0", "1", "-", ".", "٣", "9" * 12, "circle",
     "solid arrow", "red", "\n", " ", "[0, 1, 2, 'circle', 3, 4, 'line'", "(1, 2, 3)", "[1, 2]",
     ROWS.splitlines()[1])
)  # fmt: skip


@settings(max_examples=200)
@given(st.one_of(st.text(max_size=100), st.lists(PIECES, max_size=25).map("".join)))
def test_any_text_is_drawn_or_refused(text: str) -> None:
    drawable_or_refused(text)


@given(st.data())
def test_any_text_that_was_cut_or_torn_is_drawn_or_refused(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(ROWS)))
    end = data.draw(st.integers(start, len(ROWS)))
    drawable_or_refused(ROWS[:start])
    drawable_or_refused(ROWS[:start] + ROWS[end:])


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "[ ",
        "[0,",
        "[0,0,",
        " ",
        "'",
        "\n",
        "(",
        "[0, 1, 2, '",
        "1",
        "[0 ",
        "[[1, 2, 3], ",
        "٣",
    ],
)
@pytest.mark.parametrize(
    "head",
    ["", "[", "[0", "[0, 1, 2, '", "[0, 1, 2, 'a', 3, 4, 'b'", "[0, 1, 2, 'a', 3, 4, 'b', ["],
)
def test_endless_repetition_is_drawn_or_refused_at_once(head: str, piece: str) -> None:
    """Quadratic time would take a minute each."""
    try:
        parse_rows((head + piece * MAX_TEXT)[:MAX_TEXT])
    except SpecError as error:
        assert "row" in str(error)  # noqa: PT017  some of these texts have a row


# Writing


def test_rows_that_were_read_are_written_the_same() -> None:
    # The last shape has no edge, so its line is nobody's.
    assert write_rows(parse_rows(ROWS)) == ROWS.replace("solid line", "solid arrow")


NUMBERS = st.integers(0, 999)
COLOURS = st.tuples(*[st.integers(0, 255)] * 3)


@st.composite
def row_texts(draw: st.DrawFn) -> str:
    count = draw(st.integers(1, 8))
    targets = [draw(st.lists(st.integers(0, count), max_size=3)) for _ in range(count)]
    return "\n".join(
        f"[{number}, {draw(NUMBERS)}, {draw(NUMBERS)}, "
        f"'{draw(st.sampled_from(('circle', 'rectangle', 'round rectangle')))}', "
        f"{draw(st.integers(1, 999))}, {draw(st.integers(1, 999))}, "
        f"'{draw(st.sampled_from(('solid arrow', 'solid line', 'dashed line')))}', "
        f"{draw(COLOURS)}, {draw(COLOURS)}, {targets[number]}]"
        for number in range(count)
    )


@given(row_texts())
def test_a_scene_from_rows_survives_writing_and_parsing(text: str) -> None:
    scene = parse_rows(text)
    again = parse_rows(write_rows(scene))
    assert again.shapes == scene.shapes
    assert again.routes == scene.routes


def test_a_placed_scene_keeps_its_places_and_links() -> None:
    scene = place(parse_spec("0 input\n1 store ->2,~0\n2 decision Good? ->0\n"))
    again = parse_rows(write_rows(scene))
    for before, after in zip(scene.shapes, again.shapes, strict=True):
        assert (after.x, after.y) == pytest.approx((before.x, before.y), abs=0.5)
        assert (after.width, after.height) == pytest.approx((before.width, before.height), abs=0.5)
        assert (after.fill, after.node) == (before.fill, before.node)

    def ends(routes: tuple[Route, ...]) -> set[tuple[int, int]]:
        return {(route.source, route.target) for route in routes}

    assert ends(again.routes) == ends(scene.routes)


@pytest.mark.parametrize("form", Form)
def test_every_form_has_a_spelling(form: Form) -> None:
    scene = parse_rows(ROWS)
    shapes = tuple(replace(shape, form=form) for shape in scene.shapes)
    assert len(parse_rows(write_rows(replace(scene, shapes=shapes))).shapes) == 3
