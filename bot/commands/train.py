"""`diagram-bot train`: a new version of a model, published when it beats the serving one.

    diagram-bot train readability
    diagram-bot train sft --examples 20000 --model deepseek-ai/deepseek-coder-1.3b-instruct
    diagram-bot train orpo

With --json-progress each step is one JSON object on stdout and the last one is the result; that
is how the bot follows a training that was started from chat. A training that was stopped goes
on where it was when it is started again with the same arguments.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot.commands.curve import Curve
from bot.commands.files import positive
from bot.errors import UserFacingError
from bot.settings import Settings, read_settings
from jobs.preferences import preferred
from ml.errors import ModelError, SpecError
from ml.language.preferences import Pair
from ml.registry import Outcome, Registry
from ml.spec.scene import Scene
from storage.database import Database
from storage.errors import StorageError
from storage.training import rated_scenes

log = logging.getLogger(__name__)

Report = Callable[[str, float], None]


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declares the command and its arguments."""
    parser = commands.add_parser("train", help="train a new version of a model")
    kinds = parser.add_subparsers(required=True, metavar="MODEL")
    for name, train in (("readability", _readability), ("autoencoder", _autoencoder)):
        kind = kinds.add_parser(name)
        kind.add_argument("--seed", type=int, default=0)
        kind.add_argument("--size", type=int, help="pictures to make for training")
        kind.add_argument("--fresh", action="store_true", help="not from the serving weights")
        _common(kind, train)
    sft = kinds.add_parser("sft", help="teach a language model to write diagrams")
    sft.add_argument("--model", help="embedded, a folder or a hub id; default: LLM_MODEL")
    sft.add_argument("--examples", type=int, default=16_000)
    sft.add_argument("--seed", type=int, default=1)
    sft.add_argument("--batch", type=positive, help="examples a step: fewer need less memory")
    sft.add_argument("--learning-rate", type=float, help="smaller where the loss is no number")
    sft.add_argument("--go-on", action="store_true", help="start from the serving adapter")
    sft.add_argument("--out", type=Path, help="folder of the run; default: in DATA_DIR")
    _common(sft, _sft)
    orpo = kinds.add_parser("orpo", help="teach the serving adapter what people rate higher")
    orpo.add_argument("--epochs", type=positive, help="how often every pair is seen")
    orpo.add_argument("--seed", type=int, default=1)
    orpo.add_argument("--out", type=Path, help="folder of the run; default: in DATA_DIR")
    _common(orpo, _orpo)


def _common(
    parser: argparse.ArgumentParser,
    train: Callable[[argparse.Namespace, Settings, Report], Mapping[str, Any]],
) -> None:
    parser.add_argument("--json-progress", action="store_true", help="JSON Lines on stdout")
    parser.set_defaults(command=run, train=train)


def run(arguments: argparse.Namespace) -> int:
    """Trains; the exit status."""
    report = Curve(_say_json if arguments.json_progress else _say_words)
    settings = read_settings()
    try:
        result = arguments.train(arguments, settings, report)
    except ModelError as error:
        raise UserFacingError(str(error)) from error
    curve = report.draw(settings.data_dir / "trainings" / "loss.png")
    if arguments.json_progress:
        said = {**result, "curve": str(curve)} if curve else result
        sys.stdout.write(json.dumps(said) + "\n")
    else:
        metrics = ", ".join(f"{name} {value:.4g}" for name, value in result["metrics"].items())
        verdict = "published" if result["published"] else "kept aside"
        sys.stdout.write(f"{result['version']} {verdict}: {result['reason']}\n{metrics}\n")
    return 0


def _readability(
    arguments: argparse.Namespace, settings: Settings, report: Report
) -> Mapping[str, Any]:
    from ml.scoring.fit_readability import ReadabilityTraining
    from ml.scoring.train_readability import train

    size = {} if arguments.size is None else {"size": arguments.size}
    outcome = train(
        Registry(root=settings.models.versions),
        training=ReadabilityTraining(seed=arguments.seed, **size),
        ratings=asyncio.run(_rated_scenes(settings)),
        warm=not arguments.fresh,
        work=_work(settings, "readability"),
        report=report,
    )
    return _result(outcome)


async def _rated_scenes(settings: Settings) -> list[tuple[Scene, float]]:
    """The diagrams that people who share rated, with the mean of what they gave."""
    try:
        async with Database(settings.database) as database, database.reading() as session:
            rated = await rated_scenes(session)
    except StorageError as error:
        raise UserFacingError(f"the ratings cannot be read: {error}") from error
    scenes = []
    for one in rated:
        try:
            scenes.append((Scene.from_json(one.scene), one.rating))
        except SpecError as error:
            log.warning("diagram %s is left out: %s", one.diagram_id, error)
    return scenes


def _autoencoder(
    arguments: argparse.Namespace, settings: Settings, report: Report
) -> Mapping[str, Any]:
    from ml.scoring.train_autoencoder import AutoencoderTraining, train

    size = {} if arguments.size is None else {"size": arguments.size}
    outcome = train(
        Registry(root=settings.models.versions),
        training=AutoencoderTraining(seed=arguments.seed, **size),
        warm=not arguments.fresh,
        work=_work(settings, "autoencoder"),
        report=report,
    )
    return _result(outcome)


def _sft(arguments: argparse.Namespace, settings: Settings, report: Report) -> Mapping[str, Any]:
    from ml.language.publish import train_and_publish
    from ml.language.sft import SftSettings

    wished: dict[str, Any] = {
        "batch": arguments.batch,
        "learning_rate": arguments.learning_rate,
    }
    outcome = train_and_publish(
        Registry(root=settings.models.versions),
        model=arguments.model or _model_here(settings, "name its base by --model"),
        cache=settings.models.cache,
        device=settings.models.device,
        out=arguments.out or _work(settings, "sft"),
        settings=SftSettings(
            examples=arguments.examples,
            seed=arguments.seed,
            **{name: value for name, value in wished.items() if value is not None},
        ),
        go_on=arguments.go_on,
        report=report,
    )
    return _result(outcome)


def _orpo(arguments: argparse.Namespace, settings: Settings, report: Report) -> Mapping[str, Any]:
    from ml.language.orpo import OrpoSettings
    from ml.language.tune import tune_and_publish

    epochs = {} if arguments.epochs is None else {"epochs": arguments.epochs}
    outcome = tune_and_publish(
        Registry(root=settings.models.versions),
        asyncio.run(_pairs(settings)),
        model=_model_here(settings, "tune it without LLM_BASE_URL, LLM_MODEL being its base"),
        cache=settings.models.cache,
        device=settings.models.device,
        out=arguments.out or _work(settings, "orpo"),
        settings=OrpoSettings(seed=arguments.seed, **epochs),
        report=report,
    )
    return _result(outcome)


def _model_here(settings: Settings, instead: str) -> str:
    """The base model that the settings name, unless that is a name on a server."""
    if settings.models.server is not None:
        raise UserFacingError(f"the model of LLM_BASE_URL cannot be trained there; {instead}")
    return settings.models.model


async def _pairs(settings: Settings) -> list[Pair]:
    try:
        async with Database(settings.database) as database:
            return await preferred(database)
    except StorageError as error:
        raise UserFacingError(f"the ratings cannot be read: {error}") from error


def _work(settings: Settings, name: str) -> Path:
    folder = settings.data_dir / "trainings" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _result(outcome: Outcome) -> Mapping[str, Any]:
    """The last line of --json-progress; `reason` says how it compared with what served."""
    return {
        "published": outcome.published,
        "version": outcome.version,
        "metrics": outcome.metrics,
        "reason": outcome.verdict,
    }


def _say_json(stage: str, fraction: float) -> None:
    sys.stdout.write(json.dumps({"stage": stage, "fraction": round(fraction, 4)}) + "\n")
    sys.stdout.flush()


def _say_words(stage: str, fraction: float) -> None:
    sys.stderr.write(f"{fraction:4.0%}  {stage}\n")
