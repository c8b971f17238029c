"""The policy of the installation: refused in private, wherever somebody asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app import open_app
from bot.errors import AgainstPolicy, StartupError
from bot.settings import Settings
from tests.acceptance.conftest import World
from tests.acceptance.sketching import SketchWorker

RULES = """
async def check(description):
    return "no crimes, please" if "heist" in description else None
"""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    (tmp_path / "rules_of_the_house.py").write_text(RULES)
    monkeypatch.syspath_prepend(tmp_path)
    policy = "rules_of_the_house:check"
    return Settings(_env_file=None, data_dir=tmp_path / "data", policy=policy)


async def test_who_is_refused_reads_why_and_the_channel_shows_nothing(world: World) -> None:
    refused = await world.ask(world.ana, "a heist")
    assert isinstance(world.refused(), AgainstPolicy)
    (told,) = refused.followups
    assert told.ephemeral
    assert told.content.endswith("does not allow this request: no crimes, please")
    direct = await world.ana.user.slash("diagram", description="a heist")
    assert isinstance(world.refused(), AgainstPolicy)
    assert "no crimes, please" in [*direct.followups, direct.response][0].content
    assert world.channel.history(viewer=world.ada) == []
    assert not world.worker.jobs
    await world.ask(world.ana, "a login")
    assert world.posts()


async def test_a_policy_that_is_not_there_keeps_the_bot_from_starting(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path, policy="no_such_rules:check")
    with pytest.raises(StartupError, match="POLICY=no_such_rules:check cannot be imported"):
        async with open_app(settings, worker=SketchWorker()):
            pass
