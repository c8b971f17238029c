# make demo   the real bot in a simulated Discord, two people, rated diagrams
# make playground   the same bot in your browser, without Discord
# make test   the whole test suite
# make check  lint, format and types
# make bot    run against Discord (DISCORD_TOKEN in .env)
# make draw PROMPT="a CNN with two conv layers"

PYTHON ?= python3
BIN := .venv/bin
export PROMPT

.PHONY: setup fetch demo playground test check format bot draw clean

setup: .venv/installed

.venv/installed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

fetch: setup
	@$(BIN)/diagram-bot fetch

demo: fetch
	$(BIN)/diagram-bot demo

playground: fetch
	@$(BIN)/diagram-bot playground

test: fetch
	$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bot: setup
	$(BIN)/diagram-bot bot

draw: setup
	$(BIN)/diagram-bot draw "$$PROMPT"

clean:
	rm -rf .venv demo-output diagrams
