"""Every sentence that people read has its Korean, and the language is that of who is answered."""

from __future__ import annotations

import ast
import asyncio
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract, extract_from_dir
from babel.messages.pofile import read_po
from discord import app_commands
from discord.ext import commands

import ml
from bot import cogs, texts
from bot.cogs.menus import EXPLAIN, RATE
from bot.texts import catalogue, gettext, language, languages, ngettext, speak, speaking

BOT = Path(texts.__file__).parent
ML = Path(ml.__file__).parent
IN_A_TERMINAL = {
    "language": {
        "orpo.py",
        "preferences.py",
        "publish.py",
        "reference.py",
        "training.py",
        "tune.py",
    },
    "scoring": {"evaluate.py", "fit_readability.py", "train_autoencoder.py"},
    "spec": {"changes.py", "changing.py", "naming.py", "rows.py", "scene.py"},
}
"""Modules of ml whose errors nobody meets in Discord: they are read by whoever trains, or are
only logged."""
TOLD = {"ModelError": None, "SpecError": None, "WorkerDied": None}
"""Errors of ml that are told in their own words; for others the bot has words."""


def said() -> dict[str | tuple[str, ...], str]:
    """Every sentence in the code, and where it is."""
    found: dict[str | tuple[str, ...], str] = dict.fromkeys((RATE, EXPLAIN), "a context menu")
    for command in all_commands():
        found |= dict.fromkeys(words_of(command), f"/{command.qualified_name}")
    keywords = {"_": None, "gettext": None, "later": None, "ngettext": (1, 2)}
    for file, line, message, *_ in extract_from_dir(BOT, [("**.py", "python")], keywords=keywords):
        found[message] = f"bot/{file}:{line}"
    for path in telling():
        with path.open("rb") as opened:
            for line, message, *_ in extract("python", opened, keywords=TOLD):
                found[message] = f"{path.relative_to(ML.parent)}:{line}"
    return found


def telling() -> Iterator[Path]:
    """The modules of ml whose errors people may be told."""
    for path in sorted(ML.rglob("*.py")):
        if path.name not in IN_A_TERMINAL.get(path.parent.name, ()):
            yield path


def all_commands() -> Iterator[app_commands.Command[Any, ..., Any] | app_commands.Group]:
    """Every command and group of the cogs."""
    for module in pkgutil.iter_modules(cogs.__path__):
        for cog in vars(import_module(f"{cogs.__name__}.{module.name}")).values():
            if isinstance(cog, type) and issubclass(cog, commands.Cog):
                if cog.__cog_is_app_commands_group__:
                    yield app_commands.Group(
                        name=cog.__cog_group_name__, description=cog.__cog_group_description__
                    )
                for command in cog.__cog_app_commands__:
                    yield command
                    if isinstance(command, app_commands.Group):
                        yield from command.walk_commands()


def words_of(command: app_commands.Command[Any, ..., Any] | app_commands.Group) -> Iterator[str]:
    """What Discord shows about a command, besides the names that are typed."""
    yield str(command.description)
    for option in command.parameters if isinstance(command, app_commands.Command) else ():
        yield from {str(option.description)} - {"…"}  # said of an option without words
        yield from (choice.name for choice in option.choices)


def translated(spoken: str) -> list[Message]:
    with catalogue(spoken).open("rb") as file:
        return [message for message in read_po(file, locale=spoken) if message.id]


def gaps(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("spoken", sorted(languages()))
def test_every_sentence_is_translated_and_nothing_else_is(spoken: str) -> None:
    known = {message.id: message for message in translated(spoken)}
    missing = {where: message for message, where in said().items() if message not in known}
    assert not missing
    assert not set(known) - set(said())
    assert [m.id for m in known.values() if not all(_strings(m.string))] == []
    assert [m.id for m in known.values() if m.fuzzy] == []


def test_errors_that_people_are_told_can_be_translated() -> None:
    bare = [
        f"{path.relative_to(ML.parent)}:{call.lineno}"
        for path in telling()
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in TOLD
        if not isinstance(call.args[0], ast.Constant)
    ]
    assert not bare, "a message is literal text, and its values come beside it"


@pytest.mark.parametrize("spoken", sorted(languages()))
def test_a_translation_has_the_same_gaps(spoken: str) -> None:
    for message in translated(spoken):
        wanted = set().union(*map(gaps, _strings(message.id)))
        for string in _strings(message.string):
            assert gaps(string) == wanted, message.id


def test_without_a_translation_it_is_english() -> None:
    for locale in ("en-GB", "fr", "../ko", ""):
        with speaking(locale):
            assert gettext("There is none.") == "There is none."
            assert ngettext("one", "many", 2) == "many"


async def test_the_language_belongs_to_the_task_and_to_what_it_starts() -> None:
    async def child() -> str:
        await asyncio.sleep(0)
        return language()

    async def task(locale: str) -> str:
        speak(locale)
        return await asyncio.create_task(child())

    assert tuple(await asyncio.gather(task("ko"), task("de"))) == ("ko", "de")
    assert language() == "en"


def _strings(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())
