import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from jobs.housekeeping import housekeeping
from storage.database import Database
from storage.diagrams import Diagram, NewDiagram, add_diagrams
from storage.guilds import change_guild_settings
from storage.job_runs import RunOutcome, finish_run, runs_of_job, start_run
from storage.messages import add_message
from storage.ratings import last_change, rate
from storage.requests import RequestKind, RequestStatus, set_status
from storage.tables import Base
from tests.storage.conftest import NewDiagrams, NewRequest


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


class Asking:
    """Requests of so many days ago, each with a rated, posted diagram and its picture."""

    def __init__(self, database: Database, new_request: NewRequest, images: Path) -> None:
        self._database = database
        self._new_request = new_request
        self.images = images

    async def ask(
        self, *, days: float, status: RequestStatus = RequestStatus.DONE, **given: object
    ) -> Diagram:
        request = await self._new_request(at=datetime.now(UTC) - timedelta(days=days), **given)
        new = NewDiagram(
            rank=1,
            text="0 start",
            scene="{}",
            readability=4.5,
            taste=2.5,
            final=7.0,
            versions={},
            png_path=f"{request.id}/1.png",
        )
        picture(self.images / request.id / "1.png", days_old=0)  # the folder was copied
        async with self._database.transaction() as session:
            [diagram] = await add_diagrams(session, request.id, [new])
            await add_message(
                session, message_id=diagram.id, channel_id=20, guild_id=10, diagram_id=diagram.id
            )
            await rate(session, 2, diagram.id, 4)
            await set_status(session, request.id, status)
        return diagram

    async def keep(self, days: int) -> None:
        async with self._database.transaction() as session:
            await change_guild_settings(session, 10, keep_days=days)

    async def rows(self) -> dict[str, int]:
        async with self._database.reading() as session:
            return {
                name: await session.scalar(select(func.count()).select_from(table)) or 0
                for name, table in Base.metadata.tables.items()
                if name in {"requests", "diagrams", "messages", "ratings"}
            }


@pytest.fixture
def asking(database: Database, new_request: NewRequest, tmp_path: Path) -> Asking:
    return Asking(database, new_request, tmp_path / "images")


async def test_what_a_server_keeps_no_longer_goes_with_ratings_and_pictures(
    database: Database, asking: Asking
) -> None:
    await asking.ask(days=31)
    kept = [
        await asking.ask(days=29),
        await asking.ask(days=31, guild_id=11),
        await asking.ask(days=31, guild_id=None),
        await asking.ask(days=31, status=RequestStatus.DELIVERING),
    ]
    assert (await housekeeping(database, asking.images)).expired == 0
    await asking.keep(30)
    async with database.reading() as session:
        before = await last_change(session)
    assert (await housekeeping(database, asking.images)).expired == 1
    assert left(asking.images) == {diagram.png_path for diagram in kept}
    assert set((await asking.rows()).values()) == {4}
    async with database.reading() as session:
        assert await last_change(session) > before  # so that tastes are learnt anew


async def test_the_last_diagram_takes_its_picture_along(database: Database, asking: Asking) -> None:
    await asking.ask(days=2)
    await asking.keep(1)
    await housekeeping(database, asking.images)
    assert set((await asking.rows()).values()) == {0}
    assert list(asking.images.iterdir()) == []


async def test_what_somebody_drew_on_from_stays_as_long_as_what_they_drew(
    database: Database, asking: Asking
) -> None:
    first = await asking.ask(days=9)
    second = await asking.ask(days=8, kind=RequestKind.RESTYLE, text="0 start", parent_id=first.id)
    await asking.ask(days=2, kind=RequestKind.RESTYLE, text="0 start", parent_id=second.id)
    await asking.keep(5)
    assert (await housekeeping(database, asking.images)).expired == 0
    await asking.keep(1)
    assert (await housekeeping(database, asking.images)).expired == 3
