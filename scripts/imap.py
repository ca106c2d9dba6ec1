#!/usr/bin/env python3
"""A mailbox for tests, on the Debian package dovecot-imapd.

    scripts/imap.py FOLDER [CERTIFICATE KEY]

Prints its port and serves IMAP there to the user `lapor` with the password `rahasia`, until it is stopped: in the clear,
and with a certificate by STARTTLS too, and by TLS at a second port that is printed then. What is put into FOLDER/mail/new, a Maildir, is a new letter.
"""

import grp
import os
import pathlib
import pwd
import socket
import sys
import time

CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
{tls}
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
mail_location = maildir:{folder}/mail
mailbox_list_index = no
passdb {{
  driver = static
  args = password=rahasia
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {secure}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  mailbox Selesai {{
    auto = create
  }}
}}
"""


def account():
    """Who owns the letters: root may not."""
    if os.getuid() != 0:
        me = pwd.getpwuid(os.getuid())
        return me.pw_name, me.pw_name, me.pw_uid, me.pw_gid
    return "dovecot", "dovenull", pwd.getpwnam("nobody").pw_uid, grp.getgrnam("nogroup").gr_gid


def free():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    port, secure, tls = free(), 0, "ssl = no"
    if len(sys.argv) > 2:
        certificate, key = (pathlib.Path(name).resolve() for name in sys.argv[2:4])
        secure, tls = free(), f"ssl = yes\nssl_cert = <{certificate}\nssl_key = <{key}"
    user, login, uid, gid = account()
    for name in ["home", "state", "mail", "mail/new", "mail/cur", "mail/tmp"]:
        (folder / name).mkdir(parents=True, exist_ok=True)
    if os.getuid() == 0:
        for name in ["home", "mail", "mail/new", "mail/cur", "mail/tmp"]:
            os.chown(folder / name, uid, gid)
        # Whoever puts a letter in may be somebody else.
        for name in ["mail/new", "mail/tmp"]:
            os.chmod(folder / name, 0o777)
    names = dict(folder=folder, port=port, secure=secure, tls=tls, user=user, login=login, uid=uid, gid=gid)
    names["group"] = grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name
    config = folder / "dovecot.conf"
    config.write_text(CONFIG.format(**names))
    watcher = os.fork()
    if watcher == 0:
        # Nobody's child, so that the server does not wonder whose it is.
        if os.fork() == 0:
            tell(port, secure)
        os._exit(0)
    os.waitpid(watcher, 0)
    # In the place of this process, so that whoever stops it stops the server.
    os.environ["PATH"] += ":/usr/sbin"
    os.execvp("dovecot", ["dovecot", "-F", "-c", str(config)])


def tell(port, secure):
    """Waits until somebody answers at the port, and prints both."""
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 0.1).close()
            print(port, secure, flush=True)
            return
        except OSError:
            time.sleep(0.1)
    print("dovecot does not answer; see FOLDER/log", flush=True)


if __name__ == "__main__":
    main()
