"""The errors of this package.

BotError
├── StartupError         the program cannot start; the message is the one line people see
└── UserFacingError      a person asked for something that cannot be done
    ├── BadDescription   the description cannot be drawn
    ├── BadDiagramText   a diagram text cannot be read
    ├── AlreadyRunning   the same person asked for the same a moment ago
    ├── CannotPost       the bot may not, or cannot, post where it should
    └── Refused          a rule of the server, or the installation's policy, is against it
        ├── Paused       nobody may ask in this server now
        ├── WrongChannel diagrams are asked for in other channels
        ├── Blocked      the person may not ask in this server
        ├── OverLimit    the person asked too often; the message says when it ends
        └── AgainstPolicy  the words are not allowed

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


class Refused(UserFacingError):
    """A rule that the admins of the server made, or the installation's policy, is against it."""


class Paused(Refused):
    """Nobody may ask for diagrams in this server until an admin says so."""


class WrongChannel(Refused):
    """The server has other channels for it; the message names them."""


class Blocked(Refused):
    """An admin of the server blocked this person."""


class OverLimit(Refused):
    """The cooldown or the daily quota of the server, or what may be under way elsewhere.

    The message says when it ends.
    """


class AgainstPolicy(Refused):
    """A word of the server's list is in it; the message does not say which. Or the policy of the
    installation is against it; the message says why."""
