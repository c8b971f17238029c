"""What fine-tuning and preference tuning share: how a run goes on, what it says, what it keeps."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

import torch
from peft import PeftModel, load_peft_weights, set_peft_model_state_dict
from transformers import PrinterCallback, TrainerCallback

from ml.errors import ModelError
from ml.language.loading import load_base, no_word_of_old_names
from ml.language.optimizer import MasterAdamW

Report = Callable[[str, float], None]
"""Takes the stage in words and how much of the run is done, 0–1."""


class RunSettings(Protocol):
    """What the settings of every run say."""

    @property
    def seed(self) -> int: ...

    @property
    def learning_rate(self) -> float: ...

    @property
    def checkpoint_steps(self) -> int: ...


def load_frozen(location: str, *, device: torch.device) -> Any:
    """The base model that an adapter is trained on."""
    # Fused attention is slower backwards than plain products on a CPU at these lengths.
    return load_base(location, device=device, attention="eager" if device.type == "cpu" else "sdpa")


def to_go_on(base: Any, adapter: Path) -> Any:
    """The model with an adapter to train on from, in the base's own dtype."""
    with no_word_of_old_names():
        return PeftModel.from_pretrained(
            base, str(adapter), is_trainable=True, autocast_adapter_dtype=False
        )


def shared_arguments(settings: RunSettings, out: Path, *, on_cpu: bool) -> dict[str, Any]:
    """What every trainer's arguments have in common."""
    return {
        "output_dir": str(out / "checkpoints"),
        "learning_rate": settings.learning_rate,
        "activation_checkpointing": not on_cpu,
        "use_cpu": on_cpu,
        "bf16": False,  # the weights are bfloat16 already
        "save_steps": settings.checkpoint_steps,
        "save_total_limit": 2,
        "seed": settings.seed,
        "data_seed": settings.seed,
        "report_to": "none",
        "disable_tqdm": True,
        "dataloader_pin_memory": not on_cpu,
    }


def adapter_optimizer(adapted: Any, learning_rate: float) -> Any:
    """The optimiser of an adapter's weights; the scheduler is the one that the arguments name."""
    return (
        MasterAdamW(adapted.parameters(), lr=learning_rate, weight_decay=0.0, betas=(0.9, 0.99)),
        None,
    )


def run_training(
    trainer: Any,
    settings: Any,
    *,
    model: str,
    start_from: Path | None,
    data_hash: str,
    out: Path,
    report: Report,
) -> Path:
    """Trains the trainer's adapter to the end and returns the folder it was saved to.

    A run with the same settings, start and data that was cut off in `out` goes on. Nothing is
    said on stdout, which is the command's.

    Args:
        trainer: of a `PeftModel`, with `AdapterCheckpoints`.
        settings: the run's dataclass; `run.json` keeps it beside the losses.
        model: what the adapter names as its base, wherever this machine keeps that.

    Raises:
        ModelError: the numbers are none any more, or the card's memory is full.
    """
    trainer.remove_callback(PrinterCallback)
    trainer.add_callback(_StepReporter(report))
    trainer.add_callback(_Finite())
    adapted = trainer.model
    config = adapted.peft_config["default"]
    # peft looks the base model up whenever it saves; only here is it sure to be found.
    config.base_model_name_or_path = adapted.get_base_model().name_or_path
    run = {
        "settings": asdict(settings),
        "model": model,
        "start_from": start_from,
        "data": data_hash,
    }
    try:
        trainer.train(resume_from_checkpoint=_can_go_on(out, json.dumps(run, default=str)))
    except torch.OutOfMemoryError as error:
        raise ModelError(
            "the card's memory is full; train a smaller model, or `train sft` with --batch 2"
        ) from error
    config.base_model_name_or_path = model
    adapted.save_pretrained(str(out / "adapter"), save_embedding_layers=False)
    history = [entry for entry in trainer.state.log_history if "loss" in entry]
    (out / "run.json").write_text(
        json.dumps({"settings": asdict(settings), "data_hash": data_hash, "history": history})
    )
    return out / "adapter"


class AdapterCheckpoints:
    """For a Trainer of a `PeftModel`: a checkpoint continues the very weights being trained."""

    model: Any

    def _load_from_checkpoint(self, resume_from_checkpoint: str, model: Any = None) -> None:
        """Puts the adapter into the very parameters that the optimiser holds.

        `load_adapter`, which the Trainer would call, makes new ones, in float32: what the
        optimiser does after that changes nothing that the model sees.
        """
        set_peft_model_state_dict(self.model, load_peft_weights(resume_from_checkpoint, "cpu"))


class _StepReporter(TrainerCallback):
    """Passes on how far a run is, and its loss."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **rest: Any) -> None:
        if logs and "loss" in logs:
            fraction = state.global_step / max(1, state.max_steps)
            words = f"step {state.global_step} of {state.max_steps}, loss {float(logs['loss']):.3f}"
            self._report(words, fraction)


class _Finite(TrainerCallback):
    """Ends a run before a step that would spoil the weights."""

    def on_pre_optimizer_step(
        self, args: Any, state: Any, control: Any, model: Any = None, **rest: Any
    ) -> None:
        gradients = (p.grad for p in model.parameters() if p.grad is not None)
        if not all(bool(gradient.isfinite().all()) for gradient in gradients):
            raise ModelError(
                f"after step {state.global_step} the gradient is no number any more; "
                "train with a smaller learning rate"
            )


def _can_go_on(out: Path, run: str) -> bool:
    """Whether there is a checkpoint of this very run; torn ones and another run's are removed."""
    checkpoints, note = out / "checkpoints", out / "started.json"
    if note.is_file() and note.read_text(encoding="utf-8") != run:
        shutil.rmtree(checkpoints, ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    note.write_text(run, encoding="utf-8")
    for folder in checkpoints.glob("checkpoint-*"):
        if not (folder / "trainer_state.json").is_file():  # it is written last
            shutil.rmtree(folder)
    return any(checkpoints.glob("checkpoint-*"))
