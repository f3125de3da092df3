"""``python -m sync.server.description``: print the document, as docs/openapi.json keeps it."""

import sys

from sync.server.description import as_text

sys.stdout.write(as_text())
