"""A step of the CPU's own decoder against transformers' forward pass, on the same weights.

python -m bench.decoders

Both take turns in this process, on one thread, and CPU time is compared: it leaves out what
other programs take, though not what they cost by filling the memory's bandwidth.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from statistics import median
from time import thread_time

import torch

from bot.settings import read_settings
from ml.language.decoding import Decoder, LlamaDecoder, TransformersDecoder
from ml.language.loading import load_for_generation
from ml.language.tokens import encode_prompt

SENTENCE = "a user signs in, the gateway checks the token and the profile page opens"
ROUNDS = 3
STEPS = 12


def steps(decoder: Decoder, prompt: Sequence[int], rows: int) -> list[float]:
    """CPU seconds to read the prompt, and then of every step of so many rows."""
    times = []
    start = thread_time()
    decoding = decoder.begin([prompt], [0] * rows)
    times.append(thread_time() - start)
    for token in prompt[:STEPS]:
        start = thread_time()
        decoding.advance([token] * rows)
        times.append(thread_time() - start)
    return times


@torch.inference_mode()
def measure() -> None:
    torch.set_num_threads(1)
    models = read_settings().models
    loaded = load_for_generation(models.model, None, cache=models.cache, device="cpu")
    decoders = (TransformersDecoder(loaded.model), LlamaDecoder(loaded.model))
    prompt = encode_prompt(loaded.tokenizer, SENTENCE)
    for rows in (1, 5, 16, 40):
        rounds = [[steps(decoder, prompt, rows) for decoder in decoders] for _ in range(ROUNDS)]
        plain, own = (
            1_000 * median(time for times in ways for time in times[1:])
            for ways in zip(*rounds, strict=True)
        )
        sys.stdout.write(
            f"{rows:3} rows: transformers {plain:6.1f} ms, own {own:6.1f} ms: {plain / own:.1f} x\n"
        )


if __name__ == "__main__":
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    measure()
