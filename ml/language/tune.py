"""From what people like better to a language model that serves, if it has learned it."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ml.errors import ModelError
from ml.gate import paired_bootstrap
from ml.language.generator import LocalGenerator
from ml.language.loading import load_for_generation
from ml.language.orpo import OrpoSettings, margins, train_orpo
from ml.language.preferences import Pair, lesson_of
from ml.language.publish import Gate, Report, default_gate, keep, measure, serving_of
from ml.language.wishes import gate_wishes, wishes_fulfilled
from ml.registry import Outcome, Registry
from ml.spec.grammar import spec_grammar

STRUCTURE_MAY_LOSE = 0.01
"""So much of the exact answers a better taste may cost."""
EDITS_MAY_LOSE = 0.03
"""So much of the exact edits it may cost."""
WISHES_MAY_LOSE = 0.02
"""So much of the fulfilled wishes for a style it may cost: what somebody asks for comes first."""


def tune_and_publish(
    registry: Registry,
    pairs: Iterable[Pair],
    *,
    model: str,
    cache: Path,
    device: str,
    out: Path,
    settings: OrpoSettings,
    report: Report,
    gate: Gate | None = None,
) -> Outcome:
    """Tunes the serving adapter by ORPO; the result is kept aside unless it is better.

    Better is what finds the preferred text more probable in more of the held-out pairs, by more
    than noise, draws the structure of the gate's examples no worse than `STRUCTURE_MAY_LOSE`,
    makes its edits no worse than `EDITS_MAY_LOSE` and fulfils wishes for a style no worse than
    `WISHES_MAY_LOSE`.

    Args:
        gate: what structure, edits and wishes are compared on, when it is not `default_gate`
            and `gate_wishes`.

    Raises:
        ModelError: there are too few pairs (`lesson_of`), or no adapter of the model serves.
    """
    lesson = lesson_of(pairs)
    serving = serving_of(registry, model)
    if serving is None:
        raise ModelError(f"no adapter of {model} serves; train one first: diagram-bot train sft")
    adapter = train_orpo(
        settings,
        lesson.training,
        model=model,
        cache=cache,
        out=out,
        device=device,
        start_from=serving.folder,
        report=lambda stage, done: report(stage, 0.7 * done),
    )
    wished = gate_wishes() if gate is None else gate.descriptions
    gate = default_gate() if gate is None else gate

    def measured(folder: Path) -> tuple[dict[str, float], NDArray[np.float64]]:
        loaded = load_for_generation(model, folder, cache=cache, device=device)
        won = _by_description(lesson.held_out, margins(loaded, lesson.held_out) > 0)
        metrics, _ = measure(LocalGenerator(loaded, grammar=spec_grammar()), gate)
        wishes = wishes_fulfilled(loaded, wished)
        return {
            **metrics,
            "wishes": float(wishes.mean()),
            "win_rate": float(won.mean()),
        }, won

    report("comparing", 0.7)
    metrics, won = measured(adapter)
    report("comparing", 0.85)
    before, won_before = measured(serving.folder)
    gain = paired_bootstrap(won, won_before, settings.seed)
    published = (
        gain.better
        and metrics["exact"] >= before["exact"] - STRUCTURE_MAY_LOSE
        and metrics["edits"] >= before["edits"] - EDITS_MAY_LOSE
        and metrics["wishes"] >= before["wishes"] - WISHES_MAY_LOSE
    )
    verdict = (
        f"prefers {metrics['win_rate']:.0%} of held-out choices, the serving one "
        f"{before['win_rate']:.0%}: {gain}; exact {metrics['exact']:.3f}, the serving one "
        f"{before['exact']:.3f}; edits {metrics['edits']:.3f}, the serving one "
        f"{before['edits']:.3f}; wishes fulfilled {metrics['wishes']:.3f}, the serving one "
        f"{before['wishes']:.3f}"
    )
    outcome = keep(
        registry,
        adapter,
        model=model,
        metrics=metrics,
        before=before,
        published=published,
        verdict=verdict,
        data_hash=json.loads((out / "run.json").read_text(encoding="utf-8"))["data_hash"],
        seed=settings.seed,
    )
    shutil.rmtree(out / "checkpoints", ignore_errors=True)
    return outcome


def _by_description(pairs: Sequence[Pair], won: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The share of the pairs of each description that are won: independent of each other."""
    groups: dict[str, list[float]] = defaultdict(list)
    for pair, one in zip(pairs, won, strict=True):
        groups[pair.description].append(float(one))
    return np.array([np.mean(group) for group in groups.values()])
