"""The language model is another server's: what that changes, and who reads so."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.app import open_app
from bot.settings import Settings
from jobs.learning import LEARN_PREFERENCES
from tests.acceptance.conftest import World
from tests.acceptance.sketching import SketchWorker
from tests.acceptance.test_privacy import content, press


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None,
        data_dir=tmp_path / "data",
        llm_base_url="http://127.0.0.1:9/v1",
        orpo_automatic=True,
    )


@pytest.mark.parametrize("kind", ["sft", "orpo"])
async def test_training_it_from_chat_is_refused_in_words(world: World, kind: str) -> None:
    result = await world.ada.slash(world.channel, "admin retrain", kind=kind)
    assert "⚠️ The language model runs on the server of LLM_BASE_URL" in result.response.content


async def test_privacy_says_that_another_server_gets_what_is_asked_for(world: World) -> None:
    shown = await world.ana.slash(world.channel, "privacy")
    await press(world.ana, shown, "Share for training")
    said = content(shown)
    assert "is on another server, which gets what you ask for" in said
    assert "is **on**" in said
    assert len(said) <= 2_000


async def test_it_is_not_tuned_by_itself_and_the_log_says_so(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_app(settings, worker=SketchWorker()) as app:
        planned = {job.id for job in app.schedule.jobs}
    assert LEARN_PREFERENCES not in planned
    assert "ORPO_AUTOMATIC does nothing" in caplog.text
    here = settings.model_copy(update={"llm_base_url": None})
    async with open_app(here, worker=SketchWorker()) as app:
        assert LEARN_PREFERENCES in {job.id for job in app.schedule.jobs}
