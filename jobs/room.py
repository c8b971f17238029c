"""Whether this machine has the memory and the disk that a training needs."""

from __future__ import annotations

import shutil
from pathlib import Path

MEMORY_MIB = {"readability": 1_500, "autoencoder": 2_000, "sft": 3_500, "orpo": 3_500}
"""Free memory without which a training is not begun. Running out ends whichever process asks last,
and that may be the worker. Measured as VmHWM on a CPU: readability 710 for 240 pictures and 0.1
more for each of its 4,700; sft of the embedded model 3,170. Those of autoencoder and orpo are
taken from these."""

DISK_MIB = 1_000
"""Free disk: checkpoints, and the new version beside the old ones."""


def shortage(kind: str, folder: Path, *, meminfo: Path = Path("/proc/meminfo")) -> str | None:
    """What is short, in a sentence for people; None when there is enough or nobody can say."""
    memory = _available_mib(meminfo)
    wanted = MEMORY_MIB.get(kind, 0)
    if memory is not None and memory < wanted:
        return (
            f"A training of {kind} needs {wanted:,} MiB of free memory and this machine has "
            f"{memory:,} MiB. Close other programs, or train on a larger machine."
        )
    folder.mkdir(parents=True, exist_ok=True)
    disk = shutil.disk_usage(folder).free // 2**20
    if disk < DISK_MIB:
        return (
            f"A training needs {DISK_MIB:,} MiB of free disk and {folder} has {disk:,} MiB. "
            "Free some space, then try again."
        )
    return None


def _available_mib(meminfo: Path) -> int | None:
    """Memory that can be had without swapping; None where the system does not tell."""
    try:
        lines = meminfo.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    for line in lines:
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) // 1024
    return None
