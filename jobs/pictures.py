"""Deletes the files of requests that are not in the database any more."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def delete_pictures(images: Path, request_ids: Iterable[str], pictures: Iterable[str]) -> int:
    """Delete the pictures of requests, those of failed attempts too; how many stayed.

    `pictures` are relative to the folder `images`; nothing outside of it is touched.
    """
    root = images.resolve()
    folders = [images / request_id for request_id in request_ids]
    files = {images / name for name in pictures}
    files.update(path for folder in folders for path in folder.glob("*.png"))
    stayed = sum(not _deleted(path) for path in files if path.resolve().is_relative_to(root))
    _delete_empty(folders)
    return stayed


def _deleted(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _delete_empty(folders: Iterable[Path]) -> None:
    for folder in folders:
        try:
            folder.rmdir()
        except OSError:
            continue  # it is not there, or something else is in it
