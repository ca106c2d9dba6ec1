#!/usr/bin/env bash
# The clients of examples/partner write to and read from a server on an empty database of its own.
#
# Usage: scripts/partner.sh [BINARY]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

binary=${1:-target/debug/lapor}
source scripts/server.sh partner

start_server "$binary"

"$binary" user add kalsel --name 'Petugas Contoh' --role agency_admin --agency 630000 <<<'kata sandi contoh' >/dev/null
create=("$binary" token create --user kalsel --verbs submit)
token=$("${create[@]}" --partner 'Aplikasi Contoh' | tail -n 1)
small=$("${create[@]}" --partner 'Aplikasi Kecil' --per-minute 1 | tail -n 1)

# Without the variables of the server: a client knows an address and a token.
photo=xtask/src/e2e/files/jalan-berlubang.jpg
client() { env -u LAPOR_DATA_DIR -u LAPOR_LISTEN LAPOR="http://127.0.0.1:$port" LAPOR_TOKEN="$token" "$@"; }
client examples/partner/lapor.sh APP-1 "$photo" | tee "$work/curl"
client /usr/bin/python3 examples/partner/lapor.py APP-2 "$photo" | tee "$work/python"
for told in curl python; do
    grep -q '^number [0-9]\{10\}, PIN [0-9]\{6\}, verified by 20' "$work/$told"
    grep -q '^jalan-berlubang.jpg$' "$work/$told"
    grep -q '^submitted$' "$work/$told"
done

# A change is listed two seconds after it, and a quota is told with the time to wait.
sleep 2.5
bearer="Authorization: Bearer $token"
codes=$(curl --silent --show-error --fail -H "$bearer" "http://127.0.0.1:$port/api/v1/partner/reports" | grep -o '"external_ref":"APP-[12]"' | sort -u | wc -l)
[ "$codes" = 2 ]
ask() { curl --silent --show-error -o /dev/null -D - -H "Authorization: Bearer $small" "http://127.0.0.1:$port/api/v1/partner/reports"; }
ask >/dev/null
# The second request may fall into the next minute; the third cannot.
{ ask; ask; } | tr -d '\r' >"$work/over"
grep -q '^HTTP/1.1 429' "$work/over"
grep -qi '^retry-after: [0-9]' "$work/over"
echo 'the clients of examples/partner work'
