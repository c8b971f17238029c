"""Drawn diagrams into the database and onto the disk, and from there into posts.

Every candidate is stored, so that later work can learn from those that were not shown; only
those that are posted get a picture on disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from bot.results import delivery
from bot.results.delivery import Post
from bot.results.reasons import reasons
from bot.texts import gettext as _
from ml.candidate import DrawResult
from ml.errors import Cancelled, SpecError
from ml.scoring.ranking import Ranked
from ml.scoring.taste import Basis
from ml.spec.text import parse_spec
from storage.database import Database
from storage.diagrams import Diagram, NewDiagram, add_diagrams, undelivered_diagrams
from storage.errors import NotFound
from storage.latents import put_latents
from storage.requests import Request, RequestStatus, set_status


async def keep(
    database: Database,
    images: Path,
    request: Request,
    result: DrawResult,
    ranked: Sequence[Ranked],
) -> list[Post]:
    """Store the diagrams, move the request to DELIVERING, and say what is to be posted.

    Raises:
        Cancelled: somebody gave the request up meanwhile; nothing was stored.
        NotFound: the request is gone, with the person who asked; nothing was stored.
        OSError: the pictures cannot be written.
        StorageError: the database failed; nothing was stored.
    """
    shown = ranked[: request.top]
    pictures = {images / _picture(request, placed): placed.candidate.png for placed in shown}
    await asyncio.to_thread(_write, pictures)
    try:
        async with database.transaction() as session:
            diagrams = await add_diagrams(
                session,
                request.id,
                [
                    NewDiagram(
                        rank=placed.rank,
                        text=placed.candidate.text,
                        scene=placed.candidate.scene.to_json(),
                        readability=placed.candidate.readability,
                        taste=placed.taste.value,
                        final=placed.final,
                        versions=asdict(result.versions),
                        png_path=_picture(request, placed) if place < request.top else None,
                    )
                    for place, placed in enumerate(ranked)
                ],
            )
            await put_latents(
                session,
                result.versions.autoencoder,
                [
                    (diagram.id, placed.candidate.latent)
                    for diagram, placed in zip(diagrams, ranked, strict=True)
                ],
            )
            if not await set_status(session, request.id, RequestStatus.DELIVERING):
                raise Cancelled("while it was drawn")
    except (Cancelled, NotFound):
        await asyncio.to_thread(_remove, pictures)
        raise
    return [
        _post(
            request,
            diagram,
            placed.taste.basis,
            images=images,
            alt_text=delivery.alt_text(placed.candidate.spec),
            why=reasons(placed),
        )
        for diagram, placed in zip(diagrams, shown, strict=False)
    ]


async def rest(database: Database, images: Path, request: Request, basis: Basis) -> list[Post]:
    """What a restart kept from being posted. `basis` is whose taste the request rested on.

    Raises:
        StorageError: the database failed.
    """
    async with database.reading() as session:
        diagrams = await undelivered_diagrams(session, request.id)
    return [
        _post(
            request,
            diagram,
            basis,
            images=images,
            alt_text=alt_text_of(diagram.text, request.description),
        )
        for diagram in diagrams
        if diagram.png_path is not None
    ]


def _post(
    request: Request,
    diagram: Diagram,
    basis: Basis,
    *,
    images: Path,
    alt_text: str,
    why: str = "",
) -> Post:
    assert diagram.png_path is not None
    caption = delivery.caption(
        rank=diagram.rank,
        final=diagram.final,
        readability=diagram.readability,
        taste=diagram.taste,
        basis=basis,
        kind=request.kind,
    )
    return Post(
        diagram_id=diagram.id,
        rank=diagram.rank,
        caption=f"{caption}\n-# {why}" if why else caption,
        alt_text=alt_text,
        file_name=delivery.file_name(request.description, diagram.rank),
        image=images / diagram.png_path,
    )


def alt_text_of(text: str, description: str) -> str:
    """The alt text of a diagram that is stored as this text and was described so."""
    try:
        return delivery.alt_text(parse_spec(text))
    except SpecError:  # another dialect
        said = _("Diagram: {description}").format(description=description)
        return delivery.shortened(said, delivery.MAX_ALT_TEXT)


def _picture(request: Request, placed: Ranked) -> str:
    """Where the picture lies below the folder of images, which may be moved as a whole."""
    return f"{request.id}/{placed.rank}.png"


def _write(pictures: Mapping[Path, bytes]) -> None:
    for path, png in pictures.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(png)


def _remove(pictures: Iterable[Path]) -> None:
    for path in pictures:
        path.unlink(missing_ok=True)
        with suppress(OSError):  # another picture is in it
            path.parent.rmdir()
