"""A notice that one volunteer put up, and another one to change it."""

import pytest

from tests.sync.server.web.activity.doings import links


@pytest.fixture
def volunteer(door, another):
    return another().joins("volunteer", name="Tomás Herrero")


@pytest.fixture
def other(volunteer, another):
    return another().joins("volunteer", name="Ana Gil")


@pytest.fixture
def soup(volunteer):
    """A notice that Tomás put up."""
    volunteer.get("/notices/new")
    volunteer.send("/notices", title__en="Soup on Friday", body__en="At one")
    volunteer.get("/notices")
    return next(one for one in links(volunteer) if one.startswith("/notices/") and "new" not in one)
