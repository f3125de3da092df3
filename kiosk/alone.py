"""A kiosk without a server: nothing of the network is even loaded, which takes 8 MB."""

from __future__ import annotations

from kiosk.ui.around import NoServer


class Alone(NoServer):
    """A kiosk that was told of no server: nothing begins, nothing ends."""

    def start(self) -> None:
        """Nothing to start."""

    def close(self) -> None:
        """Nothing to end."""
