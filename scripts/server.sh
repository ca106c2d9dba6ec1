# For scripts that try a client: a folder `$work` and a server on an empty database of its own, both gone afterwards.
#
#   source scripts/server.sh NAME; start_server BINARY [METRICS-PORT]     then it listens on 127.0.0.1:$port
work=$(mktemp -d "/tmp/lapor-$1.XXXXXX")
server=
# Processes beside the server that end with the script.
started=()
clean_up() {
    local status=$?
    trap - EXIT
    if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
    if [ ${#started[@]} -gt 0 ]; then kill "${started[@]}" 2>/dev/null || true; fi
    rm -rf "$work"
    exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

start_server() {
    port=$(/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    export LAPOR_DATA_DIR=$work/data LAPOR_LISTEN=127.0.0.1:$port LAPOR_METRICS_LISTEN=127.0.0.1:${2:-0}
    unset LAPOR_DATABASE_URL
    "$1" serve >"$work/log" 2>&1 &
    server=$!
    for _ in $(seq 120); do
        if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
        kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
        sleep 0.5
    done
}
