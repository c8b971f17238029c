"""From a training run to a version that serves, if it is better than the one that did."""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ml.config import Dialect
from ml.errors import ModelError
from ml.gate import paired_bootstrap
from ml.language.corpus.edits import Edit, edits
from ml.language.corpus.examples import Example, held_out_examples, training_examples
from ml.language.evaluate import edit_summary, evaluate_edits, evaluate_structure, summary
from ml.language.generator import LocalGenerator
from ml.language.loading import load_for_generation
from ml.language.sft import SftSettings, train_sft
from ml.registry import ModelKind, Outcome, Registry, Version
from ml.spec.grammar import spec_grammar

GATE_SEED = 990_003
GATE_EXAMPLES = 80
"""Of each: unseen examples of known families, and families that are never trained on."""
EDITS_SEED = 990_005
GATE_EDITS = 60
FILES = ("adapter_config.json", "adapter_model.safetensors")

Report = Callable[[str, float], None]


@dataclass(frozen=True, kw_only=True)
class Gate:
    """What versions are compared on."""

    descriptions: Sequence[Example]
    edits: Sequence[Edit]


def train_and_publish(
    registry: Registry,
    *,
    model: str,
    cache: Path,
    device: str,
    out: Path,
    settings: SftSettings,
    go_on: bool,
    report: Report,
    gate: Gate | None = None,
) -> Outcome:
    """Trains an adapter by SFT and publishes it when its answers are more often exact.

    Args:
        gate: what versions are compared on, when it is not `default_gate`.

    Raises:
        ModelError: the base model cannot be loaded, or `go_on` has nothing to go on from.
    """
    serving = serving_of(registry, model)
    if go_on and serving is None:
        raise ModelError(f"no adapter of {model} serves, so there is none to go on from")
    adapter = train_sft(
        settings,
        model=model,
        cache=cache,
        out=out,
        device=device,
        start_from=serving.folder if go_on and serving else None,
        report=lambda stage, done: report(stage, 0.9 * done),
    )
    outcome = publish_better(
        registry,
        adapter,
        serving,
        model=model,
        cache=cache,
        device=device,
        seed=settings.seed,
        data_hash=json.loads((out / "run.json").read_text(encoding="utf-8"))["data_hash"],
        report=lambda stage, done: report(stage, 0.9 + 0.1 * done),
        gate=gate,
    )
    shutil.rmtree(out / "checkpoints", ignore_errors=True)
    return outcome


def publish_better(
    registry: Registry,
    adapter: Path,
    serving: Version | None,
    *,
    model: str,
    cache: Path,
    device: str,
    seed: int,
    data_hash: str,
    report: Report,
    gate: Gate | None = None,
) -> Outcome:
    """Keeps an adapter as a version; it serves only if it is more often exact beyond noise, of
    descriptions and edits together."""
    gate = default_gate() if gate is None else gate

    def measured(folder: Path) -> tuple[dict[str, float], NDArray[np.float64]]:
        loaded = load_for_generation(model, folder, cache=cache, device=device)
        return measure(LocalGenerator(loaded, grammar=spec_grammar()), gate)

    report("comparing", 0.0)
    metrics, exact = measured(adapter)
    report("comparing", 0.5)
    before, published, verdict = None, True, "nothing served before"
    if serving is not None:
        before, exact_before = measured(serving.folder)
        gain = paired_bootstrap(exact, exact_before, seed)
        published = gain.better
        verdict = (
            f"exact {metrics['exact']:.3f} and of edits {metrics['edits']:.3f}, the serving one "
            f"{before['exact']:.3f} and {before['edits']:.3f}: {gain}"
        )
    return keep(
        registry,
        adapter,
        model=model,
        metrics=metrics,
        before=before,
        published=published,
        verdict=verdict,
        data_hash=data_hash,
        seed=seed,
    )


def keep(
    registry: Registry,
    adapter: Path,
    *,
    model: str,
    metrics: dict[str, float],
    before: dict[str, float] | None,
    published: bool,
    verdict: str,
    data_hash: str,
    seed: int,
) -> Outcome:
    """Makes an adapter of `model` a version, which serves if it is `published`."""

    def write(folder: Path) -> None:
        for name in FILES:
            shutil.copyfile(adapter / name, folder / name)

    version = registry.publish(
        ModelKind.LANGUAGE,
        write,
        config={"base": model, "dialect": Dialect.SPEC.value},
        metrics=metrics,
        data_hash=data_hash,
        seed=seed,
        serve=published,
        verdict=verdict,
    )
    return Outcome(
        version=version.name,
        published=published,
        metrics=metrics,
        serving=before,
        verdict=verdict,
    )


def measure(generator: LocalGenerator, gate: Gate) -> tuple[dict[str, float], NDArray[np.float64]]:
    """What a model's greedy answers are worth, and whether each is exact: float64[N], 0 or 1."""
    structures = evaluate_structure(generator, gate.descriptions)
    changed = evaluate_edits(generator, gate.edits)
    metrics = {**summary(structures), "edits": edit_summary(changed)["exact"]}
    return metrics, np.array(
        [*(float(one.exact) for one in structures), *(float(one.exact) for one in changed)]
    )


def default_gate() -> Gate:
    """Descriptions and edits that training does not see."""
    diagrams = (example.spec for example in training_examples(EDITS_SEED))
    return Gate(
        descriptions=(
            *itertools.islice(training_examples(GATE_SEED), GATE_EXAMPLES),
            *itertools.islice(held_out_examples(GATE_SEED), GATE_EXAMPLES),
        ),
        edits=tuple(itertools.islice(edits(EDITS_SEED, diagrams), GATE_EDITS)),
    )


def serving_of(registry: Registry, model: str) -> Version | None:
    """The serving adapter, if it belongs to this base model."""
    try:
        version = registry.serving(ModelKind.LANGUAGE)
    except ModelError:
        return None
    return version if version.manifest.config.get("base") == model else None
