"""What people ask for: its checks, and the job that the worker gets for it. Pure.

A description is written out by the language model. An edit is drawn exactly as its text says. A
restyle is the structure of its text in as many other styles as candidates are asked for. All of
that is in the stored request, so that a restart draws the same again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.asking.descriptions import clean
from bot.asking.wishes import wishes_of
from bot.errors import BadDiagramText
from ml.candidate import DrawJob
from ml.errors import SpecError
from ml.spec.model import Spec
from ml.spec.restyle import restyled
from ml.spec.text import parse_spec, write_spec
from storage.requests import Request, RequestKind


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One person's wish, as it came in. `text` is what an EDIT or RESTYLE begins from."""

    user_id: int
    guild_id: int | None
    channel_id: int
    description: str
    count: int
    top: int
    kind: RequestKind = RequestKind.DESCRIBE
    text: str | None = None
    parent_id: int | None = None


def begun(asked: Asked) -> Asked:
    """The wish with a clean description and counts that its kind allows, its text read once.

    Raises:
        BadDescription: it cannot be drawn.
        BadDiagramText: the text cannot be read, with the line that is wrong.
    """
    asked = replace(asked, description=clean(asked.description))
    if asked.kind is RequestKind.DESCRIBE:
        return asked
    _read(asked.kind, asked.text)
    return asked if asked.kind is RequestKind.RESTYLE else replace(asked, count=1, top=1)


def is_same(asked: Asked, request: Request) -> bool:
    """Whether the same person asked for the same in the same channel."""
    return (asked.user_id, asked.channel_id, asked.description, asked.kind, asked.text) == (
        request.user_id,
        request.channel_id,
        request.description,
        request.kind,
        request.text,
    )


def job_of(request: Request) -> DrawJob:
    """What the worker has to do for a request.

    Raises:
        BadDiagramText: the text that it begins from cannot be read.
    """
    job = DrawJob(
        id=request.id, description=request.description, count=request.count, seed=request.seed
    )
    if request.kind is RequestKind.DESCRIBE:
        return replace(job, style=wishes_of(request.description))
    spec = _read(request.kind, request.text)
    if request.kind is RequestKind.EDIT:
        assert request.text is not None
        return replace(job, texts=(request.text,))
    others = restyled(spec, request.count, request.seed)
    return replace(job, texts=tuple(write_spec(other) for other in others))


def _read(kind: RequestKind, text: str | None) -> Spec:
    try:
        return parse_spec(text or "")
    except SpecError as error:
        if kind is RequestKind.RESTYLE:
            raise BadDiagramText(
                "This diagram was written in another form, which has no styles to change. "
                "Please describe it anew with `/diagram`."
            ) from error
        where = "The text" if error.line is None else f"Line {error.line} of the text"
        raise BadDiagramText(
            f"{where} cannot be drawn: {error.problem}. Nothing was changed; mend it and send it "
            "again."
        ) from error
