#!/usr/bin/env bash
# The walk from the form to a confirmed answer in a real browser, on an empty PostgreSQL database of
# the cluster that LAPOR_TEST_POSTGRES_URL names.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

base=${LAPOR_TEST_POSTGRES_URL%/*}
name=lapor_e2e_$$
psql "$LAPOR_TEST_POSTGRES_URL" --quiet --command "create database $name template template0"
${XTASK:-cargo xtask} e2e --database-url "$base/$name" "$@"
psql "$LAPOR_TEST_POSTGRES_URL" --quiet --command "drop database $name with (force)"
