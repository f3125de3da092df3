"""The hub that both sides belong to: who may sync what, by one certificate that both hold."""

from django.core.management import call_command
from morango.models import Certificate, ScopeDefinition
from morango.models.fields.crypto import PrivateKeyField

PROFILE, SCOPE = "bench", "hub"


def prepare():
    """Make the tables, and say what a certificate of this hub allows."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    everything = {"read_filter_template": "", "write_filter_template": ""}
    ScopeDefinition.objects.get_or_create(
        id=SCOPE,
        profile=PROFILE,
        version=1,
        primary_scope_param_key="hub",
        read_write_filter_template="${hub}",
        **everything,
    )


def founded():
    """Return a new hub's certificate, with its private key, as JSON can carry it."""
    one = Certificate.generate_root_certificate(SCOPE)
    key = PrivateKeyField().get_prep_value(one.private_key)
    return {"serialized": one.serialized, "signature": one.signature, "key": key}


def joined(told):
    """Keep a certificate that was made elsewhere, and return it."""
    one = Certificate.deserialize(told["serialized"], told["signature"])
    one.private_key = PrivateKeyField().to_python(told["key"])
    one.save()
    return one
