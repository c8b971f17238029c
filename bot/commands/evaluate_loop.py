"""`diagram-bot eval loop`: what each part of the learning loop is worth, on simulated servers.

diagram-bot eval loop --plot loop.png

The first run draws candidates for N descriptions with the serving models, some seconds each, and
keeps them in DATA_DIR/loop.
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from tqdm import tqdm

from bot.commands.files import positive
from bot.errors import UserFacingError
from bot.settings import read_settings
from storage.errors import StorageError

CANDIDATES = 8
"""Candidates of each description, from which every request gets some."""


def add(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """Declares the sub-command and its arguments."""
    loop = kinds.add_parser("loop", help="ranking and learning together, on simulated servers")
    loop.add_argument("--days", type=positive, default=30, metavar="N")
    loop.add_argument("--people", type=positive, default=20, metavar="N", help="on each server")
    loop.add_argument("--requests", type=positive, default=10, metavar="N", help="a day")
    loop.add_argument("--servers", type=positive, default=5, metavar="N")
    loop.add_argument("--descriptions", type=positive, default=48, metavar="N")
    loop.add_argument("--seed", type=int, default=550_001)
    loop.add_argument("--plot", type=Path, metavar="FILE", help="feelings by day as PNG")
    loop.add_argument("--json", action="store_true")
    return loop


def measure(arguments: argparse.Namespace) -> str:
    """The table, or JSON, of all ways to rank.

    Raises:
        ModelError: a serving model cannot be read.
        SpecError: it does not write the `spec` dialect.
        OSError: candidates cannot be kept, or the plot cannot be written.
        UserFacingError: the temporary database failed.
    """
    from bot.evaluating.candidates import drawn
    from bot.evaluating.loop import Drawn, Way, live
    from bot.evaluating.report import as_json, picture, table
    from ml.drawing.render import encode_png
    from ml.language.handwritten import handwritten
    from ml.pipeline import Pipeline

    settings = read_settings()
    pipeline = Pipeline.load(settings.models)
    written = handwritten()
    count = min(arguments.descriptions, len(written))
    chosen = [written[place * len(written) // count].prompt for place in range(count)]
    with tqdm(total=len(chosen), desc="drawing", disable=None) as bar:
        choices = drawn(
            chosen, pipeline, settings.data_dir / "loop", count=CANDIDATES, done=bar.update
        )
    with tqdm(total=arguments.servers * len(Way), desc="living", disable=None) as bar:
        living = live(
            Drawn(choices=choices, versions=pipeline.versions),
            servers=arguments.servers,
            people=arguments.people,
            days=arguments.days,
            requests=arguments.requests,
            seed=arguments.seed,
            done=bar.update,
        )
        try:
            lives = asyncio.run(living)
        except StorageError as error:
            raise UserFacingError(str(error)) from error
    if arguments.plot:
        arguments.plot.write_bytes(encode_png(picture(lives)))
    return as_json(lives) if arguments.json else table(lives)
