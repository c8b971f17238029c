"""What people read, in their language: gettext over the catalogues in `bot/locales`.

    from bot.texts import gettext as _, ngettext

    _("There is no diagram {id}.").format(id=4)

English is in the code; `locales/ko/LC_MESSAGES/bot.po` has the Korean of every sentence, which a
test checks. The language is that of whoever is being answered. It belongs to the task: set once
where an interaction begins, it holds in everything that is started from there.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parent / "locales"
DEFAULT = "en"

_language: ContextVar[str] = ContextVar("language", default=DEFAULT)


def gettext(message: str) -> str:
    """The sentence in the language of this task; in English when there is no other."""
    return _translations(_language.get()).gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """The sentence for this many."""
    return _translations(_language.get()).ngettext(one, many, number)


def later(message: str) -> str:
    """The sentence as it is, for a table: `gettext` translates it where it is shown."""
    return message


def speak(locale: str) -> None:
    """Use this language, named as Discord does (`ko`, `en-GB`), in this task from now on."""
    _language.set(locale)


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """Use this language for a while."""
    token = _language.set(locale)
    try:
        yield
    finally:
        _language.reset(token)


def language() -> str:
    """The language of this task."""
    return _language.get()


@lru_cache(maxsize=64)
def _translations(locale: str) -> NullTranslations:
    spoken = locale.partition("-")[0]
    if spoken not in languages():
        return NullTranslations()
    compiled = io.BytesIO()
    with catalogue(spoken).open("rb") as file:
        write_mo(compiled, read_po(file, locale=spoken))
    compiled.seek(0)
    return GNUTranslations(compiled)


def languages() -> frozenset[str]:
    """The languages that there are besides English."""
    return frozenset(
        folder.name for folder in LOCALES.iterdir() if catalogue(folder.name).is_file()
    )


def catalogue(spoken: str) -> Path:
    """Where the sentences of a language are."""
    return LOCALES / spoken / "LC_MESSAGES" / "bot.po"
