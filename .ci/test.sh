#!/usr/bin/env bash
# The checks, one after the other; the first that fails ends it.
#
#   test.sh              all of them
#   test.sh lint native  these
set -euo pipefail
cd "$(dirname "$0")/.."

ALL=(format lint native loom peers examples docs browser site size page)
# Over a third of it are the gallery's programs, each with code of its own; their sources are not in it.
WASM_BUDGET=1490000

# The commands for wasm32 may need another toolchain than the native ones: see wasm-env.sh.
wasm() { (source .ci/wasm-env.sh && "$@"); }

part_format() { cargo fmt --check; }

part_lint() {
  cargo clippy --quiet --locked --features threads --all-targets -- -D warnings
  cargo clippy --quiet --locked --no-default-features -- -D warnings
  wasm cargo clippy --quiet --locked --target wasm32-unknown-unknown --no-default-features --features browser -- -D warnings
  wasm cargo clippy --quiet --locked --target wasm32-unknown-unknown --features www --all-targets -- -D warnings
}

part_native() { cargo test --quiet --locked --features threads; }

# The benchmarks' own workspaces; of the explorers', which takes long to build, that its lock file is up to date.
part_peers() {
  cargo metadata --quiet --locked --format-version 1 --manifest-path benches/explorers/Cargo.toml >/dev/null
  (
    cd benches/peers
    cargo fmt --all --check
    cargo clippy --quiet --locked --workspace --all-targets -- -D warnings
    cargo test --quiet --locked --workspace --lib --bin bench --bin fanin
  )
}

# A build of its own, whose locks and atomics are loom's.
part_loom() {
  RUSTFLAGS="--cfg loom" cargo test --quiet --locked --no-default-features --test loom \
    --target-dir "${CARGO_TARGET_DIR:-target}/loom"
}

part_examples() {
  local file
  for file in examples/*.rs; do
    echo "example $(basename "$file" .rs)"
    cargo run --quiet --locked --example "$(basename "$file" .rs)"
  done
}

part_docs() { RUSTDOCFLAGS="-D warnings" cargo doc --quiet --locked --no-deps --features threads; }

part_browser() { wasm wasm-pack test --headless --chrome; }

part_site() { wasm trunk build --release --public-url ./; }

part_size() {
  local file=(dist/*_bg.wasm) raw
  raw=$(wc -c <"${file[0]}")
  echo "${file[0]}: $raw bytes, $(gzip -9 <"${file[0]}" | wc -c) with gzip; the budget is $WASM_BUDGET"
  [ "$raw" -le "$WASM_BUDGET" ]
}

part_page() { node tests/e2e/run.mjs; }

mark() { printf 'fanin: %s\n' "$*"; }

[ $# -gt 0 ] || set -- "${ALL[@]}"
table=""
begin=$SECONDS
for part in "$@"; do
  declare -F "part_$part" >/dev/null || { mark "there is no part '$part'; there are: ${ALL[*]}"; exit 2; }
  mark "$part"
  from=$SECONDS
  # A shell of its own: in the condition of an `if` or a `||`, `set -e` would not hold.
  set +e
  (set -e; "part_$part") </dev/null
  status=$?
  set -e
  took=$((SECONDS - from))
  if [ "$status" != 0 ]; then
    mark "$part failed after $took s: see above. This part alone: make test PARTS=$part"
    exit 1
  fi
  table+=$(printf '  %-10s %4d s' "$part" "$took")$'\n'
done
printf '\n%s  %-10s %4d s\n' "$table" together $((SECONDS - begin))
mark "all passed: $*"
