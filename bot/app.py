"""Database, schedule and bot wired together around a worker that runs already.

The real bot (`bot/running.py`), the demo and the acceptance tests all start here, so there is one
way in which the parts fit.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.asking.policy import load_policy
from bot.asking.requests import Requests, random_seed
from bot.client import BotConfig, DiagramBot
from bot.cogs.ratings import RECONCILE
from bot.rating.reactions import fetch_marks
from bot.settings import Settings
from jobs.backup import BACKUP, INTEGRITY, backup, check_integrity
from jobs.housekeeping import housekeeping
from jobs.learning import (
    LEARN_PREFERENCES,
    LEARN_READABILITY,
    learn_preferences,
    learn_readability,
)
from jobs.reconcile import reconcile_reactions
from jobs.refresh import REFRESH, refresh
from jobs.retrain import LONGEST
from jobs.room import shortage
from jobs.scheduler import Schedule
from jobs.summary import Summary
from jobs.trainer import Trainer
from ml.registry import Registry
from ml.scoring.taste import TasteStore
from ml.worker import Draws
from storage.backup import delete_backups
from storage.database import Database
from storage.job_runs import RunOutcome

log = logging.getLogger(__name__)

HOUSEKEEPING = "housekeeping"


@dataclass(frozen=True, kw_only=True)
class App:
    """What is open while the bot runs."""

    bot: DiagramBot
    database: Database
    schedule: Schedule
    tastes: TasteStore
    requests: Requests
    trainer: Trainer


@asynccontextmanager
async def open_app(
    settings: Settings, *, worker: Draws, new_seed: Callable[[], int] = random_seed
) -> AsyncIterator[App]:
    """The bot with everything it needs, ready to log in. `worker` is started by the caller.

    Raises:
        StartupError: the policy cannot be imported.
        StorageError: the database cannot be opened, or a backup that is not kept not be deleted.
    """
    policy = load_policy(settings.policy) if settings.policy else None
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(Database(settings.database))
        if not settings.backup_days:
            # Those of earlier would stay for ever, and who was forgotten since is in them.
            await asyncio.to_thread(delete_backups, settings.backups_dir)
        tastes = TasteStore()
        schedule = Schedule(database=database)
        requests = Requests(
            database=database,
            worker=worker,
            tastes=tastes,
            images=settings.images_dir,
            new_seed=new_seed,
        )
        trainer = Trainer(
            database=database,
            worker=worker,
            shortage=partial(_shortage, settings),
            refresh=partial(schedule.run_now, REFRESH),
        )
        bot = DiagramBot(
            requests=requests,
            database=database,
            schedule=schedule,
            worker=worker,
            trainer=trainer,
            registry=Registry(root=settings.models.versions),
            images=settings.images_dir,
            policy=policy,
            config=BotConfig(
                default_count=settings.default_count,
                default_top=settings.default_top,
                guild_ids=settings.guild_ids,
                backup_days=settings.backup_days if database.file else 0,
                writes_elsewhere=settings.models.server is not None,
            ),
        )
        _plan(schedule, settings, database, worker, tastes, trainer, bot)
        await schedule.start()
        stack.push_async_callback(schedule.stop)
        stack.push_async_callback(bot.close)
        yield App(
            bot=bot,
            database=database,
            schedule=schedule,
            tastes=tastes,
            requests=requests,
            trainer=trainer,
        )


def _plan(
    schedule: Schedule,
    settings: Settings,
    database: Database,
    worker: Draws,
    tastes: TasteStore,
    trainer: Trainer,
    bot: DiagramBot,
) -> None:
    """What happens without anybody asking, and when. The nights are those of UTC."""
    schedule.add(
        REFRESH,
        partial(refresh, database, worker, tastes),
        every=timedelta(minutes=1),
        first=timedelta(seconds=1),
    )
    schedule.add(RECONCILE, partial(_reconcile, database, bot), every=timedelta(hours=6))
    if settings.backup_days:
        keep = timedelta(days=settings.backup_days)
        schedule.add(
            BACKUP, partial(backup, database, settings.backups_dir, keep=keep), cron="0 4 * * *"
        )
    schedule.add(
        HOUSEKEEPING, partial(housekeeping, database, settings.images_dir), cron="30 4 * * *"
    )
    schedule.add(INTEGRITY, partial(check_integrity, database), cron="45 4 * * sun")
    ratings = settings.retrain_ratings
    if ratings:
        schedule.add(
            LEARN_READABILITY,
            partial(learn_readability, database, trainer, at_least=ratings),
            cron="0 1 * * *",
            longest=LONGEST + timedelta(minutes=10),
        )
    if settings.orpo_automatic and settings.models.server is not None:
        log.warning(
            "ORPO_AUTOMATIC does nothing: the model of LLM_BASE_URL is not trained from here",
            extra={"action": "jobs"},
        )
    elif settings.orpo_automatic:
        schedule.add(
            LEARN_PREFERENCES,
            partial(
                learn_preferences,
                database,
                trainer,
                at_least=max(1, ratings),
                pairs=settings.orpo_pairs,
            ),
            cron="0 6 * * sat",
            longest=LONGEST + timedelta(minutes=10),
        )


def _shortage(settings: Settings, kind: str) -> str | None:
    """What is short for a training of a kind, in a sentence; None when nothing is."""
    if settings.models.server is not None and kind in ("sft", "orpo"):
        return (
            "The language model runs on the server of LLM_BASE_URL and is not trained from here; "
            "readability and autoencoder can be. docs/architecture.md, “Other models”, says how an "
            "adapter for such a server is made."
        )
    return shortage(kind, settings.data_dir)


async def _reconcile(database: Database, bot: DiagramBot) -> Summary:
    if not bot.is_ready():
        return Summary(detail="not connected to Discord", outcome=RunOutcome.SKIPPED)
    return await reconcile_reactions(database, partial(fetch_marks, bot, database))
