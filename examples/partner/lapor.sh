#!/usr/bin/env bash
# Brings a report in for a person, and follows it: lapor.sh NUMBER-IN-YOUR-BOOKS [PHOTO]
# Needs LAPOR (e.g. https://lapor.example) and LAPOR_TOKEN.
set -euo pipefail
number=$1 photo=${2:-}
api=$LAPOR/api/v1/partner/reports

# --fail-with-body: an error is a problem document (RFC 9457); --retry waits for what `Retry-After` says, also after 429.
call() { curl --silent --show-error --fail-with-body --retry 3 -H "Authorization: Bearer $LAPOR_TOKEN" "$@"; echo; }
field() { grep -o "\"$1\":\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4; }

report=$(printf '{"external_ref": "%s", "class": "complaint", "region": "63.72",
  "body": "Jalan di depan pasar berlubang dan tergenang sejak bulan lalu.",
  "name": "Warga Contoh", "phone": "081200000000", "consent": true}' "$number")

# The same number with the same content is the same report, however often it is sent.
receipt=$(call -H 'Content-Type: application/json' -d "$report" "$api")
again=$(call -H 'Content-Type: application/json' -d "$report" "$api")
code=$(field code <<<"$receipt")
[ "$code" = "$(field code <<<"$again")" ]
echo "number $code, PIN $(field pin <<<"$receipt"), verified by $(field verification_due <<<"$receipt")"

if [ -n "$photo" ]; then
    call -H "Idempotency-Key: foto-$number" -F "file=@$photo" "$api/$code/attachments" | field name
fi

call "$api/$code" | field stage
call --get --data-urlencode "external_ref=$number" "$api" | field code
# Keep `next`: with it the following call brings only what changed since.
echo "next $(call "$api?limit=200" | field next)"
