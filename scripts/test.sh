#!/usr/bin/env bash
# Everything that has to pass before a change is taken: style, rules of the house, sentences,
# the tests of every crate on both engines, and the stories in a real browser.
#
# On Debian, as root, it installs what is absent. Otherwise it says what is missing.
# LAPOR_E2E=0 leaves the browser out.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="$HOME/.cargo/bin:$PATH"
export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-never}
# What nobody steps through needs no line tables, and what is built once no increments.
if [ -n "${CI:-}" ]; then export CARGO_INCREMENTAL=0 CARGO_PROFILE_DEV_DEBUG=none; fi
# Stories wait for disks and other programs more than half of their time.
export RUST_TEST_THREADS=${RUST_TEST_THREADS:-$(($(nproc) * 2))}

work=$(mktemp -d /tmp/lapor-test.XXXXXX)
chmod 755 "$work"
export LAPOR_PG_DIR=$work/postgres
log=$work/log

clean_up() {
    local status=$?
    trap - EXIT
    scripts/postgres.sh stop || true
    rm -rf "$work"
    exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

missing_programs() {
    local missing=()
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
    /usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null || missing+=(python3-aiosmtpd)
    [ -x /usr/sbin/bearerbox ] || missing+=(kannel)
    [ -x /usr/sbin/dovecot ] && [ -x /usr/lib/dovecot/imap ] || missing+=(dovecot-imapd)
    /usr/bin/python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
    command -v curl >/dev/null || missing+=(curl)
    command -v node >/dev/null || missing+=(nodejs)
    command -v npm >/dev/null || missing+=(npm)
    command -v pdftotext >/dev/null || missing+=(poppler-utils)
    if [ "${LAPOR_E2E:-1}" != 0 ]; then
        command -v chromium >/dev/null || missing+=(chromium fonts-liberation)
        command -v chromedriver >/dev/null || missing+=(chromium-driver)
    fi
    echo "${missing[*]}"
}

install() {
    [ $# -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "missing: $*; on Debian: sudo apt-get install $*" >&2
        return 1
    fi
    echo "installing $*"
    # Debian would otherwise create and start a PostgreSQL cluster of its own.
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        mkdir -p /etc/postgresql-common
        echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o Dpkg::Options::=--force-confold "$@" </dev/null >"$work/apt.log" 2>&1 ||
        { cat "$work/apt.log"; return 1; }
}

failed_steps=()

step() {
    local name=$1 begin=$SECONDS
    shift
    echo "== $name"
    if "$@" </dev/null 2>&1 | tee -a "$log"; then
        echo "== $name: passed in $((SECONDS - begin)) s"
    else
        failed_steps+=("$name")
        echo "== $name: FAILED after $((SECONDS - begin)) s"
    fi
}

# Sums one column of every line `test result: … N passed; M failed; …`.
sum() { awk -v word="$1" '/^test result:/ { for (i = 2; i <= NF; i++) if ($i ~ "^" word ";?$") n += $(i - 1) } END { print n + 0 }' "$log"; }

command -v cargo >/dev/null || { echo "Rust is missing: https://rustup.rs" >&2; exit 1; }
command -v cc >/dev/null || install build-essential
# What the tests need comes while the compiler works.
read -ra programs < <(missing_programs)
install "${programs[@]}" &
installing=$!
touch "$log"

step fmt cargo fmt --all --check
# One build checks and makes all that the later steps run: clippy takes the compiler's place for our own crates, and
# no warning is let through.
export RUSTC_WORKSPACE_WRAPPER=clippy-driver RUSTFLAGS=-Dwarnings
step build cargo build --locked --workspace --all-targets
wait "$installing"
# Tests kill programs and no machine: what the kernel was given is kept.
LAPOR_TEST_POSTGRES_URL=$(LAPOR_PG_FSYNC=off scripts/postgres.sh start)
export LAPOR_TEST_POSTGRES_URL
built=${CARGO_TARGET_DIR:-target}/debug
export XTASK=$built/xtask
step tidy "$XTASK" tidy
step i18n "$XTASK" i18n
# Licences and sources of what we depend on; `cargo install cargo-deny` takes longer than all tests together.
if cargo deny --version >/dev/null 2>&1; then step deny cargo deny check licenses bans sources; fi
step tests cargo test --locked --workspace --no-fail-fast
step civicbot timeout 300 scripts/civicbot.sh "$built/lapor"
step kannel timeout 180 scripts/kannel.sh "$built/lapor"
step partner timeout 120 scripts/partner.sh "$built/lapor"
if [ "${LAPOR_E2E:-1}" != 0 ]; then
    step e2e timeout 900 "$XTASK" e2e --binary "$built/lapor"
    step e2e-postgres timeout 600 scripts/e2e-postgres.sh --binary "$built/lapor"
fi

passed=$(sum passed)
failed=$(sum failed)
echo
if [ ${#failed_steps[@]} -gt 0 ]; then
    echo "failed: ${failed_steps[*]}"
    # A step that fails without a failed test (style, a build that breaks) counts as one.
    [ "$failed" -gt 0 ] || failed=${#failed_steps[@]}
fi
echo "$passed passed, $failed failed"
[ ${#failed_steps[@]} -eq 0 ] && [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
