"""`diagram-bot eval taste`: predicted ratings against simulated people.

diagram-bot eval taste --plot curves.png
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tqdm import tqdm

from bot.commands.files import positive
from bot.settings import read_settings
from ml.registry import ModelKind, Registry


def add(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """Declares the sub-command and its arguments."""
    taste = kinds.add_parser("taste", help="predicted ratings, against simulated people")
    taste.add_argument("--pictures", type=positive, default=1_200, metavar="N")
    taste.add_argument("--servers", type=positive, default=10, metavar="N", help="of 12 people")
    taste.add_argument("--seed", type=int, default=660_001)
    taste.add_argument("--plot", type=Path, metavar="FILE", help="learning curves as PNG")
    taste.add_argument("--json", action="store_true")
    return taste


def measure(arguments: argparse.Namespace) -> str:
    """The table, or JSON, of all ways to predict.

    Raises:
        ModelError: the serving autoencoder cannot be read.
        OSError: the plot cannot be written.
    """
    from ml.drawing.render import encode_png
    from ml.scoring.autoencoder import Autoencoder
    from ml.scoring.evaluate_taste import draw_pictures, play, recovery
    from ml.scoring.learning_curves import as_json, picture, recovery_table, table
    from ml.scoring.simulated_people import PEOPLE

    version = Registry(root=read_settings().models.versions).serving(ModelKind.AUTOENCODER)
    encoder = Autoencoder.load(version.folder)
    with tqdm(total=arguments.pictures, desc="drawing", disable=None) as bar:
        pictures = draw_pictures(encoder, arguments.pictures, arguments.seed, done=bar.update)
    people = arguments.servers * len(PEOPLE)
    with tqdm(total=people, desc="rating", disable=None) as bar:
        outcomes = play(pictures, servers=arguments.servers, seed=arguments.seed, done=bar.update)
    if arguments.plot:
        arguments.plot.write_bytes(encode_png(picture(outcomes)))
    recovered = recovery(pictures)
    if arguments.json:
        return as_json(outcomes, recovered)
    return table(outcomes) + "\n\n" + recovery_table(recovered)
