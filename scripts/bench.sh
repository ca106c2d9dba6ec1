#!/usr/bin/env bash
# Measures a release build under load on both engines and writes docs/benchmarks.md; see there.
#
#   scripts/bench.sh [--reports N] [--engine sqlite|postgres] [--only NAME,…] [--seconds N] [--keep FOLDER] [--program FILE]
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

missing=()
command -v wrk >/dev/null || missing+=(wrk)
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)
command -v psql >/dev/null || missing+=(postgresql-client)
if [ ${#missing[@]} -gt 0 ]; then
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "bench.sh: missing; on Debian: sudo apt-get install ${missing[*]}" >&2
        exit 1
    fi
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 </dev/null
fi

# What is measured is the release build, unless another program is named (for trying the measurement out).
if [[ " $* " != *" --program "* ]]; then cargo build --locked --release -p lapor; fi
LAPOR_BENCH_POSTGRES_URL=$(scripts/postgres.sh start)
export LAPOR_BENCH_POSTGRES_URL
cargo xtask bench "$@"
