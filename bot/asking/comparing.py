"""When “A or B?” is asked about the two best diagrams of a request. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ml.scoring.ranking import Ranked
from storage.requests import Request, RequestKind

CLOSE = 0.5
"""Final scores, 0–10, that lie so near say nothing about which diagram is better.

It is less than the readability alone is wrong by on average (0.8, in the manifest of the CNN).
"""

_COMPARED = (RequestKind.DESCRIBE, RequestKind.RESTYLE)


def are_close(request: Request, ranked: Sequence[Ranked]) -> bool:
    """Whether people may be asked which of the two best is better: both posted, sound, different.

    `ranked` are all diagrams of the request, best first.
    """
    answered = request.private or request.outside
    if request.kind not in _COMPARED or answered or min(request.top, len(ranked)) < 2:
        return False
    first, second = ranked[0], ranked[1]
    return (
        abs(first.final - second.final) <= CLOSE
        and not second.candidate.violations.total
        and first.candidate.scene != second.candidate.scene
    )
