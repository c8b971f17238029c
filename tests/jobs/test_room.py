from pathlib import Path

import pytest

from jobs.room import MEMORY_MIB, shortage


def meminfo(folder: Path, mib: int) -> Path:
    file = folder / "meminfo"
    file.write_text(f"MemTotal:  16000000 kB\nMemAvailable:  {mib * 1024} kB\n")
    return file


@pytest.mark.parametrize("kind", MEMORY_MIB)
def test_a_training_without_the_memory_it_needs_is_refused_with_the_numbers(
    tmp_path: Path, kind: str
) -> None:
    said = shortage(kind, tmp_path, meminfo=meminfo(tmp_path, 700))
    assert said is not None
    assert f"needs {MEMORY_MIB[kind]:,} MiB of free memory and this machine has 700 MiB" in said
    assert shortage(kind, tmp_path, meminfo=meminfo(tmp_path, MEMORY_MIB[kind])) is None


def test_a_full_disk_is_refused_with_the_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.room.DISK_MIB", 2**40)
    said = shortage("readability", tmp_path, meminfo=meminfo(tmp_path, 10_000))
    assert said is not None
    assert "of free disk" in said


def test_a_system_that_does_not_tell_its_memory_is_trusted(tmp_path: Path) -> None:
    assert shortage("sft", tmp_path / "new", meminfo=tmp_path / "nowhere") is None
