"""``python -m kiosk``: see ``python -m kiosk --help``."""

import sys

from kiosk.cli import main

sys.exit(main())
