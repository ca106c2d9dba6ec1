#!/usr/bin/env python3
"""Brings a letter as a mail server would, by LMTP; the letter comes from standard input.

    scripts/lmtp.py PORT|SOCKET FROM TO...

Prints what is answered at the end, e.g. `250`.
"""

import smtplib
import sys

place, sender, *recipients = sys.argv[1:]
server = smtplib.LMTP("127.0.0.1", int(place)) if place.isdigit() else smtplib.LMTP(place)
try:
    refused = server.sendmail(sender, recipients, sys.stdin.buffer.read())
    print(250 if not refused else sorted(code for code, _ in refused.values())[0])
except smtplib.SMTPRecipientsRefused as error:
    print(sorted(code for code, _ in error.recipients.values())[0])
except smtplib.SMTPResponseException as error:
    print(error.smtp_code)
