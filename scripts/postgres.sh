#!/usr/bin/env bash
# A throw-away PostgreSQL cluster for tests and trials. It never touches a cluster of the system.
#
#   scripts/postgres.sh start   start it (create it first if need be) and print its URL
#   scripts/postgres.sh url     print the URL of the running cluster
#   scripts/postgres.sh stop    stop it and delete its data
#
# LAPOR_PG_DIR   folder of the cluster (default: target/postgres)
# LAPOR_PG_PORT  first port to try on 127.0.0.1 (default: 17080)
# LAPOR_PG_FSYNC off, where nothing but programs is killed (default: on, as in service)
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dir=${LAPOR_PG_DIR:-$root/target/postgres}
first_port=${LAPOR_PG_PORT:-17080}
state=$dir/state

say() { echo "postgres.sh: $*" >&2; }

newest_bin() {
    local found
    found=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
    [ -n "$found" ] && [ -x "$found/initdb" ] && echo "$found"
}

install_binaries() {
    newest_bin >/dev/null && return
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        say "PostgreSQL is not installed. On Debian: sudo apt-get install postgresql"
        exit 1
    fi
    say "installing PostgreSQL"
    # Debian would otherwise create and start a cluster of its own.
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        mkdir -p /etc/postgresql-common
        echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
    fi
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o Dpkg::Options::=--force-confold postgresql >&2 </dev/null
}

# initdb and postgres refuse to run as root.
as_owner() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && runuser -u postgres -- "$@")
    else
        (cd / && "$@")
    fi
}

load_state() {
    data= port=
    [ -f "$state" ] || return 1
    # shellcheck disable=SC1090
    . "$state"
}

running() { load_state && [ -f "$data/postmaster.pid" ] && as_owner "$bin/pg_ctl" -D "$data" status >/dev/null 2>&1; }

url() { echo "postgres://postgres@127.0.0.1:$port/postgres"; }

free_port() {
    local candidate=$1
    while (exec 3<>"/dev/tcp/127.0.0.1/$candidate") 2>/dev/null; do
        candidate=$((candidate + 1))
    done
    echo "$candidate"
}

# The owner must be able to walk down to the data, and a socket path has at most 107 characters.
choose_home() {
    mkdir -p "$dir"
    home=$dir/cluster
    if [ "${#home}" -gt 80 ] || { [ "$(id -u)" = 0 ] && ! as_owner test -x "$dir"; }; then
        home=$(mktemp -d /tmp/lapor-pg.XXXXXX)
    fi
    rm -rf "$home"
    mkdir -p "$home"
    chmod 700 "$home"
    if [ "$(id -u)" = 0 ]; then chown postgres: "$home"; fi
}

create() {
    choose_home
    data=$home/data
    as_owner "$bin/initdb" -D "$data" -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 >"$dir/initdb.log" 2>&1 ||
        { cat "$dir/initdb.log" >&2; exit 1; }
    as_owner tee -a "$data/postgresql.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$home'
max_connections = 200
shared_buffers = 256MB
max_wal_size = 2GB
fsync = ${LAPOR_PG_FSYNC:-on}
synchronous_commit = on
jit = off
timezone = 'UTC'
CONF
}

start() {
    if running; then url; return; fi
    if ! { load_state && [ -f "$data/PG_VERSION" ]; }; then create; fi
    local attempt next=$first_port log=${data%/data}/postgres.log
    for attempt in 1 2 3 4 5 6 7 8; do
        port=$(free_port "$next")
        if as_owner "$bin/pg_ctl" -D "$data" -l "$log" -w -t 60 -o "-p $port" start >/dev/null 2>&1 </dev/null; then
            printf 'data=%q\nport=%q\n' "$data" "$port" >"$state"
            url
            return
        fi
        next=$((port + 1))
    done
    say "PostgreSQL did not start; its log:"
    as_owner tail -n 20 "$log" >&2 || true
    exit 1
}

stop() {
    load_state || return 0
    if running; then as_owner "$bin/pg_ctl" -D "$data" -m immediate -w stop >/dev/null 2>&1 || true; fi
    rm -rf "${data%/data}" "$state"
}

case ${1:-} in
    start) install_binaries; bin=$(newest_bin); start ;;
    url) bin=$(newest_bin); running && url || { say "not running"; exit 1; } ;;
    stop) bin=$(newest_bin) || exit 0; stop ;;
    *) sed -n '2,10s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac
