"""What people ask for: its checks, and the job that the worker gets for it. Pure.

A description is written out by the language model. An edit is drawn exactly as its text says. A
restyle is the structure of its text in as many other styles as candidates are asked for. For a
refinement the language model changes the text as it was wished. All of that is in the stored
request, so that a restart draws the same again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.asking.descriptions import clean
from bot.asking.wishes import wishes_of
from bot.errors import BadDiagramText
from bot.results.changed import differences
from bot.texts import gettext as _
from ml.candidate import DrawJob
from ml.errors import SpecError
from ml.spec.model import Spec
from ml.spec.restyle import restyled
from ml.spec.text import parse_spec, write_spec
from storage.requests import Request, RequestKind

TRIES = 3
"""Answers to a wish; the first that can be followed counts."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What one person asked for, as it came in. `text` is what all kinds but DESCRIBE begin
    from, `wish` what a REFINE is to change about it. What is `private` is seen by this person
    alone; from `outside` is what was asked where the bot is not a member."""

    user_id: int
    guild_id: int | None
    channel_id: int
    description: str
    count: int
    top: int
    kind: RequestKind = RequestKind.DESCRIBE
    text: str | None = None
    parent_id: int | None = None
    wish: str | None = None
    private: bool = False
    outside: bool = False


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
    match asked.kind:
        case RequestKind.EDIT:
            return replace(asked, count=1, top=1)
        case RequestKind.REFINE:
            return replace(asked, count=TRIES, top=1, wish=_clean_wish(asked.wish))
        case _:
            return asked


def words_of(asked: Asked) -> str:
    """What people may have written of it, a piece a line: for the rules about words.

    The description, the labels that nodes and edges of its text were given, and the wish; not what
    a diagram text is spelt with, which would keep nobody from a word that is a kind or a colour.

    Raises:
        BadDiagramText: the text cannot be read, so it is none of `begun`.
    """
    labels: list[str] = []
    if asked.text is not None:
        spec = _read(asked.kind, asked.text)
        labels = [node.label for node in spec.nodes if node.label != node.kind.default_label]
        labels += [edge.label for edge in spec.edges]
    return "\n".join(filter(None, (asked.description, *labels, asked.wish)))


def is_same(asked: Asked, request: Request) -> bool:
    """Whether the same person asked for the same in the same channel."""
    return (
        asked.user_id,
        asked.channel_id,
        asked.description,
        asked.kind,
        asked.text,
        asked.wish,
        asked.private,
    ) == (
        request.user_id,
        request.channel_id,
        request.description,
        request.kind,
        request.text,
        request.wish,
        request.private,
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
    if request.kind is RequestKind.REFINE:
        return replace(job, description=request.wish or "", present=request.text)
    others = restyled(spec, request.count, request.seed)
    return replace(job, texts=tuple(write_spec(other) for other in others))


def changes_of(request: Request, drawn: Spec) -> tuple[str, ...]:
    """What is not as it was in the diagram that a REFINE began from, in words; else nothing."""
    if request.kind is not RequestKind.REFINE:
        return ()
    return differences(_read(request.kind, request.text), drawn)


def _clean_wish(wish: str | None) -> str:
    say = _("Tell me what to change, for example: make the encoder red, add dropout after it.")
    return clean(wish or "", say=say)


def _read(kind: RequestKind, text: str | None) -> Spec:
    try:
        return parse_spec(text or "")
    except SpecError as error:
        if kind is not RequestKind.EDIT:
            raise BadDiagramText(
                _(
                    "This diagram was written in another form, which I cannot change. Please "
                    "describe it anew with `/diagram`."
                )
            ) from error
        if error.line is None:
            what = _("The text cannot be drawn: {problem}.")
        else:
            what = _("Line {line} of the text cannot be drawn: {problem}.")
        then = _("Nothing was changed; mend it and send it again.")
        raise BadDiagramText(
            f"{what.format(line=error.line, problem=error.worded(_))} {then}"
        ) from error
