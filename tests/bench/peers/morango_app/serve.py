"""Morango's server: Django behind cheroot, which is what Kolibri runs it with."""

import json

from cheroot.wsgi import Server
from django.core.wsgi import get_wsgi_application

from tests.bench.peers.morango_app.hub import founded, prepare


def run(port):
    """Answer until the process is ended; the first line it prints is its hub's certificate."""
    prepare()
    server = Server(("127.0.0.1", int(port)), get_wsgi_application())
    server.prepare()
    print(json.dumps(founded()), flush=True)
    server.serve()
