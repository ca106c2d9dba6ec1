#!/usr/bin/env bash
# civicbot, a client of Open311 that is not ours, writes to and reads from a server on an empty database of its own.
# It is installed into a folder that is gone afterwards.
#
# Usage: scripts/civicbot.sh [BINARY]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

binary=${1:-target/debug/lapor}
work=$(mktemp -d /tmp/lapor-civicbot.XXXXXX)
server=
clean_up() {
    local status=$?
    trap - EXIT
    if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
    rm -rf "$work"
    exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

/usr/bin/python3 -m venv "$work/python"
echo 'civicbot==0.4.0 --hash=sha256:3198f4378f64222935ea4864b788934e44404f6bf556e85e5796a9893452bb6b' >"$work/requirements"
"$work/python/bin/pip" install --quiet --no-deps --require-hashes --requirement "$work/requirements"

port=$("$work/python/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export LAPOR_DATA_DIR=$work/data LAPOR_LISTEN=127.0.0.1:$port LAPOR_METRICS_LISTEN=127.0.0.1:0
unset LAPOR_DATABASE_URL
"$binary" serve >"$work/log" 2>&1 &
server=$!
for _ in $(seq 120); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
    kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 0.5
done

password='kata sandi contoh'
"$binary" user add nasional --name 'Admin Contoh' --role national_admin --agency 1 <<<"$password" >/dev/null
"$binary" user add kalsel --name 'Petugas Contoh' --role agency_admin --agency 630000 <<<"$password" >/dev/null
admin=$("$binary" token create --user nasional --verbs act | tail -n 1)
key=$("$binary" token create --user kalsel --verbs act | tail -n 1)
"$work/python/bin/python" scripts/civicbot/talk.py "http://127.0.0.1:$port" "$key" "$admin" || { tail -n 20 "$work/log" >&2; exit 1; }
