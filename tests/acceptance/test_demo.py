"""The demo's story, with sketched diagrams instead of a language model's."""

from __future__ import annotations

import io
from pathlib import Path

from bot.settings import Settings
from bot.simulated.demo import perform
from tests.acceptance.sketching import SketchWorker


async def test_the_demo_tells_a_story_in_which_everything_happens(
    settings: Settings, tmp_path: Path
) -> None:
    told = io.StringIO()
    out = tmp_path / "demo-output"
    status = await perform(settings, worker=SketchWorker(), out=out, to=told)
    story = told.getvalue()
    assert status == 0, story
    assert "✗" not in story
    for words in ("Ana   /diagram", "+ 5️⃣", "taken back", "▲", "by readability alone", "/ratings"):
        assert words in story
    assert len(list(out.glob("*.png"))) == 8 + 2 + 8 + 8 + 1


async def test_the_demo_fails_when_the_ranking_does_not_move(
    settings: Settings, tmp_path: Path
) -> None:
    class Blind(SketchWorker):
        """Its encoder sees no difference between diagrams."""

        async def draw(self, job, **options):  # type: ignore[no-untyped-def]
            result = await super().draw(job, **options)
            for candidate in result.candidates:
                candidate.latent[:] = 1.0
            return result

    told = io.StringIO()
    assert await perform(settings, worker=Blind(), out=tmp_path / "out", to=told) == 1
    assert "✗ " in told.getvalue()


async def test_pictures_of_an_earlier_demo_are_removed(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "9-old-1.png").write_bytes(b"")
    (tmp_path / "notes.txt").write_text("mine")
    await perform(settings, worker=SketchWorker(), out=tmp_path, to=io.StringIO())
    assert not (tmp_path / "9-old-1.png").exists()
    assert (tmp_path / "notes.txt").exists()
