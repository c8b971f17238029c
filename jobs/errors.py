"""The errors of this package.

JobError
├── UnknownJob        there is no job of that name
├── TrainingBusy      a training runs already, and there is one at a time
├── Shortage          this machine lacks the memory, the disk or the model for a training
├── TrainingFailed    it ended without a result; the message has the end of its error output
└── TrainingCancelled somebody cancelled it
"""


class JobError(Exception):
    """Base of every error this package raises on purpose."""


class UnknownJob(JobError):
    """There is no job of that name; the message lists those there are."""


class TrainingBusy(JobError):
    """A training runs already; the message says which."""


class Shortage(JobError):
    """The machine lacks what a training needs: memory, disk or the model; the message says what."""


class TrainingFailed(JobError):
    """A training ended without a result; the message says how."""


class TrainingCancelled(JobError):
    """Somebody cancelled the training; the serving model is as it was."""
