"""From what people like better to a version that serves, when it has learned just that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from peft import LoraConfig, get_peft_model

from ml.config import ModelConfig
from ml.errors import ModelError
from ml.language.corpus.examples import Example
from ml.language.loading import load_base
from ml.language.orpo import OrpoSettings
from ml.language.preferences import FEWEST_PAIRS, Pair, split
from ml.language.publish import FILES, Gate
from ml.language.tune import tune_and_publish
from ml.registry import ModelKind, Outcome, Registry
from ml.spec.text import parse_spec
from tests.tiny import DESCRIPTION, TEXTS

SETTINGS = OrpoSettings(epochs=3, beta=1.0, learning_rate=3e-3, batch=4, replay=0.0)


def gate(wished: str, count: int = 1) -> list[Example]:
    """Descriptions that wish for one field of the first text's style to be as it is there."""
    example = Example(
        family="known",
        description=DESCRIPTION,
        spec=parse_spec(TEXTS[0]),
        wished=frozenset({wished}),
    )
    return [example] * count


def with_word(word: str) -> list[str]:
    return [text for text in TEXTS if word in text.split()]


def registry(installation: ModelConfig) -> Registry:
    return Registry(root=installation.versions)


def pairs(loved: str, other: str, count: int = FEWEST_PAIRS) -> list[Pair]:
    """In so many descriptions one person likes the first of two style words better."""
    chosen, rejected = with_word(loved), with_word(other)
    return [
        Pair(
            user_id=1,
            description=f"{DESCRIPTION} {number}",
            chosen=chosen[number % len(chosen)],
            rejected=rejected[number % len(rejected)],
        )
        for number in range(count)
    ]


PINK = pairs("pink", "blue")


@pytest.fixture
def serving(installation: ModelConfig, tmp_path: Path) -> str:
    """The name of an adapter that serves and changes nothing yet."""
    torch.manual_seed(0)
    base: Any = load_base(installation.model, device=torch.device("cpu"))
    config = LoraConfig(r=4, lora_alpha=8, target_modules=["q_proj", "v_proj", "down_proj"])
    folder = tmp_path / "adapter"
    get_peft_model(base, config, autocast_adapter_dtype=False).save_pretrained(str(folder))

    def write(home: Path) -> None:
        for name in FILES:
            (home / name).write_bytes((folder / name).read_bytes())

    return (
        registry(installation)
        .publish(
            ModelKind.LANGUAGE,
            write,
            config={"base": installation.model, "dialect": "spec"},
            metrics={},
            data_hash="none",
            seed=0,
        )
        .name
    )


def tune(
    installation: ModelConfig,
    out: Path,
    liked: list[Pair],
    settings: OrpoSettings = SETTINGS,
    examples: list[Example] | None = None,
) -> Outcome:
    return tune_and_publish(
        registry(installation),
        liked,
        model=installation.model,
        cache=installation.cache,
        device="cpu",
        out=out,
        settings=settings,
        report=lambda stage, done: None,
        gate=Gate(descriptions=gate("outline") if examples is None else examples, edits=[]),
    )


def test_what_has_learned_what_people_like_serves(
    installation: ModelConfig, serving: str, tmp_path: Path
) -> None:
    outcome = tune(installation, tmp_path / "out", PINK)
    now = registry(installation).serving(ModelKind.LANGUAGE)
    assert outcome.published
    assert (now.name, now.manifest.parent) == (outcome.version, serving)
    assert outcome.serving is not None
    assert outcome.metrics["win_rate"] > outcome.serving["win_rate"]
    assert outcome.metrics["exact"] == outcome.serving["exact"] == 1
    assert outcome.metrics["wishes"] == outcome.serving["wishes"] == 1
    assert set(now.manifest.files) == set(FILES)
    assert now.manifest.config == {"base": installation.model, "dialect": "spec"}
    assert not (tmp_path / "out" / "checkpoints").exists()


def test_what_has_learned_nothing_is_kept_aside_with_the_reason(
    installation: ModelConfig, serving: str, tmp_path: Path
) -> None:
    nothing = OrpoSettings(learning_rate=0.0, batch=40, replay=0.0)
    outcome = tune(installation, tmp_path / "out", PINK, nothing)
    assert not outcome.published
    assert outcome.metrics == outcome.serving
    assert "no different beyond noise" in outcome.verdict
    assert registry(installation).serving(ModelKind.LANGUAGE).name == serving
    assert (installation.versions / "language" / outcome.version / "manifest.json").is_file()


def test_a_taste_that_costs_the_structure_is_kept_aside(
    installation: ModelConfig, serving: str, tmp_path: Path
) -> None:
    # What they love leaves the last step out.
    short = [replace(one, chosen=one.chosen[: one.chosen.rindex("2 ")]) for one in PINK]
    outcome = tune(installation, tmp_path / "out", short)
    assert outcome.serving is not None
    assert outcome.metrics["win_rate"] > outcome.serving["win_rate"]
    assert outcome.metrics["exact"] < outcome.serving["exact"]
    assert not outcome.published
    assert registry(installation).serving(ModelKind.LANGUAGE).name == serving


def test_a_taste_that_drowns_what_is_asked_for_is_kept_aside(
    installation: ModelConfig, serving: str, tmp_path: Path
) -> None:
    # Some of the first candidates are blue by chance, until everybody prefers pink.
    outcome = tune(installation, tmp_path / "out", PINK, examples=gate("palette", 24))
    assert outcome.serving is not None
    assert outcome.metrics["win_rate"] > outcome.serving["win_rate"]
    assert outcome.metrics["exact"] == outcome.serving["exact"] == 1
    assert outcome.metrics["wishes"] < outcome.serving["wishes"]
    assert "wishes fulfilled 0.000" in outcome.verdict
    assert not outcome.published
    assert registry(installation).serving(ModelKind.LANGUAGE).name == serving


def test_too_few_pairs_train_nothing(
    installation: ModelConfig, serving: str, tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match=f"in {FEWEST_PAIRS - 1} pairs"):
        tune(installation, tmp_path / "out", PINK[1:])
    never_held_out = [one for one in pairs("pink", "blue", 60) if split([one])[0]]
    with pytest.raises(ModelError, match="those of 0 descriptions held out"):
        tune(installation, tmp_path / "out", never_held_out)
    assert not (tmp_path / "out").exists()


def test_pairs_of_one_description_count_as_one(
    installation: ModelConfig, serving: str, tmp_path: Path
) -> None:
    held_out = next(one for one in PINK if split([one])[1])
    same = [replace(one, description=held_out.description) for one in PINK]
    with pytest.raises(ModelError, match="those of 1 descriptions held out"):
        tune(installation, tmp_path / "out", same)


def test_there_must_be_an_adapter_to_tune(installation: ModelConfig, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="train one first"):
        tune(installation, tmp_path / "out", PINK)
