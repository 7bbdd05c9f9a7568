#!/usr/bin/env bash
# Prints fanin's executions a second natively and in wasm, which node runs, side by side.
set -euo pipefail
cd "$(dirname "$0")/../.."

TARGET="${CARGO_TARGET_DIR:-target}/bench/explorers"
build() {
  cargo build --quiet --locked --release --manifest-path benches/explorers/Cargo.toml --target-dir "$TARGET" --bin rate "$@"
}
build
(source .ci/wasm-env.sh && build --target wasm32-unknown-unknown)

printf '%-16s %11s %11s %6s\n' program native wasm ratio
for program in lockers lockers-every lockers-random pipe-every pipe-random pipe-4-random; do
  native=$("$TARGET/release/rate" "$program")
  wasm=$(node benches/wasm/run.mjs "$TARGET/wasm32-unknown-unknown/release/rate.wasm" "$program")
  awk -v p="$program" -v n="$native" -v w="$wasm" 'BEGIN { printf "%-16s %9d/s %9d/s %6.2f\n", p, n, w, w / n }'
done
