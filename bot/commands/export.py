"""`diagram-bot export`: a diagram text as a file for another program.

    diagram-bot export diagram.txt --to pptx
    diagram-bot export diagram.txt --to svg --out picture.svg

The file holds the text that **Edit text** shows and `draw --json` prints.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.errors import UserFacingError
from ml.export.formats import Format, export
from ml.spec.text import parse_spec


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declares the command and its arguments."""
    parser = commands.add_parser("export", help="turn a diagram text into a file")
    parser.add_argument("source", type=Path, metavar="FILE", help="the diagram text; - for stdin")
    parser.add_argument(
        "--to",
        dest="format",
        required=True,
        choices=[format.value for format in Format],
        metavar="FORMAT",
        help=", ".join(Format),
    )
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="where to write it (beside FILE); - for stdout"
    )
    parser.set_defaults(command=run)


def run(arguments: argparse.Namespace) -> int:
    """Writes the file; the exit status.

    Raises:
        SpecError: the text is no diagram, with the line to blame.
        UserFacingError: a file cannot be read or written.
    """
    source: Path = arguments.source
    format = Format(arguments.format)
    spec = parse_spec(_read(source))

    from ml.drawing.layout import place

    data = export(spec, place(spec), format)
    piped = str(source) == "-"
    out: Path = arguments.out or (Path("-") if piped else source.with_suffix(format.extension))
    if str(out) == "-":
        sys.stdout.buffer.write(data)
        return 0
    if not piped and out.resolve() == source.resolve():
        raise UserFacingError(f"{out} is the diagram text itself; say --out where to write")
    try:
        out.write_bytes(data)
    except OSError as error:
        raise UserFacingError(f"{out} cannot be written: {error.strerror or error}") from error
    sys.stdout.write(f"{out}\n")
    return 0


def _read(source: Path) -> str:
    try:
        if str(source) == "-":
            return sys.stdin.read()
        return source.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserFacingError(f"{source} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UserFacingError(f"{source} is not a text file in UTF-8") from error
