"""`diagram-bot score`: the readability of diagrams that are there already, as `rows`.

    diagram-bot score --from diagrams.jsonl --json

Every line read gives one line, in the same order. What cannot be drawn gets no score and the
reason why.
"""

from __future__ import annotations

import argparse
import json
import sys
from itertools import islice
from pathlib import Path
from typing import Any

from tqdm import tqdm

from bot.commands.files import read_objects
from bot.errors import UserFacingError
from bot.settings import read_settings
from ml.errors import ModelError, SpecError
from ml.registry import Registry
from ml.spec.rows import parse_rows
from ml.spec.scene import Scene

BATCH = 64


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declares the command and its arguments."""
    parser = commands.add_parser("score", help="score the readability of diagrams in a file")
    parser.add_argument(
        "--from",
        dest="source",
        type=Path,
        required=True,
        metavar="FILE",
        help="JSON Lines with image and rows",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(command=run)


def run(arguments: argparse.Namespace) -> int:
    """Scores every line; the exit status."""
    lines = list(read_objects(arguments.source))

    from ml.drawing.render import draw
    from ml.scoring.readability import serving_ensemble

    try:
        ensemble, _ = serving_ensemble(Registry(root=read_settings().models.versions))
    except ModelError as error:
        raise UserFacingError(str(error)) from error
    remaining = iter(tqdm(lines, disable=None))
    while batch := [_read(line) for line in islice(remaining, BATCH)]:
        images = [draw(scene, scale=0.5) for _, scene in batch if isinstance(scene, Scene)]
        scores = iter(ensemble.score(images) if images else ())
        for image, scene in batch:
            answer: dict[str, Any] = {"image": image, "readability": None}
            if isinstance(scene, Scene):
                answer["readability"] = round(float(next(scores)), 4)
            else:
                answer["error"] = scene
            sys.stdout.write(
                json.dumps(answer, ensure_ascii=False) if arguments.json else _words(answer)
            )
            sys.stdout.write("\n")
    return 0


def _read(line: dict[str, Any] | str) -> tuple[Any, Scene | str]:
    """The image's name and its Scene, or why there is none."""
    if isinstance(line, str):
        return None, line
    image, rows = line.get("image"), line.get("rows")
    if not isinstance(rows, str):
        return image, "there is no “rows” text"
    try:
        return image, parse_rows(rows)
    except SpecError as error:
        return image, str(error)


def _words(answer: dict[str, Any]) -> str:
    score = answer["error"] if "error" in answer else f"{answer['readability']:.2f}"
    return f"{answer['image']}  {score}"
