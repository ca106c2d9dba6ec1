#!/usr/bin/env bash
# Measures a release build under load on both engines and writes docs/benchmarks.md.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="$HOME/.cargo/bin:$PATH"

work=$(mktemp -d /tmp/lapor-bench.XXXXXX)
chmod 755 "$work"
export LAPOR_PG_DIR=$work/postgres

clean_up() {
    local status=$?
    trap - EXIT
    scripts/postgres.sh stop || true
    rm -rf "$work"
    exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

cargo build --locked --release -p lapor
LAPOR_BENCH_POSTGRES_URL=$(scripts/postgres.sh start)
export LAPOR_BENCH_POSTGRES_URL
cargo xtask bench "$@"
