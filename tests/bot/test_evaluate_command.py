"""`diagram-bot eval` asks for one source of sentences at a time."""

from __future__ import annotations

import pytest

from bot.cli import main


def test_structure_is_measured_on_a_file_or_on_the_handwritten_sentences(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["eval", "structure", "--handwritten", "--prompts", "prompts.jsonl"])
    assert left.value.code == 2
    assert "not allowed with argument" in capsys.readouterr().err
