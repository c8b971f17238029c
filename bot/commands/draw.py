"""`diagram-bot draw`: diagrams from a sentence, or from a file of them, without any Discord.

    diagram-bot draw "a CNN with two conv layers" --top 2
    diagram-bot draw --from prompts.jsonl --limit 10 --json

With --json every description gives one object on a line of its own. Progress goes to stderr.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from tqdm import tqdm

from bot.asking.descriptions import clean
from bot.commands.files import positive, read_objects
from bot.errors import BadDescription, UserFacingError
from bot.results import delivery
from bot.settings import Settings, read_settings
from ml.candidate import DrawJob, DrawResult
from ml.errors import ModelError
from ml.scoring.ranking import Ranked, rank
from ml.scoring.taste import TasteIndex, faded
from ml.spec.rows import write_rows
from ml.worker import BATCH_ROWS
from storage.database import Database
from storage.errors import StorageError
from storage.latents import rated_latents

if TYPE_CHECKING:
    from ml.pipeline import Pipeline

MAX_COUNT = 20


@dataclass(frozen=True, kw_only=True)
class _Wanted:
    """One line of the file, or the one description of the command line."""

    id: object
    description: str
    problem: str | None = None


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declares the command and its arguments."""
    parser = commands.add_parser("draw", help="draw a sentence, or a file of them")
    parser.add_argument("description", nargs="?", metavar="DESCRIPTION", help="what to draw")
    parser.add_argument(
        "--from", dest="source", type=Path, metavar="FILE", help="JSON Lines with id and prompt"
    )
    parser.add_argument("--limit", type=positive, metavar="N", help="only the first N lines")
    parser.add_argument("--count", type=positive, metavar="N", help="candidates to write")
    parser.add_argument("--top", type=positive, metavar="K", help="how many of them to keep")
    parser.add_argument("--seed", type=int, metavar="S", help="the same seed, the same diagrams")
    parser.add_argument("--user", type=int, metavar="ID", help="rank for this person's taste")
    parser.add_argument("--out", type=Path, default=Path("diagrams"), metavar="DIR")
    parser.add_argument("--json", action="store_true", help="one JSON object a description")
    parser.set_defaults(command=run, parser=parser)


def run(arguments: argparse.Namespace) -> int:
    """Draws what the arguments ask for; the exit status."""
    if (arguments.description is None) == (arguments.source is None):
        arguments.parser.error("give a DESCRIPTION or --from FILE, and not both")
    settings = read_settings()
    count = arguments.count or settings.default_count
    if count > MAX_COUNT:
        arguments.parser.error(f"--count is at most {MAX_COUNT}")
    seed = secrets.randbelow(2**31) if arguments.seed is None else arguments.seed
    single = arguments.source is None
    # Before the models are loaded, so that a bad sentence or file is answered at once.
    lines = [_single(arguments.description, seed)] if single else list(_lines(arguments))
    try:
        arguments.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserFacingError(f"{arguments.out} cannot be made: {error.strerror}") from error

    from ml.pipeline import Pipeline

    try:
        pipeline = Pipeline.load(settings.models)
    except ModelError as error:
        raise UserFacingError(str(error)) from error
    tastes = TasteIndex.empty()
    if arguments.user is not None:
        tastes = asyncio.run(_tastes(settings, pipeline.versions.autoencoder))
    ranking = _ranking(tastes, arguments.user or 0, top=arguments.top)
    drawn = _draw_all(pipeline, lines, count=count, seed=seed)
    for wanted, result in tqdm(drawn, total=len(lines), disable=None if not single else True):
        answer = _answer(wanted, result, ranking, out=arguments.out, count=count)
        if single and not answer["candidates"]:
            raise UserFacingError(
                "none of the texts that the model wrote could be drawn; try again, or say it "
                "more plainly"
            )
        sys.stdout.write(
            json.dumps(answer, ensure_ascii=False) if arguments.json else _words(answer)
        )
        sys.stdout.write("\n")
        sys.stdout.flush()
    return 0


def _single(description: str, seed: int) -> _Wanted:
    text = clean(description)
    return _Wanted(id=hashlib.sha256(f"{seed} {text}".encode()).hexdigest()[:10], description=text)


def _lines(arguments: argparse.Namespace) -> Iterator[_Wanted]:
    for line in read_objects(arguments.source, limit=arguments.limit):
        if isinstance(line, str):
            yield _Wanted(id=None, description="", problem=line)
        elif not isinstance(prompt := line.get("prompt"), str):
            yield _Wanted(id=line.get("id"), description="", problem="there is no “prompt”")
        else:
            try:
                yield _Wanted(id=line.get("id"), description=clean(prompt))
            except BadDescription as error:
                yield _Wanted(id=line.get("id"), description=prompt, problem=str(error))


async def _tastes(settings: Settings, encoder: str) -> TasteIndex:
    try:
        async with Database(settings.database) as database, database.reading() as session:
            users, latents, ratings = await rated_latents(session, encoder)
    except StorageError as error:
        raise UserFacingError(f"the ratings cannot be read: {error}") from error
    return TasteIndex.build(users, latents, ratings, encoder, weights=faded(users))


def _ranking(
    tastes: TasteIndex, user: int, *, top: int | None
) -> Callable[[DrawResult], Sequence[Ranked]]:
    def ranked(result: DrawResult) -> Sequence[Ranked]:
        if not result.candidates:
            return ()
        latents = np.stack([candidate.latent for candidate in result.candidates])
        return rank(result.candidates, tastes.predict(user, latents), top=top)

    return ranked


def _draw_all(
    pipeline: Pipeline, lines: Sequence[_Wanted], *, count: int, seed: int
) -> Iterator[tuple[_Wanted, DrawResult | None]]:
    """Every line with its result, in order; None for what cannot be drawn."""
    size = max(1, BATCH_ROWS // count)
    for start in range(0, len(lines), size):
        batch = lines[start : start + size]
        jobs = [
            DrawJob(id=str(index), description=wanted.description, count=count, seed=seed)
            for index, wanted in enumerate(batch)
            if wanted.problem is None
        ]
        results = {int(result.job.id): result for result in pipeline.draw(jobs)}
        yield from ((wanted, results.get(index)) for index, wanted in enumerate(batch))


def _answer(
    wanted: _Wanted,
    result: DrawResult | None,
    ranking: Callable[[DrawResult], Sequence[Ranked]],
    *,
    out: Path,
    count: int,
) -> dict[str, Any]:
    """What --json prints. `seconds` is the time of the batch the description was part of."""
    answer: dict[str, Any] = {"id": wanted.id, "description": wanted.description}
    if result is None:
        return {**answer, "seconds": 0.0, "candidates": [], "error": wanted.problem}
    name = "".join(c if c.isalnum() or c in "-_" else "-" for c in str(wanted.id))[:60]
    candidates = [
        _candidate(ranked, out / f"{name}-{ranked.rank}.png") for ranked in ranking(result)
    ]
    answer |= {"seconds": round(result.seconds, 3), "candidates": candidates}
    if not candidates:
        answer["error"] = "none of the texts that the model wrote could be drawn"
    return answer


def _candidate(ranked: Ranked, image: Path) -> dict[str, Any]:
    candidate = ranked.candidate
    try:
        image.write_bytes(candidate.png)
    except OSError as error:
        raise UserFacingError(f"{image} cannot be written: {error.strerror or error}") from error
    spec = candidate.spec
    return {
        "rank": ranked.rank,
        "text": candidate.text,
        "rows": write_rows(candidate.scene),
        "readability": round(candidate.readability, 3),
        "taste": round(ranked.taste.value, 3),
        "final": round(ranked.final, 3),
        "image": str(image),
        "structure": {
            "nodes": [
                {"id": n.id, "kind": n.kind.value, "count": n.count, "label": n.label}
                for n in spec.nodes
            ],
            "edges": [
                {"source": e.source, "target": e.target, "label": e.label} for e in spec.edges
            ],
        },
        "violations": {
            "overlaps": candidate.violations.overlaps,
            "outside": candidate.violations.outside,
            "edges_through_nodes": candidate.violations.edges_through_nodes,
        },
        "finished": candidate.finished,
        "basis": ranked.taste.basis.value,
    }


def _words(answer: dict[str, Any]) -> str:
    """What is printed without --json."""
    lines = [f"{answer['description']}  ({answer['seconds']:.1f} s)"]
    if "error" in answer:
        lines.append(f"  {answer['error']}")
    for candidate in answer["candidates"]:
        scores = delivery.caption(
            rank=candidate["rank"],
            final=candidate["final"],
            readability=candidate["readability"],
            taste=candidate["taste"],
            basis=candidate["basis"],
        )
        lines.append(f"  {scores}  {candidate['image']}")
    return "\n".join(lines)
