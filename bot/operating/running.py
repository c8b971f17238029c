"""How the jobs and the requests are doing, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from discord.utils import format_dt

from bot.people.takeout import Takeout
from bot.people.telling import left_out
from bot.results.delivery import escaped, shortened
from bot.texts import gettext as _
from bot.texts import later
from jobs.scheduler import ScheduledJob
from jobs.summary import Summary
from ml.worker import WorkerStatus
from storage.job_runs import JobRun, RunOutcome
from storage.personal import PersonData
from storage.requests import Request, RequestStatus

_MARKS = {RunOutcome.OK: "✅", RunOutcome.FAILED: "⚠️", RunOutcome.SKIPPED: "💤", None: "⏳"}
_UNFINISHED = {
    RequestStatus.QUEUED: later("queued"),
    RequestStatus.RUNNING: later("running"),
    RequestStatus.DELIVERING: later("delivering"),
}
_LISTED, _ALONE = 120, 300
"""Characters that are shown of what a job said: among other jobs, and by itself."""


def worker_lines(status: WorkerStatus) -> list[str]:
    """What is known of the worker and its models."""
    state = _("ready") if status.versions else _("starting") if status.alive else _("down")
    if status.device:
        state = _("{state} on {device}").format(state=state, device=status.device)
    parts = [
        state,
        _("{running} running, {waiting} waiting").format(
            running=status.running, waiting=status.queued
        ),
        _("{count} restarts").format(count=status.restarts),
    ]
    if status.memory_bytes is not None:
        parts.append(f"{status.memory_bytes / 2**20:,.0f} MiB")
    lines = [_("**Worker** {parts}").format(parts=" · ".join(parts))]
    if (models := status.versions) is not None:
        lines.append(
            _(
                "**Models** language {language} · readability {readability} · autoencoder "
                "{autoencoder}"
            ).format(
                language=models.language,
                readability=models.readability,
                autoencoder=models.autoencoder,
            )
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
    said = _("✅ none failed")
    if failed:
        said = _("⚠️ {jobs} failed").format(jobs=", ".join(failed))
    return _("**Jobs** {said} · `/admin jobs`").format(said=said)


def under_way(said: str) -> str:
    """Said to an admin who waits, with where the end stands if it comes too late to be said."""
    later = _("Only you see this. What takes longer than 15 minutes you find with `/admin jobs`.")
    return f"{said}\n-# {later}"


def ended(job_id: str, summary: Summary) -> str:
    """How a job ended that an admin started."""
    failed = summary.outcome is RunOutcome.FAILED
    said = failure(summary.detail) if failed else _brief(summary.detail, _ALONE)
    return f"{_MARKS[summary.outcome]} {job_id}: {said}"


def failure(detail: str) -> str:
    """The beginning of what went wrong; a process may have said many lines, of anything."""
    return _("{problem} (all of it is in the log)").format(problem=_brief(detail, _ALONE))


def queue_text(
    requests: Sequence[Request], place: Callable[[str], int | None], guild_id: int
) -> str:
    """Who waits in a server, oldest first, and how many others wait. No descriptions.

    Who asked privately is one of the others: that they ask at all is theirs to tell.
    """
    here = [request for request in requests if request.guild_id == guild_id and not request.private]
    lines = [_request_line(request, place(request.id)) for request in here]
    if others := len(requests) - len(here):
        lines.append(_("{count} more, in other places or private").format(count=others))
    return shortened("\n".join(lines) or _("Nobody waits."), 2_000)


def guild_export_text(data: PersonData, packed: Takeout) -> str:
    """Said beside the zip with what is kept of a server."""
    said = _(
        "What I keep of this server: {requests} requests, {diagrams} diagrams, {ratings} ratings "
        "and {pictures} pictures."
    ).format(
        requests=len(data["requests"]),
        diagrams=len(data["diagrams"]),
        ratings=len(data["ratings"]),
        pictures=packed.pictures,
    )
    if packed.left_out:
        said = f"{said} {left_out(packed)}"
    return said


def _request_line(request: Request, place: int | None) -> str:
    status = _(_UNFINISHED[request.status])
    at = status if place is None else _("{place} ahead").format(place=place)
    return _("<@{user}> in <#{channel}> · {at} · since {when}").format(
        user=request.user_id,
        channel=request.channel_id,
        at=at,
        when=format_dt(request.created_at, "R"),
    )


def _job_line(job: ScheduledJob, run: JobRun | None) -> str:
    if job.running:
        said = _("⏳ running")
    elif run is None:
        said = _("🕒 not run yet")
    else:
        said = _outcome(run)
    if job.next_at:
        said = _("{said} · next {when}").format(said=said, when=format_dt(job.next_at, "R"))
    return f"{job.id}: {said}"


def _outcome(run: JobRun) -> str:
    when = format_dt(run.finished_at or run.started_at, "R")
    return f"{_MARKS[run.outcome]} {when} {_brief(run.detail or '', _LISTED)}".rstrip()


def _brief(detail: str, length: int) -> str:
    return escaped(shortened(detail.strip().partition("\n")[0], length))
