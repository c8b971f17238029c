"""What a job says when it is done."""

from __future__ import annotations

from dataclasses import dataclass

from storage.job_runs import RunOutcome


@dataclass(frozen=True, kw_only=True)
class Summary:
    """`detail` is one line for people; SKIPPED means that there was nothing to do."""

    detail: str
    outcome: RunOutcome = RunOutcome.OK
