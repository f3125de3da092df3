"""What Django wants to know of the app."""

from django.apps import AppConfig


class Visits(AppConfig):
    """One kind of record."""

    name = "tests.bench.peers.morango_app"
    label = "visits"
