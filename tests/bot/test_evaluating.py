"""`diagram-bot eval structure` on the sentences of a file and `eval refine`, with tiny models."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli import main
from tests.tiny import DESCRIPTION, TEXTS, tiny_installation


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installation")
    config = tiny_installation(folder)
    (folder / "models").symlink_to(config.versions)
    return folder


@pytest.fixture
def prompts(installation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with what the tiny model knows and with something else."""
    monkeypatch.setenv("LLM_MODEL", str(installation / "base"))
    monkeypatch.setenv("DATA_DIR", str(installation))
    other = "\n".join(f"{id} process Step {id}" for id in range(6))
    rows = [{"prompt": DESCRIPTION, "text": text} for text in (TEXTS[0], other)]
    path = tmp_path / "prompts.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_the_sentences_of_a_file_are_measured_and_grouped_by_size(
    prompts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["eval", "structure", "--prompts", str(prompts), "--json"]) == 0
    groups = json.loads(capsys.readouterr().out)
    assert set(groups) == {"all", "up to 4 nodes", "up to 8 nodes", "written"}
    assert groups["all"]["exact"] == 0.5
    assert groups["up to 4 nodes"]["exact"] == 1.0
    assert groups["up to 8 nodes"]["exact"] == 0.0


def test_so_many_of_the_sentences_are_enough(
    prompts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["eval", "structure", "--prompts", str(prompts), "--examples", "1"]
    assert main(arguments) == 0
    assert "up to 8 nodes" not in capsys.readouterr().out


def test_a_file_without_prompts_is_refused_with_its_reason(
    prompts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prompts.write_text('{"prompt": "a"}\n', encoding="utf-8")
    assert main(["eval", "structure", "--prompts", str(prompts)]) != 0
    assert "line 1" in capsys.readouterr().err


def test_sentences_come_from_a_file_or_are_the_handwritten_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["eval", "structure", "--handwritten", "--prompts", "prompts.jsonl"])
    assert left.value.code == 2
    assert "not allowed with argument" in capsys.readouterr().err


def test_wishes_that_were_not_fulfilled_are_listed_with_the_answer(
    prompts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["eval", "refine", "--examples", "2", "--misses"]) == 0
    table, *misses = capsys.readouterr().out.split("\n\n")
    assert table.splitlines()[1].split()[:2] == ["all", "2"]
    assert len(misses) == 2, "the tiny model knows no edits"
    for miss in misses:
        assert "\nwanted:\n" in miss
        assert "\nanswered:\n" in miss


def test_misses_are_listed_or_the_scores_are_given_as_json(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["eval", "refine", "--handwritten", "--json", "--misses"])
    assert left.value.code == 2
    assert "not allowed with argument" in capsys.readouterr().err
