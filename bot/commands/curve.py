"""What a training says on its way, kept for a picture of its loss."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

_LOSS = re.compile(r"\bloss (\d+\.?\d*)")


class Curve:
    """Passes reports on and keeps the loss that their words end with: “epoch 2, loss 0.31”."""

    def __init__(self, report: Callable[[str, float], None]) -> None:
        self._report = report
        self._points: list[tuple[float, float]] = []

    def __call__(self, stage: str, fraction: float) -> None:
        if (found := _LOSS.search(stage)) is not None:
            self._points.append((fraction, float(found[1])))
        self._report(stage, fraction)

    def draw(self, path: Path) -> Path | None:
        """Writes the PNG and returns its full path; None when too little was said."""
        if len(self._points) < 2:
            return None
        from ml.drawing.curve import curve_png

        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(curve_png(self._points, "Loss over how much of the training is done"))
        return path.resolve()
