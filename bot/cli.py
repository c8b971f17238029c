"""`diagram-bot`: the command line.

Exit status 0, 1 for a failure with a message on stderr, 2 for wrong usage.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.commands import draw, evaluate, export, fetch, score, train
from bot.errors import BotError, StartupError
from bot.settings import read_settings
from ml.errors import MlError
from storage.errors import StorageError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    # Threads of torch that spin while they wait make a busy machine ten times slower. Read when
    # torch is loaded, here or in the processes that are started from here.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    arguments = _parser().parse_args(argv)
    command: Callable[[argparse.Namespace], int] = arguments.command
    try:
        return command(arguments)
    except (BotError, MlError, StorageError) as error:
        # One line: what follows in a library's message helps nobody who runs a command.
        line = (str(error).splitlines() or [type(error).__name__])[0]
        sys.stderr.write(f"diagram-bot: {line}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="diagram-bot", description="Turns a sentence into readable diagrams."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    bot = commands.add_parser("bot", help="run the Discord bot")
    bot.set_defaults(command=_bot)

    demo = commands.add_parser("demo", help="run the bot against a simulated Discord")
    demo.add_argument(
        "--out", type=Path, default=Path("demo-output"), help="where the posted pictures go"
    )
    demo.set_defaults(command=_demo)

    playground = commands.add_parser(
        "playground", help="try the bot in a browser, in a simulated Discord"
    )
    playground.add_argument(
        "--port", type=_port, default=8765, help="of this machine; 0 is any free one"
    )
    playground.set_defaults(command=_playground)

    for command in (draw, export, score, train, evaluate, fetch):
        command.add(commands)
    return parser


def _bot(_: argparse.Namespace) -> int:
    from bot.running import run

    asyncio.run(run(read_settings()))
    return 0


def _demo(arguments: argparse.Namespace) -> int:
    with _simulation():
        from bot.simulated.demo import demo

    return asyncio.run(demo(read_settings(), out=arguments.out))


def _playground(arguments: argparse.Namespace) -> int:
    with _simulation():
        from bot.simulated.playground import playground

    asyncio.run(playground(read_settings(), port=arguments.port))
    return 0


@contextmanager
def _simulation() -> Iterator[None]:
    """Says which package a simulated Discord needs, where one is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise StartupError(
            f"a simulated Discord needs the package {error.name}: pip install -e '.[dev]'"
        ) from error


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port, 0 to 65535")
    return int(text)
