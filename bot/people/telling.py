"""What people are told about what is kept about them. Pure."""

from __future__ import annotations

from bot.people.rules import days
from bot.people.takeout import Takeout
from bot.texts import gettext as _
from bot.texts import ngettext
from storage.purge import Forgotten


def privacy_text(shares: bool, *, keep_days: int, backup_days: int, writes_elsewhere: bool) -> str:
    """What is kept, why and how long, within one message.

    `keep_days` are those of the server where somebody asks, `backup_days` of the installation; 0
    where nothing is deleted by itself, or copied. `writes_elsewhere`: the language model is on
    another server.
    """
    kept = _(
        "**What I keep about you, and why**\n"
        "• What you ask for and the diagrams I draw from it, also those I do not show, with their "
        "scores: so that the buttons, `/history` and `/search` work.\n"
        "• The pictures that I posted: to show them again.\n"
        "• What my models see in each diagram, as numbers, and the number emojis that you put "
        "under diagrams: so that the next ones are ranked by your taste. For people who have "
        "rated nothing yet, I rank by what everybody's ratings have in common.\n"
        "• Your answers to “A or B?”: to train on, if you share.\n"
        "• Discord's ids of you, the server, the channel and my messages: to know whose all that "
        "is and where. With each request, the language of your Discord: to answer in it.\n"
        "Nothing else: not your name, not what you write elsewhere. Descriptions are in no log."
    )
    if writes_elsewhere:
        sent = _(
            "The model that writes diagrams is on another server, which gets what you ask for."
        )
        kept = f"{kept} {sent}"
    exported = _(
        "Admins of a server can export what was asked for, drawn and rated in it, except what "
        "somebody asked for privately."
    )
    how_long = _(
        "**How long.** Until you say `/forget-me`, which deletes all of it at once. Copies that "
        "whoever runs this bot makes of its data are theirs to delete. `/my-data export` gives "
        "you everything.\n"
        "{sooner}{copies}"
        "What admins of a server note about its rules, whom they blocked and what they changed, "
        "is the server's and stays.\n"
        "What you typed goes everywhere, what others typed stays. What they made of a diagram of "
        "yours, by editing or restyling it, is theirs and stays with its labels; your description "
        "and your text are taken out of their requests and my messages."
    ).format(sooner=_sooner(keep_days), copies=_copies(backup_days))
    if shares:
        sharing = _(
            "**Sharing for training** is **on**. Your descriptions, ratings and answers may train "
            "models that everybody here uses, but nothing that was deleted or asked for "
            "privately does."
        )
    else:
        sharing = _(
            "**Sharing for training** is **off**. Your descriptions, ratings and answers train no "
            "model."
        )
    return "\n\n".join((f"{kept}\n{exported}", how_long, sharing))


def _sooner(keep_days: int) -> str:
    if not keep_days:
        return ""
    said = _(
        "This server keeps what is asked for in it for {days}; then requests, diagrams, ratings "
        "and pictures are deleted, later where somebody has drawn on from them. My messages stay."
    )
    return said.format(days=days(keep_days)) + "\n"


def _copies(backup_days: int) -> str:
    if not backup_days:
        return ""
    said = _("What is deleted is still in the backups of the last nights, for up to {days}.")
    return said.format(days=days(backup_days)) + "\n"


def exported_text(packed: Takeout) -> str:
    """Said beside the zip: what is in it and what had no room."""
    pictures = _pictures(packed.pictures)
    lines = [
        _("Everything I keep about you: `data.json` and {pictures}.").format(pictures=pictures)
    ]
    if packed.left_out:
        lines.append(left_out(packed))
    if not packed.latents:
        lines.append(_("What my models see in each diagram, as numbers, had no room either."))
    return "\n".join(lines)


def left_out(packed: Takeout) -> str:
    """Which pictures had no room in a zip; some had none."""
    return ngettext(
        "Discord takes 10 MiB, so the oldest {count:,} picture had no room.",
        "Discord takes 10 MiB, so the oldest {count:,} pictures had no room.",
        packed.left_out,
    ).format(count=packed.left_out)


def forgotten_text(gone: Forgotten) -> str:
    """Said when somebody is forgotten."""
    requests, ratings = len(gone.request_ids), gone.ratings
    said = [
        _("🗑️ Forgotten: {requests}, {diagrams}, {pictures} and {ratings}.").format(
            requests=ngettext("{count:,} request", "{count:,} requests", requests).format(
                count=requests
            ),
            diagrams=ngettext("{count:,} diagram", "{count:,} diagrams", gone.diagrams).format(
                count=gone.diagrams
            ),
            pictures=_pictures(len(gone.pictures)),
            ratings=ngettext("{count:,} rating", "{count:,} ratings", ratings).format(
                count=ratings
            ),
        )
    ]
    if gone.posts or gone.statuses:
        said.append(
            _(
                "My messages about them disappear in the next minutes, where Discord lets me "
                "delete them."
            )
        )
    if gone.rated:
        said.append(
            _(
                "I also take your number emojis away under other people's diagrams, where I may. "
                "Please remove what is left in a few minutes: an emoji that is there counts."
            )
        )
    return " ".join(said)


def _pictures(count: int) -> str:
    return ngettext("{count:,} picture", "{count:,} pictures", count).format(count=count)
