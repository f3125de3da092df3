"""Either side of Morango; runs on the Python that has it (tests/bench/peers/installs.py).

    MORANGO_DB=server.db python -m tests.bench.peers.morango_app serve PORT
    MORANGO_DB=device.db MORANGO_CERTIFICATE=... python -m tests.bench.peers.morango_app device URL

An empty URL: a device that only writes.
"""

import importlib
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.peers.morango_app.settings"
django.setup()
side, about = sys.argv[1:]
importlib.import_module(f"tests.bench.peers.morango_app.{side}").run(about)
