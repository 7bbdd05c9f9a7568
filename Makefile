# `make` alone lists what there is.

SHELL := /bin/bash
# Where the tools are installed to.
export PATH := $(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)
PORT ?= 8080
PARTS ?=
export WORKLOAD CONTENDER ROUNDS

.PHONY: help serve test bench go-differential loom bless statements doc picture bench-explore
.DEFAULT_GOAL := help

help: ## list these targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

serve: ## build the playground and serve it at http://127.0.0.1:8080/ (another port: PORT=9000)
	@.ci/setup.sh serve
	@source .ci/wasm-env.sh && trunk serve --release --port $(PORT)

test: ## every check there is, with what each took (some of them: PARTS="lint native")
	@.ci/setup.sh test
	@.ci/test.sh $(PARTS)

bench: ## fanin beside Go and other libraries (some of it: WORKLOAD=pingpong,mt CONTENDER=fanin,go,kanal ROUNDS=3)
	@.ci/setup.sh bench
	@benches/run.sh

bench-explore: ## the exploration beside loom and shuttle, and its rate in wasm beside the native one
	@.ci/setup.sh bench
	@CARGO_TARGET_DIR=target/bench/explorers cargo run --quiet --locked --release --bin explorers --manifest-path benches/explorers/Cargo.toml
	@benches/explorers/rate.sh

go-differential: ## random programs in Go and here: whatever Go does, the exploration has seen
	@.ci/setup.sh go
	@source .ci/go.sh && FANIN_GO="$$(go_program)" FANIN_GO_PROGRAMS=300 FANIN_GO_RUNS=200 \
	  cargo test --test explore go_shows -- --nocapture

loom: ## the hand-over between threads, step by step of its locks and atomics
	@.ci/test.sh loom

bless: ## write the golden recordings anew, after an intended change
	BLESS=1 cargo test --test golden

statements: ## write the table of Go's behaviour and its tests anew: tests/conformance/README.md
	BLESS=1 cargo test --test tidy statements

doc: ## build the library's documentation, with the book, and say where it is
	@cargo doc --quiet --no-deps --features threads
	@echo "$${CARGO_TARGET_DIR:-$(CURDIR)/target}/doc/fanin/book/index.html"

picture: ## take the README's picture anew, after a change of the page
	@.ci/setup.sh test
	@.ci/test.sh site
	@node tests/e2e/picture.mjs
