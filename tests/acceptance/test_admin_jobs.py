"""/admin jobs, run and queue, as an admin sees them."""

from __future__ import annotations

from jobs.refresh import REFRESH
from tests.acceptance.conftest import World


async def admin(world: World, command: str, **options: str) -> str:
    result = await world.ada.slash(world.channel, f"admin {command}", **options)
    assert result.ephemeral
    return str(result.response.content)


async def test_jobs_says_how_each_ended_and_when_it_runs_next(world: World) -> None:
    await world.app.schedule.run_now(REFRESH)
    said = await admin(world, "jobs")
    assert "refresh: " in said
    assert "reconcile: " in said
    assert "housekeeping: 🕒 not run yet · next <t:" in said


async def test_a_job_runs_when_an_admin_asks_and_that_is_in_the_audit_log(world: World) -> None:
    assert "✅ housekeeping: 0 files" in await admin(world, "run", job="housekeeping")
    assert "housekeeping: ✅" in await admin(world, "jobs")
    assert "**run** housekeeping" in await admin(world, "audit")


async def test_a_job_that_is_none_is_refused(world: World) -> None:
    assert "There is no job “sleep”" in await admin(world, "run", job="sleep")
    assert "sleep" not in await admin(world, "audit")


async def test_the_queue_shows_who_waits_and_no_descriptions(world: World) -> None:
    assert await admin(world, "queue") == "Nobody waits."
    gates = world.hold()
    await world.ask(world.ana, "a secret plan")
    said = await admin(world, "queue")
    assert f"{world.ana.mention} in <#{world.channel.id}>" in said
    assert "secret" not in said
    (job,) = world.worker.jobs
    gates.release(job.id)


async def test_the_queue_does_not_name_who_asked_privately(world: World) -> None:
    gates = world.hold()
    await world.ana.slash(world.channel, "diagram", description="a secret plan", private=True)
    await world.ask(world.ben, "a plan")
    said = await admin(world, "queue")
    assert world.ana.mention not in said
    assert world.ben.mention in said
    assert said.splitlines()[-1] == "1 more, in other places or private"
    for job in world.worker.jobs:
        gates.release(job.id)
