"""The zip that people take home, when it is large."""

from __future__ import annotations

import io
import json
import random
import zipfile
from pathlib import Path

import pytest

from bot.people.takeout import TooLarge, takeout


def data(names: list[str | None], **more: object) -> dict[str, list[dict[str, object]]]:
    rows = [{"id": number, "png_path": name} for number, name in enumerate(names)]
    return {"requests": [], "diagrams": rows, "latents": [], **more}  # type: ignore[dict-item]


def files(folder: Path, count: int, size: int) -> list[str | None]:
    for number in range(count):
        (folder / f"{number}.png").write_bytes(random.Random(number).randbytes(size))
    return [f"{number}.png" for number in range(count)]


def names_in(packed: bytes) -> set[str]:
    return set(zipfile.ZipFile(io.BytesIO(packed)).namelist())


def test_the_oldest_pictures_are_left_out_when_they_do_not_fit(tmp_path: Path) -> None:
    names = files(tmp_path, 5, 10_000)
    packed = takeout(data([*names, None]), tmp_path, largest=33_000)
    assert len(packed.data) <= 33_000
    assert (packed.pictures, packed.left_out, packed.latents) == (3, 2, True)
    assert names_in(packed.data) == {"data.json", *(f"pictures/{n}.png" for n in (2, 3, 4))}


def test_a_picture_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    packed = takeout(data(["gone.png", *files(tmp_path, 1, 10)]), tmp_path)
    assert (packed.pictures, packed.left_out) == (1, 0)
    assert zipfile.ZipFile(io.BytesIO(packed.data)).testzip() is None


def test_latents_are_left_out_before_anything_is_refused(tmp_path: Path) -> None:
    chance = random.Random(1)
    numbers = [chance.random() for _ in range(5_000)]
    packed = takeout(data([], latents=[{"vector": numbers}]), tmp_path, largest=5_000)
    assert not packed.latents
    archive = zipfile.ZipFile(io.BytesIO(packed.data))
    assert json.loads(archive.read("data.json"))["latents"] == []


def test_what_does_not_fit_even_without_pictures_is_refused(tmp_path: Path) -> None:
    words = random.Random(2).randbytes(50_000).hex()
    with pytest.raises(TooLarge):
        takeout(data([], requests=[{"description": words}]), tmp_path, largest=5_000)
