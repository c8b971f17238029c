import io
import json
import sys
from pathlib import Path

import pytest

from bot.cli import main
from ml.export.formats import Format

TEXT = "down green\n0 start\n1 process Read sensor\n2 end\n"


@pytest.fixture
def diagram(tmp_path: Path) -> Path:
    path = tmp_path / "fan.spec"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize("format", Format)
def test_a_text_becomes_a_file_beside_it(
    diagram: Path, format: Format, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(diagram), "--to", format.value]) == 0
    made = diagram.with_suffix(format.extension)
    assert made.stat().st_size > 100
    assert capsys.readouterr().out == f"{made}\n"


def test_it_goes_where_it_is_told(diagram: Path, tmp_path: Path) -> None:
    out = tmp_path / "facts"
    assert main(["export", str(diagram), "--to", "json", "--out", str(out)]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["style"]["palette"] == "green"


def test_it_reads_and_writes_pipes(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(TEXT))
    assert main(["export", "-", "--to", "mermaid"]) == 0
    assert capfdbinary.readouterr().out.startswith(b"flowchart TD\n")


def test_a_wrong_line_is_named(diagram: Path, capsys: pytest.CaptureFixture[str]) -> None:
    diagram.write_text("down\n0 start\n1 nonsense", encoding="utf-8")
    assert main(["export", str(diagram), "--to", "svg"]) == 1
    assert "line 3" in capsys.readouterr().err
    assert not diagram.with_suffix(".svg").exists()


def test_what_cannot_be_read_or_written_is_said(
    diagram: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(tmp_path / "none.txt"), "--to", "svg"]) == 1
    assert "none.txt cannot be read: No such file" in capsys.readouterr().err
    nowhere = tmp_path / "no" / "where.svg"
    assert main(["export", str(diagram), "--to", "svg", "--out", str(nowhere)]) == 1
    assert "where.svg cannot be written" in capsys.readouterr().err
    text = diagram.rename(diagram.with_suffix(".txt"))
    assert main(["export", str(text), "--to", "rows"]) == 1
    assert "is the diagram text itself" in capsys.readouterr().err
    assert text.read_text(encoding="utf-8") == TEXT


def test_a_format_that_is_none_is_wrong_usage(
    diagram: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["export", str(diagram), "--to", "visio"])
    assert stopped.value.code == 2
    assert "pptx" in capsys.readouterr().err
