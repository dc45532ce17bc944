# The commands of this repository. `make demo` shows the kiosk, `make test` checks everything; both set up what is missing first.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup demo test lock clean

bin := .venv/bin
UV ?= uv

# One heading a step; the first step that fails is named, and nothing runs after it.
step = @printf '\n── %s\n' '$(1)'; $(1) || { printf '\nmake test: this failed: %s\n' '$(1)' >&2; exit 1; }

help:
	@echo 'make demo    set up, then serve an invented citizen (a window, or pictures in demo-output/ without a display)'
	@echo 'make test    set up, then every check and test'
	@echo 'make setup   Debian packages, .venv/ and the kiosk command; instant when nothing changed'
	@echo 'make lock    write requirements.lock again from pyproject.toml (needs uv)'
	@echo 'make clean   remove what the commands above made'

setup:
	@.ci/setup
	@$(bin)/kiosk identity convert

demo: setup
	@$(bin)/kiosk demo

test: setup
	@.ci/test-packages
	$(call step,$(bin)/ruff check)
	$(call step,$(bin)/mypy)
	$(call step,$(bin)/lint-imports)
	$(call step,.ci/qmllint)
	$(call step,$(bin)/kiosk check)
	$(call step,.ci/npos)
	$(call step,$(bin)/pytest -n $$((2 * $$(nproc))) --dist worksteal)

lock:
	@command -v $(UV) >/dev/null || { echo 'make lock needs uv (pip install uv), or UV=/its/path' >&2; exit 1; }
	$(UV) lock
	$(UV) export --quiet --no-emit-project --all-groups --format requirements-txt --output-file requirements.lock
	@! grep -niE 'http|://' requirements.lock || { echo 'requirements.lock names a host' >&2; exit 1; }

clean:
	rm -rf tests/tools/npos/node_modules .venv demo-output var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
