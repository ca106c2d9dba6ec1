#!/usr/bin/env bash
# Prints the path of axe, the accessibility checker that the browser stories run on every page;
# fetches it with npm where it is absent.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
version=4.14.1
sum=29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c
folder=${CARGO_TARGET_DIR:-target}/axe-$version
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
script=$folder/package/axe.min.js

if [ ! -e "$script" ]; then
    command -v npm >/dev/null || { echo "npm is missing; on Debian: sudo apt-get install npm" >&2; exit 1; }
    (cd "$folder" && npm pack --silent "axe-core@$version" >/dev/null && tar xzf "axe-core-$version.tgz")
fi
echo "$sum  $script" | sha256sum --check --quiet >&2
echo "$script"
