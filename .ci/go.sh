# Sourced before a use of Go: the one on PATH if it is recent enough, or the one that setup.sh got.

GO_VERSION=1.27.3
GO_HOME="${XDG_DATA_HOME:-$HOME/.local/share}/fanin/go-$GO_VERSION"

# The program, or nothing where there is none.
go_program() {
  if [ -x "$GO_HOME/go/bin/go" ]; then
    echo "$GO_HOME/go/bin/go"
  elif [ "$(printf '%s\n' "go$GO_VERSION" "$(go env GOVERSION 2>/dev/null)" | sort -V | head -n 1)" = "go$GO_VERSION" ]; then
    command -v go
  fi
}

go_build() { GOTOOLCHAIN=local "$(go_program)" build "$@"; }
go_version() { GOTOOLCHAIN=local "$(go_program)" env GOVERSION; }
go_root() { GOTOOLCHAIN=local "$(go_program)" env GOROOT; }
