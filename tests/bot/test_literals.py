"""Whatever people read in Discord goes through the catalogue: no English sentence is left bare."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
from bot import errors
from bot.asking.descriptions import EXAMPLE
from bot.cogs.menus import EXPLAIN
from bot.cogs.results import FORM

BOT = Path(bot.__file__).parent
IN_A_TERMINAL = {"app.py", "cli.py", "commands", "evaluating", "running.py", "settings.py"}
"""Read by whoever runs the bot, in English as the logs are."""
SIMULATED = "simulated"

NOT_TRANSLATED = {EXAMPLE, EXPLAIN, FORM}
"""An example that is typed as it is, a menu that Discord has from the translator, and a name for
the log."""

_TRANSLATING = {"_", "gettext", "later", "ngettext"}
_FOR_LOGS = {"name", "what"}  # of tasks, and of what failed
_TOLD = {kind for kind, error in vars(errors).items() if isinstance(error, type)} - {"StartupError"}
_SENTENCE = re.compile(r"[A-Za-z]{2,}[ ,.:;]+[A-Za-z]{2,}[ ,.:;]+[A-Za-z]{2,}")


class Bare(ast.NodeVisitor):
    """Finds literals of three English words or more that are not translated.

    Not looked at: docstrings, logs, errors that only developers see, and decorators, which
    describe commands; Discord has those from the translator.
    """

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for part in (node.args, *node.body):
            self.visit(part)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.visit_FunctionDef(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for part in node.body:
            self.visit(part)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        if isinstance(node.exc, ast.Call) and _name(node.exc.func) in _TOLD:
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        of = node.func.value if isinstance(node.func, ast.Attribute) else node.func
        if _name(of) == "log" or _name(node.func) in _TRANSLATING | {"Group"}:
            return
        self.generic_visit(node)

    def visit_keyword(self, node: ast.keyword) -> None:
        if node.arg not in _FOR_LOGS:
            self.generic_visit(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        parts = (part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
        self._look(node, "".join(map(str, parts)))
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._look(node, node.value)

    def _look(self, node: ast.expr, text: str) -> None:
        if _SENTENCE.search(text) and text not in NOT_TRANSLATED:
            self.found.append((node.lineno, text))


def bare(source: str) -> list[tuple[int, str]]:
    """The lines and texts of a module's untranslated sentences."""
    finder = Bare()
    finder.visit(ast.parse(source))
    return finder.found


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def modules() -> Iterator[Path]:
    for path in sorted(BOT.rglob("*.py")):
        if path.relative_to(BOT).parts[0] not in IN_A_TERMINAL | {SIMULATED}:
            yield path


def test_no_sentence_for_people_is_only_in_english() -> None:
    found = [
        f"{path.relative_to(BOT.parent)}:{line}: {text}"
        for path in modules()
        for line, text in bare(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        'TEXT = "There is nothing here."',
        'raise UserFacingError("There is nothing here.") from error',
        'await interaction.followup.send("There is nothing here.", ephemeral=True)',
        'await interaction.edit_original_response(content=f"There are {n} of them here.")',
        'Button(label="Draw it once more")',
        'def title(self, text="There is nothing here."): ...',
        'text = _("There is {thing}.").format(thing="nothing to see here")',
    ],
)
def test_a_bare_sentence_is_found(source: str) -> None:
    assert len(bare(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        '"""What this module is."""',
        'TEXT = later("There is nothing here.")',
        'text = ngettext("There is one here.", "There are {n} here.", n).format(n=n)',
        'log.warning("nothing could be told: %s", error)',
        'raise TypeError("neither one nor the other")',
        '@command(description="Show what there is")\nasync def show(self): ...',
    ],
)
def test_what_is_translated_or_nobody_reads_is_not_found(source: str) -> None:
    assert bare(source) == []
