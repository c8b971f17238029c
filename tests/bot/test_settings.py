from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.errors import StartupError
from bot.settings import Settings, read_settings
from ml.config import ServerConfig

EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_the_example_names_every_setting_and_no_other() -> None:
    names = re.findall(r"^([A-Z_]+)=", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(names) == sorted(name.upper() for name in Settings.model_fields)


def test_the_example_shows_the_defaults() -> None:
    assert Settings(_env_file=EXAMPLE) == Settings(_env_file=None)


def test_every_setting_of_the_example_is_explained() -> None:
    blocks = EXAMPLE.read_text(encoding="utf-8").split("\n\n")
    for block in blocks:
        lines = block.strip().splitlines()
        if any("=" in line and not line.startswith("#") for line in lines):
            assert lines[0].startswith("# "), block


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUILD_IDS", "12, 34")
    monkeypatch.setenv("DISCORD_API_BASE", "http://localhost:1/api/")
    monkeypatch.setenv("DATA_DIR", "~/kept")
    settings = read_settings()
    assert settings.guild_ids == (12, 34)
    assert settings.discord_api_base == "http://localhost:1/api"
    assert settings.data_dir == Path.home() / "kept"
    assert settings.database == f"sqlite:///{Path.home() / 'kept' / 'diagrams.sqlite3'}"


def test_a_dotenv_file_is_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("DEFAULT_TOP=2\nDEFAULT_COUNT=7\nUNRELATED=1\n")
    monkeypatch.setenv("DEFAULT_COUNT", "8")
    settings = read_settings()
    assert (settings.default_top, settings.default_count) == (2, 8)


def test_a_wrong_setting_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEFAULT_TOP", "secret-value")
    with pytest.raises(StartupError) as caught:
        read_settings()
    assert "DEFAULT_TOP" in str(caught.value)
    assert "secret-value" not in str(caught.value)


def test_the_token_is_not_in_the_words_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "very.secret.token")
    assert "very.secret.token" not in repr(read_settings())


def test_the_server_of_the_language_model_is_read_and_its_key_is_a_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert read_settings().models.server is None
    monkeypatch.setenv("LLM_BASE_URL", "http://localhost:8000/v1/")
    monkeypatch.setenv("LLM_API_KEY", "sk-secret\n")  # as a file of secrets may end
    settings = read_settings()
    assert settings.models.server == ServerConfig(url="http://localhost:8000/v1", key="sk-secret")
    assert settings.secrets == ("sk-secret",)
    assert "sk-secret" not in repr(settings)
    assert "sk-secret" not in repr(settings.models)
    monkeypatch.setenv("LLM_BASE_URL", "localhost:8000")
    with pytest.raises(StartupError, match="LLM_BASE_URL"):
        read_settings()
