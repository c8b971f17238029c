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


class MlError(Exception):
    """Base of every error this package raises on purpose."""


class SpecError(MlError):
    """A diagram text or Spec that is not valid.

    `line` is the 1-based line of the text that is to blame, or None when no single line is.
    """

    def __init__(self, problem: str, *, line: int | None = None) -> None:
        self.problem = problem
        self.line = line
        super().__init__(problem if line is None else f"line {line}: {problem}")

    def __reduce__(self) -> tuple[object, ...]:
        return _spec_error, (self.problem, self.line)


def _spec_error(problem: str, line: int | None) -> SpecError:
    return SpecError(problem, line=line)


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
