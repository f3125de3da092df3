"""Three machines for the tests of this folder: ``deploy/test ha`` gives them a network of their own."""

import os
import re
import shutil
import socket
import tempfile
from pathlib import Path

import pytest

from tests.ha.three import Three

PROGRAMS = ("patroni", "etcd", "ip", "unshare", "setpriv")
KILLS = 20


@pytest.fixture(scope="session")
def kills():
    """How often a leader is killed: HA_KILLS, or as often as is promised."""
    return int(os.environ.get("HA_KILLS", KILLS))


@pytest.fixture
def three():
    if missing := [one for one in PROGRAMS if not shutil.which(one)]:
        pytest.skip(f"it needs {', '.join(missing)}: deploy/test ha installs them")
    if [name for _, name in socket.if_nameindex() if not re.fullmatch("lo|sit0|ip6tnl0", name)]:
        pytest.skip("it makes a network: only where there is none, by deploy/test ha")
    # Open to PostgreSQL's account, which pytest's own folders are not.
    home = Path(tempfile.mkdtemp(prefix="ha-", dir="/var/tmp"))
    home.chmod(0o755)
    made = Three(home)
    try:
        for one in made.machines:
            one.power_on()
        made.until(made.is_whole)
        yield made
    finally:
        made.close()
