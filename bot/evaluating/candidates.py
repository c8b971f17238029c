"""What the serving models draw for descriptions, kept on disk: drawing is most of the time.

A description and the versions of the models name a JSON file. A changed layout or renderer is not
noticed: delete the folder then. The pictures themselves are not kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ml.candidate import Candidate, DrawJob, Versions, Violations
from ml.spec.scene import Scene
from ml.spec.text import parse_spec
from ml.worker.interface import BATCH_ROWS

if TYPE_CHECKING:
    from ml.pipeline import Pipeline

SEED = 440_001


def drawn(
    descriptions: Sequence[str],
    pipeline: Pipeline,
    folder: Path,
    *,
    count: int,
    done: Callable[[int], object] = lambda _: None,
) -> list[tuple[Candidate, ...]]:
    """Up to `count` candidates for each description, from `folder` where they are kept.

    `done` is told how many more descriptions have theirs.

    Raises:
        ModelError: a description is too long for the model.
        SpecError: the model does not write the `spec` dialect.
        OSError: the folder cannot be read or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / _name(text, count, pipeline.versions) for text in descriptions]
    missing = [number for number, path in enumerate(paths) if not path.exists()]
    done(len(paths) - len(missing))
    step = max(1, BATCH_ROWS // count)
    for first in range(0, len(missing), step):
        batch = missing[first : first + step]
        jobs = [
            DrawJob(id=str(number), description=descriptions[number], count=count, seed=SEED)
            for number in batch
        ]
        for number, result in zip(batch, pipeline.draw(jobs), strict=True):
            part = paths[number].with_suffix(".part")
            part.write_text(json.dumps([_kept(one) for one in result.candidates]), "utf-8")
            part.replace(paths[number])
        done(len(batch))
    return [tuple(map(_read, json.loads(path.read_text("utf-8")))) for path in paths]


def _name(description: str, count: int, versions: Versions) -> str:
    key = json.dumps([description, count, SEED, asdict(versions)])
    return f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.json"


def _kept(candidate: Candidate) -> dict[str, Any]:
    return {
        "text": candidate.text,
        "scene": candidate.scene.to_json(),
        "readability": candidate.readability,
        "latent": candidate.latent.tolist(),
        "violations": asdict(candidate.violations),
        "finished": candidate.finished,
    }


def _read(kept: dict[str, Any]) -> Candidate:
    return Candidate(
        text=kept["text"],
        spec=parse_spec(kept["text"]),
        scene=Scene.from_json(kept["scene"]),
        png=b"",
        readability=kept["readability"],
        latent=np.array(kept["latent"], np.float32),
        violations=Violations(**kept["violations"]),
        finished=kept["finished"],
    )
