"""The interface is described as it is: a client can be written from the document alone."""

import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from litestar.testing import TestClient

from sync import protocol
from sync.server.app import ROUTES, make_app
from sync.server.description import as_text, document
from sync.server.description.schemas import SCHEMAS

KEPT = Path(__file__).parents[3] / "docs" / "openapi.json"
OPERATIONS = {
    (method.upper(), path): operation
    for path, methods in document()["paths"].items()
    for method, operation in methods.items()
}


def parts(schema):
    """Every schema within a schema that a client has to understand."""
    yield schema
    for inner in (*schema.get("oneOf", ()), *schema.get("properties", {}).values()):
        yield from parts(inner)


def test_the_copy_in_the_documentation_is_what_the_server_serves():
    assert KEPT.read_text("utf-8") == as_text(), (
        "python -m sync.server.description > docs/openapi.json"
    )


def test_the_server_serves_it(village):
    with TestClient(make_app(village.service)) as client:
        said = client.get("/v1/openapi/openapi.json")
    assert (said.text, said.headers["content-type"]) == (as_text(), "application/json")


def test_every_call_is_described_and_no_other():
    served = {
        (method, re.sub(r":str", "", path))
        for route in ROUTES
        for path in route.paths
        for method in route.http_methods
    }
    assert served == OPERATIONS.keys()


@pytest.mark.parametrize(
    "cls",
    [protocol.SyncAsk, protocol.SyncAnswer, protocol.Refusal, protocol.Woken, protocol.Problem],
)
def test_every_field_of_a_message_is_described(cls):
    schema = SCHEMAS[cls.__name__]
    known = {one.name: one.required for one in msgspec.structs.fields(cls)}
    assert schema["properties"].keys() == known.keys()
    assert set(schema["required"]) == {name for name, is_required in known.items() if is_required}


def test_the_word_is_described_in_its_order():
    names = [one.name for one in msgspec.structs.fields(protocol.Word)]
    said = [part["description"].partition(":")[0] for part in SCHEMAS["Word"]["prefixItems"]]
    assert said == names


def test_every_problem_has_its_name_under_its_status():
    said = OPERATIONS["POST", "/v1/sync"]["responses"]
    for name, status in protocol.STATUS.items():
        assert name in said[str(status)]["description"]


def test_every_reason_of_a_refusal_is_explained():
    about = SCHEMAS["Refusal"]["properties"]["reason"]["description"]
    assert all(f"{reason}:" in about for reason in get_args(protocol.RefusalReason))


def test_every_answer_says_what_it_means():
    for operation in OPERATIONS.values():
        assert all(answer["description"] for answer in operation["responses"].values())


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_field_is_explained_or_bounded(name):
    told = {"description", "pattern", "enum", "const", "$ref"}
    fields = (one for part in parts(SCHEMAS[name]) for one in part.get("properties", {}).items())
    assert [field for field, schema in fields if not told & schema.keys()] == []
