"""Every table there is: whoever needs all of them asks here, so that no module of them is missed."""

from __future__ import annotations

from sync.server.database import calendars, passkey_tables
from sync.server.database.models import Base

METADATA = Base.metadata
MODULES = (calendars, passkey_tables)
"""What adds tables to those of ``models.py``."""
