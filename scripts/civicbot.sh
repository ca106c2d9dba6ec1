#!/usr/bin/env bash
# civicbot, a client of Open311 that is not ours, writes to and reads from a server on an empty database of its own.
# It is installed into a folder that is gone afterwards.
#
# Usage: scripts/civicbot.sh [BINARY]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

binary=${1:-target/debug/lapor}
source scripts/server.sh civicbot

/usr/bin/python3 -m venv "$work/python"
echo 'civicbot==0.4.0 --hash=sha256:3198f4378f64222935ea4864b788934e44404f6bf556e85e5796a9893452bb6b' >"$work/requirements"
"$work/python/bin/pip" install --quiet --no-deps --require-hashes --requirement "$work/requirements"

start_server "$binary"

password='kata sandi contoh'
"$binary" user add nasional --name 'Admin Contoh' --role national_admin --agency 1 <<<"$password" >/dev/null
"$binary" user add kalsel --name 'Petugas Contoh' --role agency_admin --agency 630000 <<<"$password" >/dev/null
admin=$("$binary" token create --user nasional --verbs act | tail -n 1)
key=$("$binary" token create --user kalsel --verbs act | tail -n 1)
"$work/python/bin/python" scripts/civicbot/talk.py "http://127.0.0.1:$port" "$key" "$admin" || { tail -n 20 "$work/log" >&2; exit 1; }
