"""Everybody reads their own language: answers, posts, buttons, forms and Discord's own menus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import discord
import pytest
import simcord.interactions
from discord import app_commands
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot import client
from bot.cogs.menus import EXPLAIN
from bot.translating import Addressed
from storage.requests import get_request
from tests.acceptance.conftest import World

BAD = "right blue round arrow spacious nodes\n0 data Read\n1 nonsense Scrub\n"
NAMES = {"sft", "orpo"}
"""Choices that are the same in every language."""

_HANGUL = re.compile(r"[가-힣]")
_ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}")


def is_korean(text: str | None) -> bool:
    """Whether it is Korean, but for quoted descriptions, commands and single words."""
    said = re.sub(r"^> .*$|`[^`]*`", "", text or "", flags=re.MULTILINE)
    return bool(_HANGUL.search(said)) and not _ENGLISH.search(said)


@pytest.fixture
def korean(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """The ids of those whose Discord is Korean; everybody else's is English."""
    people: set[int] = set()
    in_english = simcord.interactions.base_payload

    def in_their_language(*args: Any, user_id: int, **given: Any) -> Any:
        record, payload = in_english(*args, user_id=user_id, **given)
        if user_id in people:
            payload["locale"] = "ko"
        return record, payload

    monkeypatch.setattr(simcord.interactions, "base_payload", in_their_language)
    return people


@pytest.fixture
def ana(world: World, korean: set[int]) -> MemberActor:
    korean.add(world.ana.id)
    return world.ana


def said(result: InteractionResult) -> str:
    assert result.response is not None
    return result.response.content


async def draw(world: World, who: MemberActor) -> discord.Message:
    await world.ask(who, "read clean train", count=2, top=1)
    return world.posts()[-1]


def labels(message: discord.Message) -> Iterator[str]:
    for row in message.components:
        assert isinstance(row, discord.ActionRow)
        for item in row.children:
            assert isinstance(item, discord.Button)
            yield item.label or ""


async def test_a_request_is_told_and_shown_in_the_language_of_who_asked(
    world: World, ana: MemberActor
) -> None:
    asked = await world.ask(ana, "read clean train", count=3, top=2)
    assert is_korean(said(asked))
    assert "3개 중 가장 좋은 2개" in said(asked)
    for post in world.posts():
        assert is_korean(post.content)
        assert is_korean(post.attachments[0].description)
        assert all(map(is_korean, labels(post)))
    await world.ask(world.ben, "read clean train", count=1, top=1)
    assert not _HANGUL.search(world.posts()[-1].content)


async def test_refusals_of_commands_menus_and_wrong_descriptions_are_in_that_language(
    world: World, ana: MemberActor
) -> None:
    nothing = await ana.slash(world.channel, "show", id=999)
    world.refused()
    assert is_korean(said(nothing))
    empty = await world.ask(ana, "?!")
    world.refused()
    assert is_korean(said(empty))
    message = await world.ben.send(world.channel, "hello")
    other = await ana.context_menu(world.channel, EXPLAIN, message)
    world.refused()
    assert is_korean(said(other))


async def test_each_who_waits_is_told_in_their_own_language(world: World, ana: MemberActor) -> None:
    gates = world.hold()
    first = await world.ask(world.ben, "number 1", count=1, top=1)
    second = await world.ask(ana, "number 2", count=1, top=1)
    third = await world.ask(world.ben, "number 3", count=1, top=1)
    assert "앞에 요청이 1개" in said(second)
    gates.release(world.worker.jobs[0].id)
    await world.env.settle()
    assert "✅ One diagram" in said(first)
    assert is_korean(said(second))
    assert "1 request ahead" in said(third)
    gates.release(world.worker.jobs[1].id)
    await world.env.settle()
    assert "✅ 다이어그램 1개" in said(second)
    assert "Next in the queue" in said(third)


async def test_whose_request_somebody_else_cancels_still_reads_their_own_language(
    world: World, ana: MemberActor
) -> None:
    world.hold()
    asked = await world.ask(ana, "read clean train")
    assert asked.response is not None
    late = await world.ben.click(asked.response.message, label="취소")
    assert not _HANGUL.search(late.followups[0].content)
    await world.ada.click(asked.response.message, label="취소")
    await world.env.settle()
    assert f"{world.ada.mention}님이 취소했어요" in said(asked)
    told = [str(what) for *_, what in world.env.backend.transcript if "🚫" in str(what)]
    assert told
    assert all("취소했어요" in text for text in told), "from the first moment"
    assert is_korean(said(asked))


async def test_a_button_answers_whoever_presses_it(world: World, ana: MemberActor) -> None:
    post = await draw(world, world.ben)
    menu = await ana.click(post, label="Export")
    assert is_korean(said(menu))
    assert menu.response is not None
    ((select,),) = (row["components"] for row in menu.response.components)
    assert is_korean(select["placeholder"])
    assert is_korean(select["options"][0]["description"])
    asked = await world.ben.click(post, label="Delete")
    assert "cannot be undone" in said(asked)


async def test_forms_and_what_comes_of_them_are_in_that_language(
    world: World, ana: MemberActor
) -> None:
    post = await draw(world, ana)
    form = await ana.click(post, label="텍스트 편집")
    assert form.modal is not None
    assert is_korean(form.modal["title"])
    wrong = await ana.submit_modal(form, {"text": BAD})
    assert "3번째 줄" in said(wrong)
    assert is_korean(said(wrong)), "what is wrong with the line as well"
    wish = await ana.click(post, label="다듬기")
    assert wish.modal is not None
    assert is_korean(wish.modal["components"][0]["description"])
    unclear = await ana.submit_modal(wish, {"wish": "do it better somehow"})
    assert "무엇을 바꿀지 알 수 없었어요" in said(unclear)
    described = await ana.slash(world.channel, "diagram-form")
    assert described.modal is not None
    assert is_korean(described.modal["title"])
    empty = await ana.submit_modal(described, {"description": "?!"})
    world.refused()
    assert is_korean(said(empty))


async def test_what_a_diagram_is_and_what_became_of_it_is_told_in_that_language(
    world: World, ana: MemberActor
) -> None:
    post = await draw(world, ana)
    explained = await ana.context_menu(world.channel, EXPLAIN, post)
    (embed,) = explained.response.message.embeds
    assert all(map(is_korean, (embed.description or "").split("\n"))), embed.description
    form = await ana.click(post, label="다듬기")
    refined = await ana.submit_modal(form, {"wish": "after 1|store\npaint 0|red\nstyle down"})
    await world.env.settle()
    assert "추가: Store" in said(refined)
    assert "빨간색" in said(refined)
    assert is_korean(said(refined))


async def test_after_a_restart_a_request_goes_on_in_its_language(
    world: World, ana: MemberActor
) -> None:
    world.hold()
    asked = await world.ask(ana, "read clean train", count=3, top=2)
    theirs = await world.ask(world.ben, "read clean train", count=3, top=2)
    await world.restart()
    await world.env.settle()
    assert "3개 중 가장 좋은 2개" in said(asked)
    assert "The best 2 of 3" in said(theirs)
    async with world.app.database.reading() as session:
        locales = {(await get_request(session, job.id)).locale for job in world.worker.jobs}
    assert locales == {"ko", "en-US"}


async def test_what_concerns_a_person_is_in_that_language(world: World, ana: MemberActor) -> None:
    post = await draw(world, ana)
    kept = await ana.slash(world.channel, "privacy")
    assert is_korean(kept.response.content)
    assert len(kept.response.content) <= 2_000
    shared = await ana.click(kept.response.message, label="학습에 공유하기")
    assert "켜져" in shared.response.content
    copy = await ana.slash(world.channel, "my-data export")
    assert is_korean(copy.response.content.replace("data.json", ""))
    await world.rate(ana, post, 4)
    rated = await ana.slash(world.channel, "ratings")
    assert "평균은 4.0점" in rated.response.content
    asked = await ana.slash(world.channel, "forget-me")
    assert is_korean(asked.response.content)
    assert all(map(is_korean, labels(asked.response.message)))
    gone = await ana.click(asked.response.message, label="내 데이터 삭제하기")
    await world.env.settle()
    assert is_korean(gone.response.content)


async def test_words_taken_back_are_replaced_in_the_language_of_whose_request_it_is(
    world: World, ana: MemberActor
) -> None:
    post = await draw(world, world.ben)
    others = await ana.click(post, label="More like this")
    await world.env.settle()
    asked = await world.ben.slash(world.channel, "forget-me")
    await world.ben.click(asked.response.message, label="Forget me")
    await world.env.settle()
    assert is_korean(others.response.message.content)


async def test_admins_read_their_language(world: World, korean: set[int]) -> None:
    korean.add(world.ada.id)
    world.hold()
    await world.ask(world.ana, "read clean train")
    for command in ("settings show", "admin status", "admin queue", "admin audit"):
        told = await world.ada.slash(world.channel, command)
        assert is_korean(told.response.content), told.response.content
    jobs = await world.ada.slash(world.channel, "admin jobs")
    assert "아직 실행 안 함" in jobs.response.content  # what jobs say of themselves is English
    wrong = await world.ada.slash(world.channel, "settings set")
    world.refused()
    assert is_korean(wrong.response.content)
    nobody = await world.ada.slash(world.channel, "admin unblock", user=world.ana)
    assert is_korean(nobody.response.content)
    paused = await world.ada.slash(world.channel, "admin pause")
    assert is_korean(paused.response.content)
    denied = await world.ana.slash(world.channel, "diagram", description="read clean train")
    world.refused()
    assert not _HANGUL.search(denied.response.content)


async def test_discord_has_korean_for_every_command_option_choice_and_menu(world: World) -> None:
    tree = world.app.bot.tree
    assert tree.translator is not None
    untranslated, typed = [], []
    for command in tree.get_commands() + tree.get_commands(type=discord.AppCommandType.message):
        payload = await command.get_translated_payload(tree, tree.translator)
        for part in _parts(payload):
            menu_or_choice = not part.get("description")
            field = "name" if menu_or_choice else "description"
            korean = part.get(f"{field}_localizations", {}).get("ko", "")
            if part[field] not in NAMES and not (is_korean(korean) and len(korean) <= 100):
                untranslated.append((command.name, part[field], korean))
            if not menu_or_choice and part.get("name_localizations"):
                typed.append(part["name"])
    assert untranslated == []
    assert typed == [], "names that people type are the same in every language"


def _parts(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A command's payload, and all that is in it: options and choices."""
    if payload.get("description") != "…":  # what discord.py puts where nothing is said
        yield payload
    for part in [*payload.get("options", ()), *payload.get("choices", ())]:
        yield from _parts(part)


def test_everything_that_people_act_on_asks_for_their_language() -> None:
    acted_on = [
        *discord.ui.DynamicItem.__subclasses__(),
        *discord.ui.Modal.__subclasses__(),
        *app_commands.CommandTree.__subclasses__(),
    ]
    ours = [kind for kind in acted_on if kind.__module__.startswith("bot.")]
    assert client.Tree in ours
    assert [kind for kind in ours if not issubclass(kind, Addressed)] == []
