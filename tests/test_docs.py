"""The documents say what is there: commands, make targets, files and settings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import Settings
from ml.spec.model import Style
from ml.spec.text import STYLE_WORDS, parse_spec, write_spec

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)


def test_every_make_target_the_documents_name_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", TEXT, re.MULTILINE))
    assert named
    assert named <= targets


@pytest.mark.parametrize("command", sorted(set(re.findall(r"diagram-bot ([a-z]+)\b", TEXT))))
def test_every_command_the_documents_name_is_there(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main([command, "--help"])
    assert left.value.code == 0
    assert f"diagram-bot {command}" in capsys.readouterr().out


def test_every_option_of_a_command_in_the_documents_is_there(
    capsys: pytest.CaptureFixture[str],
) -> None:
    calls = re.findall(r"diagram-bot ((?:draw|score|train [a-z]+|eval [a-z]+)\b[^`\n|]*)", TEXT)
    for call in calls:
        words = call.split()
        command = words[:2] if words[0] in ("train", "eval") else words[:1]
        with pytest.raises(SystemExit):
            main([*command, "--help"])
        known = capsys.readouterr().out
        for option in re.findall(r"--[a-z-]+", call):
            assert option in known, call


def test_every_file_the_documents_link_to_is_there() -> None:
    for path in DOCUMENTS:
        for target in re.findall(r"\]\((?!https?://)([^)#]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_every_setting_the_documents_name_is_there() -> None:
    known = {name.upper() for name in Settings.model_fields}
    named = set(re.findall(r"\b((?:LLM|DISCORD|DATABASE|DATA)_[A-Z_]+)\b", TEXT))
    assert named
    assert named <= known


def test_the_diagram_text_of_the_readme_is_canonical_and_its_style_words_are_all_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```\n(right [^`]+)```", readme)
    assert write_spec(parse_spec(text)) == text
    described = readme[
        readme.index("The first line is style") : readme.index("Details and reasons")
    ]
    for words in STYLE_WORDS.values():
        for word in words:
            assert re.search(rf"\b{word}\b", described), word
    assert set(STYLE_WORDS) == set(Style.__dataclass_fields__)
