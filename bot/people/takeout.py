"""What a person takes home: a zip with data.json and the pictures of their diagrams. Pure."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from storage.personal import PersonData

LARGEST = 10 * 2**20 - 2**16
"""Bytes: Discord takes 10 MiB, and the message around the file needs some of them."""

_ENTRY = 512  # bytes that a zip needs for an entry beside its data, at the most


@dataclass(frozen=True, kw_only=True)
class Takeout:
    """`pictures` are in the zip; `left_out` had no room and are the oldest.

    Not `latents`: the numbers that the models see in each diagram had no room either.
    """

    data: bytes
    pictures: int
    left_out: int
    latents: bool


class TooLarge(Exception):
    """Even without the pictures it is more than Discord takes."""


def takeout(data: PersonData, images: Path, *, largest: int = LARGEST) -> Takeout:
    """Pack what is kept about a person into at most `largest` bytes. Reads files; takes seconds.

    Pictures that are not on the disk any more are not counted. In the zip they are named as
    `png_path` in data.json, below `pictures/`.

    Raises:
        TooLarge: data.json alone is larger.
    """
    latents = True
    written = _data_only(data)
    if len(written) > largest:
        latents = False
        written = _data_only({**data, "latents": []})
    if len(written) > largest:
        raise TooLarge
    room = largest - len(written)
    buffer = BytesIO(written)
    names = [row["png_path"] for row in data["diagrams"] if row["png_path"]]
    pictures = left_out = 0
    with zipfile.ZipFile(buffer, "a") as archive:
        for name in reversed(names):  # the newest first
            try:
                size = (images / name).stat().st_size + _ENTRY
                if left_out or size > room:
                    left_out += 1
                    continue
                archive.write(images / name, f"pictures/{name}", zipfile.ZIP_STORED)
            except OSError:  # deleted by hand, or by whoever moved the folder
                continue
            pictures += 1
            room -= size
    return Takeout(data=buffer.getvalue(), pictures=pictures, left_out=left_out, latents=latents)


def _data_only(data: PersonData) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=1))
    return buffer.getvalue()
