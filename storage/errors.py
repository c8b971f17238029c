"""The errors of this package.

StorageError
├── DatabaseUnavailable  locked, full, damaged or unreachable; the message says what to do
├── Conflict             the write breaks a rule of the schema: a taken id, a value out of range
└── NotFound             there is no such row, and the database is sure about it
"""


class StorageError(Exception):
    """Base of every error this package raises on purpose."""


class DatabaseUnavailable(StorageError):
    """The database failed, so nothing is known about the rows; the message says what to do."""


class Conflict(StorageError):
    """The write breaks a rule of the schema and was rolled back."""


class NotFound(StorageError):
    """There is no such row."""
