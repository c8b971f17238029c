"""The use case without Discord: what is stored and told when the surroundings fail."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bot.asking.limits import MOST_AT_ONCE
from bot.asking.requests import Asked, Requests
from bot.errors import AlreadyRunning, OverLimit, UserFacingError
from bot.results.delivery import Post
from bot.texts import speaking
from ml.candidate import DrawJob, DrawResult, Progress
from ml.scoring.taste import TasteStore
from ml.spec.text import parse_spec
from storage.database import Database
from storage.diagrams import diagrams_of_request
from storage.purge import forget_person
from storage.requests import RequestKind, RequestStatus, get_request, set_status
from tests.acceptance.sketching import SketchWorker

ASKED = Asked(
    user_id=1, guild_id=None, channel_id=2, description="read clean train", count=3, top=2
)


@dataclass
class News:
    """Where the news of a request go in these tests."""

    said: list[str] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    end: str | None = None
    withdrawn: bool = False
    compared: tuple[int, int] | None = None

    def say(self, text: str) -> None:
        self.said.append(text)

    async def post(self, post: Post) -> int:
        assert post.image.read_bytes().startswith(b"\x89PNG")
        self.posts.append(post)
        return 1_000 + post.diagram_id

    async def finish(self, text: str, *, awaited: bool = True) -> None:
        self.end = text

    async def compare(self, a: int, b: int) -> None:
        self.compared = (a, b)

    async def withdraw(self) -> None:
        self.withdrawn = True


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with Database(f"sqlite:///{tmp_path / 'bot.db'}", busy_timeout=0.1) as database:
        yield database


@pytest.fixture
def worker() -> SketchWorker:
    return SketchWorker()


@pytest.fixture
def requests(database: Database, worker: SketchWorker, tmp_path: Path) -> Requests:
    return Requests(
        database=database, worker=worker, tastes=TasteStore(), images=tmp_path / "images"
    )


@contextmanager
def locked(tmp_path: Path) -> Iterator[None]:
    """Another program holds the database's write lock."""
    other = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


async def test_a_request_is_fulfilled(requests: Requests, database: Database) -> None:
    request = await requests.accept(ASKED)
    news = News()
    await requests.fulfil(request, news)
    assert [post.rank for post in news.posts] == [1, 2]
    assert any("Writing" in text for text in news.said)
    assert news.end is not None
    assert news.end.startswith("✅ The best 2 of 3 diagrams")
    async with database.reading() as session:
        stored = await get_request(session, request.id)
    assert stored.status is RequestStatus.DONE
    assert news.compared == (news.posts[0].diagram_id, news.posts[1].diagram_id)
    assert await requests.take_up() == []


async def test_pictures_are_found_after_the_data_folder_moved(
    requests: Requests, database: Database, worker: SketchWorker, tmp_path: Path
) -> None:
    request = await requests.accept(ASKED)

    class Breaks(News):
        async def post(self, post: Post) -> int:
            raise UserFacingError("not now")

    await requests.fulfil(request, Breaks())
    async with database.transaction() as session:
        await set_status(session, request.id, RequestStatus.DELIVERING)
    (tmp_path / "images").rename(tmp_path / "moved")
    later = Requests(
        database=database, worker=worker, tastes=TasteStore(), images=tmp_path / "moved"
    )
    (left,) = await later.take_up()
    news = News()
    await later.fulfil(left, news)
    assert [post.rank for post in news.posts] == [1, 2]


async def test_a_locked_database_refuses_a_request_before_anything_starts(
    requests: Requests, worker: SketchWorker, tmp_path: Path
) -> None:
    with locked(tmp_path), pytest.raises(UserFacingError, match="Nothing was started"):
        await requests.accept(ASKED)
    assert not worker.jobs


async def test_a_database_locked_while_drawing_is_told_and_the_request_kept(
    requests: Requests, worker: SketchWorker, tmp_path: Path
) -> None:
    request = await requests.accept(ASKED)
    lock = locked(tmp_path)

    async def take_the_lock(_: DrawJob) -> None:
        lock.__enter__()

    worker.gate = take_the_lock
    news = News()
    await requests.fulfil(request, news)
    lock.__exit__(None, None, None)
    assert news.end is not None
    assert "storage is busy or full" in news.end
    assert [left.id for left in await requests.take_up()] == [request.id]


async def test_a_full_disk_is_told_and_the_request_kept(
    requests: Requests, database: Database, tmp_path: Path
) -> None:
    (tmp_path / "images").write_text("a file where the folder should be")
    request = await requests.accept(ASKED)
    news = News()
    await requests.fulfil(request, news)
    assert news.end is not None
    assert "could not write the pictures" in news.end
    async with database.reading() as session:
        stored = await get_request(session, request.id)
    assert stored.status is RequestStatus.FAILED
    assert stored.problem is not None
    assert stored.problem in news.end


async def test_a_request_cancelled_in_the_queue_is_not_drawn(
    requests: Requests, database: Database, worker: SketchWorker
) -> None:
    request = await requests.accept(ASKED)
    async with database.transaction() as session:
        await set_status(session, request.id, RequestStatus.CANCELLED)
    news = News()
    await requests.fulfil(request, news)
    assert news.end == "🚫 Cancelled."
    assert not worker.jobs
    async with database.reading() as session:
        assert (await get_request(session, request.id)).status is RequestStatus.CANCELLED


TEXT = "right blue\n0 data Read\n1 process Clean\n2 model Train\n"


async def test_an_edit_is_drawn_exactly_as_its_text_says(
    requests: Requests, database: Database
) -> None:
    edit = replace(ASKED, kind=RequestKind.EDIT, text=TEXT, parent_id=7)
    request = await requests.accept(edit)
    news = News()
    await requests.fulfil(request, news)
    (post,) = news.posts
    assert post.caption.startswith("Edited · ")
    assert news.end is not None
    assert news.end.startswith("✅ Edited, ")
    async with database.reading() as session:
        (diagram,) = await diagrams_of_request(session, request.id)
    assert diagram.text == TEXT


async def test_a_restyle_shows_the_best_of_other_styles_also_after_a_restart(
    requests: Requests, database: Database, worker: SketchWorker
) -> None:
    await requests.accept(replace(ASKED, kind=RequestKind.RESTYLE, text=TEXT))
    (left,) = await requests.take_up()
    news = News()
    await requests.fulfil(left, news)
    assert [post.caption.split(" · ")[0] for post in news.posts] == ["Restyled #1", "Restyled #2"]
    assert news.end is not None
    assert news.end.startswith("✅ The best 2 of 3 other styles, ")
    async with database.reading() as session:
        diagrams = await diagrams_of_request(session, left.id)
    specs = [parse_spec(diagram.text) for diagram in diagrams]
    assert {spec.nodes for spec in specs} == {parse_spec(TEXT).nodes}
    assert len({spec.style for spec in specs}) == 3


async def test_a_text_that_cannot_be_read_is_refused_before_anything_starts(
    requests: Requests,
) -> None:
    with pytest.raises(UserFacingError, match="Line 2 "):
        await requests.accept(replace(ASKED, kind=RequestKind.EDIT, text="right\n0 nothing\n"))
    assert await requests.take_up() == []


async def test_an_edit_that_does_not_fit_the_picture_is_told(
    requests: Requests, worker: SketchWorker
) -> None:
    worker.unusable = 1
    request = await requests.accept(replace(ASKED, kind=RequestKind.EDIT, text=TEXT))
    news = News()
    await requests.fulfil(request, news)
    assert news.end is not None
    assert "does not fit the picture" in news.end


async def test_a_request_cancelled_just_before_its_diagrams_are_kept_shows_none(
    requests: Requests, database: Database, worker: SketchWorker
) -> None:
    request = await requests.accept(ASKED)

    async def cancel(_: DrawJob) -> None:
        await requests.cancel(request.id, by=9, manages=True)

    worker.gate = cancel  # too late for the worker: it goes on
    worker.cancel = lambda _: False  # type: ignore[method-assign]
    news = News()
    await requests.fulfil(request, news)
    assert (news.end, news.posts) == ("🚫 Cancelled by <@9>.", [])
    async with database.reading() as session:
        assert (await get_request(session, request.id)).status is RequestStatus.CANCELLED
        assert await diagrams_of_request(session, request.id) == []


async def test_a_request_cancelled_after_its_diagrams_are_kept_is_delivered(
    requests: Requests, database: Database
) -> None:
    request = await requests.accept(ASKED)

    class Late(News):
        async def post(self, post: Post) -> int:
            with pytest.raises(UserFacingError, match="too late"):
                await requests.cancel(request.id, by=ASKED.user_id, manages=False)
            return await super().post(post)

    news = Late()
    await requests.fulfil(request, news)
    assert len(news.posts) == 2
    async with database.reading() as session:
        assert (await get_request(session, request.id)).status is RequestStatus.DONE


async def test_a_request_whose_owner_is_forgotten_during_a_post_withdraws_what_it_showed(
    requests: Requests, database: Database
) -> None:
    request = await requests.accept(ASKED)

    class Slow(News):
        async def post(self, post: Post) -> int:
            async with database.transaction() as session:
                await forget_person(session, ASKED.user_id)
            return await super().post(post)

    news = Slow()
    await requests.fulfil(request, news)
    assert (len(news.posts), news.withdrawn, news.end) == (1, True, None)


async def test_the_end_of_a_request_can_be_waited_for(
    requests: Requests, worker: SketchWorker
) -> None:
    request = await requests.accept(ASKED)
    waiting = asyncio.ensure_future(requests.ended(request.id))
    await asyncio.sleep(0)
    assert not waiting.done()
    await requests.fulfil(request, News())
    await waiting
    await requests.ended(request.id)


async def test_the_same_request_is_not_started_twice_while_it_runs(
    requests: Requests, worker: SketchWorker
) -> None:
    request = await requests.accept(ASKED)
    again = replace(ASKED, description="  read   clean train ", count=1)
    with pytest.raises(AlreadyRunning, match="still at it"):
        await requests.accept(again)
    for other in (
        replace(ASKED, user_id=5),
        replace(ASKED, channel_id=5),
        replace(ASKED, description="read and train"),
        replace(ASKED, kind=RequestKind.RESTYLE, text=TEXT),
    ):
        requests.checked(other)
    await requests.fulfil(request, News())
    await requests.accept(again)


async def test_where_no_servers_rules_hold_a_person_has_few_requests_at_once(
    requests: Requests, worker: SketchWorker
) -> None:
    first, *_ = [
        await requests.accept(replace(ASKED, description=f"login {number}"))
        for number in range(MOST_AT_ONCE)
    ]
    with pytest.raises(OverLimit, match="when one of them is done"):
        await requests.accept(ASKED)
    for other in (replace(ASKED, user_id=5), replace(ASKED, guild_id=5)):
        requests.checked(other)
    await requests.fulfil(first, News())
    requests.checked(ASKED)


async def test_what_a_restart_left_is_under_way_from_the_start(
    requests: Requests, database: Database, worker: SketchWorker, tmp_path: Path
) -> None:
    await requests.accept(ASKED)
    later = Requests(
        database=database, worker=worker, tastes=TasteStore(), images=tmp_path / "images"
    )
    (left,) = await later.take_up()
    with pytest.raises(AlreadyRunning):
        later.checked(ASKED)
    await later.fulfil(left, News())
    later.checked(ASKED)


async def test_of_the_same_request_twice_at_once_one_is_taken(requests: Requests) -> None:
    taken = await asyncio.gather(
        *[requests.accept(ASKED) for _ in range(4)], return_exceptions=True
    )
    assert sum(isinstance(one, AlreadyRunning) for one in taken) == 3


async def test_what_the_worker_reports_is_told_in_the_language_of_who_asked(
    database: Database, tmp_path: Path
) -> None:
    class Elsewhere(SketchWorker):
        """Reports from where its answers are read, as the real one does."""

        async def draw(
            self, job: DrawJob, *, progress: Callable[[Progress], None] = lambda _: None
        ) -> DrawResult:
            return await super().draw(job, progress=lambda news: Context().run(progress, news))

    requests = Requests(
        database=database, worker=Elsewhere(), tastes=TasteStore(), images=tmp_path / "images"
    )
    news = News()
    with speaking("ko"):
        await requests.fulfil(await requests.accept(ASKED), news)
    assert any(text.startswith("✏️ 작성하는 중") for text in news.said)
    assert not any("Writing" in text for text in news.said)
