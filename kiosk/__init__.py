"""The door of the commons: the program of a kiosk."""

VERSION = "0.1.0"
"""What the server's list of devices shows, and what an update is compared with."""
