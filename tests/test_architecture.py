"""The rules of docs/design: who imports whom, and what must not be loaded."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "jobs", "ml", "storage")

# What each package may import of the project, itself included.
MAY_IMPORT = {
    "bot": {"bot", "jobs", "ml", "storage"},
    "jobs": {"jobs", "ml", "storage"},
    "ml": {"ml"},
    "storage": {"storage"},
}

# Where each library lives; a library that is not listed may be used anywhere.
LIVES_IN = {
    "discord": "bot",
    "pydantic_settings": "bot",
    "sqlalchemy": "storage",
    "aiosqlite": "storage",
    "alembic": "storage",
    "apscheduler": "jobs",
    "torch": "ml",
    "transformers": "ml",
    "peft": "ml",
    "trl": "ml",
    "cv2": "ml",
    "graphlay": "ml",
    "llguidance": "ml",
    "safetensors": "ml",
}

# The bot's process imports all of this, and holds neither torch nor OpenCV.
LIGHT = (
    "bot.__main__",
    "bot.cli",
    "bot.client",
    "ml.candidate",
    "ml.export.formats",
    "ml.export.pptx",
    "ml.registry",
    "ml.scoring.ranking",
    "ml.scoring.taste",
    "ml.worker",
)
# Modules that may look at the environment, each with its reason.
READS_ENVIRONMENT = {
    "bot/settings.py": "every setting",
    "bot/cli.py": "sets, before torch is loaded, how its threads wait",
}
HEAVY = ("torch", "transformers", "peft", "trl", "cv2")


def modules() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """(line, module) of every import, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")


def test_there_are_modules_to_look_at() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in modules()} == set(PACKAGES)


def test_imports_go_one_way() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for path in modules()
        for line, module in imports_of(path)
        if (top := module.split(".")[0]) in PACKAGES
        and top not in MAY_IMPORT[path.relative_to(ROOT).parts[0]]
    ]
    assert wrong == []


def test_imports_are_absolute() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in modules()
        for line, module in imports_of(path)
        if module.startswith(".")
    ]
    assert wrong == []


def test_each_library_is_used_in_one_package_only() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for path in modules()
        for line, module in imports_of(path)
        if (home := LIVES_IN.get(module.split(".")[0])) is not None
        and home != path.relative_to(ROOT).parts[0]
    ]
    assert wrong == []


def test_the_environment_is_read_in_the_settings_alone() -> None:
    wrong = []
    for path in modules():
        if path.relative_to(ROOT).as_posix() in READS_ENVIRONMENT:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.attr if isinstance(node, ast.Attribute) else None
            if name in {"environ", "getenv"} and isinstance(node, ast.Attribute):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} reads the environment")
    assert wrong == []


def test_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for path in modules()}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def load(*names: str) -> subprocess.CompletedProcess[str]:
    """Imports the modules in a fresh interpreter and prints which heavy ones came along."""
    program = (
        "import importlib, sys\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])"
    )
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=300
    )


@pytest.mark.parametrize("name", LIGHT)
def test_the_bot_process_loads_neither_torch_nor_opencv(name: str) -> None:
    done = load(name)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [], f"importing {name} loads {done.stdout}"


def test_nothing_of_bot_jobs_and_storage_loads_torch_or_opencv() -> None:
    names = [
        name_of(path)
        for path in modules()
        if path.relative_to(ROOT).parts[0] != "ml" and path.name != "env.py"  # Alembic runs it
    ]
    done = load(*names)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


def test_importing_anything_changes_nothing_outside() -> None:
    """No settings, no log set-up, no model: nothing happens at import."""
    names = [name_of(path) for path in modules() if path.relative_to(ROOT).parts[0] != "ml"]
    names = [name for name in names if not name.endswith("migrations.env")]
    program = (
        "import importlib, logging, threading\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        "print(len(logging.getLogger().handlers), threading.active_count())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["0", "1"]
