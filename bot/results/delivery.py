"""What is said about a request and its diagrams: captions, alt texts, statuses. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.asking.eta import Span
from bot.rating.emojis import RATING_EMOJIS
from bot.texts import gettext as _
from bot.texts import ngettext
from ml.scoring.taste import Basis
from ml.spec.model import Direction, Edge, Spec
from storage.messages import PostedMessage
from storage.requests import Request, RequestKind

MAX_ALT_TEXT = 1_024
MAX_QUOTE = 200
MAX_CHANGES = 6
"""What was changed, as far as it is listed."""
_BAR = 10
_TELLING = 3  # words
_WROTE = re.compile(r"wrote (?P<count>\d+) of (?P<all>\d+)")


@dataclass(frozen=True, kw_only=True)
class Post:
    """One message: a diagram with its caption. `image` is the PNG on disk."""

    diagram_id: int
    rank: int
    caption: str
    alt_text: str
    file_name: str
    image: Path


def caption(
    *,
    rank: int,
    final: float,
    readability: float,
    taste: float,
    basis: Basis,
    kind: RequestKind = RequestKind.DESCRIBE,
) -> str:
    """“#1 · 8.7 / 10 · readability 4.5 · for you 4.2”, or whose taste it is instead.

    An edited or refined diagram has no rivals and so no rank.
    """
    match kind:
        case RequestKind.DESCRIBE:
            name = f"#{rank}"
        case RequestKind.RESTYLE:
            name = _("Restyled #{rank}").format(rank=rank)
        case RequestKind.EDIT:
            name = _("Edited")
        case RequestKind.REFINE:
            name = _("Refined")
    match basis:
        case Basis.OWN:
            liking = _("for you {taste:.1f}").format(taste=taste)
        case Basis.TEAM:
            liking = _("team {taste:.1f}").format(taste=taste)
        case Basis.NONE:
            liking = _("taste {taste:.1f}, nobody has rated yet").format(taste=taste)
    return _("{name} · {final:.1f} / 10 · readability {readability:.1f} · {liking}").format(
        name=name, final=final, readability=readability, liking=liking
    )


def alt_text(spec: Spec) -> str:
    """The structure in words, for people who do not see the picture. At most MAX_ALT_TEXT."""
    way = _("left to right") if spec.style.direction is Direction.RIGHT else _("top to bottom")
    count = len(spec.nodes)
    parts = ", ".join(
        f"{node.label} × {node.count}" if node.count > 1 else node.label for node in spec.nodes
    )
    text = ngettext(
        "Diagram of {count} part, {way}: {parts}.",
        "Diagram of {count} parts, {way}: {parts}.",
        count,
    ).format(count=count, way=way, parts=parts)
    if spec.edges:
        text += " " + _("Connections: {edges}.").format(edges="; ".join(_edges(spec)))
    return shortened(text, MAX_ALT_TEXT)


def _edges(spec: Spec) -> Iterator[str]:
    labels = {node.id: node.label for node in spec.nodes}
    for edge in spec.edges:
        yield f"{labels[edge.source]} → {labels[edge.target]}{_said(edge)}"


def _said(edge: Edge) -> str:
    words = ", ".join(word for word in (edge.label, _("dashed") if edge.dashed else "") if word)
    return f" ({words})" if words else ""


def file_name(description: str, rank: int) -> str:
    """A name for the posted file: letters, digits and hyphens of ASCII only."""
    plain = unicodedata.normalize("NFKD", description).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-")
    return f"{slug or 'diagram'}-{rank}.png"


def quoted(description: str) -> str:
    """The description as one quoted line that neither mentions nor formats anything."""
    return "> " + escaped(shortened(" ".join(description.split()), MAX_QUOTE))


def quote_of(request: Request) -> str:
    """What somebody typed for this request, as `quoted`: the wish of a REFINE, where it has one."""
    return quoted(request.wish or request.description)


def escaped(text: str) -> str:
    """The text, with nothing in it that Discord reads as formatting, a link or a mention."""
    text = re.sub(r"([\\*_~`|<>\[\]()@]|(?<=:)//)", r"\\\1", text)
    # Headings, small text and lists, which begin a line.
    return re.sub(r"(?m)^(\s*(?:\d+(?=\.)|(?=[#+-])))", r"\1\\", text)


def shortened(text: str, length: int) -> str:
    """The text, or its beginning and “…” when it is longer than `length` characters."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def link(message: PostedMessage) -> str:
    """The address of a message in Discord."""
    place = f"{message.guild_id or '@me'}/{message.channel_id}/{message.message_id}"
    return f"https://discord.com/channels/{place}"


def waiting(place: int, until_done: Span | None = None) -> str:
    """Said while the request waits; `place` 0 is next."""
    if place == 0 and until_done is None:
        return _("⏳ Next in the queue.")
    if place == 0:
        return _("⏳ Next in the queue, {span} until it is done.").format(span=until_done)
    if until_done is None:
        return ngettext(
            "⏳ In the queue: {place} request ahead.",
            "⏳ In the queue: {place} requests ahead.",
            place,
        ).format(place=place)
    return ngettext(
        "⏳ In the queue: {place} request ahead, {span} until it is done.",
        "⏳ In the queue: {place} requests ahead, {span} until it is done.",
        place,
    ).format(place=place, span=until_done)


def working(stage: str, fraction: float, left: Span | None = None) -> str:
    """Said while the request is worked on; `fraction` 0–1 is of the whole."""
    text = f"✏️ {_stage(stage)} {bar(fraction)}"
    return text if left is None else text + " " + _("{span} left").format(span=left)


def _stage(stage: str) -> str:
    """What the worker says of its stages, which is English."""
    if wrote := _WROTE.fullmatch(stage):
        return _("Wrote {count} of {all}").format(**wrote.groupdict())
    match stage:
        case "writing":
            return _("Writing")
        case "drawing":
            return _("Drawing")
        case _:
            return stage.capitalize()


def bar(fraction: float) -> str:
    """Ten little boxes, so that a status changes at most ten times for the same stage."""
    full = max(0, min(_BAR, round(fraction * _BAR)))
    return "▰" * full + "▱" * (_BAR - full)


def done(
    *,
    shown: int,
    drawn: int,
    dropped: int,
    seconds: float,
    kind: RequestKind = RequestKind.DESCRIBE,
    changes: Sequence[str] = (),
    pressed: bool = False,
    description: str = "",
) -> str:
    """Said when everything is posted; `changes` are what a REFINE did to the diagram.

    Whoever gave fewer than _TELLING words of `description` is told what would help.

    `pressed`: what a reaction would say is said by buttons.
    """
    unusable = ""
    if dropped:
        unusable = " " + _("({dropped} more could not be used)").format(dropped=dropped)
    match kind:
        case RequestKind.EDIT:
            text = _("✅ Edited{unusable}, {seconds:.1f} s.")
        case RequestKind.REFINE:
            text = _("✅ Refined ({changes}){unusable}, {seconds:.1f} s.")
        case _:
            text = _("✅ {best}{unusable}, {seconds:.1f} s.")
    said = text.format(
        best=_best(kind, shown=shown, drawn=drawn),
        changes=_listed(changes),
        unusable=unusable,
        seconds=seconds,
    )
    if pressed:
        rate = _("Press {low} to {high} under a diagram and I learn what you like.")
    else:
        rate = _("React with {low} to {high} under a diagram and I learn what you like.")
    said = f"{said} {rate.format(low=RATING_EMOJIS[0], high=RATING_EMOJIS[-1])}"
    if kind is RequestKind.DESCRIBE and 0 < len(description.split()) < _TELLING:
        hint = _(
            "You said little, so I made up the rest. Name the parts, and what leads to what, and "
            "I draw those."
        )
        said = f"{said}\n-# {hint}"
    return said


def _best(kind: RequestKind, *, shown: int, drawn: int) -> str:
    styles = kind is RequestKind.RESTYLE
    if drawn == 1:
        return _("One other style") if styles else _("One diagram")
    if shown == 1:
        text = (
            _("The best of {drawn} other styles") if styles else _("The best of {drawn} diagrams")
        )
    elif styles:
        text = _("The best {shown} of {drawn} other styles")
    else:
        text = _("The best {shown} of {drawn} diagrams")
    return text.format(shown=shown, drawn=drawn)


def _listed(changes: Sequence[str]) -> str:
    shown = [escaped(change) for change in changes[:MAX_CHANGES]]
    more = len(changes) - len(shown)
    return "; ".join([*shown, _("{more} more").format(more=more)] if more else shown)


def already(request: Request) -> str:
    """Said to whoever asks again for what is under way."""
    if request.status_message_id is None:
        said = _("You asked for exactly this already, and I am still at it")
    else:
        place = f"{request.guild_id or '@me'}/{request.channel_id}/{request.status_message_id}"
        said = _("You asked for exactly this already, and I am still at it: {link}").format(
            link=f"https://discord.com/channels/{place}"
        )
    then = _("Nothing new was started; ask again once it is done, or cancel it there.")
    return f"{said}\n{then}"


def cancelled(by: int | None) -> str:
    """Said when somebody gave the request up: a person's id, where it is known."""
    return _("🚫 Cancelled.") if by is None else _("🚫 Cancelled by <@{by}>.").format(by=by)


def unusable(kind: RequestKind) -> str:
    """Said when nothing of what there was became a diagram."""
    match kind:
        case RequestKind.DESCRIBE:
            return _(
                "None of the drafts became a diagram. Please try again, or say it differently: "
                "which parts are there, and what leads to what?"
            )
        case RequestKind.EDIT:
            return _(
                "I can read that text, but its diagram does not fit the picture. Please give it "
                "fewer parts or connections, or shorter labels."
            )
        case RequestKind.REFINE:
            return _(
                "I could not tell what to change. Please name the parts as the picture does, for "
                "example: make Encoder red, add Dropout after Decoder. **Edit text** changes "
                "anything by hand."
            )
        case RequestKind.RESTYLE:
            return _("This diagram fits the picture in no other style. Please describe it anew.")


def failed(problem: str) -> str:
    """Said when nothing more will come."""
    return f"⚠️ {problem}"
