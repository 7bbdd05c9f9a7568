#!/usr/bin/env bash
# Called by trunk after a build: puts the sources of the gallery beside the program, as one file, which is fetched
# when they are looked at. Its name changes with what it holds, and index.html tells it to the page.
set -euo pipefail
cd "$(dirname "$0")/.."

file="$TRUNK_STAGING_DIR/sources.txt"
tail -n +1 src/scenario/*/p[0-9]*.{rs,go} >"$file"
name="sources-$(sha256sum <"$file" | cut -c 1-16).txt"
mv "$file" "$TRUNK_STAGING_DIR/$name"
sed -i "s/sources\.txt/$name/" "$TRUNK_STAGING_DIR/index.html"
