#!/usr/bin/env bash
# People behind Debian's Kannel write to a server on an empty database of its own, and read its answers: an SMPP stack that is
# not ours on the other side of a centre that is not ours either (npm `smpp`). Kannel is a customer of centres, as Lapor is, and
# no centre itself; so the centre stands between the two.
#
# Usage: scripts/kannel.sh [BINARY]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

binary=$(realpath "${1:-target/debug/lapor}")
source scripts/server.sh kannel

free() { /usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

[ -d scripts/sms-centre/node_modules ] || (cd scripts/sms-centre && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error)
node scripts/sms-centre/switch.mjs >"$work/ports" &
started+=($!)
for _ in $(seq 100); do if [ -s "$work/ports" ]; then break; fi; sleep 0.1; done
read -r smpp control <"$work/ports"

admin=$(free) box=$(free) send=$(free) metrics=$(free)
sed -e "s/@smpp@/$smpp/; s/@control@/$control/; s/@admin@/$admin/; s/@box@/$box/; s/@send@/$send/; s|@work@|$work|" \
    scripts/kannel/kannel.conf.in >"$work/kannel.conf"
/usr/sbin/bearerbox -v 4 "$work/kannel.conf" >"$work/bearerbox" 2>&1 &
started+=($!)
sleep 1
/usr/sbin/smsbox -v 4 "$work/kannel.conf" >"$work/smsbox" 2>&1 &
started+=($!)

echo rahasia >"$work/password"
export LAPOR_SMS_LINE="[{name=\"satu\",host=\"127.0.0.1\",port=$smpp,system_id=\"lapor\",password_file=\"$work/password\"}]"
start_server "$binary" "$metrics"

export KANNEL_SEND=http://127.0.0.1:$send KANNEL_CONTROL=http://127.0.0.1:$control KANNEL_LAPOR=http://127.0.0.1:$port
export KANNEL_METRICS=http://127.0.0.1:$metrics/metrics KANNEL_SERVER=$server KANNEL_BINARY=$binary KANNEL_LOG=$work/log
# The talk starts the server once more; what it does with our variables is Lapor's to read.
env -C "$work" /usr/bin/python3 "$PWD/scripts/kannel/talk.py" || { tail -n 20 "$work"/{log,bearerbox.log,smsbox.log}; exit 1; }
server=
echo 'Kannel and Lapor understand each other'
