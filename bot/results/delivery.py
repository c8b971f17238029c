"""What is said about diagrams: captions, alt texts, names; and how anything is quoted. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.texts import gettext as _
from bot.texts import ngettext
from ml.scoring.taste import Basis
from ml.spec.model import Direction, Edge, Spec
from storage.messages import PostedMessage
from storage.requests import Request, RequestKind

MAX_ALT_TEXT = 1_024
MAX_QUOTE = 200


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
