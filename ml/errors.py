"""The errors of this package.

MlError
├── SpecError          a diagram text that cannot be read, with the line that is wrong
├── LayoutError        a Spec that does not fit the canvas
├── ModelError         a model that cannot be fetched, loaded or trusted
└── WorkerError        the worker refused, lost or abandoned a request
    ├── WorkerBusy     its queue is full
    ├── WorkerDied     the process ended while it held the request
    ├── DeadlinePassed the request took longer than it may
    └── Cancelled      somebody cancelled the request
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class MlError(Exception):
    """Base of every error this package raises on purpose.

    `message` is English, as literal text with gaps like `{id}`, and `values` fill them: so whoever
    shows it can say it in another language. They travel between processes and must be plain.
    """

    def __init__(self, message: str, **values: str | int) -> None:
        self.message = message
        self.values = values
        super().__init__(self.worded())

    def worded(self, translate: Callable[[str], str] = str) -> str:
        """What happened. `translate` gives the message, gaps and all, in another language."""
        message = translate(self.message)
        return message.format(**self.values) if self.values else message

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), self.message, self.values)


def _again(kind: type[MlError], message: str, values: dict[str, Any]) -> MlError:
    return kind(message, **values)


class SpecError(MlError):
    """A diagram text or Spec that is not valid.

    `line` is the 1-based line of the text that is to blame, or None when no single line is.
    """

    def __init__(self, message: str, *, line: int | None = None, **values: str | int) -> None:
        self.line = line
        super().__init__(message, **values)

    @property
    def problem(self) -> str:
        """What is wrong, without the line."""
        return self.worded()

    def __str__(self) -> str:
        return self.problem if self.line is None else f"line {self.line}: {self.problem}"

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), self.message, {**self.values, "line": self.line})


class LayoutError(MlError):
    """A Spec that cannot be placed on the canvas without breaking a geometry rule."""


class ModelError(MlError):
    """A model that cannot be fetched, loaded or trusted; the message says what to do."""


class WorkerError(MlError):
    """The worker refused, lost or abandoned a request."""


class WorkerBusy(WorkerError):
    """The queue is full; the message says how many requests wait."""


class WorkerDied(WorkerError):
    """The worker process ended while it held the request, and so did the second try."""


class DeadlinePassed(WorkerError):
    """The request took longer than its deadline."""


class Cancelled(WorkerError):
    """Somebody cancelled the request."""
