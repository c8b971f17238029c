"""Logging: to stderr, as text or one JSON object a line. Secrets never get there.

Descriptions are not logged anywhere; requests are named by their id.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from collections.abc import Iterable
from typing import TextIO

REDACTED = "[redacted]"

# Interaction tokens stand in the paths of webhook calls, which discord.py logs when it is slowed.
_PATH_TOKEN = re.compile(r"(/(?:webhooks|interactions)/\d+/)[\w.\-%]{16,}")
_ORDINARY = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class Redacting(logging.Formatter):
    """Writes a record with every secret replaced, wherever it stands: also in a traceback."""

    def __init__(self, *, secrets: Iterable[str], as_json: bool) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
        self.converter = time.gmtime
        self._secrets = tuple(secret for secret in secrets if secret)
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        extra = {key: value for key, value in vars(record).items() if key not in _ORDINARY}
        if self._as_json:
            return self._redact(self._json(record, extra))
        text = super().format(record)
        if extra:
            head, newline, rest = text.partition("\n")
            words = " ".join(f"{key}={value}" for key, value in extra.items())
            text = f"{head} [{words}]{newline}{rest}"
        return self._redact(text)

    def _json(self, record: logging.LogRecord, extra: dict[str, object]) -> str:
        entry: dict[str, object] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **extra,
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)

    def _redact(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, REDACTED)
        return _PATH_TOKEN.sub(rf"\1{REDACTED}", text)


def set_up_logging(
    *, level: str, as_json: bool, secrets: Iterable[str], stream: TextIO | None = None
) -> None:
    """Send everything at `level` and above to `stream` (stderr), replacing earlier handlers."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Redacting(secrets=secrets, as_json=as_json))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # discord.py's REST log names every path; apscheduler tells of every run, which we record.
    for name in ("discord", "apscheduler", "aiosqlite", "sqlalchemy", "alembic"):
        logging.getLogger(name).setLevel(max(logging.getLevelName(level), logging.WARNING))
