from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot.logs import REDACTED, set_up_logging

TOKEN = "MTA1.secret.token"


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


def logged(*, as_json: bool) -> io.StringIO:
    stream = io.StringIO()
    set_up_logging(level="INFO", as_json=as_json, secrets=(TOKEN,), stream=stream)
    return stream


@pytest.mark.parametrize("as_json", [False, True])
def test_the_token_never_gets_out(as_json: bool) -> None:
    stream = logged(as_json=as_json)
    try:
        raise ValueError(f"bad {TOKEN}")
    except ValueError:
        logging.getLogger("x").exception("with %s", TOKEN, extra={"action": TOKEN})
    assert TOKEN not in stream.getvalue()
    assert stream.getvalue().count(REDACTED) >= 3


def test_tokens_of_interactions_in_paths_never_get_out() -> None:
    stream = logged(as_json=False)
    secret = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5"
    logging.getLogger("x").info("POST https://discord.com/api/v10/webhooks/123/%s?wait=1", secret)
    logging.getLogger("x").info("/interactions/123/%s/callback", secret)
    assert secret not in stream.getvalue()
    assert "/callback" in stream.getvalue()


def test_text_shows_the_extras() -> None:
    stream = logged(as_json=False)
    logging.getLogger("x").info("done", extra={"action": "fulfil", "request_id": "r1"})
    assert stream.getvalue().rstrip().endswith("x: done [action=fulfil request_id=r1]")


def test_json_is_one_object_a_line() -> None:
    stream = logged(as_json=True)
    logging.getLogger("x").warning("a\nb", extra={"request_id": "r1"})
    (line,) = stream.getvalue().splitlines()
    entry = json.loads(line)
    assert (entry["level"], entry["message"], entry["request_id"]) == ("WARNING", "a\nb", "r1")


def test_chatty_libraries_are_kept_down() -> None:
    stream = logged(as_json=False)
    logging.getLogger("discord.http").info("a path")
    logging.getLogger("discord.http").warning("slowed")
    assert "a path" not in stream.getvalue()
    assert "slowed" in stream.getvalue()
