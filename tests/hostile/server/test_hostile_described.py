"""What the description allows, and what it does not: the server answers as it says that it does."""

import pytest
import schemathesis
from hypothesis import given
from schemathesis import GenerationMode, checks
from schemathesis.specs.openapi import checks as described

from sync.server.description import document

pytestmark = pytest.mark.slow
OPERATIONS = {
    found.ok().label: found.ok()
    for found in schemathesis.openapi.from_dict(document()).get_all_operations()
}
AS_IT_SAYS = [
    checks.not_a_server_error,
    described.status_code_conformance,
    described.content_type_conformance,
    described.response_headers_conformance,
    described.response_schema_conformance,
]


CAN_BE_WRONG = [
    "POST /v1/sync",
    "GET /v1/wait",
    "POST /v1/device/token",
    "PUT /v1/files/{name}",
    "GET /v1/files/{name}",
]
"""The others take nothing, or any text."""


@pytest.mark.parametrize(
    ("label", "mode"),
    [(label, GenerationMode.POSITIVE) for label in OPERATIONS]
    + [(label, GenerationMode.NEGATIVE) for label in CAN_BE_WRONG],
)
def test_every_answer_is_one_that_is_described(served, fuzz, label, mode):
    device = served.device()

    @fuzz
    @given(case=OPERATIONS[label].as_strategy(generation_mode=mode))
    def every(case):
        case.call_and_validate(
            base_url=served.address,
            session=served.http,
            headers={"Authorization": f"Bearer {device.token}"},
            checks=AS_IT_SAYS,
            timeout=30,
        )

    every()
