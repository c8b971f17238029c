"""The installation's own policy: what it refuses, and what happens when it cannot decide."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from bot.asking.asked import Asked
from bot.asking.policy import _AT_ONCE, Function, Policy, load_policy
from bot.errors import AgainstPolicy, StartupError, UserFacingError

ASKED = Asked(user_id=1, guild_id=10, channel_id=20, description="a heist", count=2, top=1)


def plain(description: str) -> str | None:
    return "no crimes, please" if "heist" in description else None


async def slow_witted(description: str) -> str | None:
    await asyncio.sleep(0)
    return plain(description)


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on the path of modules."""
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    sys.modules.pop("our_rules", None)


@pytest.mark.parametrize("function", [plain, slow_witted])
async def test_a_refusal_says_why_and_what_is_allowed_passes(function: Function) -> None:
    policy = Policy(function)
    with pytest.raises(AgainstPolicy, match="does not allow this request: no crimes, please"):
        await policy.check(ASKED)
    await policy.check(replace(ASKED, description="a login"))


@pytest.mark.parametrize(
    "asked",
    [
        replace(ASKED, description="a login", text="0 start heist"),
        replace(ASKED, description="a login", text="0 start\n1 end ->0 after the heist"),
        replace(ASKED, description="a login", wish="make it a heist"),
    ],
)
async def test_the_words_of_a_text_and_of_a_wish_count_too(asked: Asked) -> None:
    with pytest.raises(AgainstPolicy):
        await Policy(plain).check(asked)


async def test_the_function_gets_what_people_wrote_a_piece_a_line() -> None:
    got = []

    def reads(words: str) -> str | None:
        got.append(words)
        return None

    await Policy(reads).check(replace(ASKED, text="down pink\n0 start Plan\n1 process Go home"))
    assert got == ["a heist\nPlan\nGo home"]


async def test_what_the_policy_fails_at_is_refused_and_its_words_are_in_no_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fails(description: str) -> str | None:
        raise ValueError(description)

    with pytest.raises(UserFacingError, match="I cannot check now") as refused:
        await Policy(fails).check(ASKED)
    assert not isinstance(refused.value, AgainstPolicy)
    assert "POLICY failed: ValueError" in caplog.text
    assert "heist" not in caplog.text


async def test_an_answer_that_is_none_is_refused() -> None:
    def says_yes(_: str) -> bool:
        return True

    with pytest.raises(UserFacingError, match="I cannot check now"):
        await Policy(says_yes).check(ASKED)  # type: ignore[arg-type]


async def test_a_policy_that_hangs_is_given_up_and_nobody_else_waits_for_it() -> None:
    go_on = threading.Event()

    def hangs(_: str) -> None:
        go_on.wait(60)

    async def hangs_too(_: str) -> None:
        await asyncio.Event().wait()

    try:
        for function in (hangs, hangs_too):
            with pytest.raises(UserFacingError, match="I cannot check now"):
                await Policy(function, patience=0.05).check(ASKED)
    finally:
        go_on.set()


async def test_functions_that_hang_take_no_more_than_their_places_and_give_them_back() -> None:
    go_on, called = threading.Event(), threading.Semaphore(0)

    def hangs(_: str) -> None:
        called.release()
        go_on.wait(60)

    policy = Policy(hangs, patience=0.05)
    try:
        for _ in range(_AT_ONCE + 1):
            with pytest.raises(UserFacingError, match="I cannot check now"):
                await policy.check(ASKED)
        for _ in range(_AT_ONCE):
            assert called.acquire(timeout=60)
        assert not called.acquire(blocking=False)
    finally:
        go_on.set()
    async with asyncio.timeout(60):
        while not called.acquire(blocking=False):  # until one of them has given its place back
            with suppress(UserFacingError):
                await policy.check(ASKED)


HANGING = """
import asyncio, threading
from bot.asking.policy import Policy
from tests.bot.asking.test_policy import ASKED

async def ask():
    try:
        await Policy(lambda _: threading.Event().wait(), patience=0.05).check(ASKED)
    except Exception as refused:
        print(refused)

asyncio.run(ask())
"""


def test_a_function_that_hangs_does_not_keep_the_program_from_ending() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HANGING],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert done.stdout.startswith("I cannot check now")


async def test_the_function_is_imported_by_its_name(modules: Path) -> None:
    (modules / "our_rules.py").write_text("def check(text): return f'not {text}'\n")
    with pytest.raises(AgainstPolicy, match="not a heist"):
        await load_policy("our_rules:check").check(ASKED)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("no_such_rules:check", "ModuleNotFoundError: No module named 'no_such_rules'"),
        ("our_rules:nothing", "AttributeError: module 'our_rules' has no attribute 'nothing'"),
        ("our_rules", "AttributeError"),
        (":check", "ValueError"),
        ("our_rules:NUMBER", "is no function"),
    ],
)
def test_a_name_that_is_no_function_is_one_clear_line(modules: Path, name: str, why: str) -> None:
    (modules / "our_rules.py").write_text("NUMBER = 5\n")
    with pytest.raises(StartupError, match=re.escape(why)) as refused:
        load_policy(name)
    assert str(refused.value).startswith(f"POLICY={name} ")
    assert "\n" not in str(refused.value)


def test_a_module_that_cannot_be_read_is_one_clear_line_too(modules: Path) -> None:
    (modules / "our_rules.py").write_text("raise RuntimeError('first\\nsecond')\n")
    with pytest.raises(StartupError, match=r"\(RuntimeError: first second\)"):
        load_policy("our_rules:check")
