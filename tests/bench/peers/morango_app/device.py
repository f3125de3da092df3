"""A device of Morango's: told by lines what to do, answers each with a line (tests/bench/peers/told.py)."""

import json
import os
import sys
import time

from morango.models import Filter
from morango.sync.controller import MorangoProfileController

from tests.bench.peers.morango_app.hub import PROFILE, joined, prepare
from tests.bench.peers.morango_app.models import Visit


class Device:
    """One database; the connection and the session with the server are made once, before any figure."""

    def __init__(self, server, certificate):
        prepare()
        self._hub = joined(certificate)
        self._session = None
        if server:
            connection = MorangoProfileController(PROFILE).create_network_connection(server)
            self._session = connection.create_sync_session(self._hub, self._hub)

    def fill(self, path, **_more):
        """Write documents, as one transaction."""
        with open(path, encoding="utf-8") as file:
            Visit.objects.bulk_create([self._visit(one) for one in json.load(file)])
        return {}

    def insert(self, document):
        """Write one document."""
        visit = self._visit(document)
        return {"s": timed_s(visit.save)}

    def push(self):
        """Send what is here."""
        return {"s": timed_s(self._pushes)}

    def pull(self):
        """Fetch what is there."""
        return {"s": timed_s(self._pulls), "holds": Visit.objects.count()}

    def nothing(self):
        """Sync both ways when there is nothing new."""
        return {"s": timed_s(lambda: (self._pushes(), self._pulls()))}

    def one(self, document):
        """Write one document and send it."""
        return {"s": timed_s(lambda: (self._visit(document).save(), self._pushes()))}

    def _visit(self, document):
        fields = {name: value for name, value in document.items() if name != "id"}
        visit = Visit(**fields | {"hub": self._hub.id})
        visit._morango_source_id = document["id"]
        visit.id = visit.calculate_uuid()
        return visit

    def _pushes(self):
        self._run(self._session.get_push_client())

    def _pulls(self):
        self._run(self._session.get_pull_client())

    def _run(self, client):
        client.initialize(Filter(self._hub.id))
        client.run()
        client.finalize()


def timed_s(job):
    """Return how long a job takes."""
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def run(server):
    """Do what the lines say until there are no more."""
    device = Device(server, json.loads(os.environ["MORANGO_CERTIFICATE"]))
    print("{}", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(getattr(device, asked.pop("do"))(**asked)), flush=True)
