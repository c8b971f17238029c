"""`diagram-bot eval readability`: against ratings, on pairs of our own, and as a picture."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest

from bot.cli import main
from ml.spec.rows import write_rows
from tests.ml.scoring.scenes import chain


@pytest.fixture(autouse=True)
def _shipped_models_serve(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))


def test_ratings_give_a_table_and_a_picture(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    ratings, plot = tmp_path / "ratings.jsonl", tmp_path / "plot.png"
    lines = [
        {"image": name, "rating": rating, "rows": write_rows(chain(count))}
        for name, rating, count in (("base/1.png", 5, 5), ("a.png", 3, 4), ("b.png", 2, 3))
    ]
    ratings.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    command = ["eval", "readability", "--ratings", str(ratings), "--plot", str(plot), "--json"]
    assert main(command) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["all"]["count"] == 3
    assert found["rated one by one"]["constant_mae"] == pytest.approx(0.5)
    assert cv2.imread(str(plot)) is not None


def test_without_ratings_pairs_of_our_own_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "readability", "--pairs", "4", "--json"]) == 0
    count, share = json.loads(capsys.readouterr().out)["all"]
    assert count == 4
    assert 0 <= share <= 1


def test_a_plot_without_ratings_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    plot = tmp_path / "plot.png"
    assert main(["eval", "readability", "--plot", str(plot)]) == 1
    assert "--ratings" in capsys.readouterr().err
    assert not plot.exists()
