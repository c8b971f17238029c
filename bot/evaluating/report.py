"""What simulated servers felt, as a table, as JSON and as a picture.

Standard errors are over servers; gains are of pairs, the same server with and without.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.evaluating.loop import Lived, Way

SPAN = 5
"""Days that are taken together: one day's requests are few."""
BEST = "best of all drawn"

Floats = NDArray[np.float64]


def table(lives: Sequence[Lived]) -> str:
    """Mean feelings with their standard errors, by SPAN days, and what each way gains."""
    rows = _by_span(lives)
    days = len(lives[0].first)
    spans = [f"{first + 1}–{min(first + SPAN, days)}" for first in range(0, days, SPAN)]
    lines = [f"{'first picture, 0–5, on days':28}" + "".join(f"{span:>13}" for span in spans)]
    for name, values in rows.items():
        cells = [_with_error(values[:, span]) for span in range(values.shape[1])]
        lines.append(f"{name:28}" + "".join(f"{cell:>13}" for cell in cells))
    gains = (("all days", _by_day(lives)), (f"days {spans[-1]}", rows))
    for against, title in (
        (Way.UNRANKED, "more than unranked"),
        (Way.ALL, "more than everything on"),
    ):
        lines += ["", f"{title:28}" + "".join(f"{when:>14}" for when, _ in gains)]
        for name in rows:
            apart = [values[name] - values[against] for _, values in gains]
            cells = [_with_error(apart[0].mean(1)), _with_error(apart[1][:, -1])]
            if name != against:
                lines.append(f"{name:28}" + "".join(f"{cell:>14}" for cell in cells))
    return "\n".join(lines)


def as_json(lives: Sequence[Lived]) -> str:
    """Every life, day by day: a list of objects."""
    rows = [
        {
            "way": life.way,
            "server": life.server,
            "first": life.first.round(4).tolist(),
            "best": life.best.round(4).tolist(),
        }
        for life in lives
    ]
    return json.dumps(rows, indent=2)


def picture(lives: Sequence[Lived]) -> NDArray[np.uint8]:
    """Mean feeling about the first picture by day, over all servers and the SPAN days that end
    there: uint8[1200, 2000, 3], RGB."""
    from ml.drawing.chart import chart

    return chart(
        "What people think of the first picture, 0–5",
        f"day (each point is the mean of {SPAN} days that end there)",
        {name: _trailing(values.mean(0)) for name, values in _by_day(lives).items()},
    )


def _by_day(lives: Sequence[Lived]) -> dict[str, Floats]:
    """float64[servers, days] by way, and the best that any ranking could have put first."""
    found: dict[str, Floats] = {
        str(way): np.array([life.first for life in lives if life.way is way]) for way in Way
    }
    return found | {BEST: np.array([life.best for life in lives if life.way is Way.ALL])}


def _by_span(lives: Sequence[Lived]) -> dict[str, Floats]:
    """float64[servers, spans]."""
    return {
        name: np.stack(
            [days[:, at : at + SPAN].mean(1) for at in range(0, days.shape[1], SPAN)], axis=1
        )
        for name, days in _by_day(lives).items()
    }


def _trailing(days: Floats) -> list[float]:
    return [float(days[max(0, end - SPAN) : end].mean()) for end in range(1, len(days) + 1)]


def _with_error(values: Floats) -> str:
    """The mean over servers ± its standard error, which one server alone does not tell."""
    if len(values) < 2:
        return f"{values.mean():.2f}"
    return f"{values.mean():.2f} ±{values.std(ddof=1) / np.sqrt(len(values)):.2f}"
