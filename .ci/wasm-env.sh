# Sourced before a wasm32 build: chooses the toolchain that has the target.
#
# An ordinary rustup toolchain with the target is used as it is. Where setup.sh had to take
# Debian's compiler instead, that one is linked into rustup under the name "system".

# True if the toolchain in force has a standard library for wasm32.
has_wasm_std() {
  local lib
  lib=$(rustc --print target-libdir --target wasm32-unknown-unknown 2>/dev/null) || return 1
  compgen -G "$lib/libstd-*.rlib" >/dev/null
}

if ! has_wasm_std && RUSTUP_TOOLCHAIN=system has_wasm_std; then
  export RUSTUP_TOOLCHAIN=system
fi

# Trunk stops at NO_COLOR=1, which other programs ask for: it wants the word "true".
if [ -n "${NO_COLOR:-}" ]; then export NO_COLOR=true; fi
