"""`diagram-bot demo`: the real bot, worker, models and database, in a simulated Discord.

Two people ask, react, change their minds and take reactions back; jobs refresh what taste rests
on; then one of them asks again and gets another ranking. Everything is written down as it
happens, the posted pictures are left in a folder, and the exit status says whether all of it
really happened.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path
from statistics import mean
from time import perf_counter
from typing import TextIO

import discord
from simcord import run as simulated
from simcord.actors import MemberActor

from bot.app import open_app
from bot.logs import set_up_logging
from bot.pulse import Pulse
from bot.rating.emojis import RATING_EMOJIS
from bot.running import make_worker
from bot.settings import Settings
from bot.simulated.simulation import Outside
from bot.simulated.stage import Shown, Stage, Transcript
from jobs.refresh import REFRESH
from ml.worker import Draws

DIGITS = "CNN with 28x28 input, two conv layers, max pooling and a dense layer of 10 outputs"
REPORT = "load the csv, clean the rows, train the model, then write the report"
ORDER = "order arrives, then is it in stock? yes -> ship it, no -> refund"


async def demo(settings: Settings, *, out: Path) -> int:
    """Play the whole story with the real worker; 0 when everything in it happened, else 1."""
    set_up_logging(level="ERROR", as_json=False, secrets=())
    with tempfile.TemporaryDirectory(prefix="diagram-bot-demo-") as folder:
        settings = settings.model_copy(update={"data_dir": Path(folder), "database_url": None})
        async with make_worker(settings) as worker:
            return await perform(settings, worker=worker, out=out, to=sys.stdout)


async def perform(settings: Settings, *, worker: Draws, out: Path, to: TextIO) -> int:
    """Play the story with a worker that runs; pictures go to `out`, the transcript to `to`."""
    began = perf_counter()
    _emptied(out)
    say = Transcript(to)
    say.title("Diagram bot: the real bot and models in a simulated Discord")
    versions = await worker.ready()
    say.line(f"models  language {versions.language} · readability {versions.readability}")
    say.line(f"        autoencoder {versions.autoencoder} · on {worker.status.device}")
    say.line(f"        ready after {perf_counter() - began:.1f} s")
    outside = Outside(worker)
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(
            # The same diagrams every time, as far as the weights are the same.
            open_app(settings, worker=outside, new_seed=count(1).__next__)
        )
        pulse = await stack.enter_async_context(Pulse())
        outside.env = await stack.enter_async_context(simulated(app.bot, settle_timeout=30.0))
        stage = Stage(env=outside.env, app=app, worker=outside, say=say, out=out)
        try:
            await _play(stage)
        except TimeoutError as error:
            stage.check(False, str(error))
    say.title("Was all of it real?")
    for happened, what in stage.checks:
        say.line(f"{'✓' if happened else '✗'} {what}")
    say.line("")
    say.line(
        f"Longest pause of the event loop {pulse.longest * 1000:.0f} ms · memory: "
        f"bot {_mebibytes(_own_memory())}, worker {_mebibytes(worker.status.memory_bytes)}"
    )
    say.line(f"Pictures in {out}/ · {perf_counter() - began:.1f} s in all")
    return 0 if all(happened for happened, _ in stage.checks) else 1


def _own_memory() -> int | None:
    """The most memory this process ever had, in bytes; None where that is not known."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _mebibytes(size: int | None) -> str:
    return "?" if size is None else f"{size / 2**20:.0f} MiB"


def _emptied(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()


async def _play(stage: Stage) -> None:
    say = stage.say
    guild = stage.env.create_guild("Vision team")
    managers = guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    channel = guild.create_text_channel("diagrams")
    stage.open(channel)
    ana = guild.add_member(stage.env.create_user("Ana"))
    ben = guild.add_member(stage.env.create_user("Ben"), roles=[managers])

    say.title("#diagrams · Ana and Ben ask at the same moment")
    first, other = await stage.ask(
        (ana, DIGITS, {"count": 8, "top": 8}), (ben, ORDER, {"count": 4, "top": 2})
    )
    stage.check(len(first) == 8 and len(other) == 2, "both got their diagrams, one message each")
    say.line("")
    (second,) = await stage.ask((ana, REPORT, {"count": 8, "top": 8}))
    seen = [*first, *second]

    say.title("They rate with number emojis")
    liked = _taste_of(seen)
    say.line(f"(Ana likes diagrams {_in_words(liked)}, and no others)")
    await _rate_all(stage, ana, seen, liked)
    await _change_of_mind(stage, ana, ben, first, other)

    say.title("The refresh job runs, as it does every minute")
    summary = await stage.app.schedule.run_now(REFRESH)
    say.line(f"{REFRESH}: {summary.outcome} · {summary.detail}")
    rated = stage.app.tastes.current.count(ana.id)
    stage.check(rated == len(seen), f"the taste index holds Ana's {rated} ratings")

    say.title("Ana asks again, and the ranking has moved")
    (again,) = await stage.ask((ana, DIGITS, {"count": 8, "top": 8}), moved=True)
    _compare(stage, again, liked)

    say.title("Ben, whose only rating was taken back, gets the team's taste")
    (team,) = await stage.ask((ben, DIGITS, {"count": 3, "top": 1}))
    stage.check(
        bool(team) and "· team " in team[0].caption, "without ratings, the team's taste counts"
    )

    say.title("What Ana sees with /ratings, and Ben with /admin status")
    await stage.slash(ana, "ratings")
    await stage.slash(ben, "admin status")


def _in_words(liked: tuple[str, str]) -> str:
    field, word = liked
    if field == "palette":
        return f"in {word}"
    return "that run from left to right" if word == "right" else "that run from top to bottom"


def _taste_of(shown: Sequence[Shown]) -> tuple[str, str]:
    """A look that some of the diagrams have and others not, as a style field and its word.

    Of the two directions, the one that readability alone puts behind; a palette when all the
    diagrams run the same way.
    """
    found = []
    for field in ("direction", "palette"):
        for word in sorted({one.style(field) for one in shown}):
            have = [one.readability for one in shown if one.style(field) == word]
            lack = [one.readability for one in shown if one.style(field) != word]
            if len(have) > 1 and len(lack) > 1:
                found.append((field == "direction", mean(lack) - mean(have), (field, word)))
    return max(found)[2] if found else ("direction", shown[0].style("direction"))


async def _rate_all(
    stage: Stage, who: MemberActor, shown: Sequence[Shown], liked: tuple[str, str]
) -> None:
    await stage.react_to(who, [one for one in shown if one.style(liked[0]) == liked[1]], 5)
    await stage.react_to(who, [one for one in shown if one.style(liked[0]) != liked[1]], 0)


async def _change_of_mind(
    stage: Stage, ana: MemberActor, ben: MemberActor, first: Sequence[Shown], other: Sequence[Shown]
) -> None:
    one = first[0]
    right = await stage.rating(ana, one)
    wrong = 5 if right == 0 else 0
    await stage.react_to(ana, [one], wrong)
    changed = await stage.rating(ana, one)
    await stage.unreact(ana, one, wrong)
    back = await stage.rating(ana, one)
    stage.say.line(f"(the rating kept for Ana: {right}, {changed} by mistake, {back} again)")
    stage.check(
        (changed, back) == (wrong, right), "a wrong emoji taken back restores the one before"
    )
    await stage.react_to(ben, [other[0]], 3)
    given = await stage.rating(ben, other[0])
    await stage.unreact(ben, other[0], 3)
    stage.check(
        given == 3 and await stage.rating(ben, other[0]) is None,
        "Ben's only rating is gone after he took it back",
    )
    offered = [str(reaction.emoji) for reaction in stage.message(one).reactions]
    stage.check(
        offered[: len(RATING_EMOJIS)] == list(RATING_EMOJIS), "all six number emojis are offered"
    )


def _compare(stage: Stage, again: Sequence[Shown], liked: tuple[str, str]) -> None:
    good = [one.taste for one in again if one.style(liked[0]) == liked[1]]
    bad = [one.taste for one in again if one.style(liked[0]) != liked[1]]
    if not good or not bad:
        stage.check(False, f"some of the new diagrams are {_in_words(liked)}, and some not")
        return
    means = mean(good), mean(bad)
    stage.check(
        means[0] > means[1],
        f"diagrams {_in_words(liked)} are predicted {means[0]:.1f} for Ana on average, the rest "
        f"{means[1]:.1f}",
    )
    stage.check(again[0].style(liked[0]) == liked[1], "her new #1 is one of those")
    stage.check(
        any(
            before.taste > behind.taste and before.readability <= behind.readability
            for place, before in enumerate(again)
            for behind in again[place + 1 :]
        ),
        "taste put a diagram before one that is at least as readable",
    )
