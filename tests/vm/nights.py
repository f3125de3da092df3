"""What a night's update needs around a machine: the hour, and a web server that it trusts."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.vm.booted import Booted, until

AT_NIGHT = 3
ZONES = Path("/usr/share/zoneinfo/Etc")
SERVES = """
import http.server, ssl
served = http.server.ThreadingHTTPServer(("127.0.0.1", 443), http.server.SimpleHTTPRequestHandler)
speaks = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
speaks.load_cert_chain("/srv/web.crt", "/srv/web.key")
served.socket = speaks.wrap_socket(served.socket, server_side=True)
served.serve_forever()
"""


def it_is_night(machine: Booted) -> None:
    """Have the machine stand where it is three o'clock at night."""
    ahead = (AT_NIGHT - datetime.now(UTC).hour + 12) % 24 - 12
    zone = ZONES / f"GMT{-ahead:+d}"  # these are named the other way round
    there = machine.root / "etc" / "localtime"
    there.unlink(missing_ok=True)
    shutil.copy(zone, there)


@contextmanager
def a_web_server(machine: Booted, folder: Path) -> Iterator[None]:
    """Show a folder by https on the machine itself, and have updates be looked for there."""
    there = machine.root / "srv"
    shutil.copytree(folder, there / "web", ignore=shutil.ignore_patterns("unpacked"))
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    made += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    made += ["-keyout", str(there / "web.key"), "-out", str(there / "web.crt")]
    subprocess.run(made, check=True, capture_output=True)
    trusted = machine.root / "usr/local/share/ca-certificates"
    trusted.mkdir(parents=True, exist_ok=True)
    shutil.copy(there / "web.crt", trusted)
    machine.run("update-ca-certificates")
    (there / "web.py").write_text(SERVES)
    (machine.root / "etc/kiosk/updates.url").write_text("https://localhost/\n")
    serving = machine.begin("cd /srv/web && exec python3 /srv/web.py")
    try:
        until(lambda: machine.says(LISTENS), 20, "the web server listens")
        yield
    finally:
        serving.terminate()
        serving.wait()


LISTENS = "ss --listening --tcp --no-header 'sport = :443' | grep LISTEN"
