from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.asking.asked import Asked, begun, changes_of, is_same, job_of, words_of
from bot.errors import BadDescription, BadDiagramText
from ml.spec.text import parse_spec
from storage.requests import Request, RequestKind, RequestStatus

TEXT = "right blue\n0 input  x4\n1 dense x16 Hidden\n2 output\n"
ASKED = Asked(
    user_id=1, guild_id=2, channel_id=3, description="three layers", count=4, top=2, text=TEXT
)


def request_of(asked: Asked) -> Request:
    return Request(
        id="r",
        user_id=asked.user_id,
        guild_id=asked.guild_id,
        channel_id=asked.channel_id,
        status_message_id=None,
        description=asked.description,
        count=asked.count,
        top=asked.top,
        seed=5,
        status=RequestStatus.QUEUED,
        problem=None,
        attempts=0,
        created_at=datetime.now(UTC),
        finished_at=None,
        kind=asked.kind,
        text=asked.text,
        parent_id=asked.parent_id,
        wish=asked.wish,
        locale=None,
        private=False,
        outside=False,
    )


def test_a_description_is_left_to_the_language_model() -> None:
    job = job_of(request_of(replace(ASKED, text=None)))
    assert (job.description, job.count, job.texts) == ("three layers", 4, ())


def test_an_edit_is_one_text_exactly_as_it_was_typed() -> None:
    job = job_of(request_of(begun(replace(ASKED, kind=RequestKind.EDIT))))
    assert (job.count, job.texts) == (1, (TEXT,))


def test_the_words_of_a_request_are_what_people_wrote_and_no_spelling_of_a_diagram_text() -> None:
    text = "down green round\n0 input x4\n1 dense x16 #red Hidden layer ->2 if sure,~0\n2 output\n"
    asked = replace(ASKED, kind=RequestKind.REFINE, text=text, wish="make it pink")
    assert words_of(asked) == "three layers\nHidden layer\nif sure\nmake it pink"
    assert words_of(replace(ASKED, text=None)) == "three layers"


def test_a_restyle_is_the_same_structure_in_as_many_other_styles() -> None:
    request = request_of(begun(replace(ASKED, kind=RequestKind.RESTYLE)))
    job = job_of(request)
    spec = parse_spec(TEXT)
    others = [parse_spec(text) for text in job.texts]
    assert len(others) == job.count == 4
    assert all((other.nodes, other.edges) == (spec.nodes, spec.edges) for other in others)
    assert len({other.style for other in others} | {spec.style}) == 5
    assert job_of(request) == job, "a restart draws the same again"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("right blue\n0 input\n1 dence\n", "Line 3 of the text cannot be drawn: “dence” is no"),
        ("", "The text cannot be drawn: the text is empty"),
        (None, "The text cannot be drawn"),
    ],
)
def test_an_edit_that_cannot_be_read_names_the_line(text: str | None, words: str) -> None:
    with pytest.raises(BadDiagramText, match=words):
        begun(replace(ASKED, kind=RequestKind.EDIT, text=text))


def test_a_refinement_shows_the_model_the_text_and_the_wish() -> None:
    asked = begun(replace(ASKED, kind=RequestKind.REFINE, wish="  make it\tred "))
    assert (asked.count, asked.top) == (3, 1)
    job = job_of(request_of(asked))
    assert (job.description, job.present, job.texts) == ("make it red", TEXT, ())


def test_a_wish_without_words_is_refused_with_an_example() -> None:
    for wish in (None, "", " ", "?!"):
        with pytest.raises(BadDescription, match="what to change"):
            begun(replace(ASKED, kind=RequestKind.REFINE, wish=wish))


def test_a_wish_is_part_of_what_was_asked() -> None:
    red = begun(replace(ASKED, kind=RequestKind.REFINE, wish="make it red"))
    assert is_same(red, request_of(red))
    assert not is_same(replace(red, wish="make it blue"), request_of(red))


def test_what_a_refinement_changed_is_told() -> None:
    request = request_of(replace(ASKED, kind=RequestKind.REFINE, wish="red"))
    drawn = parse_spec(TEXT.replace("x16", "x16 #red"))
    assert changes_of(request, drawn) == ("Hidden is red",)
    assert changes_of(replace(request, kind=RequestKind.EDIT), drawn) == ()


def test_a_diagram_without_styles_cannot_be_restyled() -> None:
    with pytest.raises(BadDiagramText, match="describe it anew"):
        begun(replace(ASKED, kind=RequestKind.RESTYLE, text="0: (1, 2)"))
