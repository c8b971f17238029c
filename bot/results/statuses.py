"""What is said about a request as it moves on, from the queue to its end. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.asking.eta import Span
from bot.rating.emojis import RATING_EMOJIS
from bot.results.delivery import escaped
from bot.texts import gettext as _
from bot.texts import ngettext
from storage.requests import Request, RequestKind

MAX_CHANGES = 6
"""What was changed, as far as it is listed."""
_BAR = 10
_TELLING, _LONG = 3, 30
"""So many words, or so many characters where they are not set apart, say what is to be drawn."""
_WROTE = re.compile(r"wrote (?P<count>\d+) of (?P<all>\d+)")


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

    Whoever said little in `description` is told what would help.

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
    if kind is RequestKind.DESCRIBE and _says_little(description):
        hint = _(
            "You said little, so I made up the rest. Name the parts, and what leads to what, and "
            "I draw those."
        )
        said = f"{said}\n-# {hint}"
    return said


def _says_little(description: str) -> bool:
    words = re.findall(r"\w+", description)
    return 0 < len(words) < _TELLING and len(description) < _LONG


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
