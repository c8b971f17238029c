"""`diagram-bot fetch`: the embedded base model, downloaded and unpacked once.

Whatever needs the model fetches it by itself; this does it beforehand.
"""

from __future__ import annotations

import argparse
import sys

from bot.errors import UserFacingError
from bot.settings import read_settings
from ml.errors import ModelError


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declares the command."""
    parser = commands.add_parser("fetch", help="download the embedded base model, once")
    parser.set_defaults(command=run)


def run(_: argparse.Namespace) -> int:
    """Fetches; the exit status."""
    from ml.language.base import FOLDER, embedded_base

    cache = read_settings().model_cache_dir
    if not (cache / FOLDER).exists():
        sys.stderr.write("Fetching the base model (93 MB) and unpacking it, once …\n")
    try:
        folder = embedded_base(cache)
    except ModelError as error:
        raise UserFacingError(str(error)) from error
    sys.stderr.write(f"The base model is in {folder}.\n")
    return 0
