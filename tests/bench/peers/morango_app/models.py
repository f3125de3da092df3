"""A visit as Morango's users would write one: a model with its fields, in the hub's partition."""

from django.db import models
from morango.models import SyncableModel


class Visit(SyncableModel):
    """One visit."""

    morango_model_name = "visit"
    morango_profile = "bench"

    hub = models.CharField(max_length=32)
    how = models.CharField(max_length=20)
    made_at = models.CharField(max_length=30)
    made_on = models.CharField(max_length=8)
    name = models.CharField(max_length=80)
    came_at = models.CharField(max_length=30)
    reason = models.CharField(max_length=20)
    tag = models.CharField(max_length=20)

    def calculate_source_id(self, *_args):
        """Return nothing: it is given with the document."""

    def calculate_partition(self, *_args):
        """Return whose it is."""
        return f"{self.hub}:visit"
