"""A client of Open311 that is not ours writes to and reads from a running server.

Usage: talk.py BASE_URL API_KEY ADMIN_TOKEN
"""
import json
import sys
import time
import urllib.request

from civicbot import Endpoint, HttpError, HttpTransport, Open311Client, ValidationError
from civicbot.http import RateLimiter

PLACE = "630000"
ROADS = "8"
OFFICE = 630003
TEXT = "Jalan di depan pasar berlubang dan tergenang."


def dispose(base: str, token: str, code: str) -> None:
    """Has a report verified, as the national admin does by the JSON API."""
    request = urllib.request.Request(
        f"{base}/api/v1/desk/reports/{code}/disposition",
        data=json.dumps({"to": OFFICE}).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    urllib.request.urlopen(request, timeout=20).read()


def until(what: str, ask):
    """Asks again until there is an answer: what a list is found by is written a moment after the report."""
    for _ in range(60):
        answer = ask()
        if answer:
            return answer
        time.sleep(0.5)
    raise SystemExit(f"nothing came: {what}")


def refused(status: int, ask) -> None:
    try:
        ask()
    except HttpError as error:
        assert error.status == status, error
        assert json.loads(error.body)[0]["code"] == status, error.body
        return
    raise SystemExit(f"not refused with {status}")


def main(base: str, key: str, admin: str) -> None:
    endpoint = Endpoint(id="lapor", name="Lapor", base_url=f"{base}/open311/v2", write=True)
    transport = HttpTransport(rate_limiter=RateLimiter(min_interval=0))
    client = Open311Client(endpoint, transport, jurisdiction_id=PLACE)

    services = client.list_services()
    assert any(service["service_code"] == ROADS and service["metadata"] for service in services), services
    definition = client.get_service_definition(ROADS)
    assert [one["order"] for one in definition["attributes"]] == [1, 2, 3, 4], definition

    def send(**more):
        return client.create_request(
            ROADS, dry_run=False, confirm="SEND", api_key=key, validate_remote=True, description=TEXT, **more
        ).response

    wanted = dict(lat=-3.44, lng=114.83, attributes={"happened_on": "2026-03-17", "anonymous": "no"})
    code = send(**wanted)[0]["service_request_id"]
    assert send(**wanted)[0]["service_request_id"] == code, "the same request twice"
    refused(404, lambda: client.get_request(code))
    refused(404, lambda: client.get_token(code))
    refused(403, lambda: client.create_request(ROADS, dry_run=False, confirm="SEND", api_key="x", address_string="A"))
    try:
        send(address_string="Pasar", attributes={"anonymous": "maybe"})
        raise SystemExit("a value that is not on the list was let through")
    except ValidationError:
        pass

    dispose(base, admin, code)
    shown = until("the request", lambda: client.get_request(code))
    assert (shown["status"], shown["service_code"], shown["description"]) == ("open", ROADS, TEXT), shown
    assert client.get_token(code)[0]["service_request_id"] == code
    listed = until("the list", lambda: client.list_requests(service_code=ROADS, status="open", page_size=10))
    assert [one["service_request_id"] for one in listed] == [code], listed
    assert client.list_requests(status="closed") == []
    assert client.list_requests(service_request_ids=[code])[0]["service_request_id"] == code
    print("civicbot: written and read")


if __name__ == "__main__":
    main(*sys.argv[1:])
