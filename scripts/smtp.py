#!/usr/bin/env python3
"""A mail server for tests, on the Debian package python3-aiosmtpd.

    scripts/smtp.py FOLDER [CERTIFICATE KEY]

Prints its port and keeps each letter that it takes as a file in FOLDER; with a certificate only after STARTTLS. Some addresses misbehave:
`sibuk@` is told to come back twice, `hilang@` does not exist, `lambat@` is answered only after ten
seconds, with the letter long since taken.
"""

import asyncio
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP


class Keeper:
    def __init__(self, folder):
        self.folder = folder
        self.taken = 0
        self.refused = {}

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "hilang":
            return f"550 5.1.1 <{address}> nobody of that name"
        if name == "sibuk" and self.refused.get(address, 0) < 2:
            self.refused[address] = self.refused.get(address, 0) + 1
            return "450 4.2.1 busy, come back"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        self.taken += 1
        part = self.folder / f"{self.taken:03}.part"
        part.write_bytes(envelope.content)
        part.rename(self.folder / f"{self.taken:03}.eml")
        if any(address.startswith("lambat@") for address in envelope.rcpt_tos):
            await asyncio.sleep(10)
        return "250 2.0.0 taken"


def protection(files):
    if not files:
        return {}
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*files)
    return {"tls_context": context, "require_starttls": True}


async def serve(folder, files):
    keeper, protected = Keeper(folder), protection(files)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(keeper, enable_SMTPUTF8=True, hostname="surel.contoh.id", **protected), "127.0.0.1", 0
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(serve(folder, sys.argv[2:4]))
