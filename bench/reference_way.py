"""How much faster this is than the way of the reference project, on the same CPU.

python -m bench.reference_way          3 GB of memory and some minutes

That way: a model of deepseek-coder-1.3b's size writes 750 tokens of rows for a candidate, never
ending by itself, one candidate after the other, by transformers' `generate`. Its weights are
random here, which takes no less time. A candidate is timed for 50 tokens and taken 15 times, a
lower bound, for later tokens attend to more. Ours writes five candidates of a typical sentence
with the serving model, before and after. One thread, CPU time: see bench.decoders.
"""

from __future__ import annotations

import argparse
import sys
from statistics import median
from time import process_time
from typing import Any

import torch
from transformers import AutoModelForCausalLM

from bench.deepseek import CONFIG
from bench.speed import COUNT, SMALL
from bot.settings import read_settings
from ml.language.generator import Generator, Prompt
from ml.pipeline import load_generator

TOKENS = 50
WHOLE = 750
PROMPT = 200
"""Tokens of the reference project's prompt, its template included."""


def reference_model() -> Any:
    """deepseek-coder-1.3b's configuration with random weights, in bfloat16."""
    make: Any = AutoModelForCausalLM.from_config
    return make(CONFIG, dtype=torch.bfloat16).eval()


def reference_seconds(model: Any) -> float:
    """CPU seconds of five whole candidates, one after the other."""
    ids = torch.randint(3, 32_000, (1, PROMPT), generator=torch.Generator().manual_seed(0))
    start = process_time()
    model.generate(
        input_ids=ids,
        attention_mask=torch.ones_like(ids),
        do_sample=True,
        min_new_tokens=TOKENS,
        max_new_tokens=TOKENS,
        pad_token_id=0,
    )
    return (process_time() - start) * WHOLE / TOKENS * COUNT


def our_seconds(generator: Generator, sentence: str) -> float:
    """CPU seconds of five candidates of one sentence."""
    start = process_time()
    generator.write([Prompt(id="a", description=sentence, count=COUNT, seed=1)])
    return process_time() - start


def measure() -> None:
    torch.set_num_threads(1)
    generator = load_generator(read_settings().models)
    our_seconds(generator, SMALL[0])  # warms up
    ours = [our_seconds(generator, sentence) for sentence in SMALL]
    theirs = reference_seconds(reference_model())
    ours += [our_seconds(generator, sentence) for sentence in SMALL]
    sys.stdout.write(
        f"{COUNT} candidates: the reference project's way {theirs:.0f} s (extrapolated), "
        f"ours {median(ours):.2f} s: {theirs / median(ours):.0f} x\n"
    )


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    measure()
