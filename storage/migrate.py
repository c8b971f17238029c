"""Brings a database to the schema of `tables.py`, with the revisions in `migrations/`.

A new revision, after changing `tables.py`:  python -m storage.migrate "what changes"
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.script.revision import ResolutionError
from alembic.util import CommandError
from sqlalchemy import create_engine
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from storage import dialects
from storage.errors import DatabaseUnavailable

_SCRIPTS = "storage:migrations"


def config(connection: Connection, *, versions: str | None = None) -> Config:
    """Alembic's configuration for this connection; there is no alembic.ini.

    Args:
        versions: folders of revisions instead of the package's own, separated by spaces.
    """
    made = Config()
    made.set_main_option("script_location", _SCRIPTS)
    made.set_main_option("path_separator", "space")
    if versions is not None:
        made.set_main_option("version_locations", versions.replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


async def upgrade(
    engine: AsyncEngine,
    *,
    options: Mapping[str, Any],
    revision: str = "head",
    versions: str | None = None,
) -> None:
    """Runs the revisions that are missing, all in one transaction: all of them or none.

    Args:
        options: execution options that make the connection a writer's.

    Raises:
        DatabaseUnavailable: the database was written by a newer version of the bot, or a
            revision left rows that point nowhere (and was rolled back).
    """

    def run(connection: Connection) -> None:
        command.upgrade(config(connection, versions=versions), revision)
        if tables := dialects.broken_references(connection):
            raise DatabaseUnavailable(
                f"Upgrading the database would break rows of {', '.join(tables)}. It was left as "
                "it is: restore a backup, or report this with the name of the tables."
            )

    async with engine.connect() as connection:
        await connection.execution_options(**options)
        await dialects.set_foreign_keys(connection, on=False)
        try:
            async with connection.begin():
                await connection.run_sync(run)
        except (ResolutionError, CommandError) as error:
            raise DatabaseUnavailable(
                "The database was written by a newer version of the bot. "
                "Install that version again, or restore a backup from before."
            ) from error
        finally:
            await dialects.set_foreign_keys(connection, on=True)


def _new_revision(message: str) -> None:
    """Writes the revision that leads from the present revisions to `tables.py`."""
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'empty.db'}")
        with engine.begin() as connection:
            command.upgrade(config(connection), "head")
            count = len(list(ScriptDirectory.from_config(config(connection)).walk_revisions()))
            command.revision(
                config(connection), message=message, autogenerate=True, rev_id=f"{count + 1:04}"
            )
        engine.dispose()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    _new_revision(sys.argv[1])
