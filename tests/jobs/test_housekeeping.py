import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from jobs.housekeeping import housekeeping
from storage.database import Database
from storage.job_runs import RunOutcome, finish_run, runs_of_job, start_run
from tests.storage.conftest import NewDiagrams


def picture(path: Path, *, days_old: float = 3) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"png")
    age(path, days_old)
    return path


def age(path: Path, days_old: float) -> None:
    then = time.time() - days_old * 86_400
    os.utime(path, (then, then))


def left(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


async def test_pictures_that_nobody_points_to_go_and_others_stay(
    database: Database, new_diagrams: NewDiagrams, tmp_path: Path
) -> None:
    images = tmp_path / "images"
    kept = picture(images / "request" / "1.png")
    await new_diagrams(png_path=str(kept))
    picture(images / "other" / "1.png")
    picture(images / "request" / "2.png")
    picture(images / "request" / "3.png.tmp")
    picture(images / "fresh" / "1.png", days_old=0.1)
    picture(images / "notes.txt")
    done = await housekeeping(database, images)
    assert left(images) == {"request/1.png", "fresh/1.png", "notes.txt"}
    assert done.pictures == 3
    assert (await housekeeping(database, images)).pictures == 0


async def test_pictures_stay_when_the_data_folder_moved(
    database: Database, new_diagrams: NewDiagrams, tmp_path: Path
) -> None:
    images = tmp_path / "new" / "images"
    picture(images / "request" / "1.png")
    await new_diagrams(png_path="/somewhere/else/images/request/1.png")
    await housekeeping(database, images)
    assert left(images) == {"request/1.png"}


async def test_without_any_diagram_no_picture_is_deleted(
    database: Database, tmp_path: Path
) -> None:
    images = tmp_path / "images"
    picture(images / "request" / "1.png")
    picture(images / "request" / "2.part")
    await housekeeping(database, images)
    assert left(images) == {"request/1.png"}


async def test_what_a_link_leads_to_is_left_alone(
    database: Database, new_diagrams: NewDiagrams, tmp_path: Path
) -> None:
    await new_diagrams()
    images = tmp_path / "images"
    elsewhere = picture(tmp_path / "elsewhere" / "1.png")
    images.mkdir()
    (images / "link.png").symlink_to(elsewhere)
    (images / "folder").symlink_to(elsewhere.parent)
    await housekeeping(database, images)
    assert elsewhere.exists()


async def test_folders_that_have_become_empty_go_when_they_are_old(
    database: Database, new_diagrams: NewDiagrams, tmp_path: Path
) -> None:
    await new_diagrams()
    images = tmp_path / "images"
    for name, days in (("old", 3), ("new", 0)):
        (images / name).mkdir(parents=True)
        age(images / name, days)
    await housekeeping(database, images)
    assert [path.name for path in images.iterdir()] == ["new"]


async def test_a_folder_that_is_not_there_is_no_error(database: Database, tmp_path: Path) -> None:
    assert (await housekeeping(database, tmp_path / "none")).pictures == 0


async def test_old_job_runs_go(database: Database, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    async with database.transaction() as session:
        for days in (200, 100, 10, 1):
            run = await start_run(session, "refresh", at=now - timedelta(days=days))
            await finish_run(session, run, RunOutcome.OK)
    assert (await housekeeping(database, tmp_path / "images")).runs == 2
    async with database.reading() as session:
        assert len(await runs_of_job(session, "refresh", 9)) == 2
