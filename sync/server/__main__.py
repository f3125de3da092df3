"""``python -m sync.server``: see ``python -m sync.server --help``."""

import sys

from sync.server.cli import main

sys.exit(main())
