"""Widgets with real layout and no display: SDL's own offscreen driver, nothing is drawn.

A process has one window. It is the one that a door of the flows has, who may use it after us.
"""

import os
import tempfile
from pathlib import Path

from kiosk.ui.start import WindowSetup, prepare

os.environ.setdefault("SDL_VIDEODRIVER", "offscreen")
os.environ.setdefault("KIVY_GL_BACKEND", "mock")
prepare(WindowSetup(1280, 800, 256.1, Path(tempfile.mkdtemp(prefix="kivy-"))))
