"""What one training step of the real size needs: `deepseek-coder-1.3b`'s exact shape, on a CPU.

    python -m bench.orpo_memory           # one step of ORPO, as this project takes it
    python -m bench.orpo_memory --step sft
    python -m bench.orpo_memory --step stock    # one step of ORPO as trl takes it

Random weights in bfloat16, LoRA of rank 16 on q, k, v and o, one pair of 1,536 tokens each, half
of them prompt, activation checkpointing. Each part's figure is the most memory that the process
held during it, beyond the interpreter with its libraries; Linux only. A card needs about as much,
and a few hundred MiB of its own. The loss is compared with the formula in plain float32.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

import torch
from datasets.arrow_dataset import Dataset
from peft import LoraConfig, get_peft_model
from torch.nn import functional
from transformers import LlamaForCausalLM

from bench.deepseek import CONFIG
from bot.settings import read_settings
from ml.language.base import embedded_base
from ml.language.loading import load_tokenizer, no_word_of_old_names
from ml.language.loss import next_token_loss
from ml.language.orpo import OrpoSettings, OrpoTrainer, orpo_trainer
from ml.language.tokens import IGNORED

TOKENS = 1_536
M_MMAP_THRESHOLD = -3  # of mallopt(3)


class Parts:
    """The most resident memory in each part, as Linux keeps it."""

    def __init__(self) -> None:
        self.gib: dict[str, float] = {}
        self.seconds: dict[str, float] = {}
        self._floor = self._peak()

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
        start = perf_counter()
        yield
        self.seconds[name] = round(perf_counter() - start, 1)
        self.gib[name] = round(self._peak() - self._floor, 2)

    def _peak(self) -> float:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) / 2**20


def model_of_the_real_size() -> Any:
    torch.manual_seed(0)
    torch.set_default_dtype(torch.bfloat16)
    try:
        base = LlamaForCausalLM(CONFIG)
    finally:
        torch.set_default_dtype(torch.float32)
    config = LoraConfig(
        r=16, lora_alpha=32, target_modules=["q_proj", "k_proj", "v_proj", "o_proj"]
    )
    with no_word_of_old_names():
        adapted = get_peft_model(base, config, autocast_adapter_dtype=False)
    for name, parameter in adapted.named_parameters():
        if "lora_B" in name:  # else the first step would move nothing but these
            torch.nn.init.normal_(parameter, std=0.01)
    return adapted


def pair() -> dict[str, list[int]]:
    ids = torch.randint(CONFIG.vocab_size, (2, TOKENS))
    ids[1, : TOKENS // 2] = ids[0, : TOKENS // 2]
    row: dict[str, list[int]] = {}
    for side, tokens in zip(("chosen", "rejected"), ids.tolist(), strict=True):
        row[f"{side}_input_ids"] = tokens
        row[f"{side}_attention_mask"] = [1] * TOKENS
        row[f"{side}_labels"] = [IGNORED] * (TOKENS // 2) + tokens[TOKENS // 2 :]
    return row


def by_the_formula(trainer: Any, batch: Any) -> float:
    """The paper's loss from all the logits at once, in float32."""
    both = trainer.concatenated_inputs(batch, padding_value=0)
    labels = both["concatenated_labels"][:, 1:]
    with torch.no_grad():
        logits = trainer.model(both["concatenated_input_ids"]).logits[:, :-1]
        means = []
        for row, wanted in zip(logits, labels, strict=True):
            kept = wanted != IGNORED
            means.append(-functional.cross_entropy(row[kept].float(), wanted[kept]))
    chosen, rejected = torch.stack(means).double()
    odds = [p.exp() / (1 - p.exp()) for p in (chosen, rejected)]
    return float(-chosen - trainer.beta * functional.logsigmoid((odds[0] / odds[1]).log()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--step", choices=("orpo", "sft", "stock"), default="orpo")
    step = parser.parse_args().step
    tokenizer = load_tokenizer(str(embedded_base(read_settings().models.cache)))
    # What a tensor held goes back to the system at once: holes in the heap are none of its memory.
    ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, 65_536)
    parts = Parts()
    with parts.part("weights"):
        model = model_of_the_real_size()
    with tempfile.TemporaryDirectory() as folder:
        trainer: Any = orpo_trainer(
            model,
            tokenizer,
            Dataset.from_list([pair()]),
            OrpoSettings(max_tokens=TOKENS),
            Path(folder),
            on_cpu=True,
        )
    model.get_base_model().activation_checkpointing_enable({"use_reentrant": False})
    model.enable_input_require_grads()
    model.train()
    batch = trainer.data_collator([trainer.train_dataset[0]])
    with parts.part("forward"):
        if step == "sft":
            causal = model.get_base_model()
            hidden = causal.model(batch["chosen_input_ids"], use_cache=False).last_hidden_state
            labels = batch["chosen_labels"]
            loss = next_token_loss(hidden, causal.lm_head.weight, labels, tokens=TOKENS // 2)
            del hidden
        elif step == "stock":
            loss, _ = super(OrpoTrainer, trainer).get_batch_loss_metrics(model, batch)
        else:
            loss, _ = trainer.get_batch_loss_metrics(model, batch)
    with parts.part("backward"):
        torch.autograd.backward(loss)
    formula = by_the_formula(trainer, batch) if step == "orpo" else None
    with parts.part("optimiser"):
        trainer.optimizer.step()
        trainer.optimizer.zero_grad()
    result = {
        "step": step,
        "peak_gib": max(parts.gib.values()),
        "gib": parts.gib,
        "seconds": parts.seconds,
        "loss": loss.item(),
        "loss_by_the_formula": formula,
    }
    sys.stdout.write(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
