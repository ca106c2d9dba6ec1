SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
export PATH := $(HOME)/.cargo/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help run test lint bench

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## build and start a demo on http://127.0.0.1:1708 (needs only Rust)
	LAPOR_DATA_DIR="$${LAPOR_DATA_DIR:-./data-demo}" cargo run -p lapor -- demo

test: ## run every check and test, on SQLite, PostgreSQL and in a browser
	scripts/test.sh

lint: ## style and the rules of the house, without tests
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	cargo xtask tidy
	cargo xtask i18n
	if cargo deny --version >/dev/null 2>&1; then cargo deny check licenses bans sources; fi

bench: ## measure a release build under load; writes docs/benchmarks.md
	scripts/bench.sh
