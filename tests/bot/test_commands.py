"""The command line contract, with tiny models: scripts rely on every key and exit status here."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from ml.drawing.layout import place
from ml.spec.rows import write_rows
from ml.spec.text import parse_spec
from tests.tiny import DESCRIPTION, tiny_installation

ROWS = write_rows(place(parse_spec("0 data Read\n1 process Clean\n")))


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installation")
    config = tiny_installation(folder)
    (folder / "models").symlink_to(config.versions)
    return folder


@pytest.fixture(autouse=True)
def environment(installation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LLM_MODEL", str(installation / "base"))
    monkeypatch.setenv("DATA_DIR", str(installation))


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_sentence_is_drawn_as_the_contract_says(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    arguments = ["draw", DESCRIPTION, "--count", "3", "--top", "2", "--seed", "5", "--json"]
    assert main([*arguments, "--out", str(tmp_path / "here")]) == 0
    (answer,) = lines_of(capsys.readouterr().out)
    assert answer["description"] == DESCRIPTION
    assert answer["seconds"] > 0
    assert [candidate["rank"] for candidate in answer["candidates"]] == [1, 2]
    best = answer["candidates"][0]
    assert Path(best["image"]).read_bytes().startswith(b"\x89PNG")
    assert parse_spec(best["text"])
    assert best["structure"]["nodes"][0] == {
        "id": 0,
        "kind": "data",
        "count": 1,
        "label": "Read",
    }
    assert best["structure"]["edges"][0] == {"source": 0, "target": 1, "label": ""}
    assert best["violations"] == {"overlaps": 0, "outside": 0, "edges_through_nodes": 0}
    assert best["finished"] is True
    assert best["final"] == pytest.approx(best["readability"] + best["taste"], abs=2e-3)
    assert best["rows"].startswith("[0, ")


def test_the_same_seed_draws_the_same_texts(capsys: pytest.CaptureFixture[str]) -> None:
    texts = []
    for _ in range(2):
        assert main(["draw", DESCRIPTION, "--count", "2", "--seed", "7", "--json"]) == 0
        (answer,) = lines_of(capsys.readouterr().out)
        texts.append([candidate["text"] for candidate in answer["candidates"]])
    assert texts[0] == texts[1]


def test_without_json_people_read_scores_and_where_the_pictures_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["draw", DESCRIPTION, "--count", "1"]) == 0
    said = capsys.readouterr().out
    assert "#1 · " in said
    assert "nobody has rated yet" in said
    assert Path(said.split()[-1]).is_file()


def test_a_file_gives_one_line_for_every_line_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    source = tmp_path / "prompts.jsonl"
    source.write_text(
        json.dumps({"id": 7, "prompt": DESCRIPTION})
        + "\nnot json\n"
        + json.dumps({"id": "empty", "prompt": " "})
        + "\n"
        + json.dumps({"id": "none"})
        + "\n"
        + json.dumps({"id": "../x", "prompt": DESCRIPTION})
        + "\n",
        encoding="utf-8",
    )
    assert main(["draw", "--from", str(source), "--count", "2", "--top", "1", "--json"]) == 0
    answers = lines_of(capsys.readouterr().out)
    assert [answer["id"] for answer in answers] == [7, None, "empty", "none", "../x"]
    assert [len(answer["candidates"]) for answer in answers] == [1, 0, 0, 0, 1]
    assert all(answer["error"] for answer in answers[1:4])
    pictures = [Path(a["candidates"][0]["image"]) for a in (answers[0], answers[4])]
    assert all(picture.parent == Path("diagrams") for picture in pictures)


def test_limit_reads_only_the_first_lines(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    source = tmp_path / "prompts.jsonl"
    source.write_text(f"{json.dumps({'id': 1, 'prompt': DESCRIPTION})}\n" * 3, encoding="utf-8")
    arguments = ["draw", "--from", str(source), "--limit", "2", "--count", "1", "--json"]
    assert main(arguments) == 0
    assert len(lines_of(capsys.readouterr().out)) == 2


def test_a_person_without_ratings_gets_a_neutral_taste(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["draw", DESCRIPTION, "--count", "1", "--user", "42", "--json"]) == 0
    (answer,) = lines_of(capsys.readouterr().out)
    assert answer["candidates"][0]["taste"] == 2.5


@pytest.mark.parametrize(
    ("description", "said"),
    [("", "Tell me what to draw"), ("?!", "a few words"), ("x" * 4_000, "at most 1,000")],
)
def test_a_bad_description_is_one_clear_sentence_and_status_1(
    description: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["draw", description]) == 1
    captured = capsys.readouterr()
    assert said in captured.err
    assert not captured.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["draw"],
        ["draw", "a", "--from", "b"],
        ["draw", "a", "--count", "0"],
        ["draw", "a", "--count", "500"],
        ["score"],
        ["nonsense"],
    ],
)
def test_wrong_usage_is_status_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2


def test_a_file_that_is_not_there_is_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["draw", "--from", "nowhere"], ["score", "--from", "nowhere"]):
        assert main(arguments) == 1
        assert "nowhere" in capsys.readouterr().err


def test_a_model_that_is_not_there_is_status_1_and_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LLM_MODEL", "no/such-folder/here")
    assert main(["draw", DESCRIPTION]) == 1
    said = capsys.readouterr().err
    assert "no/such-folder/here" in said
    assert "check the name" in said


def test_scores_come_in_order_and_what_cannot_be_drawn_says_why(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    source = tmp_path / "diagrams.jsonl"
    objects: list[object] = [
        {"image": "a.png", "rows": ROWS},
        {"image": "b.png", "rows": "no rows at all"},
        {"image": "c.png"},
        ["not an object"],
        {"image": "d.png", "rows": ROWS},
    ]
    source.write_text("".join(json.dumps(one) + "\n" for one in objects), encoding="utf-8")
    assert main(["score", "--from", str(source), "--json"]) == 0
    answers = lines_of(capsys.readouterr().out)
    assert [answer["image"] for answer in answers] == ["a.png", "b.png", "c.png", None, "d.png"]
    scored = [answer["readability"] is not None for answer in answers]
    assert scored == [True, False, False, False, True]
    assert all(("error" in answer) != ok for answer, ok in zip(answers, scored, strict=True))
    assert answers[0]["readability"] == answers[4]["readability"]


def test_an_output_folder_that_cannot_be_made_is_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert main(["draw", DESCRIPTION, "--out", str(tmp_path / "file" / "folder")]) == 1
    assert "cannot be made" in capsys.readouterr().err


def test_ratings_that_cannot_be_read_are_one_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(b"this is no database" * 100)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{broken}")
    assert main(["draw", DESCRIPTION, "--count", "1", "--user", "7"]) == 1
    assert "ratings cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(("before", "after"), [(None, "PASSIVE"), ("ACTIVE", "ACTIVE")])
def test_threads_wait_without_spinning_unless_told_otherwise(
    before: str | None, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_WAIT_POLICY", "restored afterwards")
    if before is None:
        monkeypatch.delenv("OMP_WAIT_POLICY")
    else:
        monkeypatch.setenv("OMP_WAIT_POLICY", before)
    assert main(["score", "--from", "nowhere"]) == 1
    assert os.environ["OMP_WAIT_POLICY"] == after
