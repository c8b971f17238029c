"""The loss of a training, from what it says on its way."""

from __future__ import annotations

from pathlib import Path

from bot.commands.curve import Curve


def test_every_report_is_passed_on_and_those_with_a_loss_are_drawn(tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    curve = Curve(lambda stage, done: told.append((stage, done)))
    said = [("drawing", 0.1), ("epoch 1, loss 0.900", 0.5), ("step 20 of 40, loss 0.4", 0.9)]
    for stage, fraction in said:
        curve(stage, fraction)
    assert told == said
    path = curve.draw(tmp_path / "new" / "loss.png")
    assert path is not None
    assert path.is_absolute()
    assert path.read_bytes().startswith(b"\x89PNG")


def test_without_two_losses_there_is_no_picture(tmp_path: Path) -> None:
    curve = Curve(lambda stage, done: None)
    curve("epoch 1, loss 0.9", 0.5)
    assert curve.draw(tmp_path / "loss.png") is None
    assert not (tmp_path / "loss.png").exists()
