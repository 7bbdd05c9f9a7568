#!/usr/bin/env bash
# Builds what the chosen rows need, and runs them: `make bench`, which sets the tools up before.
#
# WORKLOAD and CONTENDER choose, ROUNDS says how often: see benches/peers/src/bin/bench/main.rs.
set -euo pipefail
cd "$(dirname "$0")/.."
source .ci/go.sh

TARGET="${CARGO_TARGET_DIR:-target}"
export BENCH_DIR="$TARGET/bench"
mkdir -p "$BENCH_DIR"
BENCH_DIR=$(cd "$BENCH_DIR" && pwd)

# A release build of the benchmarks' own workspace: its folder holds both libraries and programs.
build() { cargo build --quiet --locked --release --manifest-path benches/peers/Cargo.toml --target-dir "$TARGET/bench/build" "$@"; }
native() { build -p "$1" --bin "$2" "${@:4}" && cp "$TARGET/bench/build/release/$2" "$BENCH_DIR/$3"; }
wasm() {
  (source .ci/wasm-env.sh && build -p "$1" --bin "$2" --target wasm32-unknown-unknown)
  cp "$TARGET/bench/build/wasm32-unknown-unknown/release/$2.wasm" "$BENCH_DIR/"
}

make_program() {
  case "$1" in
    fanin) native fanin-peers fanin fanin ;;
    fanin-sim) native fanin-peers fanin fanin-sim --features sim ;;
    peers | peers-threads) native peers "$1" "$1" ;;
    fanin.wasm) wasm fanin-peers fanin ;;
    peers.wasm) wasm peers peers ;;
    go-bench) (cd benches/go && go_build -o "$BENCH_DIR/go-bench" .) ;;
    go.wasm)
      (cd benches/go && GOOS=js GOARCH=wasm go_build -o "$BENCH_DIR/go.wasm" .)
      cp "$(go_root)/lib/wasm/wasm_exec.js" "$BENCH_DIR/"
      ;;
    *) echo "there is no program $1" >&2; return 1 ;;
  esac
}

native peers bench bench
for program in $("$BENCH_DIR/bench" programs); do
  echo "building $program" >&2
  make_program "$program"
done

model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
printf '%s; %s x %s; ' "$(date -u +%F)" "$(getconf _NPROCESSORS_ONLN)" "${model:-$(uname -m)}"
printf '%s; %s; node %s\n' "$(rustc --version)" "$(go_version)" "$(node --version)"
"$BENCH_DIR/bench"
