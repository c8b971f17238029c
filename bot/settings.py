"""Every setting, once. `.env.example` explains the same names; a test holds the two together.

Read from the environment and from `.env` in the working directory; the environment wins. This
is the only module that reads either.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import StartupError
from ml.config import Dialect, ModelConfig, ServerConfig

DISCORD_API_BASE = "https://discord.com/api/v10"


class Settings(BaseSettings):
    """What a person running the bot can choose. Explained in `.env.example`."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    discord_token: SecretStr | None = None
    discord_api_base: str = DISCORD_API_BASE
    guild_ids: Annotated[tuple[int, ...], NoDecode] = ()

    data_dir: Path = Path("data")
    database_url: str | None = None

    llm_model: str = "embedded"
    llm_adapter: str | None = None
    llm_dialect: Literal["spec", "rows"] | None = None
    llm_base_url: str | None = None
    llm_api_key: SecretStr | None = None
    device: Literal["auto", "cpu", "cuda"] = "auto"
    model_cache_dir: Path = Path("~/.cache/diagram-bot")

    worker_queue_size: int = Field(default=20, ge=1, le=1_000)
    request_deadline_seconds: float = Field(default=300, gt=0)
    default_count: int = Field(default=5, ge=1, le=10)
    default_top: int = Field(default=3, ge=1, le=10)
    policy: str | None = None

    backup_days: int = Field(default=7, ge=0, le=365)
    retrain_ratings: int = Field(default=50, ge=0)
    orpo_automatic: bool = False
    orpo_pairs: int = Field(default=100, ge=1)

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_json: bool = False

    @field_validator("guild_ids", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("discord_api_base", "llm_base_url")
    @classmethod
    def _without_slash(cls, value: str | None) -> str | None:
        if value is None:
            return None
        if not value.startswith(("http://", "https://")):
            raise ValueError("must be an http or https address")
        return value.rstrip("/")

    @field_validator("data_dir", "model_cache_dir")
    @classmethod
    def _at_home(cls, value: Path) -> Path:
        return value.expanduser()

    @property
    def database(self) -> str:
        """The address of the database: DATABASE_URL, or a SQLite file in DATA_DIR."""
        return self.database_url or f"sqlite:///{self.data_dir / 'diagrams.sqlite3'}"

    @property
    def images_dir(self) -> Path:
        """Where the posted PNGs are kept."""
        return self.data_dir / "images"

    @property
    def backups_dir(self) -> Path:
        """Where copies of the database are kept."""
        return self.data_dir / "backups"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be logged."""
        kept = (self.discord_token, self.llm_api_key)
        return tuple(secret.get_secret_value().strip() for secret in kept if secret)

    @property
    def models(self) -> ModelConfig:
        """Which models to use; this installation's own versions are in DATA_DIR."""
        key = self.llm_api_key.get_secret_value().strip() if self.llm_api_key else None
        return ModelConfig(
            model=self.llm_model,
            adapter=self.llm_adapter,
            dialect=Dialect(self.llm_dialect) if self.llm_dialect else None,
            device=self.device,
            cache=self.model_cache_dir,
            versions=self.data_dir / "models",
            server=ServerConfig(url=self.llm_base_url, key=key) if self.llm_base_url else None,
        )


def read_settings() -> Settings:
    """The settings of this environment.

    Raises:
        StartupError: one of them cannot be used; the message names it, never its value.
    """
    try:
        return Settings()
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(part) for part in problem['loc']).upper()}: {problem['msg']}"
            for problem in error.errors(include_input=False, include_url=False)
        )
        raise StartupError(f"a setting cannot be used: {problems}") from None
