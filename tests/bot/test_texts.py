"""Every sentence that people read has its Korean, and the language is that of who is answered."""

from __future__ import annotations

import asyncio
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot import texts
from bot.texts import catalogue, gettext, language, languages, ngettext, speak, speaking

BOT = Path(texts.__file__).parent


def said() -> dict[str | tuple[str, ...], str]:
    """Every sentence in the code, and where it is."""
    found = {}
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2)}
    for file, line, message, *_ in extract_from_dir(BOT, [("**.py", "python")], keywords=keywords):
        found[message] = f"bot/{file}:{line}"
    return found


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
