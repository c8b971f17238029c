"""The schema. Every change of it needs an Alembic revision; a test compares the two.

Ids that Discord gives out are 64 bits. Whatever belongs to a person carries `user_id`, and
whatever hangs on a request or diagram goes with it, so that forgetting somebody is a few deletes.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcDateTime(TypeDecorator[datetime]):
    """Aware times in UTC on both databases; SQLite itself knows no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# SQLite counts by itself only in a column that is exactly INTEGER (64 bits there).
_Serial = BigInteger().with_variant(Integer(), "sqlite")


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class RequestRow(Base):
    """What somebody asked for."""

    __tablename__ = "requests"
    __table_args__ = (Index(None, "user_id", "created_at"), Index(None, "status", "created_at"))

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger)
    guild_id: Mapped[int | None] = mapped_column(BigInteger)
    channel_id: Mapped[int] = mapped_column(BigInteger)
    status_message_id: Mapped[int | None] = mapped_column(BigInteger)
    description: Mapped[str] = mapped_column(Text)
    count: Mapped[int] = mapped_column(Integer)
    top: Mapped[int] = mapped_column(Integer)
    seed: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[str] = mapped_column(String(16))
    problem: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    kind: Mapped[str] = mapped_column(String(16), server_default="describe")
    text: Mapped[str | None] = mapped_column(Text)
    # No foreign key: the two tables would depend on each other, and ids never come back.
    parent_id: Mapped[int | None] = mapped_column(BigInteger)
    wish: Mapped[str | None] = mapped_column(Text)
    private: Mapped[bool] = mapped_column(Boolean, server_default=false())
    locale: Mapped[str | None] = mapped_column(String(16))
    outside: Mapped[bool] = mapped_column(Boolean, server_default=false())


class DiagramRow(Base):
    """One ranked candidate of a request."""

    __tablename__ = "diagrams"
    # AUTOINCREMENT: ids stay in buttons for years, so a deleted one must never come back.
    __table_args__ = (
        UniqueConstraint("request_id", "rank"),
        Index(None, "user_id", "created_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(_Serial, primary_key=True)
    request_id: Mapped[str] = mapped_column(ForeignKey("requests.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(BigInteger)
    rank: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(Text)
    scene: Mapped[str] = mapped_column(Text)
    readability: Mapped[float] = mapped_column(Double)
    taste: Mapped[float] = mapped_column(Double)
    final: Mapped[float] = mapped_column(Double)
    versions: Mapped[dict[str, str]] = mapped_column(JSON)
    png_path: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MessageRow(Base):
    """A Discord message that shows a diagram. Deleted ones stay, marked."""

    __tablename__ = "messages"

    message_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    channel_id: Mapped[int] = mapped_column(BigInteger)
    guild_id: Mapped[int | None] = mapped_column(BigInteger)
    diagram_id: Mapped[int] = mapped_column(
        ForeignKey("diagrams.id", ondelete="CASCADE"), index=True
    )
    posted_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RatingRow(Base):
    """A mark that a person has on a diagram, and its number; the latest is the current rating.

    `emoji` is the character, the id of a server's own emoji, or `ratings.BUTTON`.
    """

    __tablename__ = "ratings"
    __table_args__ = (CheckConstraint("value BETWEEN 0 AND 5", name="value"),)

    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    diagram_id: Mapped[int] = mapped_column(
        ForeignKey("diagrams.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
    emoji: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[int] = mapped_column(Integer)
    rated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ChoiceRow(Base):
    """Of two diagrams, the one that a person finds better: their answer to “A or B?”."""

    __tablename__ = "choices"

    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    better_id: Mapped[int] = mapped_column(
        ForeignKey("diagrams.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
    worse_id: Mapped[int] = mapped_column(
        ForeignKey("diagrams.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class LatentRow(Base):
    """Where one version of the encoder sees a diagram: little-endian float32[D]."""

    __tablename__ = "latents"

    diagram_id: Mapped[int] = mapped_column(
        ForeignKey("diagrams.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    encoder: Mapped[str] = mapped_column(String(128), primary_key=True)
    vector: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class JobRunRow(Base):
    """One run of a scheduled job; without an outcome it is still running."""

    __tablename__ = "job_runs"
    __table_args__ = (Index(None, "job", "started_at"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(_Serial, primary_key=True)
    job: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(16))
    detail: Mapped[str | None] = mapped_column(Text)


class PersonRow(Base):
    """Whether somebody lets their descriptions and ratings train models that others use."""

    __tablename__ = "people"

    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    shares: Mapped[bool] = mapped_column(Boolean)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class GuildSettingsRow(Base):
    """What the admins of a server decided; whatever is not in `values` has its default."""

    __tablename__ = "guild_settings"

    guild_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    values: Mapped[dict[str, Any]] = mapped_column(JSON)


class BlockRow(Base):
    """Somebody who may not ask for diagrams in a server."""

    __tablename__ = "blocks"

    guild_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    by: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(Text)


class AuditRow(Base):
    """One thing that an admin of a server did; `user_id` is the admin."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "guild_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(_Serial, primary_key=True)
    guild_id: Mapped[int] = mapped_column(BigInteger)
    user_id: Mapped[int] = mapped_column(BigInteger)
    action: Mapped[str] = mapped_column(String(32))
    detail: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CounterRow(Base):
    """A number that grows with every change of a table group; see `ratings.last_change`."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)
