"""People write to 1708 behind Kannel, and read what comes back; see scripts/kannel.sh."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request

PATIENCE = 60
SEND = os.environ["KANNEL_SEND"]
CONTROL = os.environ["KANNEL_CONTROL"]
LAPOR = os.environ["KANNEL_LAPOR"]


def get(url, headers=None):
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {}), timeout=10) as answer:
        return answer.read().decode()


def write(number, text, unicode=False):
    """Somebody writes; Kannel cuts what is long, and asks for a receipt."""
    asked = {
        "username": "orang", "password": "rahasia", "from": number, "to": "1708", "text": text, "charset": "UTF-8",
        "dlr-mask": 3, "dlr-url": f"{CONTROL}/receipt?from={number}&kind=%d",
    }
    if unicode:
        asked["coding"] = 2
    return get(f"{SEND}/cgi-bin/sendsms?{urllib.parse.urlencode(asked)}")


def seen():
    return json.loads(get(f"{CONTROL}/all"))


def until(what, look):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.2)
    sys.exit(f"waited in vain until {what}: {seen()}")


def heard(number, count=1):
    """The texts that somebody's telephone got."""
    texts = lambda: [one["text"] for one in seen()["heard"] if one.get("to", "").strip(" +") == number]
    return until(f"{number} has {count} messages", lambda: texts() if len(texts()) >= count else None)


def report(text):
    """Number and PIN out of a receipt, and the report as its reporter sees it."""
    words = "".join(c if c.isdigit() else " " for c in text).split()
    code = next(word for word in words if len(word) == 10)
    pin = next(word for word in words if len(word) == 6)
    return code, json.loads(get(f"{LAPOR}/api/v1/reports/{code}", {"X-Report-Pin": pin}))


def main():
    siti, budi, ani = "6281100000001", "6281100000002", "6281100000003"
    until("both are connected to the centre", lambda: sorted(seen()["up"]) == ["lapor", "telepon"])

    plain = "Lampu jalan di Kota Banjarbaru padam sejak kemarin malam"
    write(siti, plain)
    code, view = report(heard(siti)[0])
    assert view["body"] == plain and view["channel"] == "sms", view
    print("a message arrived, and the answer with number and PIN came back")

    long = "Jalan di Kota Banjarbaru berlubang besar – dan tergenang “air” ☺ tiap hujan. " * 3
    long = long.strip()
    write(budi, long, unicode=True)
    _, view = report(heard(budi)[0])
    assert view["body"] == long, view["body"]
    print("a long message in Unicode was put together letter by letter")

    write(siti, f"STATUS {code}")
    assert code in heard(siti, 2)[1]
    until("Kannel has its receipts", lambda: len([one for one in seen()["receipts"] if one["kind"] == "1"]) >= 3)
    figures = lambda: get(os.environ["KANNEL_METRICS"])
    until("our receipts are in", lambda: 'lapor_sms_receipts_total{outcome="delivered"} ' in figures())
    print("delivery receipts went both ways")

    os.kill(int(os.environ["KANNEL_SERVER"]), signal.SIGKILL)
    until("the line is down", lambda: seen()["up"] == ["telepon"])
    write(ani, "Jembatan bambu di Kota Banjarbaru lapuk dan berbahaya")
    with open(os.environ["KANNEL_LOG"], "a") as log:
        again = subprocess.Popen([os.environ["KANNEL_BINARY"], "serve"], stdout=log, stderr=subprocess.STDOUT)
    try:
        _, view = report(heard(ani)[0])
        assert view["body"].startswith("Jembatan bambu"), view
    finally:
        again.kill()
    print("what was written while the server was gone came after it was back")


main()
