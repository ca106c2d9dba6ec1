#!/usr/bin/env python3
"""Brings a report in for a person, and follows it: lapor.py NUMBER-IN-YOUR-BOOKS [PHOTO]

Needs LAPOR (e.g. https://lapor.example) and LAPOR_TOKEN.
"""
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

API = os.environ["LAPOR"] + "/api/v1/partner/reports"
TOKEN = os.environ["LAPOR_TOKEN"]


def call(path="", body=None, headers=None, tries=4):
    """One request; waits where the server says so, and tells a problem document (RFC 9457) as an error."""
    request = urllib.request.Request(API + path, data=body, headers={"Authorization": f"Bearer {TOKEN}", **(headers or {})})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code in (429, 503) and tries > 1:
            time.sleep(int(error.headers.get("Retry-After", "2")))
            return call(path, body, headers, tries - 1)
        problem = json.load(error)
        fields = "".join(f"\n  {slip['field']}: {slip['message']}" for slip in problem.get("errors", []))
        sys.exit(f"{problem['status']} {problem['code']}: {problem['detail']}{fields}")


def main(number, photo=None):
    report = {
        "external_ref": number, "class": "complaint", "region": "63.72",
        "body": "Jalan di depan pasar berlubang dan tergenang sejak bulan lalu.",
        "name": "Warga Contoh", "phone": "081200000000", "consent": True,
    }
    # The same number with the same content is the same report, however often it is sent.
    json_body, as_json = json.dumps(report).encode(), {"Content-Type": "application/json"}
    receipt, again = call(body=json_body, headers=as_json), call(body=json_body, headers=as_json)
    assert receipt["code"] == again["code"]
    print(f"number {receipt['code']}, PIN {receipt['pin']}, verified by {receipt['verification_due']}")

    if photo:
        name = {"X-File-Name": urllib.parse.quote(os.path.basename(photo)), "Idempotency-Key": f"foto-{number}"}
        with open(photo, "rb") as file:
            kind = {"Content-Type": "application/octet-stream"}
            print(call(f"/{receipt['code']}/attachments", file.read(), {**name, **kind})["name"])

    print(call(f"/{receipt['code']}")["standing"]["stage"])
    found = call("?" + urllib.parse.urlencode({"external_ref": number}))["items"]
    assert [one["code"] for one in found] == [receipt["code"]]
    # Keep `next`: with it the following call brings only what changed since.
    page = call("?limit=200")
    while page["more"]:
        page = call("?" + urllib.parse.urlencode({"since": page["next"], "limit": 200}))
    print("next", page["next"])


if __name__ == "__main__":
    main(*sys.argv[1:])
