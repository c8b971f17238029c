"""What is said about a request and its diagrams: captions, alt texts, statuses. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.asking.eta import Span
from bot.rating.emojis import RATING_EMOJIS
from ml.scoring.taste import Basis
from ml.spec.model import Direction, Edge, Spec
from storage.messages import PostedMessage
from storage.requests import Request, RequestKind

MAX_ALT_TEXT = 1_024
MAX_QUOTE = 200
MAX_CHANGES = 6
"""What was changed, as far as it is listed."""
_BAR = 10


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
            name = f"Restyled #{rank}"
        case RequestKind.EDIT:
            name = "Edited"
        case RequestKind.REFINE:
            name = "Refined"
    match basis:
        case Basis.OWN:
            liking = f"for you {taste:.1f}"
        case Basis.TEAM:
            liking = f"team {taste:.1f}"
        case Basis.NONE:
            liking = f"taste {taste:.1f}, nobody has rated yet"
    return f"{name} · {final:.1f} / 10 · readability {readability:.1f} · {liking}"


def alt_text(spec: Spec) -> str:
    """The structure in words, for people who do not see the picture. At most MAX_ALT_TEXT."""
    way = "left to right" if spec.style.direction is Direction.RIGHT else "top to bottom"
    count = len(spec.nodes)
    parts = ", ".join(
        f"{node.label} × {node.count}" if node.count > 1 else node.label for node in spec.nodes
    )
    text = f"Diagram of {count} {'part' if count == 1 else 'parts'}, {way}: {parts}."
    if spec.edges:
        text += f" Connections: {'; '.join(_edges(spec))}."
    return shortened(text, MAX_ALT_TEXT)


def _edges(spec: Spec) -> Iterator[str]:
    labels = {node.id: node.label for node in spec.nodes}
    for edge in spec.edges:
        yield f"{labels[edge.source]} → {labels[edge.target]}{_said(edge)}"


def _said(edge: Edge) -> str:
    words = ", ".join(word for word in (edge.label, "dashed" if edge.dashed else "") if word)
    return f" ({words})" if words else ""


def file_name(description: str, rank: int) -> str:
    """A name for the posted file: letters, digits and hyphens of ASCII only."""
    plain = unicodedata.normalize("NFKD", description).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-")
    return f"{slug or 'diagram'}-{rank}.png"


def quoted(description: str) -> str:
    """The description as one quoted line that neither mentions nor formats anything."""
    return "> " + escaped(shortened(" ".join(description.split()), MAX_QUOTE))


def escaped(text: str) -> str:
    """The text, with nothing in it that Discord reads as formatting, a link or a mention."""
    return re.sub(r"([\\*_~`|<>\[\]()@]|^[#+-]|(?<=:)//)", r"\\\1", text)


def shortened(text: str, length: int) -> str:
    """The text, or its beginning and “…” when it is longer than `length` characters."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def link(message: PostedMessage) -> str:
    """The address of a message in Discord."""
    place = f"{message.guild_id or '@me'}/{message.channel_id}/{message.message_id}"
    return f"https://discord.com/channels/{place}"


def waiting(place: int, until_done: Span | None = None) -> str:
    """Said while the request waits; `place` 0 is next."""
    when = "" if until_done is None else f", {until_done} until it is done"
    if place == 0:
        return f"⏳ Next in the queue{when}."
    requests = "request" if place == 1 else "requests"
    return f"⏳ In the queue: {place} {requests} ahead{when}."


def working(stage: str, fraction: float, left: Span | None = None) -> str:
    """Said while the request is worked on; `fraction` 0–1 is of the whole."""
    when = "" if left is None else f" {left} left"
    return f"✏️ {stage[:1].upper()}{stage[1:]} {bar(fraction)}{when}"


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
    private: bool = False,
) -> str:
    """Said when everything is posted; `changes` are what a REFINE did to the diagram.

    Nobody can react to a `private` post, which has buttons instead.
    """
    things = "other styles" if kind is RequestKind.RESTYLE else "diagrams"
    if kind is RequestKind.EDIT:
        best = "Edited"
    elif kind is RequestKind.REFINE:
        best = f"Refined ({_listed(changes)})"
    elif drawn == 1:
        best = f"One {things.removesuffix('s')}"
    else:
        best = f"The best{f' {shown}' if shown > 1 else ''} of {drawn} {things}"
    unusable = f" ({dropped} more could not be used)" if dropped else ""
    return (
        f"✅ {best}{unusable}, {seconds:.1f} s. {'Press' if private else 'React with'} "
        f"{RATING_EMOJIS[0]} to {RATING_EMOJIS[-1]} under a diagram and I learn what you like."
    )


def _listed(changes: Sequence[str]) -> str:
    shown = [escaped(change) for change in changes[:MAX_CHANGES]]
    more = len(changes) - len(shown)
    return "; ".join([*shown, f"{more} more"] if more else shown)


def already(request: Request) -> str:
    """Said to whoever asks again for what is under way."""
    where = ""
    if request.status_message_id is not None:
        place = f"{request.guild_id or '@me'}/{request.channel_id}/{request.status_message_id}"
        where = f": https://discord.com/channels/{place}"
    return (
        f"You asked for exactly this already, and I am still at it{where}\n"
        "Nothing new was started; ask again once it is done, or cancel it there."
    )


def cancelled(by: int | None) -> str:
    """Said when somebody gave the request up: a person's id, where it is known."""
    return "🚫 Cancelled." if by is None else f"🚫 Cancelled by <@{by}>."


def unusable(kind: RequestKind) -> str:
    """Said when nothing of what there was became a diagram."""
    match kind:
        case RequestKind.DESCRIBE:
            return (
                "None of the drafts became a diagram. Please try again, or say it differently: "
                "which parts are there, and what leads to what?"
            )
        case RequestKind.EDIT:
            return (
                "I can read that text, but its diagram does not fit the picture. Please give it "
                "fewer parts or connections, or shorter labels."
            )
        case RequestKind.REFINE:
            return (
                "I could not tell what to change. Please name the parts as the picture does, for "
                "example: make Encoder red, add Dropout after Decoder. **Edit text** changes "
                "anything by hand."
            )
        case RequestKind.RESTYLE:
            return "This diagram fits the picture in no other style. Please describe it anew."


def failed(problem: str) -> str:
    """Said when nothing more will come."""
    return f"⚠️ {problem}"
