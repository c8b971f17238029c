"""What people are told when something fails."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import aiohttp
import discord
import pytest

from bot.failures import explained
from storage.errors import DatabaseUnavailable, NotFound


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (NotFound("there is no diagram 7"), "not there any more"),
        (
            discord.NotFound(
                cast(aiohttp.ClientResponse, SimpleNamespace(status=404, reason="Not Found")),
                {"code": 10008, "message": "Unknown Message"},
            ),
            "gone from Discord",
        ),
        (DatabaseUnavailable("locked"), "My storage is busy or full"),
    ],
)
def test_what_is_gone_is_not_told_as_a_failure_of_the_storage(error: Exception, words: str) -> None:
    assert words in explained(error, what="a button")
