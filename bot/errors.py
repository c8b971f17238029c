"""The errors of this package.

BotError
├── StartupError         the program cannot start; the message is the one line people see
└── UserFacingError      a person asked for something that cannot be done
    ├── BadDescription   the description cannot be drawn
    ├── BadDiagramText   a diagram text cannot be read
    ├── AlreadyRunning   the same person asked for the same a moment ago
    └── CannotPost       the bot may not, or cannot, post where it should

The text of a UserFacingError is shown as it is: what happened, and what to do.
"""


class BotError(Exception):
    """Base of every error this package raises on purpose."""


class StartupError(BotError):
    """The program cannot start; the message says why and what to do, in one line."""


class UserFacingError(BotError):
    """Something a person can be told: the text says what happened and what to do."""


class BadDescription(UserFacingError):
    """The description is empty, too long or has no words in it."""


class BadDiagramText(UserFacingError):
    """What should be a diagram text is none; the message names the line."""


class AlreadyRunning(UserFacingError):
    """The same request of the same person is not done yet; the message says where it is."""


class CannotPost(UserFacingError):
    """Discord does not let the bot post here."""
