"""Reading the JSON Lines files that scripts hand in."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from bot.errors import UserFacingError


def read_objects(path: Path, *, limit: int | None = None) -> Iterator[dict[str, Any] | str]:
    """One JSON object a line; a line that holds none comes as the sentence that says so.

    Raises:
        UserFacingError: the file cannot be read.
    """
    try:
        with path.open(encoding="utf-8", errors="replace") as lines:
            for number, line in enumerate(islice(lines, limit), start=1):
                yield _object(line, number)
    except OSError as error:
        raise UserFacingError(f"{path} cannot be read: {error.strerror or error}") from error


def positive(text: str) -> int:
    """An argument that must be a whole number above 0."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return number


def _object(line: str, number: int) -> dict[str, Any] | str:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"line {number} is not JSON: {error}"
    return value if isinstance(value, dict) else f"line {number} is not a JSON object"
