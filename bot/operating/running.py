"""How the jobs and the requests are doing, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from discord.utils import format_dt

from bot.people.takeout import Takeout
from bot.results.delivery import shortened
from jobs.scheduler import ScheduledJob
from jobs.summary import Summary
from ml.worker import WorkerStatus
from storage.job_runs import JobRun, RunOutcome
from storage.personal import PersonData
from storage.requests import Request

_MARKS = {RunOutcome.OK: "✅", RunOutcome.FAILED: "⚠️", RunOutcome.SKIPPED: "💤", None: "⏳"}


def worker_lines(status: WorkerStatus) -> list[str]:
    """What is known of the worker and its models."""
    state = "ready" if status.versions else "starting" if status.alive else "down"
    parts = [
        f"{state} on {status.device}" if status.device else state,
        f"{status.running} running, {status.queued} waiting",
        f"{status.restarts} restarts",
    ]
    if status.memory_bytes is not None:
        parts.append(f"{status.memory_bytes / 2**20:,.0f} MiB")
    lines = [f"**Worker** {' · '.join(parts)}"]
    if (models := status.versions) is not None:
        lines.append(
            f"**Models** language {models.language} · readability {models.readability} · "
            f"autoencoder {models.autoencoder}"
        )
    return lines


def jobs_text(jobs: Sequence[ScheduledJob], runs: Sequence[JobRun]) -> str:
    """Every job with its last run and its next one, then the runs of what is not planned."""
    last = {run.job: run for run in runs}
    lines = [_job_line(job, last.pop(job.id, None)) for job in jobs]
    lines += [f"{run.job}: {_outcome(run)}" for run in last.values()]
    return shortened("\n".join(lines), 2_000)


def failed_jobs(runs: Sequence[JobRun]) -> str:
    """One line: whether the last run of some job failed."""
    failed = [run.job for run in runs if run.outcome is RunOutcome.FAILED]
    said = f"⚠️ {', '.join(failed)} failed" if failed else "✅ none failed"
    return f"**Jobs** {said} · `/admin jobs`"


def ended(job_id: str, summary: Summary) -> str:
    """How a job ended that an admin started."""
    return f"{_MARKS[summary.outcome]} {job_id}: {summary.detail}"


def queue_text(
    requests: Sequence[Request], place: Callable[[str], int | None], guild_id: int
) -> str:
    """Who waits in a server, oldest first, and how many others wait. No descriptions.

    Who asked privately is one of the others: that they ask at all is theirs to tell.
    """
    here = [request for request in requests if request.guild_id == guild_id and not request.private]
    lines = [_request_line(request, place(request.id)) for request in here]
    if others := len(requests) - len(here):
        lines.append(f"{others} more, in other places or private")
    return shortened("\n".join(lines) or "Nobody waits.", 2_000)


def guild_export_text(data: PersonData, packed: Takeout) -> str:
    """Said beside the zip with what is kept of a server."""
    counts = ", ".join(f"{len(data[name])} {name}" for name in ("requests", "diagrams", "ratings"))
    said = f"What I keep of this server: {counts} and {packed.pictures} pictures."
    if packed.left_out:
        said += f" Discord takes 10 MiB, so the oldest {packed.left_out} pictures had no room."
    return said


def _request_line(request: Request, place: int | None) -> str:
    at = f"{place} ahead" if place is not None else request.status.value
    return f"<@{request.user_id}> in <#{request.channel_id}> · {at} · since " + format_dt(
        request.created_at, "R"
    )


def _job_line(job: ScheduledJob, run: JobRun | None) -> str:
    if job.running:
        said = "⏳ running"
    elif run is None:
        said = "🕒 not run yet"
    else:
        said = _outcome(run)
    return f"{job.id}: {said}" + (f" · next {format_dt(job.next_at, 'R')}" if job.next_at else "")


def _outcome(run: JobRun) -> str:
    when = format_dt(run.finished_at or run.started_at, "R")
    return f"{_MARKS[run.outcome]} {when} {shortened(run.detail or '', 120)}".rstrip()
